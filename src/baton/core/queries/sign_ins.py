"""Reads of sign-ins, second factors and locks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from baton.core import clock
from baton.core.choices import Power
from baton.core.guarding import account_key, code_key, count_of, limits_of
from baton.core.models import RecoveryCode, SecondFactor, SignedIn, SignInGuard, Slip, User
from baton.core.powers import powers_of
from baton.core.queries.parameters import parameters
from baton.core.rules.lockout import left, standing
from baton.core.sealing import opened


def own_sign_ins(user: User) -> QuerySet[SignedIn]:
    """Give where a person is signed in."""
    return SignedIn.objects.visible_to(user).live(clock.real_now())


def sign_ins_of(asker: User, user: User) -> QuerySet[SignedIn]:
    """Give where another person is signed in, for the security administrator."""
    return SignedIn.objects.filter(user=user).live(clock.real_now()) if _guards(asker) else SignedIn.objects.none()


def accounts(asker: User, words: str = "") -> QuerySet[User]:
    """Give the accounts as the security administrator watches them: `sign_ins`, `seen`, `has_second_factor`."""
    if not _guards(asker):
        return User.objects.none()
    live = Q(signed_in__in=SignedIn.objects.live(clock.real_now()))
    factor = SecondFactor.objects.filter(user=OuterRef("pk"), confirmed_at__isnull=False)
    found = (
        User.objects.filter(Q(name__icontains=words) | Q(username__icontains=words)) if words else User.objects.all()
    )
    return found.annotate(
        sign_ins=Count("signed_in", filter=live, distinct=True),
        seen=Max("signed_in__seen_at", filter=live),
        has_second_factor=Exists(factor),
    ).order_by("name", "username")


def slip_takers(asker: User) -> QuerySet[User]:
    """Give the open accounts to which the system administrator can issue slips, with `has_slip`: one not yet used."""
    if Power.SYSTEM not in powers_of(asker):
        return User.objects.none()
    slip = Slip.objects.open_at(clock.now()).filter(user=OuterRef("pk"))
    return User.objects.filter(is_active=True).annotate(has_slip=Exists(slip))


def locked_for(user: User) -> timedelta | None:
    """Give how much longer an account or its second factor is locked, None if it is not."""
    return locked([user]).get(user.pk)


def locked(users: list[User]) -> dict[int, timedelta]:
    """Give how much longer each of several accounts is locked, by their number; those that are open are left out."""
    numbers, now = parameters(clock.today(), "account"), clock.now()
    keys = {key(user): user.pk for user in users for key in (lambda one: account_key(one.username), code_key)}
    found: dict[int, timedelta] = {}
    for row in SignInGuard.objects.filter(pk__in=keys):
        limits = limits_of(row.key, numbers)
        wait = left(standing(count_of(row), now, limits), now, limits)
        if wait is not None:
            found[keys[row.key]] = max(wait, found.get(keys[row.key], wait))
    return found


@dataclass(frozen=True, slots=True)
class Factor:
    """A person's second factor: since when (None: none in use), and how many recovery codes are left."""

    since: datetime | None
    codes: int


def factor_of(user: User) -> Factor:
    """Give a person's second factor."""
    since = SecondFactor.objects.filter(user=user).values_list("confirmed_at", flat=True).first()
    return Factor(since, RecoveryCode.objects.filter(user=user, used_at__isnull=True).count() if since else 0)


def offered_seed(user: User) -> str | None:
    """Give the seed of a second factor that was offered to a person and is not yet in use."""
    row = SecondFactor.objects.filter(user=user, confirmed_at__isnull=True).first()
    return None if row is None else opened(user, row.seed)


def _guards(asker: User) -> bool:
    return Power.SECURITY in powers_of(asker)
