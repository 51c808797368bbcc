"""The office's board of a month: days, sources, who is missing, who is late and at which step, checks, runs, issues."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import Absent, ContestState, Stage, StepRole, SubmissionState
from baton.assessment.models import (
    Check,
    Contest,
    Duty,
    Figure,
    Month,
    Publication,
    Release,
    ResultReader,
    Run,
    Submission,
    Window,
)
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.windows import Until, no_window, until_of
from baton.assessment.queries.office.expected import Asked, by_duty, due_of, joined
from baton.assessment.queries.runs import changed_since, newest_run
from baton.assessment.rules.approval import TURN
from baton.assessment.rules.expected import Cell
from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit

_RUNS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class StageDays:
    """A stage and the days of its windows: first to open, usual and last end, and how many are open."""

    stage: Stage
    opens: date
    planned: date
    last: date
    open: int
    windows: int


@dataclass(frozen=True, slots=True)
class Source:
    """A source from above: when it was expected and came, and how many windows wait for it, up to which day now."""

    release: Release
    windows: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What a unit still has to do: at which step, how much, until when. `waits_for`: nobody is late for that source."""

    unit: Unit
    step: StepRole
    count: int
    until: Until
    window: Window | None

    @property
    def late(self) -> bool:
        """Whether its days have passed."""
        return self.until.closed is not None and self.until.closed.code == "assessment.window_closed"


@dataclass(frozen=True, slots=True)
class Checks:
    """How far the units have checked; `overdue`: contests that should have been answered."""

    units: int
    signed: int
    silent: int
    contests: int
    overdue: int

    @property
    def waiting(self) -> int:
        """Units without a receipt."""
        return self.units - self.signed - self.silent


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a month. `reads`: results may be seen before they are out.

    `stale`: figures changed since the newest run (None: there is none yet).
    """

    month: Month
    stages: tuple[StageDays, ...]
    sources: tuple[Source, ...]
    outstanding: tuple[Outstanding, ...]
    asked: int
    there: int
    preliminary: int
    corrected: int
    checks: Checks
    reads: bool
    runs: tuple[Run, ...]
    stale: bool | None
    publications: tuple[Publication, ...]
    today: date

    @property
    def late(self) -> tuple[Outstanding, ...]:
        """What is late."""
        return tuple(one for one in self.outstanding if one.late)

    @property
    def in_force(self) -> Publication | None:
        """The publication that is out."""
        return next((one for one in self.publications if one.withdrawn_at is None), None)


def board(user: User, month: Month) -> Board | None:
    """Give the board of a month to whoever sees the whole county; None to others. Runs only to readers of results."""
    if not sight_of(user).everything:
        return None
    rows = Window.objects.filter(month=month).select_related("unit", "release", "month")
    windows = list(rows.prefetch_related("reopenings"))
    due = due_of(month)
    figures = Figure.objects.counting().filter(period__in={cell.period for cell, _ in due})
    duties = by_duty(Duty.objects.filter(scheme=month.scheme, reporter__isnull=False))
    codes = {duty.unit_id: code for (_, code), duty in duties.items()}
    known = {Cell(codes.get(one.unit_id, ""), one.series, one.figure, one.period): one for one in figures}
    asked = list(joined(due, duties, known))
    there = [one for one in asked if one.figure is not None]
    newest = newest_run(month)
    reads = ResultReader.objects.reads(user, clock.today())
    runs = Run.objects.filter(month=month).select_related("by", "scheme")
    issues = Publication.objects.filter(month=month)
    return Board(
        month=month,
        stages=tuple(_stages(windows)),
        sources=tuple(_sources(month, windows)),
        outstanding=tuple(sorted(_outstanding(month, windows, asked), key=_most_urgent)),
        asked=len(asked),
        there=len(there),
        preliminary=sum(one.figure is not None and one.figure.preliminary for one in there),
        corrected=sum(one.figure is not None and one.figure.version > 0 and not one.figure.absent for one in there),
        checks=_checks(month, windows),
        reads=reads,
        runs=tuple(runs[:_RUNS_SHOWN]) if reads else (),
        stale=None if newest is None else changed_since(newest),
        publications=tuple(issues.select_related("run", "published_by", "withdrawn_by")),
        today=clock.today(),
    )


def _stages(windows: Iterable[Window]) -> Iterator[StageDays]:
    for stage in Stage:
        mine = [one for one in windows if one.stage == stage]
        if mine:
            untils = [until_of(one) for one in mine]
            planned = Counter(one.planned for one in mine).most_common(1)[0][0]
            opened = sum(one.closed is None for one in untils)
            last = max(one.closes for one in untils)
            yield StageDays(stage, min(one.opens for one in mine), planned, last, opened, len(mine))


def _sources(month: Month, windows: Iterable[Window]) -> Iterator[Source]:
    waiting: dict[int, list[Window]] = {}
    for one in windows:
        if one.release_id is not None:
            waiting.setdefault(one.release_id, []).append(one)
    for release in month.releases.all():
        mine = waiting.get(release.pk, [])
        yield Source(release, len(mine), max((until_of(one).closes for one in mine), default=None))


def _most_urgent(one: Outstanding) -> tuple[bool, date, int]:
    return not one.late, one.until.closes, one.unit.order


def _outstanding(month: Month, windows: Iterable[Window], asked: Iterable[Asked]) -> Iterator[Outstanding]:
    """Go through what is not there yet, by unit, step and window; withdrawn figures are missing ones."""
    by_key = {(one.stage, one.unit_id, one.release.source if one.release else ""): one for one in windows}
    rows = Submission.objects.filter(month=month, whole__isnull=True)
    own = {(row.series, row.unit_id): row for row in rows}
    found: dict[tuple[Unit, StepRole, Window | None], int] = {}
    for one in asked:
        row = own.get((one.duty.series, one.unit.pk))
        missing = one.figure is None or one.figure.absent == Absent.WITHDRAWN
        if (row is None and not missing) or (row is not None and row.state == SubmissionState.APPROVED):
            continue
        key = _whose(one, row, by_key)
        if key is not None:
            found[key] = found.get(key, 0) + 1
    for (unit, step, window), count in found.items():
        yield Outstanding(unit, step, count, no_window() if window is None else until_of(window), window)


def _whose(
    one: Asked, row: Submission | None, windows: Mapping[tuple[str, int, str], Window]
) -> tuple[Unit, StepRole, Window | None] | None:
    """Say at whom and at which step a figure lies."""
    step = StepRole.CLERK if row is None else TURN[SubmissionState(row.state)]
    unit = one.duty.verifier if step is StepRole.VERIFIER else one.duty.reporter
    if unit is None:
        return None
    stage = Stage.VERIFY if step is StepRole.VERIFIER else Stage.REPORT
    window = windows.get((stage, unit.pk, one.duty.source)) or windows.get((stage, unit.pk, ""))
    return unit, step, window


def _checks(month: Month, windows: Iterable[Window]) -> Checks:
    units = {one.unit_id for one in windows if one.stage == Stage.CHECK}
    newest: dict[int, bool] = {}
    for unit, by in Check.objects.filter(month=month).order_by("pk").values_list("unit", "by"):
        newest[unit] = by is None
    contests = Contest.objects.filter(month=month, state=ContestState.OPEN)
    due = list(contests.values_list("due", flat=True))
    today = clock.today()
    silent = sum(newest.values())
    return Checks(len(units), len(newest) - silent, silent, len(due), sum(day < today for day in due))
