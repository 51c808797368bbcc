"""Cells that somebody wants to fill: found, read, and held against what stands there, all problems at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from baton.assessment.actions.below.doors import REPORTS, is_office, window_problem
from baton.assessment.choices import Absent, Stage
from baton.assessment.models import Batch, Duty, Figure, Month, Window
from baton.assessment.queries.tallied import tallied
from baton.assessment.queries.targets.negotiated import negotiated
from baton.assessment.rules.expected import Cell, Form
from baton.assessment.rules.figures import Read
from baton.core import clock
from baton.core.acting import Actor
from baton.engine.terms import Frequency, Reporter
from baton.org.models import Unit
from baton.org.queries import may
from baton.sheets.forms import Field, periods_due
from baton.words import Place, Problem, Refused

_FEW_UNITS = 10
"""Of more units a column is read whole: period and series lead the index, and a long list of units misleads it."""
type Key = tuple[int, str, str, str]
"""Number of the unit, series, figure, period."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A cell that is to hold something. `seen`: number of the figure its writer saw, 0 none, None: any will do."""

    cell: Cell
    read: Read
    field: Field
    unit: Unit
    seen: int | None = None
    preliminary: bool = False
    sheet: str = ""
    at: str = ""
    reason: str = ""

    @property
    def key(self) -> Key:
        """Its key in the database."""
        return self.unit.pk, self.cell.series, self.cell.figure, self.cell.period

    @property
    def absent(self) -> str:
        """Why there is no number, if there is none."""
        if self.read.blank:
            return Absent.WITHDRAWN.value
        return Absent.NONE.value if self.read.value is None else ""

    @property
    def place(self) -> Place:
        """Where its problems are said to be: by unit and indicator, and by the cell of a workbook."""
        return place_of(self.cell, self.unit.name, self.field, self.sheet, self.at)


def place_of(cell: Cell, unit: str, field: Field | None, sheet: str = "", at: str = "") -> Place:
    """Give the place of a cell: unit, printed name of the field; `field` is what a page finds its input by."""
    name = field.name if field else f"{cell.series}.{cell.figure}"
    path = f"{cell.unit}:{cell.series}.{cell.figure}:{cell.period}"
    return Place(sheet=sheet or unit, cell=at, field=path, column=name)


