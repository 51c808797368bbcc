"""The office's board of a month: days, sources, who is missing, who is late and at which step, checks, runs, issues."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import ContestState, Stage, StepRole, SubmissionState
from baton.assessment.models import (
    Check,
    Contest,
    Month,
    Publication,
    Release,
    Reopening,
    ResultReader,
    Run,
    Submission,
    Window,
)
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.windows import Until, no_window, until_of
from baton.assessment.queries.office.counted import Counted, count
from baton.assessment.queries.reported import reported_of
from baton.assessment.queries.runs import changed_since, newest_run
from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit

_RUNS_SHOWN = 10
type Untils = Mapping[int, Until]
"""Until when each window is open, by its number."""


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
    units = {unit.pk: unit for unit in Unit.objects.all()}
    windows, today = _windows(month, units), clock.today()
    reopened = _reopened(month)
    untils = {one.pk: until_of(one, today, reopened.get(one.pk, ())) for one in windows}
    reported = reported_of(month)
    own = _own_reports(month)
    counted = count(month, reported, {unit.code: unit.pk for unit in units.values()}, own)
    newest = newest_run(month)
    reads = ResultReader.objects.reads(user, clock.today())
    runs = Run.objects.filter(month=month).select_related("by", "scheme")
    issues = Publication.objects.filter(month=month)
    return Board(
        month=month,
        stages=tuple(_stages(windows, untils)),
        sources=tuple(_sources(month, windows, untils)),
        outstanding=tuple(sorted(_outstanding(windows, untils, counted, units), key=_most_urgent)),
        asked=counted.asked,
        there=counted.there,
        preliminary=counted.preliminary,
        corrected=counted.corrected,
        checks=_checks(month, windows),
        reads=reads,
        runs=tuple(runs[:_RUNS_SHOWN]) if reads else (),
        stale=None if newest is None else changed_since(newest),
        publications=tuple(issues.select_related("run", "published_by", "withdrawn_by")),
        today=today,
    )


def _windows(month: Month, units: Mapping[int, Unit]) -> list[Window]:
    """Give the windows of a month; their units are those that have been read already."""
    found = list(Window.objects.filter(month=month).prefetch_related("release"))
    for one in found:
        one.unit = units[one.unit_id]
    return found


def _reopened(month: Month) -> dict[int, list[date]]:
    """Give the days up to which windows were opened again, by the window's number; few ever are."""
    found: dict[int, list[date]] = {}
    for window, until in Reopening.objects.filter(window__month=month).order_by().values_list("window", "until"):
        found.setdefault(window, []).append(until)
    return found


def _own_reports(month: Month) -> dict[str, dict[int, SubmissionState]]:
    """Give how far the units' own reports are, by series and number of the unit."""
    found: dict[str, dict[int, SubmissionState]] = {}
    rows = Submission.objects.filter(month=month, whole__isnull=True).order_by()
    for series, unit, state in rows.values_list("series", "unit", "state"):
        found.setdefault(series, {})[unit] = SubmissionState(state)
    return found


def _stages(windows: Iterable[Window], untils: Untils) -> Iterator[StageDays]:
    for stage in Stage:
        mine = [one for one in windows if one.stage == stage]
        if mine:
            now = [untils[one.pk] for one in mine]
            planned = Counter(one.planned for one in mine).most_common(1)[0][0]
            opened = sum(one.closed is None for one in now)
            last = max(one.closes for one in now)
            yield StageDays(stage, min(one.opens for one in mine), planned, last, opened, len(mine))


def _sources(month: Month, windows: Iterable[Window], untils: Untils) -> Iterator[Source]:
    waiting: dict[int, list[Window]] = {}
    for one in windows:
        if one.release_id is not None:
            waiting.setdefault(one.release_id, []).append(one)
    for release in month.releases.all():
        mine = waiting.get(release.pk, [])
        yield Source(release, len(mine), max((untils[one.pk].closes for one in mine), default=None))


def _most_urgent(one: Outstanding) -> tuple[bool, date, int]:
    return not one.late, one.until.closes, one.unit.order


def _outstanding(
    windows: Iterable[Window], untils: Untils, counted: Counted, units: Mapping[int, Unit]
) -> Iterator[Outstanding]:
    """Go through what is not there yet, by unit, step and window; withdrawn figures are missing ones."""
    by_key = {(one.stage, one.unit_id, one.release.source if one.release else ""): one for one in windows}
    found: dict[tuple[int, StepRole, Window | None], int] = {}
    for lies, many in counted.lacking.items():
        stage = Stage.VERIFY if lies.step is StepRole.VERIFIER else Stage.REPORT
        window = by_key.get((stage, lies.unit, lies.source)) or by_key.get((stage, lies.unit, ""))
        key = lies.unit, lies.step, window
        found[key] = found.get(key, 0) + many
    for (unit, step, window), many in found.items():
        yield Outstanding(units[unit], step, many, no_window() if window is None else untils[window.pk], window)


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
