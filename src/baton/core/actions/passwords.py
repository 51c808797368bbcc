"""The change of one's own password."""

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.choices import Means
from baton.core.guarding import account_key, admit, clear
from baton.core.models import PasswordUsed, SignedIn, User
from baton.core.passwords import problems_of
from baton.core.queries.parameters import parameters
from baton.core.sittings import end_all
from baton.words import Place, Problem, Refused

_KEPT = 24
"""Hashes kept of a person: as many as the number `account.password_history` can ask for."""


def change_password(*, by: Actor, session_key: str, current: str, new: str, again: str) -> int:
    """Set a new password for `by.user`; all other sign-ins end, and their number is told.

    Whoever came in by a slip has no current password and is not asked for one. Wrong ones count as failures of the
    account. Raises `Refused`.
    """
    user = by.user
    if user is None:
        msg = "only a person has a password"
        raise ValueError(msg)
    by_slip = user.must_change_password and came_by_slip(user, session_key)
    problems = problems_of(new, user, "new")
    if new != again:
        problems.append(Problem("account.password_not_repeated", {}, Place(field="again")))
    if not by_slip:
        problems = [*_current_problems(by, user, current), *problems]
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        user.set_password(new)
        user.password_changed_at, user.must_change_password = clock.now(), False
        user.save(update_fields=["password", "password_changed_at", "must_change_password"])
        PasswordUsed.objects.create(user=user, hash=user.password, at=clock.now())
        kept = list(user.passwords_used.order_by("-pk").values_list("pk", flat=True)[:_KEPT])
        user.passwords_used.exclude(pk__in=kept).delete()
        ended = end_all(user, but=session_key)
        told.did("account.password_changed", user, ended=ended)
    return ended


def came_by_slip(user: User, session_key: str) -> bool:
    """Tell whether this sign-in began with a slip."""
    return SignedIn.objects.filter(user=user, session_key=session_key, means=Means.SLIP.value).exists()


def _current_problems(by: Actor, user: User, current: str) -> list[Problem]:
    key = account_key(user.username)
    admit(by, key, parameters(clock.today(), "account"), "current")
    if not user.check_password(current):
        return [Problem("account.password_wrong", {}, Place(field="current"))]
    with acting(by):
        clear(key)
    return []
