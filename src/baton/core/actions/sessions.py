"""Sign-ins that go on: seen, ended by their person or by the security administrator; locks lifted."""

from django.contrib.sessions.models import Session

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.choices import Power
from baton.core.guarding import account_key, clear, code_key
from baton.core.models import SignedIn, User
from baton.core.powers import require
from baton.core.sittings import end_all


def note_seen(*, session_key: str, address: str) -> None:
    """Note that a sign-in is in use. Once a minute for everybody is no deed: it stands in no chain."""
    SignedIn.objects.filter(session_key=session_key).update(seen_at=clock.now(), address=address)


def move_session(*, before: str, after: str) -> None:
    """Follow a session that was given a new key."""
    SignedIn.objects.filter(session_key=before).update(session_key=after)


def revoke(*, by: Actor, sign_in: SignedIn) -> None:
    """End a sign-in: one's own, or anybody's by the security administrator. Raises `Refused`."""
    if by.user is None or by.user.pk != sign_in.user_id:
        require(by, Power.SECURITY)
    with acting(by) as told:
        Session.objects.filter(session_key=sign_in.session_key).delete()
        if SignedIn.objects.filter(pk=sign_in.pk).delete()[0]:
            told.did("account.sign_in_revoked", sign_in.user, ended=1)


def revoke_others(*, by: Actor, session_key: str) -> int:
    """End all sign-ins of `by.user` but this one; tell how many there were."""
    if by.user is None:
        msg = "only a person signs in"
        raise ValueError(msg)
    with acting(by) as told:
        ended = end_all(by.user, but=session_key)
        if ended:
            told.did("account.sign_in_revoked", by.user, ended=ended)
    return ended


def revoke_all_of(*, by: Actor, user: User) -> int:
    """End all sign-ins of a person; tell how many there were. Raises `Refused`."""
    require(by, Power.SECURITY)
    with acting(by) as told:
        ended = end_all(user)
        if ended:
            told.did("account.sign_in_revoked", user, ended=ended)
    return ended


def lift_lock(*, by: Actor, user: User) -> None:
    """Open an account that failures have locked. Raises `Refused`."""
    require(by, Power.SECURITY)
    with acting(by) as told:
        clear(account_key(user.username))
        clear(code_key(user))
        told.did("account.lock_lifted", user)
