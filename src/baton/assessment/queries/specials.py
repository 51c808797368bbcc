"""Special assessments as people see them: how far each is, who reports what, what units said, and the results."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from baton.assessment.actions.below.doors import REPORTS, SIGNS
from baton.assessment.choices import PlanKind, RunKind, RunState, SpecialReportState, SpecialStage, SpecialState
from baton.assessment.models import (
    Duty,
    Figure,
    PlanItem,
    Special,
    SpecialCheck,
    SpecialReopening,
    SpecialResult,
    SpecialRun,
)
from baton.assessment.models.sight import Sight, sight_of
from baton.assessment.queries.special_days import days_of, late_figures
from baton.assessment.queries.special_reports import SpecialReport, special_reports
from baton.assessment.queries.special_scoring import changed_since, figures_of
from baton.assessment.rules.expected import Ask
from baton.assessment.rules.special import asks_of
from baton.assessment.rules.special_days import SpecialDays
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports until when, how many figures are asked, how many are there, how many of these came late.

    `mine`: this person may enter them. `returned`: reports that were sent back and wait for this unit.
    """

    unit: Unit
    asked: int
    there: int
    mine: bool
    until: date
    late: int
    returned: int

    @property
    def overdue(self) -> bool:
        """Whether figures are lacking though the days are over."""
        return self.there < self.asked and clock.today() > self.until


@dataclass(frozen=True, slots=True)
class Verifier:
    """A department (None: the office) with how many reports wait for it, went back, are verified, are not there yet."""

    unit: Unit | None
    waiting: int
    returned: int
    verified: int
    missing: int
    mine: bool


@dataclass(frozen=True, slots=True)
class SpecialPage:
    """A special assessment with everything that this person may know and do.

    `checks`: of all units for the office and readers, else of the person's own. `runs`: for the office, that they were
    made; their scores are for readers of results, and once it is out for all whom it concerns. `verifiers`: for the
    office and readers all, else the departments for which this person verifies.
    """

    row: Special
    stage: SpecialStage
    days: SpecialDays
    reporters: tuple[Reporter, ...]
    verifiers: tuple[Verifier, ...]
    checks: tuple[SpecialCheck, ...]
    reopenings: tuple[SpecialReopening, ...]
    runs: tuple[SpecialRun, ...]
    office: bool
    head: bool
    outdated: bool
    sees_results: bool

    @property
    def is_out(self) -> bool:
        """Whether its result is out."""
        return self.row.state == SpecialState.PUBLISHED

    @property
    def waiting(self) -> int:
        """How many contests wait for an answer."""
        return sum(one.state == "contested" for one in self.checks)

    @property
    def unverified(self) -> int:
        """How many reports nobody has found right."""
        return sum(one.waiting + one.returned for one in self.verifiers)

    @property
    def official(self) -> SpecialRun | None:
        """The newest official run that gave a result."""
        return next((one for one in self.runs if one.kind == RunKind.OFFICIAL and one.state == RunState.DONE), None)


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What was reported about a unit (period, figure, whether it came late), what it said, what can be done."""

    row: Special
    check: SpecialCheck
    figures: tuple[tuple[Ask, Figure | None, bool], ...]
    says: bool
    answers: bool
    until: date

    @property
    def over(self) -> bool:
        """Whether the days to check are over."""
        return clock.today() > self.until

    @property
    def late(self) -> bool:
        """Whether the unit said what it said after the day that was planned."""
        return is_late(self.row, self.check)


def specials(user: User) -> QuerySet[Special]:
    """Give the special assessments that a person may see, newest first."""
    rows = Special.objects.visible_to(user)
    shown = rows.select_related("item__organiser", "version", "run__published_by", "opened_by")
    return shown.prefetch_related("reopenings")


def items_to_open(user: User) -> list[PlanItem]:
    """Give the assessments of plans that are not over and not opened yet, filed or not; for the office."""
    if not sight_of(user).office:
        return []
    rows = PlanItem.objects.standing().filter(kind=PlanKind.ASSESSMENT, special__isnull=True)
    return list(rows.filter(closes__gte=clock.today()).select_related("organiser"))


def special_page(user: User, number: int) -> SpecialPage | None:
    """Give a special assessment; None where there is none that this person may see."""
    row = specials(user).filter(pk=number).first()
    if row is None:
        return None
    sight, days, reports = sight_of(user), days_of(row), special_reports(row)
    checks = row.checks.select_related("unit", "by", "answered_by")
    if not sight.everything:
        checks = checks.filter(unit__in=sight.member)
    visible = SpecialRun.objects.visible_to(user).filter(special=row, state=RunState.DONE)
    runs = tuple(row.runs.select_related("by", "special__version")) if sight.office else ()
    newest = next((one for one in runs if one.kind == RunKind.OFFICIAL and one.state == RunState.DONE), None)
    return SpecialPage(
        row=row,
        stage=days.stage(clock.today()),
        days=days,
        reporters=tuple(reporters_of(user, row, days, reports)),
        verifiers=tuple(verifiers_of(user, reports)),
        checks=tuple(checks),
        reopenings=tuple(_reopenings(row, sight)),
        runs=runs,
        office=sight.office,
        head=powers(user, clock.today()).has(Role.OFFICE_HEAD),
        outdated=newest is not None and row.state == SpecialState.OPEN and changed_since(newest),
        sees_results=visible.exists(),
    )


def _reopenings(row: Special, sight: Sight) -> QuerySet[SpecialReopening]:
    """Give what was opened again: for all, for a person's units, and for those whose figures these verify."""
    rows = row.reopenings.select_related("unit", "by")
    if sight.everything:
        return rows
    about = Duty.objects.filter(scheme=row.version_id, verifier__in=sight.units).order_by().values("unit")
    return rows.filter(Q(unit__isnull=True) | Q(unit__in=sight.member) | Q(unit__in=about))


