"""The clock of the house: one worker leads, and asks for recurring jobs when they are due, missed ones too.

A job asked for by the clock has its due moment in its key, so even two leaders ask for it once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from baton.core import clock
from baton.core.acting import SYSTEM, acting
from baton.core.jobs.asking import ask
from baton.core.jobs.holding import lease
from baton.core.models import Leader, Schedule
from baton.core.rules.schedule import Rhythm

_LOG = logging.getLogger(__name__)
_SET_BACK = timedelta(hours=1)
"""A clock this much behind what was already asked for was set back; smaller steps are waited out."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A job that the clock asks for, under its kind's name.

    `each`: every missed moment is caught up by a job of its own (`params["moment"]`); otherwise the last one is enough.
    `when`: asks only where there is something to do.
    """

    kind: str
    rhythm: Rhythm
    each: bool = False
    when: Callable[[], bool] | None = None


_RECURRING: dict[str, Recurring] = {}


def register_recurring(one: Recurring) -> None:
    """Add recurring work; one rhythm a kind."""
    if one.kind in _RECURRING:
        msg = f"{one.kind} recurs twice"
        raise ValueError(msg)
    _RECURRING[one.kind] = one


def leads(holder: str) -> bool:
    """Become or stay the leader; False where another is."""
    now, length = clock.now(), lease()
    Leader.objects.get_or_create(pk=1)
    free = Q(holder=holder) | Q(until__isnull=True) | Q(until__lt=now) | Q(until__gt=now + 2 * length)
    return bool(Leader.objects.filter(free, pk=1).update(holder=holder, until=now + length))


def tick() -> int:
    """Ask for everything that is due by now; gives how many jobs were asked for."""
    return sum(_tick(one, clock.now()) for one in _RECURRING.values())


def _tick(one: Recurring, now: datetime) -> int:
    row, new = Schedule.objects.get_or_create(name=one.kind, defaults={"done_until": now})
    if new:
        return 0
    if row.done_until > now + _SET_BACK:
        _LOG.warning("the clock was set back: %s was done until %s", one.kind, row.done_until)
        Schedule.objects.filter(pk=row.pk).update(done_until=now)
        return 0
    due = one.rhythm.between(row.done_until, now)
    if not due:
        return 0
    moments = due if one.each else due[-1:]
    if one.when is not None and not one.when():
        moments = []
    with acting(SYSTEM) as told:
        for moment in moments:
            written = moment.isoformat(timespec="seconds")
            ask(told, one.kind, {"moment": written}, key=f"{one.kind}@{written}")
        Schedule.objects.filter(pk=row.pk).update(done_until=now)
    return len(moments)
