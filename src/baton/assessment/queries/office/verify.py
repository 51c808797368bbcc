"""A verifying department's desk: the reports that wait for it, those still with the units, and contests to answer.

A department never finds a report about itself here: its duty names another verifier, and holding no role there it does
not see it; what it holds by being put to it (转交、加签) is left out as well where it is about itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from baton.assessment.choices import BatchKind, StepRole, SubmissionState, Verb
from baton.assessment.models import Contest, Duty, Figure, Month, Submission
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.cells import words_of
from baton.assessment.queries.desk.columns import adds_up
from baton.assessment.queries.office.judging import open_contests
from baton.assessment.rules.approval import TURN, verbs
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.month_scheme import month_before
from baton.assessment.rules.unusual import Course, Why, reasons
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import powers
from baton.sheets.forms import Field

_YEAR = 12
type Known = Mapping[Cell, str]
"""Values of figures as text."""
type Kept = tuple[Submission, Duty]
type Whys = dict[tuple[str, str], tuple[Why, ...]]
"""By unit and figure."""


@dataclass(frozen=True, slots=True)
class Value:
    """One figure of a report, the one of the month before, and why it is worth a look.

    `corrected`: what stood there before it was put right, None where it was not.
    """

    field: Field
    now: str
    before: str
    whys: tuple[Why, ...] = ()
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its verifier finds it. `mine`: it is this person's turn."""

    submission: Submission
    duty: Duty
    values: tuple[Value, ...]
    mine: bool

    @property
    def striking(self) -> bool:
        """Whether one of its figures is worth a look."""
        return any(value.whys for value in self.values)

    @property
    def verbs(self) -> frozenset[Verb]:
        """What this person can do with it besides copying and reminding."""
        if not self.mine:
            return frozenset()
        return verbs(SubmissionState(self.submission.state), self.submission.countersigns)

    @property
    def turn(self) -> StepRole | None:
        """Whose turn it is; None once it is approved."""
        return TURN.get(SubmissionState(self.submission.state))


@dataclass(frozen=True, slots=True)
class Group:
    """The reports of one indicator, those worth a look on top."""

    code: str
    name: str
    reports: tuple[Report, ...]

    @property
    def striking(self) -> int:
        """How many are worth a look."""
        return sum(report.striking for report in self.reports)


@dataclass(frozen=True, slots=True)
class VerifyDesk:
    """One list of a department's reports of a month, how many are on each list, and the contests to be answered."""

    month: Month
    groups: tuple[Group, ...]
    counts: Mapping[str, int]
    contests: tuple[Contest, ...]


WAITING, WITH_UNITS, DONE = LISTS = ("waiting", "with_units", "done")
"""What waits for a department, what is still with the units, what is done."""


def verify_desk(user: User, month: Month, shown: str = WAITING) -> VerifyDesk:
    """Give a person's desk of a month with one of its lists; the others are only counted."""
    mine = _Mine(user)
    kept = _kept(mine, month)
    listed: dict[str, list[Kept]] = {name: [] for name in LISTS}
    for row, duty in kept:
        over = DONE if row.state == SubmissionState.APPROVED else WITH_UNITS
        listed[WAITING if mine.turn(row, duty) else over].append((row, duty))
    found = _reports(mine, month, listed[shown], kept)
    counts = {name: len(rows) for name, rows in listed.items()}
    return VerifyDesk(month, _grouped(found), counts, tuple(open_contests(user, month)))


def reports(user: User, month: Month, numbers: Iterable[int] | None = None) -> Iterator[Report]:
    """Go through the reports that a person verifies or holds, in the scheme's order; all, or some by their numbers."""
    mine = _Mine(user)
    kept = _kept(mine, month, numbers)
    yield from _reports(mine, month, kept, kept)


def _kept(mine: "_Mine", month: Month, numbers: Iterable[int] | None = None) -> list[Kept]:
    """Give the reports that a person verifies or holds, with the duties behind them."""
    rows = mine.own(month).filter(month=month, whole__isnull=True).select_related("unit", "holder")
    if numbers is not None:
        rows = rows.filter(pk__in=list(numbers))
    duties = _duties(mine.user, month, rows)
    found = rows.select_related("window__release")
    return [(row, duty) for row in found if (duty := duties.get((row.series, row.unit_id))) is not None]


def _reports(mine: "_Mine", month: Month, shown: Sequence[Kept], among: Sequence[Kept]) -> Iterator[Report]:
    """Go through some reports with their figures; what is striking is so among all that are kept."""
    series, rows = {row.series for row, _ in shown}, [row for row, _ in shown]
    for row in rows:
        row.month = month
    prefetch_related_objects(rows, "steps")
    known = _values_known(mine.user, month, series) if shown else {}
    right = _put_right(mine.user, month, series) if shown else {}
    whys = {one: _whys(month, one, [row for row, _ in among if row.series == one], known) for one in series}
    for row, duty in shown:
        values = tuple(_values(month, row, known, whys[row.series], right))
        yield Report(row, duty, values, mine.turn(row, duty))