def reporters_of(
    user: User, row: Special, days: SpecialDays | None = None, reports: Sequence[SpecialReport] | None = None
) -> list[Reporter]:
    """Give who reports how much that is not held; people see their own units, the office and readers all."""
    mine, sight = powers(user, clock.today()), sight_of(user)
    days = days_of(row) if days is None else days
    by_unit: dict[int, list[SpecialReport]] = {}
    for one in special_reports(row) if reports is None else reports:
        by_unit.setdefault(one.duty.reporter_id or 0, []).append(one)
    found = []
    for number, several in by_unit.items():
        own = sight.office or mine.has_in(number, *REPORTS, *SIGNS)
        if own or sight.everything:
            found.append(_reporter(several, own, days.reports_until(number)))
    return sorted(found, key=lambda one: (one.unit.order, one.unit.code))


def _reporter(reports: Sequence[SpecialReport], mine: bool, until: date) -> Reporter:
    values = [value for one in reports for value in one.values]
    there = sum(value.figure is not None for value in values)
    returned = sum(one.state is SpecialReportState.RETURNED for one in reports)
    unit = reports[0].duty.reporter
    assert unit is not None, "a report has somebody who makes it"
    return Reporter(unit, len(values), there, mine, until, sum(value.late for value in values), returned)


def verifiers_of(user: User, reports: Sequence[SpecialReport]) -> list[Verifier]:
    """Give which departments verify how many reports; the office (None) where no department is named."""
    mine, sight = powers(user, clock.today()), sight_of(user)
    by_unit: dict[int | None, list[SpecialReport]] = {}
    for one in reports:
        if one.state is not SpecialReportState.OWN and one.duty.reporter_id != one.duty.verifier_id:
            by_unit.setdefault(one.duty.verifier_id, []).append(one)
    found = []
    for number, several in by_unit.items():
        own = sight.office if number is None else mine.has_in(number, Role.VERIFIER)
        if own or sight.everything:
            counts = Counter(one.state for one in several)
            found.append(
                Verifier(
                    several[0].duty.verifier,
                    waiting=counts[SpecialReportState.WAITING],
                    returned=counts[SpecialReportState.RETURNED],
                    verified=counts[SpecialReportState.VERIFIED],
                    missing=counts[SpecialReportState.MISSING],
                    mine=own,
                )
            )
    return sorted(found, key=lambda one: one.unit.order if one.unit else -1)


def is_late(row: Special, check: SpecialCheck) -> bool:
    """Whether a unit checked after the day that was planned."""
    return check.at is not None and clock.day_of(check.at) > row.check_until


def reporters_by_unit(row: Special) -> Mapping[tuple[str, str], Duty]:
    """Give the duties of a special assessment by series and code of the unit."""
    duties = Duty.objects.filter(scheme=row.version_id).select_related("unit", "reporter")
    return {(one.series, one.unit.code): one for one in duties}


def check_page(user: User, number: int, code: str) -> CheckPage | None:
    """Give what was reported about a unit; None where this person may not see it."""
    row = specials(user).filter(pk=number).first()
    sight = sight_of(user)
    if row is None:
        return None
    check = row.checks.select_related("unit", "by", "answered_by").filter(unit__code=code).first()
    if check is None or not (sight.everything or check.unit_id in sight.member):
        return None
    figures = figures_of(row).filter(unit=check.unit).select_related("batch__by", "batch__unit").order_by()
    stands = {(one.series, one.figure, one.period): one for one in figures}
    asked = [ask for ask in asks_of(row.version.form, row.first, row.last) if code in ask.among]
    mine = powers(user, clock.today())
    open_, until, late = row.state == SpecialState.OPEN, days_of(row).checks_until(check.unit_id), late_figures(row)
    may_say = mine.has_in(check.unit_id, *REPORTS, *SIGNS) and clock.today() <= until
    return CheckPage(
        row=row,
        check=check,
        figures=tuple((ask, stands.get(ask.key), (check.unit_id, *ask.key) in late) for ask in asked),
        says=open_ and may_say and check.state != "contested",
        answers=open_ and sight.office and check.state == "contested",
        until=until,
    )


def run_shown(user: User, number: int) -> SpecialRun | None:
    """Give the result of a special assessment that this person sees: what is out, else the newest for readers."""
    row = specials(user).filter(pk=number).first()
    if row is None:
        return None
    rows = SpecialRun.objects.visible_to(user).filter(special=row, state=RunState.DONE)
    if row.run_id is not None:
        rows = rows.filter(pk=row.run_id)
    return rows.select_related("special__item", "special__version").first()


def results_of(run: SpecialRun) -> QuerySet[SpecialResult]:
    """Give the results of a run, as a league table."""
    return run.results.select_related("unit")


def may_see_lines(user: User, result: SpecialResult) -> bool:
    """Whether a person sees a unit's full calculation: their own units', or all for the office and readers."""
    sight = sight_of(user)
    return sight.everything or result.unit_id in sight.member
