"""Signing in and out.

The way: `check_in` (who is it, by password or slip) → the second factor, for those who have one
(`baton.core.actions.second_factor.check_code`) → the session → `begin` → ... → `end`.
"""

from django.contrib.auth.hashers import make_password

from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.choices import Means
from baton.core.codes import hash_of, same
from baton.core.guarding import account_key, admit, clear, fail_address, forget_old, is_locked
from baton.core.models import SignedIn, Slip, User
from baton.core.queries.parameters import parameters
from baton.core.rules.passwords import has_expired
from baton.core.sittings import sweep
from baton.words import Place, Problem, Refused


def check_in(*, by: Actor, username: str, password: str) -> tuple[User, Means]:
    """Tell who has signed in by a password, or by the one-time code of a slip, which is thereby used up.

    `by` has an address and no user. Raises `Refused`, with the same words whether there is such an account or not.
    """
    numbers = parameters(clock.today(), "account")
    key = account_key(username)
    admit(by, key, numbers, "username")
    user = User.objects.filter(username__iexact=username.strip()).first()
    means = _shown(user, password)
    with acting(by) as told:
        if user is not None and means is not None and (means != Means.SLIP or _use_up(user, password, told)):
            clear(key)
            return user, means
        # What was typed is not written down where it is no account: it may be a password in the wrong field.
        told.did("account.sign_in_failed", user)
        if is_locked(key, numbers):
            told.did("account.locked", user)
        if fail_address(by, numbers):
            told.did("account.address_locked")
        forget_old(numbers)
    raise Refused([Problem("account.sign_in_wrong", {}, Place(field="username"))])


def check_in_by_provider(*, by: Actor, claimed: str) -> User:
    """Tell who was sent by the county's identity provider: an account that is there and open; none is ever made.

    `claimed` is the account's name as the provider gave it, empty where the provider vouched for nobody. Raises
    `Refused`.
    """
    user = User.objects.filter(username__iexact=claimed.strip(), is_active=True).first() if claimed.strip() else None
    if user is not None:
        return user
    with acting(by) as told:
        told.did("account.sign_in_failed", means=Means.OIDC.value)
    raise Refused([Problem("account.oidc_unknown" if claimed else "account.oidc_failed")])


def _shown(user: User | None, password: str) -> Means | None:
    """Say by what a person has shown who they are. The same work is done for an account that is not there."""
    if user is None or not user.is_active:
        make_password(password)
        right = False
    else:
        right = user.check_password(password)
    slip = Slip.objects.open_at(clock.now()).filter(user=user.pk if user else 0).first()
    by_slip = same(slip.hash if slip else "", hash_of(user, password)) and user is not None and user.is_active
    return Means.PASSWORD if right else Means.SLIP if by_slip else None


def _use_up(user: User, password: str, told: Told) -> bool:
    """Use a slip up. Of two who try at the same moment one succeeds; the old password goes with it."""
    now = clock.now()
    used = Slip.objects.open_at(now).filter(user=user, hash=hash_of(user, password)).update(used_at=now)
    if used:
        user.set_unusable_password()
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        told.did("account.slip_used", user)
    return bool(used)


def begin(*, by: Actor, session_key: str, means: Means, second_factor: bool, browser: str) -> SignedIn:
    """Write down that a session of `by.user` has begun. An old password must be changed first of all."""
    user, now = by.user, clock.now()
    if user is None:
        msg = "only a person signs in"
        raise ValueError(msg)
    days = parameters(clock.today(), "account")["password_days"]
    changed = user.password_changed_at
    with acting(by) as told:
        old = means == Means.PASSWORD and has_expired(clock.day_of(changed) if changed else None, clock.today(), days)
        if old and not user.must_change_password:
            user.must_change_password = True
            user.save(update_fields=["must_change_password"])
        sweep(user)
        row = SignedIn.objects.create(
            user=user,
            session_key=session_key,
            means=means.value,
            second_factor=second_factor,
            began_at=now,
            seen_at=now,
            address=by.address,
            browser=browser[:300],
        )
        told.did("account.signed_in", user, means=means.value, second_factor=second_factor)
    return row


def end(*, by: Actor, session_key: str) -> None:
    """Write down that a person has signed out."""
    with acting(by) as told:
        SignedIn.objects.filter(user=by.user, session_key=session_key).delete()
        told.did("account.signed_out", by.user)
