"""Special assessments as people see them: how far each is, who reports what, what units said, and the results."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from baton.assessment.actions.below.doors import REPORTS, SIGNS
from baton.assessment.actions.below.special_desk import reported_monthly
from baton.assessment.choices import PlanKind, RunKind, RunState, SpecialStage, SpecialState
from baton.assessment.models import Duty, Figure, PlanItem, Special, SpecialCheck, SpecialResult, SpecialRun
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.special_scoring import changed_since, figures_of
from baton.assessment.rules.expected import Ask
from baton.assessment.rules.special import asks_of, stage_of
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports, how many figures are asked, how many are there. `mine`: this person may enter them."""

    unit: Unit
    asked: int
    there: int
    mine: bool


@dataclass(frozen=True, slots=True)
class SpecialPage:
    """A special assessment with everything that this person may know and do.

    `checks`: of all units for the office and readers, else of the person's own. `runs`: for the office, that they were
    made; their scores are for readers of results, and once it is out for all whom it concerns.
    """

    row: Special
    stage: SpecialStage
    reporters: tuple[Reporter, ...]
    checks: tuple[SpecialCheck, ...]
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
    def official(self) -> SpecialRun | None:
        """The newest official run that gave a result."""
        return next((one for one in self.runs if one.kind == RunKind.OFFICIAL and one.state == RunState.DONE), None)


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What was reported about a unit, with period and figure, what it said, and what this person can do."""

    row: Special
    check: SpecialCheck
    figures: tuple[tuple[Ask, Figure | None], ...]
    says: bool
    answers: bool

    @property
    def over(self) -> bool:
        """Whether the days to check are over."""
        return clock.today() > self.row.check_until


def specials(user: User) -> QuerySet[Special]:
    """Give the special assessments that a person may see, newest first."""
    rows = Special.objects.visible_to(user)
    return rows.select_related("item__organiser", "version", "run__published_by", "opened_by")


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
    sight = sight_of(user)
    checks = row.checks.select_related("unit", "by", "answered_by")
    if not sight.everything:
        checks = checks.filter(unit__in=sight.member)
    visible = SpecialRun.objects.visible_to(user).filter(special=row, state=RunState.DONE)
    runs = tuple(row.runs.select_related("by", "special__version")) if sight.office else ()
    newest = next((one for one in runs if one.kind == RunKind.OFFICIAL and one.state == RunState.DONE), None)
    return SpecialPage(
        row=row,
        stage=stage_of(row.report_until, row.check_until, clock.today()),
        reporters=tuple(reporters_of(user, row)),
        checks=tuple(checks),
        runs=runs,
        office=sight.office,
        head=powers(user, clock.today()).has(Role.OFFICE_HEAD),
        outdated=newest is not None and row.state == SpecialState.OPEN and changed_since(newest),
        sees_results=visible.exists(),
    )


def reporters_of(user: User, row: Special) -> list[Reporter]:
    """Give who reports how much that is not held; people see their own units, the office and readers all."""
    form, mine, sight = row.version.form, powers(user, clock.today()), sight_of(user)
    by_unit = reporters_by_unit(row)
    monthly = reported_monthly(row, {series for series, _ in by_unit})
    there = set(figures_of(row).order_by().values_list("series", "figure", "period", "unit__code"))
    asked: dict[int, list[bool]] = {}
    for ask in asks_of(form, row.first, row.last):
        for code in ask.units:
            duty = by_unit.get((ask.field.series, code))
            if duty is not None and duty.reporter_id is not None and (duty.series, duty.unit_id) not in monthly:
                asked.setdefault(duty.reporter_id, []).append((*ask.key, code) in there)
    units = Unit.objects.in_bulk(asked)
    found = [
        Reporter(units[number], len(cells), sum(cells), sight.office or mine.has_in(number, *REPORTS, *SIGNS))
        for number, cells in asked.items()
    ]
    seen = [one for one in found if sight.everything or one.mine]
    return sorted(seen, key=lambda one: (one.unit.order, one.unit.code))


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
    open_ = row.state == SpecialState.OPEN
    may_say = mine.has_in(check.unit_id, *REPORTS, *SIGNS) and clock.today() <= row.check_until
    return CheckPage(
        row=row,
        check=check,
        figures=tuple((ask, stands.get(ask.key)) for ask in asked),
        says=open_ and may_say and check.state != "contested",
        answers=open_ and sight.office and check.state == "contested",
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
