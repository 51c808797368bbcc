"""Keys of outside systems: issued once, shown once, revoked at any time."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.choices import Power, Scope
from baton.core.models import ApiToken, User
from baton.core.powers import require
from baton.words import Place, Problem, Refused

_BYTES = 32
_HEAD = 8
PREFIX = "baton_"


def issue_token(
    *, by: Actor, user: User, name: str, scopes: Iterable[Scope], expires_on: date | None = None
) -> tuple[ApiToken, str]:
    """Issue a key that speaks for a user; gives its row and the key itself, which nobody can see again.

    By the system administrator. Raises `Refused` for a name or scopes that are missing, a day that is past, an account
    that is closed.
    """
    require(by, Power.SYSTEM)
    wanted = sorted(set(scopes))
    problems = []
    if not name.strip():
        problems.append(Problem("api.name_lacking", {}, Place(field="name")))
    if not wanted:
        problems.append(Problem("api.scopes_lacking", {}, Place(field="scopes")))
    if expires_on is not None and expires_on < clock.today():
        problems.append(Problem("api.day_is_past", {"day": expires_on.isoformat()}, Place(field="expires_on")))
    if not user.is_active:
        problems.append(Problem("api.account_closed", {"name": user.name}, Place(field="user")))
    if problems:
        raise Refused(problems)
    key = PREFIX + secrets.token_urlsafe(_BYTES)
    with acting(by) as told:
        row = ApiToken.objects.create(
            user=user,
            name=name.strip(),
            head=key[: len(PREFIX) + _HEAD][:12],
            digest=digest_of(key),
            scopes=[scope.value for scope in wanted],
            issued_by=by.user,
            issued_at=clock.now(),
            expires_on=expires_on,
        )
        told.did("api.token_issued", row, user=user.username, scopes=row.scopes)
    return row, key


def revoke_token(*, by: Actor, token: int) -> ApiToken:
    """Let a key open nothing any more: by its user or the system administrator; once revoked it stays so.

    Raises `Refused` for a key that does not exist.
    """
    row = ApiToken.objects.filter(pk=token).first()
    if row is None:
        raise Refused([Problem("api.token_unknown")])
    if by.user is None or by.user.pk != row.user_id:
        require(by, Power.SYSTEM)
    if row.revoked_at is None:
        with acting(by) as told:
            row.revoked_at = clock.now()
            row.save(update_fields=["revoked_at"])
            told.did("api.token_revoked", row)
    return row


def digest_of(key: str) -> str:
    """Give what is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()
