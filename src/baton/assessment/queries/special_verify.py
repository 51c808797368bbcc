"""A verifying department's desk of a special assessment: reports by indicator, the striking on top."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.choices import SpecialReportState, SpecialState
from baton.assessment.models import Batch, Figure, Special
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.cells import words_of
from baton.assessment.queries.desk.columns import adds_up
from baton.assessment.queries.special_reports import SpecialReport, SpecialValue, special_reports
from baton.assessment.queries.specials import specials
from baton.assessment.rules.unusual import Course, Why, reasons
from baton.core import clock
from baton.core.models import StoredFile, User
from baton.engine.scheme.indicators import Indicator
from baton.org.choices import Role
from baton.org.queries import powers

_FIRST = ("-01", "-Q1")
type Spot = tuple[str, str, str]
"""Series, figure, unit (code)."""


@dataclass(frozen=True, slots=True)
class VerifyValue:
    """A figure as it is shown, with why it is worth a look."""

    value: SpecialValue
    words: str
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """A report as its verifier finds it. `mine`: this person may say something of it. `files`: what came with it."""

    report: SpecialReport
    values: tuple[VerifyValue, ...]
    mine: bool
    files: tuple[StoredFile, ...]

    @property
    def striking(self) -> bool:
        """Whether one of its figures is worth a look."""
        return any(one.whys for one in self.values)


@dataclass(frozen=True, slots=True)
class VerifyGroup:
    """The reports of one indicator, those that wait and are worth a look on top."""

    indicator: Indicator
    reports: tuple[VerifyReport, ...]


@dataclass(frozen=True, slots=True)
class SpecialVerifyDesk:
    """What a person verifies, or (office and readers) sees verified. `seen`: the newest figure among it."""

    row: Special
    groups: tuple[VerifyGroup, ...]

    @property
    def seen(self) -> int:
        """Number of the newest figure that is shown."""
        return max((one.report.newest for group in self.groups for one in group.reports), default=0)

    @property
    def acts(self) -> bool:
        """Whether this person may say something of a report."""
        return any(one.mine for group in self.groups for one in group.reports)

    def count(self, state: SpecialReportState) -> int:
        """How many reports are that far."""
        return sum(one.report.state is state for group in self.groups for one in group.reports)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many reports wait, went back, are verified, are not there yet."""
        return tuple((state.value, self.count(state)) for state in _SHOWN)


_SHOWN = (
    SpecialReportState.WAITING,
    SpecialReportState.RETURNED,
    SpecialReportState.VERIFIED,
    SpecialReportState.MISSING,
)


def special_verify_desk(user: User, number: int) -> SpecialVerifyDesk | None:
    """Give a person's desk; None where there is nothing that this person verifies or may look at.

    What the verifying department reports itself needs nobody; of its own unit nobody sees a report here.
    """
    row = specials(user).filter(pk=number).first()
    if row is None:
        return None
    sight, mine = sight_of(user), powers(user, clock.today())
    verifies = mine.units_of(Role.VERIFIER)
    kept: list[tuple[SpecialReport, bool]] = []
    for one in special_reports(row):
        if one.duty.reporter_id == one.duty.verifier_id or one.duty.unit_id in sight.units:
            continue
        own = sight.office if one.duty.verifier_id is None else one.duty.verifier_id in verifies
        if own or sight.everything:
            kept.append((one, own))
    if not kept and not sight.everything:
        return None
    return SpecialVerifyDesk(row, _groups(row, kept))


def _groups(row: Special, kept: Sequence[tuple[SpecialReport, bool]]) -> tuple[VerifyGroup, ...]:
    whys, files = _whys([one for one, _ in kept]), _files([one for one, _ in kept])
    open_ = row.state == SpecialState.OPEN
    by_code: dict[str, tuple[Indicator, list[VerifyReport]]] = {}
    for one, own in kept:
        indicator = one.values[0].ask.field.indicator
        sayable = own and open_ and one.state is not SpecialReportState.MISSING
        came = {str(batch): None for batch in _batches(one)}
        with_it = tuple(file for batch in came for file in files.get(batch, ()))
        shown = VerifyReport(one, tuple(_value(one, value, whys) for value in one.values), sayable, with_it)
        by_code.setdefault(indicator.code, (indicator, []))[1].append(shown)
    return tuple(VerifyGroup(indicator, tuple(sorted(found, key=_first))) for indicator, found in by_code.values())


def _batches(report: SpecialReport) -> Iterator[int]:
    for value in report.values:
        if value.figure is not None and value.came:
            yield value.figure.batch_id


def _files(reports: Sequence[SpecialReport]) -> dict[str, list[StoredFile]]:
    """Give the workbooks and evidence that came with reports, by batch; who verifies a report may read them."""
    numbers = {str(batch) for one in reports for batch in _batches(one)}
    found: dict[str, list[StoredFile]] = {}
    for file in StoredFile.objects.filter(owner_type=Batch._meta.label_lower, owner_id__in=numbers):
        found.setdefault(file.owner_id, []).append(file)
    return found


def _first(one: VerifyReport) -> tuple[bool, bool, int]:
    waits = one.report.state is SpecialReportState.WAITING
    return not (waits and one.striking), not waits, one.report.duty.unit.order


def _value(report: SpecialReport, value: SpecialValue, whys: Mapping[tuple[Spot, str], tuple[Why, ...]]) -> VerifyValue:
    field = value.ask.field
    words = "" if value.figure is None else words_of(field, value.figure.value)
    spot = field.series, field.figure, report.duty.unit.code
    return VerifyValue(value, words, whys.get((spot, value.ask.period), ()))


def _whys(reports: Sequence[SpecialReport]) -> dict[tuple[Spot, str], tuple[Why, ...]]:
    """Say of the newest figure of each kind why it is worth a look, beside its own course and the other units."""
    before = _courses({one.duty.series for one in reports})
    newest: dict[Spot, SpecialValue] = {}
    for report in reports:
        for value in report.values:
            if value.figure is not None and value.figure.value and not value.ask.field.target:
                spot = value.ask.field.series, value.ask.field.figure, report.duty.unit.code
                newest[spot] = max(newest.get(spot, value), value, key=lambda one: one.ask.period)
    alike: dict[tuple[str, str, str], dict[str, Course]] = {}
    for (series, figure, unit), value in newest.items():
        alike.setdefault((series, figure, value.ask.period), {})[unit] = _course(
            value, before.get((series, figure, unit), {})
        )
    return {
        ((series, figure, unit), period): whys
        for (series, figure, period), courses in alike.items()
        for unit, whys in reasons(courses).items()
    }


def _course(value: SpecialValue, known: Mapping[str, str]) -> Course:
    period, total = value.ask.period, adds_up(value.ask.field)
    earlier = sorted(
        one for one in known if len(one) == len(period) and ("Q" in one) == ("Q" in period) and one < period
    )
    kept = [one for one in earlier if not total or one[:4] == period[:4]]
    assert value.figure is not None, "only figures that are there have a course"
    before = [Decimal(known[one]) if known[one] else None for one in kept]
    return Course(Decimal(value.figure.value), before, total, period.endswith(_FIRST))


def _courses(series: Iterable[str]) -> dict[Spot, dict[str, str]]:
    rows = Figure.objects.counting().filter(series__in=list(series)).order_by()
    found: dict[Spot, dict[str, str]] = {}
    for one, figure, unit, period, value in rows.values_list("series", "figure", "unit__code", "period", "value"):
        found.setdefault((one, figure, unit), {})[period] = value
    return found
