"""When too many failures lock an account or an address, for how long, and what a clock that jumps does to it.

A lock is kept as the moment it began and how many came before it; how long it lasts follows from the numbers of the
day. A clock set back brings every moment of the future to now: the lock begins again, so it neither opens nor lasts
longer than its own time after the jump.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

_FAR = 32


@dataclass(frozen=True, slots=True)
class Limits:
    """How many failures within what time lock, for how long at first, times what each time, at most, and until when."""

    failures: int
    window: timedelta
    first: timedelta
    growth: int
    most: timedelta
    forget: timedelta


@dataclass(frozen=True, slots=True)
class Count:
    """Failures as counted so far."""

    failures: int = 0
    since: datetime | None = None
    last: datetime | None = None
    locks: int = 0
    locked_at: datetime | None = None


def account_limits(numbers: Mapping[str, Any]) -> Limits:
    """Take the limits of an account, and of a second factor, out of the numbers of the area `account`."""
    return Limits(
        failures=numbers["lock_failures"],
        window=timedelta(minutes=numbers["lock_window_minutes"]),
        first=timedelta(minutes=numbers["lock_minutes"]),
        growth=numbers["lock_growth"],
        most=timedelta(minutes=numbers["lock_minutes_most"]),
        forget=timedelta(hours=numbers["lock_forget_hours"]),
    )


def address_limits(numbers: Mapping[str, Any]) -> Limits:
    """Take the limits of an address: many more failures, and a lock that does not grow, for it hits whole offices."""
    return replace(account_limits(numbers), failures=numbers["address_failures"], growth=1)


def length(locks: int, limits: Limits) -> timedelta:
    """Give how long the lock of a number (1: the first) lasts."""
    grown = limits.growth ** min(max(locks - 1, 0), _FAR)
    return limits.most if grown >= limits.most / limits.first else min(limits.first * grown, limits.most)


def standing(count: Count, now: datetime, limits: Limits) -> Count:
    """Give the count as it stands at a moment: ended locks open, old failures are forgotten."""
    here = Count(
        count.failures, _not_after(count.since, now), _not_after(count.last, now), count.locks,
        _not_after(count.locked_at, now),
    )  # fmt: skip
    if here.locked_at is not None:
        if now < here.locked_at + length(here.locks, limits):
            return here
        here = replace(here, failures=0, since=None, locked_at=None)
    if here.since is not None and now >= here.since + limits.window:
        here = replace(here, failures=0, since=None)
    if here.last is not None and now >= here.last + limits.forget:
        here = replace(here, locks=0)
    return here


def _not_after(moment: datetime | None, now: datetime) -> datetime | None:
    return None if moment is None else min(moment, now)


def left(count: Count, now: datetime, limits: Limits) -> timedelta | None:
    """Give how much longer it is locked, None if it is not. `count` as it stands now."""
    return None if count.locked_at is None else count.locked_at + length(count.locks, limits) - now


def failed(count: Count, now: datetime, limits: Limits) -> Count:
    """Count one more failure; the one that reaches the limit locks. `count` as it stands now."""
    more = replace(count, failures=count.failures + 1, since=count.since or now, last=now)
    if more.failures < limits.failures or more.locked_at is not None:
        return more
    return replace(more, locks=more.locks + 1, locked_at=now)