def current_figures(keys: Iterable[Key]) -> dict[Key, Figure]:
    """Give the figures that stand under some keys; one query."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = Figure.objects.current().order_by()
    rows = rows.filter(series__in={key[1] for key in wanted}, period__in={key[3] for key in wanted})
    units = {key[0] for key in wanted}
    if len(units) <= _FEW_UNITS:
        rows = rows.filter(unit__in=units)
    rows = rows.prefetch_related(Prefetch("batch", Batch.objects.select_related("by")))
    found = {(one.unit_id, one.series, one.figure, one.period): one for one in rows}
    return {key: one for key, one in found.items() if key in wanted}


class Duties:
    """The duties of a scheme by series and number of the unit, looked up by series as cells ask for them.

    A workbook is about a few of a county's series, and whoever opens it must not wait for all.
    """

    def __init__(self, scheme: int, series: Iterable[str], units: Mapping[int, Unit]) -> None:
        self._scheme, self._units = scheme, units
        self._known: dict[str, dict[int, Duty]] = {}
        self._look_up(series)

    def _look_up(self, series: Iterable[str]) -> None:
        wanted = set(series)
        self._known |= {one: {} for one in wanted}
        for one in Duty.objects.filter(scheme=self._scheme, series__in=wanted).order_by() if wanted else ():
            one.unit = self._units[one.unit_id]
            one.reporter = None if one.reporter_id is None else self._units[one.reporter_id]
            one.verifier = None if one.verifier_id is None else self._units[one.verifier_id]
            self._known[one.series][one.unit_id] = one

    def __contains__(self, key: tuple[str, int]) -> bool:
        """Whether somebody reports a series about a unit."""
        return key[1] in self._of(key[0])

    def __getitem__(self, key: tuple[str, int]) -> Duty:
        """Give a duty. Raises `KeyError` where nobody reports the series about the unit."""
        return self._of(key[0])[key[1]]

    def get(self, key: tuple[str, int]) -> Duty | None:
        """Give a duty; None where nobody reports the series about the unit."""
        return self._of(key[0]).get(key[1])

    def _of(self, series: str) -> dict[int, Duty]:
        if series not in self._known:
            self._look_up((series,))
        return self._known[series]


@dataclass
class Desk:
    """A month as somebody who enters figures finds it: form, units, duties, windows; looked up once for many cells.

    `series`: those that the cells are of, so that their duties are looked up at once; others follow one by one.
    """

    month: Month
    by: Actor
    series: Collection[str] = ()
    duties: Duties = field(init=False)
    units: Mapping[str, Unit] = field(init=False)
    _may: dict[int, bool] = field(default_factory=dict)
    _windows: dict[int, dict[str, Window]] = field(default_factory=dict)
    _closed: dict[tuple[int, str], Problem | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        units = {unit.pk: unit for unit in Unit.objects.all()}
        self.units = {unit.code: unit for unit in units.values()}
        self.duties = Duties(self.month.scheme_id, self.series, units)
        self.office = is_office(self.by)
        self.form: Form = self.month.scheme.form
        self.periods = {*periods_due(self.month.period), self.month.period[:4]}

    def window(self, duty: Duty) -> Window | None:
        """Give the window in which a duty is done."""
        if duty.reporter_id is None:
            return None
        if duty.reporter_id not in self._windows:
            rows = Window.objects.filter(month=self.month, stage=Stage.REPORT, unit=duty.reporter_id)
            found = rows.select_related("release").prefetch_related("reopenings")
            self._windows[duty.reporter_id] = {one.release.source if one.release else "": one for one in found}
        windows = self._windows[duty.reporter_id]
        return windows.get(duty.source) or windows.get("")

    def known(self, cell: Cell) -> Problem | None:
        """Say why a cell is none that the month asks for."""
        asked = self.form.fields.get((cell.series, cell.figure))
        unit = self.units.get(cell.unit)
        if asked is None or unit is None or (cell.series, unit.pk) not in self.duties or cell.unit not in asked.units:
            params = {"unit": cell.unit, "field": f"{cell.series}.{cell.figure}"}
            return Problem("assessment.not_asked", params, place_of(cell, unit.name if unit else cell.unit, asked))
        if cell.period not in self.periods:
            params = {"period": cell.period, "month": self.month.period}
            return Problem("assessment.period_of_another_month", params, place_of(cell, unit.name, asked))
        return None

    def barred(self, cell: Cell, place: Place, direct: bool = False) -> Problem | None:
        """Say why this person may not enter a cell now: whose it is, by which way it goes, whether its window is open.

        `direct`: the way over the desks of a unit ends here, so it is no bar.
        """
        duty = self.duties[cell.series, self.units[cell.unit].pk]
        asked = self.form.fields[cell.series, cell.figure]
        if asked.frequency is Frequency.YEAR and (cell.unit, cell.series, cell.figure, cell.period) in self._negotiated:
            return Problem("targets.by_request_only", {}, place)
        if asked.frequency is Frequency.YEAR and (cell.unit, cell.series) in self._tallied:
            return Problem("tallies.by_count", {}, place)
        reporter = duty.reporter
        if reporter is None:
            return None if self.by.user is None or self.office else Problem("assessment.comes_by_itself", {}, place)
        if not self.office and not self._reports(reporter):
            return Problem("assessment.not_yours", {"unit": reporter.name}, place)
        if by_desks(duty, asked) and not (direct or self.office):
            return Problem("assessment.goes_by_desks", {}, place)
        closed = self._closed_for(duty)
        return None if closed is None else Problem(closed.code, closed.params, place)

    @cached_property
    def _negotiated(self) -> frozenset[tuple[str, str, str, str]]:
        """The targets of the year that units negotiate: they are fixed and changed there, and not typed over."""
        yearly = {series for (series, _), field in self.form.fields.items() if field.frequency is Frequency.YEAR}
        return negotiated(self.month, yearly)

    @cached_property
    def _tallied(self) -> frozenset[tuple[str, str]]:
        """The figures of the year that the office enters from counted sheets."""
        yearly = {series for (series, _), field in self.form.fields.items() if field.frequency is Frequency.YEAR}
        return tallied(self.month.year, yearly)

    def _closed_for(self, duty: Duty) -> Problem | None:
        key = duty.reporter_id or 0, duty.source
        if key not in self._closed:
            self._closed[key] = window_problem(self.window(duty))
        return self._closed[key]

    def _reports(self, unit: Unit) -> bool:
        if unit.pk not in self._may:
            self._may[unit.pk] = may(self.by.user, *REPORTS, unit=unit)
        return self._may[unit.pk]

    def behalf(self, wishes: Sequence[Wish]) -> str:
        """Name the units for which the office enters, where it enters for others; empty where everybody enters own."""
        reporters = {one.reporter for wish in wishes if (one := self.duties[wish.cell.series, wish.unit.pk]).reporter}
        others = [unit.name for unit in reporters if unit is not None and not self._reports_itself(unit)]
        return "、".join(sorted(others))[:200]

    def _reports_itself(self, unit: Unit) -> bool:
        return self.by.user is None or self._reports(unit)


def by_desks(duty: Duty, asked: Field) -> bool:
    """Whether a figure goes over the desks of the unit it is about, and then to whoever verifies it.

    So go the few that a unit reports itself, and what a lead department reports about itself where another verifies it.
    """
    return goes_by_desks(duty.reporter_id, duty.unit_id, duty.verifier_id, asked)


def goes_by_desks(reporter: int | None, about: int, verifier: int | None, asked: Field) -> bool:
    """Say the same of a duty by the numbers of its units, which many duties are read by."""
    if reporter is None or reporter != about:
        return False
    return asked.reporter is Reporter.UNIT or verifier is not None


def held_against(wishes: Iterable[Wish], current: Mapping[Key, Figure]) -> tuple[list[Wish], list[Problem]]:
    """Give the wishes that change something, and the conflicts: another figure stands there than the writer saw."""
    changes, problems = [], []
    for wish in wishes:
        stands = current.get(wish.key)
        if _same(wish, stands):
            continue
        problem = _conflict(wish, stands) or _final_stands(wish, stands)
        if problem is not None:
            problems.append(problem)
        elif stands is not None or not wish.read.blank:
            changes.append(wish)
    return changes, problems


def _same(wish: Wish, stands: Figure | None) -> bool:
    if stands is None:
        return wish.read.blank
    same = (stands.value, stands.absent) == (wish.read.text, wish.absent)
    return same and (wish.read.value is None or stands.preliminary == wish.preliminary)


def _conflict(wish: Wish, stands: Figure | None) -> Problem | None:
    """Tell the second of two writers, who sees both figures."""
    number = 0 if stands is None else stands.pk
    if wish.seen is None or wish.seen == number:
        return None
    by = stands.batch.by.name if stands is not None and stands.batch.by is not None else "—"
    at = clock.minute_of(stands.batch.at) if stands is not None else "—"
    theirs = (stands.value or "—") if stands is not None else "—"
    params = {"mine": wish.read.text or "—", "theirs": theirs, "by": by, "at": at, "seen": number}
    return Problem("assessment.changed_meanwhile", params, wish.place)


def _final_stands(wish: Wish, stands: Figure | None) -> Problem | None:
    if stands is None or not wish.preliminary or stands.preliminary or stands.absent:
        return None
    return Problem("assessment.final_stands", {"value": stands.value}, wish.place)


def refuse(problems: Iterable[Problem]) -> None:
    """Refuse with all problems, where there are any, in the order of units and fields."""
    found = sorted(problems, key=lambda one: (one.place.sheet, one.place.field, one.place.cell))
    if found:
        raise Refused(found)
