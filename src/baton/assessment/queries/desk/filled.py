"""How far units are with what they report for the whole county."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from baton.assessment.models import Month
from baton.assessment.queries.desk.tasks import Task
from baton.assessment.queries.reported import NOTHING, reported_of
from baton.org.models import Unit


@dataclass(frozen=True, slots=True)
class Filled:
    """How many figures a month asks of a unit, and how many are there."""

    asked: int
    there: int

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return self.there >= self.asked


def filled_of(tasks: Collection[Task]) -> dict[tuple[int, int], Filled]:
    """Give by month and unit how far the unit is with the tasks that somebody may see; a query a month, and one."""
    found: dict[tuple[int, int], Filled] = {}
    numbers = dict(Unit.objects.order_by().values_list("code", "pk")) if tasks else {}
    for month in {task.month.pk: task.month for task in tasks}.values():
        units = {task.unit.code: task.unit.pk for task in tasks if task.month.pk == month.pk}
        found |= {(month.pk, units[code]): one for code, one in _of_month(month, units, numbers).items()}
    return found


def _of_month(month: Month, units: Collection[str], numbers: Mapping[str, int]) -> dict[str, Filled]:
    form = month.scheme.form
    series = form.reported_by(units)
    reported = reported_of(month, series)
    asked, there = dict.fromkeys(units, 0), dict.fromkeys(units, 0)
    for portion in form.portions(month.period):
        if portion.reporter in asked and not portion.over_desks:
            known = reported.get(portion.ask.key, NOTHING).there
            asked[portion.reporter] += len(portion.units)
            there[portion.reporter] += sum(numbers[code] in known for code in portion.units)
    return {code: Filled(asked[code], there[code]) for code in units}
