"""What a unit answers: figures to check, deductions announced to it, tasks and lagging work; contests to answer."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from baton.assessment.choices import ContestState, ItemState, LedgerState, MonthState, Stage
from baton.assessment.models import Check, Contest, Duty, LedgerEntry, Task, TrackedItem, Window
from baton.assessment.queries.inbox.reporting import last_day
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers

_NEAR = 14
"""Days before its last day from which a task stands in the inbox; all of them are on their own page."""
_SIGNS = (Role.UNIT_HEAD, Role.LEADER_IN_CHARGE)
_ANSWERS = (Role.REPORTER, *_SIGNS)


def to_answer(user: User, mine: Powers) -> Iterator[ToDo]:
    """Give what waits for the person's units."""
    if mine.units_of(*_SIGNS):
        yield from _to_check(mine.units_of(*_SIGNS))
    units = mine.units_of(*_ANSWERS)
    if units:
        yield from _announced(units)
        yield from _lagging(units)
    yield from _running(units, mine.units_of(Role.REPORTER, Role.VERIFIER))
    yield from _claimed(mine.units_of(Role.VERIFIER))
    yield from _contested(user, mine)


def _to_check(units: frozenset[int]) -> Iterator[ToDo]:
    rows = Window.objects.filter(stage=Stage.CHECK, unit__in=units).exclude(month__state=MonthState.PUBLISHED)
    signed = set(Check.objects.filter(unit__in=units).values_list("month", "unit"))
    last: dict[tuple[int, int], ToDo] = {}
    today = clock.today()
    for one in rows.select_related("month", "unit", "release").prefetch_related("reopenings"):
        closes, key = last_day(one), (one.month_id, one.unit_id)
        if key in signed or not one.opens <= today <= closes:
            continue
        before = last.get(key)
        if before is None or (before.due or closes) < closes:
            last[key] = ToDo(Do.CHECK, closes, one.month.period, one.unit.name, one.unit_id)
    yield from last.values()


def _announced(units: frozenset[int]) -> Iterator[ToDo]:
    rows = LedgerEntry.objects.filter(unit__in=units, state=LedgerState.ANNOUNCED, reply_until__gte=clock.today())
    for one in rows.select_related("unit"):
        yield ToDo(Do.REPLY, one.reply_until, "", one.unit.name, one.unit_id, 1, one.pk, one.item)


def _claimed(departments: frozenset[int]) -> Iterator[ToDo]:
    """Claimed bonuses on which a department has given no opinion yet."""
    if not departments:
        return
    rows = LedgerEntry.objects.filter(noted_for__in=departments, claimed=True, supported__isnull=True)
    for one in rows.filter(state=LedgerState.NOTED).select_related("unit"):
        yield ToDo(Do.CLAIM, None, "", one.unit.name, one.unit_id, 1, one.pk, one.item)


def _lagging(units: frozenset[int]) -> Iterator[ToDo]:
    rows = TrackedItem.objects.filter(unit__in=units, state=ItemState.OPEN, measures="")
    for one in rows.select_related("unit"):
        yield ToDo(Do.TRACKED, None, "", one.unit.name, one.unit_id, 1, one.pk, one.title)


def _running(units: frozenset[int], departments: frozenset[int]) -> Iterator[ToDo]:
    """Tasks without a figure whose day is near: those of a unit, and those a department is responsible for."""
    if not units and not departments:
        return
    near = clock.today() + timedelta(days=_NEAR)
    rows = Task.objects.running().filter(Q(unit__in=units) | Q(department__in=departments), due__lte=near)
    for one in rows.select_related("unit"):
        yield ToDo(Do.TASK, one.due, "", one.unit.name, one.unit_id, 1, one.pk, one.title)


def _contested(user: User, mine: Powers) -> Iterator[ToDo]:
    """Contests are answered by whoever verifies the figure; where nobody does, by the office."""
    office = bool(mine.county & {Role.OFFICE, Role.OFFICE_HEAD})
    judges = mine.units_of(Role.VERIFIER)
    if not office and not judges:
        return
    rows = Contest.objects.visible_to(user).filter(state=ContestState.OPEN)
    found = list(rows.select_related("unit", "about", "month"))
    about = Duty.objects.filter(
        unit__in={one.unit_id for one in found}, series__in={one.about.series for one in found}
    ).order_by()
    fields = ("scheme_id", "series", "unit_id", "verifier_id")
    duties = {(scheme, series, unit): verifier for scheme, series, unit, verifier in about.values_list(*fields)}
    for one in found:
        judge = duties.get((one.month.scheme_id, one.about.series, one.unit_id))
        if judge in judges or (office and judge in (None, one.unit_id)):
            yield ToDo(Do.CONTEST, one.due, one.month.period, one.unit.name, one.unit_id, 1, one.pk)
