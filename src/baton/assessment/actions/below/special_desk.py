"""Figures of a special assessment as somebody who enters them finds it: what is asked, whose it is, what is held."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from baton.assessment.actions.below.cells import Duties, Wish, current_figures, place_of
from baton.assessment.actions.below.doors import REPORTS, SIGNS, is_office
from baton.assessment.actions.below.entering import Typed
from baton.assessment.choices import SpecialState
from baton.assessment.models import Duty, Figure, SchemeVersion, Special
from baton.assessment.queries.special_days import days_of, returned_reports
from baton.assessment.rules.expected import Cell, Form
from baton.assessment.rules.figures import Read, read_typed
from baton.assessment.rules.month_scheme import last_of
from baton.assessment.rules.special import asks_of
from baton.core import clock
from baton.core.acting import Actor
from baton.engine.panel import Observation
from baton.org.models import Unit
from baton.org.queries import may
from baton.words import Place, Problem

type Key = tuple[int, str, str, str]


def reported_monthly(special: Special, series: Iterable[str]) -> set[tuple[str, int]]:
    """Give the series and units (by number) whose figures come in monthly: these are asked nowhere else.

    The scheme is the one in force at the end of the months that are assessed.
    """
    version = SchemeVersion.objects.on(last_of(special.last)).first()
    rows = Duty.objects.filter(scheme=version, series__in=list(series), reporter__isnull=False).order_by()
    return set(rows.values_list("series", "unit")) if version is not None else set()


@dataclass
class SpecialDesk:
    """A special assessment, looked up once for many cells."""

    special: Special
    by: Actor
    form: Form = field(init=False)
    units: dict[str, Unit] = field(init=False)
    duties: Duties = field(init=False)

    def __post_init__(self) -> None:
        self.form = self.special.version.form
        self.asks = {ask.key: ask for ask in asks_of(self.form, self.special.first, self.special.last)}
        units = {unit.pk: unit for unit in Unit.objects.all()}
        self.units = {unit.code: unit for unit in units.values()}
        series = {key[0] for key in self.asks}
        self.duties = Duties(self.special.version_id, series, units)
        self.monthly = reported_monthly(self.special, series)
        self.batches = set(self.special.batches.values_list("pk", flat=True))
        self.office = is_office(self.by)
        self.days = days_of(self.special)
        planned = self.special.report_until
        self.returned = returned_reports(self.special) if clock.today() > planned else frozenset()

    def closed(self, duty: Duty) -> Problem | None:
        """Say why this person may enter nothing any more under a duty; the office may until the result is out.

        What was sent back may be put right as long as the unit it is about checks.
        """
        if self.special.state == SpecialState.PUBLISHED:
            return Problem("plans.special_is_out")
        until = self.days.reports_until(duty.reporter_id)
        if (duty.series, duty.unit_id) in self.returned:
            until = max(until, self.days.checks_until(duty.unit_id))
        if clock.today() > until and not self.office:
            return Problem("plans.special_reports_closed", {"closes": until.isoformat()})
        return None

    def reports(self, unit: Unit) -> bool:
        """Whether this person reports for a unit."""
        return self.office or may(self.by.user, *REPORTS, *SIGNS, unit=unit)

    def held(self, cell: Cell, unit: Unit, figure: Figure | None) -> bool:
        """Whether the house has a figure, or gets it, without this assessment: then it is not asked for again."""
        if (cell.series, unit.pk) in self.monthly:
            return True
        return figure is not None and bool(figure.value) and figure.batch_id not in self.batches

    def problem_of(self, cell: Cell, place: Place, figure: Figure | None) -> Problem | None:
        """Say why this person may not enter a cell: not asked, another's, held already, or too late."""
        ask, unit = self.asks.get((cell.series, cell.figure, cell.period)), self.units.get(cell.unit)
        duty = None if unit is None else self.duties.get((cell.series, unit.pk))
        if ask is None or unit is None or duty is None or cell.unit not in ask.among:
            params = {"unit": cell.unit, "field": f"{cell.series}.{cell.figure}", "period": cell.period}
            return Problem("plans.special_does_not_ask", params, place)
        if duty.reporter is None and not self.office:
            return Problem("assessment.comes_by_itself", {}, place)
        if duty.reporter is not None and not self.reports(duty.reporter):
            return Problem("assessment.not_yours", {"unit": duty.reporter.name}, place)
        if self.held(cell, unit, figure):
            return Problem("plans.held_already", {}, place)
        closed = self.closed(duty)
        return None if closed is None else Problem(closed.code, closed.params, place)

    def typed(self, cells: Sequence[Typed]) -> tuple[list[Wish], list[Problem]]:
        """Read cells as they were typed; gives what can be read and all problems."""
        found = [(one.cell, one.typed, one.seen) for one in cells]
        current = current_figures(self._keys(cell for cell, _, _ in found))
        wishes, problems = [], []
        for cell, text, seen in found:
            unit, asked = self.units.get(cell.unit), self.form.fields.get((cell.series, cell.figure))
            place = place_of(cell, unit.name if unit else cell.unit, asked)
            figure = None if unit is None else current.get((unit.pk, cell.series, cell.figure, cell.period))
            barred = self.problem_of(cell, place, figure)
            if barred is not None or asked is None or unit is None:
                problems += [] if barred is None else [barred]
                continue
            read = read_typed(text, asked, place)
            if isinstance(read, Problem):
                problems.append(read)
            else:
                wishes.append(Wish(cell, read, asked, unit, seen))
        times = Counter(wish.key for wish in wishes)
        twice = [Problem("assessment.cell_twice", {}, wish.place) for wish in wishes if times[wish.key] > 1]
        return wishes, [*problems, *twice]

    def observed(self, found: Iterable[Observation]) -> tuple[list[Wish], list[Problem]]:
        """Read figures of a workbook; those that the house holds already are left as they are."""
        given = list(found)
        cells = [Cell(one.unit, one.series, one.figure, one.period) for one in given]
        current = current_figures(self._keys(cells))
        wishes, problems = [], []
        for one, cell in zip(given, cells, strict=True):
            unit, asked = self.units.get(cell.unit), self.form.fields.get((cell.series, cell.figure))
            place = place_of(cell, unit.name if unit else cell.unit, asked, one.origin.sheet, one.origin.cell)
            place = replace(place, file=one.origin.file)
            figure = None if unit is None else current.get((unit.pk, cell.series, cell.figure, cell.period))
            barred = self.problem_of(cell, place, figure)
            if barred is not None and barred.code == "plans.held_already":
                continue
            if barred is not None or asked is None or unit is None:
                problems += [] if barred is None else [barred]
                continue
            read = Read(one.value, False, one.origin.conversion)
            wishes.append(Wish(cell, read, asked, unit, None, False, one.origin.sheet, one.origin.cell))
        return wishes, problems

    def _keys(self, cells: Iterable[Cell]) -> list[Key]:
        return [
            (self.units[cell.unit].pk, cell.series, cell.figure, cell.period)
            for cell in cells
            if cell.unit in self.units
        ]
