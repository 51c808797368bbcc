"""Reading notices. It changes nobody's affairs, and so leaves no row in the chain."""

from collections.abc import Iterable

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.models import Notice, User
from baton.core.queries.notices import inbox
from baton.words import Problem, Refused


def mark_read(*, by: Actor, numbers: Iterable[int] | None = None) -> int:
    """Mark one's own notices as read, all (None) or some; gives how many were not. Marking twice changes nothing."""
    user = _reader(by)
    with acting(by):
        return _mark(user, numbers)


def open_notice(*, by: Actor, number: int) -> Notice:
    """Mark a notice as read and give it, for its link. Raises `Notice.DoesNotExist` where it is not one's own."""
    user = _reader(by)
    with acting(by):
        notice = inbox(user).get(pk=number)
        _mark(user, [number])
    return notice


def _reader(by: Actor) -> User:
    if by.user is None:
        raise Refused([Problem("services.nobody_reads")])
    return by.user


def _mark(user: User, numbers: Iterable[int] | None) -> int:
    rows = inbox(user, unread_only=True)
    return (rows if numbers is None else rows.filter(pk__in=list(numbers))).update(read_at=clock.now())
