"""One-time slips: the way to a first password, and back to one, that needs no e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.choices import Power
from baton.core.codes import hash_of, new_code
from baton.core.models import Slip, User
from baton.core.powers import require
from baton.core.queries.parameters import parameter
from baton.words import Problem, Refused


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A slip as it is printed. The code is nowhere else: who loses it needs a new slip."""

    user: User
    code: str
    until: datetime


def issue_slips(*, by: Actor, users: Iterable[User]) -> list[IssuedSlip]:
    """Issue a slip to each of several people; a slip that somebody has not used yet is good no longer.

    Until it is used the old password, if there is one, holds. Raises `Refused`, and then no slip is issued.
    """
    require(by, Power.SYSTEM)
    wanted = list({user.pk: user for user in users}.values())
    if not wanted:
        raise Refused([Problem("account.slips_for_nobody")])
    closed = [Problem("account.slip_for_closed", {"name": user.name}) for user in wanted if not user.is_active]
    if closed:
        raise Refused(closed)
    with acting(by) as told:
        return issue_within(told, wanted)


def issue_within(told: Told, users: list[User]) -> list[IssuedSlip]:
    """Issue slips inside an action that has looked at who may, and for whom."""
    now = clock.now()
    until = now + timedelta(days=parameter("account.slip_days", clock.today()))
    issued = [IssuedSlip(user, new_code(), until) for user in users]
    Slip.objects.filter(user__in=users, used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    Slip.objects.bulk_create(
        Slip(user=one.user, hash=hash_of(one.user, one.code), issued_by=told.by.user, issued_at=now, expires_at=until)
        for one in issued
    )
    for one in issued:
        told.did("account.slip_issued", one.user, until=until.isoformat(timespec="minutes"))
    return issued
