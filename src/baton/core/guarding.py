"""The counting of failures in the database, shared by the actions of signing in.

An attempt on an account is counted before it is tried, in a transaction of its own, and taken back when it succeeds: a
thousand attempts at once are no more than five. Nobody waits for another's password to be hashed.
"""

import hashlib
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.models import SignInGuard, User
from baton.core.rules.lockout import Count, Limits, account_limits, address_limits, failed, left, standing
from baton.words import Place, Problem, Refused

_COUNTED = ("failures", "since", "last", "locks", "locked_at")


def account_key(username: str) -> str:
    """Name the guard of an account, by a digest: what is typed there may be a password by mistake."""
    typed = unicodedata.normalize("NFKC", username).strip().casefold()
    return f"account:{hashlib.sha256(typed.encode()).hexdigest()}"


def address_key(address: str) -> str:
    """Name the guard of an address."""
    return f"address:{address}"


def code_key(user: User) -> str:
    """Name the guard of a person's second factor."""
    return f"code:{user.pk}"


def count_of(row: SignInGuard) -> Count:
    """Give what a row has counted."""
    return Count(**{name: getattr(row, name) for name in _COUNTED})


def limits_of(key: str, numbers: Mapping[str, Any]) -> Limits:
    """Give the limits that hold for a guard."""
    return address_limits(numbers) if key.startswith("address:") else account_limits(numbers)


def admit(by: Actor, key: str, numbers: Mapping[str, Any], field: str) -> None:
    """Let an attempt through and count it as a failure until it has succeeded. Raises `Refused` where it is locked."""
    now = clock.now()
    keys = sorted({key, address_key(by.address)} if by.address else {key})
    with acting(by):
        waits = [wait for one in keys if (wait := _wait(one, now, limits_of(one, numbers)))]
        if not waits:
            _count_failure(key, now, limits_of(key, numbers))
    if waits:
        minutes = math.ceil(max(waits) / timedelta(minutes=1))
        raise Refused([Problem("account.sign_in_locked", {"minutes": minutes}, Place(field=field))])


def _wait(key: str, now: datetime, limits: Limits) -> timedelta | None:
    """Give how long a guard stays locked. A clock that was set back is taken note of."""
    row = SignInGuard.objects.select_for_update(no_key=True).filter(pk=key).first()
    if row is None:
        return None
    count = standing(count_of(row), now, limits)
    _keep(row, count)
    return left(count, now, limits)


def _count_failure(key: str, now: datetime, limits: Limits) -> Count:
    SignInGuard.objects.get_or_create(pk=key)
    row = SignInGuard.objects.select_for_update(no_key=True).get(pk=key)
    count = failed(standing(count_of(row), now, limits), now, limits)
    _keep(row, count)
    return count


def _keep(row: SignInGuard, count: Count) -> None:
    if count != count_of(row):
        for name, value in asdict(count).items():
            setattr(row, name, value)
        row.save(update_fields=_COUNTED)


def fail_address(by: Actor, numbers: Mapping[str, Any]) -> bool:
    """Count a failure of an address, inside an action; tell whether this one locks it."""
    if not by.address:
        return False
    now, limits = clock.now(), address_limits(numbers)
    return _count_failure(address_key(by.address), now, limits).locked_at == now


def is_locked(key: str, numbers: Mapping[str, Any]) -> bool:
    """Tell whether a guard is locked now."""
    row = SignInGuard.objects.filter(pk=key).first()
    return row is not None and standing(count_of(row), clock.now(), limits_of(key, numbers)).locked_at is not None


def clear(key: str) -> None:
    """Forget the failures of a guard, inside an action."""
    SignInGuard.objects.filter(pk=key).delete()


def forget_old(numbers: Mapping[str, Any]) -> None:
    """Take away what no longer counts, inside an action: names that somebody tried fill no table for ever."""
    limits = account_limits(numbers)
    oldest = clock.now() - max(limits.forget, limits.window, limits.most)
    SignInGuard.objects.filter(last__lt=oldest).delete()
