"""Figures that a person's units still have to report, and reports that lie on the person's desk."""

from collections import Counter
from collections.abc import Container, Iterator
from datetime import date

from django.db.models import Q

from baton.assessment.choices import Stage, StepRole, SubmissionState
from baton.assessment.models import Duty, Month, Submission, Window
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.inbox.there import There
from baton.assessment.queries.reported import NOTHING, reported_of
from baton.assessment.queries.targets.negotiated import negotiated
from baton.assessment.rules.approval import TURN
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import Powers

_REPORTS = (Role.REPORTER, Role.VERIFIER)
_OF_UNIT = {
    StepRole.CLERK: (Role.REPORTER,),
    StepRole.LEADER_IN_CHARGE: (Role.LEADER_IN_CHARGE,),
    StepRole.UNIT_HEAD: (Role.UNIT_HEAD,),
}


def to_report(user: User, mine: Powers, months: list[Month], there: There) -> Iterator[ToDo]:
    """Give the figures that are lacking, by unit and month, and the reports whose turn it is.

    `months`: those that are not published.
    """
    units = mine.units_of(*_REPORTS)
    if units:
        for month in months:
            yield from _lacking(month, units, there)
    yield from _on_the_desk(user, mine, months)


def _lacking(month: Month, units: frozenset[int], there_is: There) -> Iterator[ToDo]:
    form = month.scheme.form
    known = {code: (number, name) for code, number, name in Unit.objects.order_by().values_list("code", "pk", "name")}
    mine = {code for code, (number, _) in known.items() if number in units}
    series = form.reported_by(mine)
    if not series:
        return
    windows = Window.objects.filter(month=month, stage=Stage.REPORT, unit__in=units).select_related("release")
    closing = {
        (one.unit_id, one.release.source if one.release else ""): last_day(one)
        for one in windows.prefetch_related("reopenings")
    }
    settled = negotiated(month, series) if there_is.targets else frozenset()
    own = set(Submission.objects.filter(month=month, unit__in=units).values_list("series", "unit__code"))
    reported = reported_of(month, series)
    counts: Counter[tuple[str, str]] = Counter()
    for portion in form.portions(month.period):
        if portion.reporter not in mine:
            continue
        there = reported.get(portion.ask.key, NOTHING).there
        lacking = [code for code in portion.units if known[code][0] not in there]
        asked = portion.ask.key
        counts[portion.reporter, portion.source] += sum(
            (portion.ask.field.series, code) not in own and (code, *asked) not in settled for code in lacking
        )
    found: Counter[tuple[int, str, date]] = Counter()
    for (code, source), count in counts.items():
        number, name = known[code]
        closes = closing.get((number, source)) or closing.get((number, ""))
        if count and closes is not None and closes >= clock.today():
            found[number, name, closes] += count
    for (number, name, closes), count in found.items():
        yield ToDo(Do.REPORT, closes, month.period, name, number, count)


def last_day(window: Window) -> date:
    """Give the last day of a window; a source that has not come keeps it open."""
    waits = window.release is not None and window.release.came is None
    last = max([window.closes, *(one.until for one in window.reopenings.all())])
    return max(last, clock.today()) if waits else last


def _on_the_desk(user: User, mine: Powers, months: list[Month]) -> Iterator[ToDo]:
    open_now = Submission.objects.visible_to(user).filter(month__in=months).exclude(state=SubmissionState.APPROVED)
    carried = mine.units_of(Role.REPORTER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD)
    near = Q(holder=user) | Q(unit__in=carried) | Q(office__in=carried)
    if mine.units_of(Role.VERIFIER):
        near |= Q(state=SubmissionState.VERIFIER)
    rows = (
        open_now.filter(near)
        .select_related("month", "unit", "office", "window__release")
        .prefetch_related("window__reopenings")
    )
    duties = Duty.objects.filter(verifier__in=mine.units_of(Role.VERIFIER)).order_by()
    verified = set(duties.values_list("series", "unit"))
    names = {month.pk: {one.series_code: one.name for one in month.scheme.scheme.indicators} for month in months}
    for row in rows:
        if _is_mine(user, mine, row, verified):
            title = names[row.month_id].get(row.series, row.series)
            due = last_day(row.window)
            yield ToDo(Do.OWN_REPORT, due, row.month.period, row.unit.name, row.unit_id, 1, row.pk, title)


def _is_mine(user: User, mine: Powers, row: Submission, verified: Container[tuple[str, int]]) -> bool:
    if row.holder_id is not None:
        return row.holder_id == user.pk
    turn = TURN[SubmissionState(row.state)]
    if turn is StepRole.VERIFIER:
        return (row.series, row.unit_id) in verified
    if row.office_id is not None and turn is StepRole.CLERK:
        return mine.has_in(row.office_id, Role.REPORTER)
    return mine.has_in(row.unit_id, *_OF_UNIT[turn])
