"""Figures that a person's units still have to report, and reports that lie on the person's desk."""

from collections.abc import Iterator
from datetime import date

from baton.assessment.choices import MonthState, Stage, StepRole, SubmissionState
from baton.assessment.models import Duty, Figure, Month, Submission, Window
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.rules.approval import TURN
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers

_REPORTS = (Role.REPORTER, Role.VERIFIER)
_OF_UNIT = {
    StepRole.CLERK: (Role.REPORTER,),
    StepRole.LEADER_IN_CHARGE: (Role.LEADER_IN_CHARGE,),
    StepRole.UNIT_HEAD: (Role.UNIT_HEAD,),
}


def to_report(user: User, mine: Powers) -> Iterator[ToDo]:
    """Give the figures that are lacking, by unit and month, and the reports whose turn it is."""
    months = list(Month.objects.exclude(state=MonthState.PUBLISHED).select_related("scheme"))
    units = mine.units_of(*_REPORTS)
    if units:
        for month in months:
            yield from _lacking(month, units)
    yield from _on_the_desk(user, mine, months)


def _lacking(month: Month, units: frozenset[int]) -> Iterator[ToDo]:
    duties = Duty.objects.filter(scheme=month.scheme_id, reporter__in=units).select_related("unit", "reporter")
    by_key = {(one.series, one.unit.code): one for one in duties}
    windows = Window.objects.filter(month=month, stage=Stage.REPORT, unit__in=units).select_related("release")
    closing = {
        (one.unit_id, one.release.source if one.release else ""): last_day(one)
        for one in windows.prefetch_related("reopenings")
    }
    own = set(Submission.objects.filter(month=month, unit__in=units).values_list("series", "unit__code"))
    there = set(
        Figure.objects.counting()
        .filter(series__in={series for series, _ in by_key}, period__startswith=month.period[:4])
        .values_list("unit__code", "series", "figure", "period")
    )
    counts: dict[tuple[int, str, date, str], int] = {}
    for cell, _ in month.scheme.form.expected(month.period):
        duty = by_key.get((cell.series, cell.unit))
        if duty is None or duty.reporter is None or (cell.series, cell.unit) in own:
            continue
        if (cell.unit, cell.series, cell.figure, cell.period) in there:
            continue
        reporter = duty.reporter
        closes = closing.get((reporter.pk, duty.source)) or closing.get((reporter.pk, ""))
        if closes is not None and closes >= clock.today():
            key = reporter.pk, reporter.name, closes, month.period
            counts[key] = counts.get(key, 0) + 1
    for (number, name, closes, period), count in counts.items():
        yield ToDo(Do.REPORT, closes, period, name, number, count)


def last_day(window: Window) -> date:
    """Give the last day of a window; a source that has not come keeps it open."""
    waits = window.release is not None and window.release.came is None
    last = max([window.closes, *(one.until for one in window.reopenings.all())])
    return max(last, clock.today()) if waits else last


def _on_the_desk(user: User, mine: Powers, months: list[Month]) -> Iterator[ToDo]:
    open_now = Submission.objects.visible_to(user).filter(month__in=months).exclude(state=SubmissionState.APPROVED)
    rows = open_now.select_related("month", "unit", "office", "window__release").prefetch_related("window__reopenings")
    verified = {
        (one.series, one.unit_id): one.verifier_id
        for one in Duty.objects.filter(verifier__in=mine.units_of(Role.VERIFIER))
    }
    names = {month.pk: {one.series_code: one.name for one in month.scheme.scheme.indicators} for month in months}
    for row in rows:
        if _is_mine(user, mine, row, verified):
            title = names[row.month_id].get(row.series, row.series)
            due = last_day(row.window)
            yield ToDo(Do.OWN_REPORT, due, row.month.period, row.unit.name, row.unit_id, 1, row.pk, title)


def _is_mine(user: User, mine: Powers, row: Submission, verified: dict[tuple[str, int], int | None]) -> bool:
    if row.holder_id is not None:
        return row.holder_id == user.pk
    turn = TURN[SubmissionState(row.state)]
    if turn is StepRole.VERIFIER:
        return (row.series, row.unit_id) in verified
    if row.office_id is not None and turn is StepRole.CLERK:
        return mine.has_in(row.office_id, Role.REPORTER)
    return mine.has_in(row.unit_id, *_OF_UNIT[turn])
