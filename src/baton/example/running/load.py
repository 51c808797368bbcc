"""Fills a database with the county's year in progress, month by month, by the same actions that people use.

The clock is set to the days on which things happened: windows open and close, figures come in, results go out. So the
audit chain, receipts and times of entry are those of a year that was lived through.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from baton.assessment.actions.checks import sign_for_the_silent
from baton.assessment.actions.months import note_release, open_month, reopen_window
from baton.assessment.actions.readers import add_reader
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.actions.tracking import follow_up, remind
from baton.assessment.choices import RunKind, Stage
from baton.assessment.models import Duty, Month, SourceDay, Window
from baton.core.acting import SYSTEM, Actor
from baton.engine.panel import Observation
from baton.example.running.assessments import begin_special, file_singly, plan_the_year
from baton.example.running.clock import ZONE, at
from baton.example.running.figures import LAST_MONTH, YearInProgress, make_year_in_progress
from baton.example.running.lagging import answer_what_lags
from baton.example.running.next_year import begin_next_year
from baton.example.running.objecting import object_to
from baton.example.running.plan import YEAR, text_of_2026
from baton.example.running.report import report_month
from baton.example.running.staff import Staff
from baton.example.running.targets import negotiate_targets
from baton.org.choices import Role

type Progress = Callable[[int, int], None]
LATE = "T04"
"""The township that has not sent its own figures yet."""
BEFORE_DECISION = "审定前复核"
_BEFORE_THE_FLOOD = 6
STATISTICS_OFFICE, RELEASED_ON = "县统计局月报", 22


def load_year(
    staff: Mapping[int, Staff],
    head: Actor,
    made: YearInProgress | None = None,
    progress: Progress = lambda done, of: None,
) -> None:
    """Adopt the scheme of 2026 and live through its months up to 8 October; the county's units must be there.

    `staff`: the people of each unit, by its number. `head`: who publishes. Takes about a minute.
    """
    year = made or make_year_in_progress()
    with at(datetime(YEAR, 1, 5, 9, tzinfo=ZONE)):
        adopt_scheme(by=SYSTEM, text=text_of_2026())
        SourceDay.objects.get_or_create(
            source=STATISTICS_OFFICE,
            valid_from=date(YEAR, 1, 1),
            defaults={"day": RELEASED_ON, "basis": "示例县日历：统计类数据 22 日前后到位"},
        )
        add_reader(by=head, role=Role.OFFICE_HEAD, reason=BEFORE_DECISION)
        add_reader(by=head, role=Role.OFFICE, reason=BEFORE_DECISION)
        plan_the_year(staff, head)
    by_month: dict[str, list[Observation]] = defaultdict(list)
    for one in year.settled:
        by_month[f"{YEAR}-01" if len(one.period) == len(str(YEAR)) else one.period].append(one)
    for number in range(1, LAST_MONTH):
        period = f"{YEAR}-{number:02d}"
        _live_through(period, number, by_month[period], staff, head)
        if number == _BEFORE_THE_FLOOD:
            with at(datetime(YEAR, 7, 30, 9, tzinfo=ZONE)):
                file_singly(staff, head)
        progress(number, LAST_MONTH)
    with at(_day(LAST_MONTH - 1, 28, 16)):
        object_to(f"{YEAR}-{LAST_MONTH - 1:02d}", staff, head)
    _begin(f"{YEAR}-{LAST_MONTH:02d}", year.fresh, staff, head)
    with at(_day(LAST_MONTH, 8, 17)):
        begin_next_year(head, YEAR + 1)
        negotiate_targets(staff, head)
    with at(datetime(YEAR, 10, 8, 15, tzinfo=ZONE)):
        begin_special(staff, head)
    progress(LAST_MONTH, LAST_MONTH)


def _live_through(
    period: str, number: int, known: Iterable[Observation], staff: Mapping[int, Staff], head: Actor
) -> None:
    """Open a month, report it, wait for what comes from above, score and publish it."""
    with at(_day(number, 1, 8)):
        month = open_month(by=SYSTEM, period=period)
    sources = {release.source for release in month.releases.all()}
    late, early = _parted(month, known, sources)
    with at(_day(number, 4, 10)):
        report_month(month, early, staff)
    with at(_day(number, 22, 15)):
        for source in sorted(sources):
            note_release(by=SYSTEM, period=period, source=source, came=_day(number, 22, 0).date())
        report_month(month, late, staff)
    with at(_day(number, 24, 9)):
        score_month(by=SYSTEM, period=period, kind=RunKind.OFFICIAL)
    with at(_day(number, 25, 16)):
        title = f"关于{YEAR}年{number}月月度考核情况的通报"
        publish_month(by=head, period=period, document=f"云考办〔{YEAR}〕{number}号（虚构文号）", title=title)
    with at(_day(number, 27, 8)):
        sign_for_the_silent(period=period)
        follow_up(period=period)
        remind()
    with at(_day(number, 28, 15)):
        answer_what_lags(staff)


def _begin(period: str, known: Iterable[Observation], staff: Mapping[int, Staff], head: Actor) -> None:
    """Open the month that is under way, and report what has come; one township gets more days for its own figures."""
    with at(_day(LAST_MONTH, 1, 8)):
        month = open_month(by=SYSTEM, period=period)
    with at(_day(LAST_MONTH, 4, 10)):
        report_month(month, known, staff, verified=False, without={LATE})
    window = Window.objects.filter(month=month, stage=Stage.REPORT, unit__code=LATE, release=None).first()
    if window is not None:
        until = _day(LAST_MONTH, 12, 0).date()
        with at(_day(LAST_MONTH, 8, 16)):
            reopen_window(by=head, window=window.pk, until=until, reason="停电两天，镇里报送中断")


def _day(month: int, day: int, hour: int) -> datetime:
    """A moment in the month after the one that is assessed."""
    return datetime(YEAR + month // 12, month % 12 + 1, day, hour, tzinfo=ZONE)


def _parted(
    month: Month, known: Iterable[Observation], sources: set[str]
) -> tuple[list[Observation], list[Observation]]:
    """Part figures that wait for a source from above from the others."""
    waiting = set(Duty.objects.filter(scheme=month.scheme, source__in=sources).values_list("series", flat=True))
    rows = list(known)
    return [one for one in rows if one.series in waiting], [one for one in rows if one.series not in waiting]