def _duties(user: User, month: Month, rows: QuerySet[Submission]) -> dict[tuple[str, int], Duty]:
    """Give the duties behind some reports of a month, by series and number of the unit: a few of the county's."""
    own = rows.order_by().filter(series=OuterRef("series"), unit=OuterRef("unit"))
    duties = Duty.objects.visible_to(user).filter(Exists(own), scheme=month.scheme_id).order_by()
    return {(one.series, one.unit_id): one for one in duties}


def _values_known(user: User, month: Month, series: Collection[str]) -> Known:
    """Give the values of some series, in a month and those before."""
    figures = Figure.objects.visible_to(user).counting().order_by()
    rows = figures.filter(period__in=[month.period, *_earlier(month.period)], series__in=series)
    fields = ("unit__code", "series", "figure", "period", "value")
    return {Cell(*key): value for *key, value in rows.values_list(*fields)}


def _put_right(user: User, month: Month, series: Collection[str]) -> dict[Cell, tuple[str, str]]:
    """Give what stood and what stands where figures of some series were put right in a month."""
    figures = Figure.objects.visible_to(user).counting().filter(period=month.period, series__in=series)
    rows = figures.filter(batch__kind=BatchKind.CORRECTION).order_by()
    fields = ("unit__code", "series", "figure", "period", "supersedes__value", "value")
    return {Cell(*key): (before, now) for *key, before, now in rows.values_list(*fields)}


class _Mine:
    """What is a person's own to verify."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.verifies = powers(user, clock.today()).units_of(Role.VERIFIER)
        self.units = sight_of(user).units
        self.office = sight_of(user).office

    def own(self, month: Month) -> QuerySet[Submission]:
        """Reports that this person verifies or holds; none about a unit of theirs."""
        there = Duty.objects.filter(scheme=month.scheme_id, series=OuterRef("series"), unit=OuterRef("unit"))
        verifies = Q(verifier__in=self.verifies) | (Q(verifier__isnull=True) if self.office else Q(pk__in=()))
        rows = Submission.objects.visible_to(self.user).exclude(unit__in=self.units)
        return rows.filter(Q(holder=self.user) | Exists(there.filter(verifies)))

    def turn(self, row: Submission, duty: Duty) -> bool:
        if row.holder_id is not None:
            return row.holder_id == self.user.pk
        return row.state == SubmissionState.VERIFIER and self._verifies(duty)

    def _verifies(self, duty: Duty) -> bool:
        return self.office if duty.verifier_id is None else duty.verifier_id in self.verifies


def _earlier(period: str) -> list[str]:
    """The months before, newest first, as many as a year has."""
    return [month_before(period, back) for back in range(1, _YEAR + 1)]


def _stands(row: Submission, field: Field, period: str, known: Known) -> str:
    """The figure of a report: as it was entered there, or, where the grid brought it in, as it was reported."""
    entered = str((row.values or {}).get(f"{field.figure}:{period}") or "")
    there = known.get(Cell(row.unit.code, row.series, field.figure, period), "")
    return entered or there


def _whys(month: Month, series: str, rows: list[Submission], known: Known) -> Whys:
    found: Whys = {}
    for field in month.scheme.form.fields_in(series):
        courses = {}
        for row in rows:
            now = _number(_stands(row, field, month.period, known))
            if now is not None:
                before = _course(Cell(row.unit.code, series, field.figure, month.period), known, adds_up(field))
                courses[row.unit.code] = Course(now, before, adds_up(field), month.number == 1)
        found |= {(unit, field.figure): whys for unit, whys in reasons(courses).items()}
    return found


def _course(cell: Cell, known: Known, total: bool) -> list[Decimal | None]:
    """The same figure in the months before, oldest first; of a total only those of the same year."""
    periods = [one for one in reversed(_earlier(cell.period)) if not total or one[:4] == cell.period[:4]]
    values = (known.get(Cell(cell.unit, cell.series, cell.figure, period)) for period in periods)
    return [Decimal(value) if value else None for value in values]


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except ArithmeticError:
        return None


def _values(
    month: Month, row: Submission, known: Known, whys: Whys, right: Mapping[Cell, tuple[str, str]]
) -> Iterator[Value]:
    for field in month.scheme.form.fields_in(row.series):
        if field.target:
            continue
        before = known.get(Cell(row.unit.code, row.series, field.figure, month_before(month.period)), "")
        stood, now = right.get(
            Cell(row.unit.code, row.series, field.figure, month.period),
            (None, _stands(row, field, month.period, known)),
        )
        why = whys.get((row.unit.code, field.figure), ())
        corrected = None if stood is None else words_of(field, stood)
        yield Value(field, words_of(field, now), words_of(field, before), why, corrected)


def _grouped(found: Iterable[Report]) -> tuple[Group, ...]:
    by_series: dict[str, list[Report]] = {}
    for one in found:
        by_series.setdefault(one.submission.series, []).append(one)
    return tuple(map(_group, by_series.values()))


def _group(some: list[Report]) -> Group:
    code = some[0].duty.indicator
    name = some[0].values[0].field.indicator.name if some[0].values else code
    return Group(code, name, tuple(sorted(some, key=lambda one: (not one.striking, one.submission.unit.order))))
