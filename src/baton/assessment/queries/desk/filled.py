"""How far units are with what they report for the whole county."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from baton.assessment.actions.below.cells import by_desks
from baton.assessment.models import Duty, Figure, Month
from baton.assessment.queries.desk.tasks import Task
from baton.core.models import User


@dataclass(frozen=True, slots=True)
class Filled:
    """How many figures a month asks of a unit, and how many are there."""

    asked: int
    there: int

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return self.there >= self.asked


def filled_of(user: User, tasks: Collection[Task]) -> dict[tuple[int, int], Filled]:
    """Give by month and unit how far the unit is; two queries a month."""
    found: dict[tuple[int, int], Filled] = {}
    for month in {task.month.pk: task.month for task in tasks}.values():
        units = {task.unit.pk for task in tasks if task.month.pk == month.pk}
        found |= {(month.pk, unit): one for unit, one in _of_month(user, month, units).items()}
    return found


def _of_month(user: User, month: Month, units: set[int]) -> dict[int, Filled]:
    rows = Duty.objects.visible_to(user).filter(scheme=month.scheme, reporter__in=units).select_related("unit")
    form = month.scheme.form
    reporter = {
        (one.series, one.unit.code): one.reporter_id or 0
        for one in rows
        if not by_desks(one, form.fields_in(one.series)[0])
    }
    asked: dict[tuple[str, str, str, str], int] = {}
    for cell, _ in form.expected(month.period):
        unit = reporter.get((cell.series, cell.unit))
        if unit is not None:
            asked[cell.series, cell.unit, cell.figure, cell.period] = unit
    figures = Figure.objects.visible_to(user).counting()
    figures = figures.filter(period__in={key[3] for key in asked}, series__in={key[0] for key in asked})
    there = set(figures.values_list("series", "unit__code", "figure", "period"))
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for key, unit in asked.items():
        counts[unit][0] += 1
        counts[unit][1] += key in there
    return {unit: Filled(*counts[unit]) for unit in units}
