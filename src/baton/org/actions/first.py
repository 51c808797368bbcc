"""The first three administrators of an installation, whom nobody could let in otherwise."""

from collections.abc import Mapping

from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.core.models import User
from baton.org.choices import ADMINISTRATORS, Role
from baton.org.models import Assignment
from baton.org.rules.powers import word_of
from baton.org.workbooks.accounts import USERNAME
from baton.words import Problem, Refused


def first_administrators(*, people: Mapping[Role, tuple[str, str]], reason: str, by: Actor = SYSTEM) -> list[User]:
    """Make three accounts (sign-in name and name by role), one for each power, without passwords.

    Only where nobody has such a power yet, and only from the command line of the installation: afterwards the security
    administrator gives roles. Raises `Refused` with every reason against it.
    """
    if by.user is not None or set(people) != ADMINISTRATORS:
        raise Refused([Problem("org.first_three")])
    with acting(by) as told:
        problems = _problems(people)
        if problems:
            raise Refused(problems)
        made = []
        for role, (username, name) in people.items():
            user = User(username=username, name=name, created_at=clock.now())
            user.set_unusable_password()
            user.save()
            Assignment.objects.create(user=user, role=role.value, valid_from=clock.today(), reason=reason)
            told.did("org.account_made", user, username=username, unit="")
            told.did("org.role_granted", user, role=role.value, unit="", reason=reason)
            made.append(user)
    return made


def _problems(people: Mapping[Role, tuple[str, str]]) -> list[Problem]:
    found = []
    if Assignment.objects.filter(role__in=sorted(ADMINISTRATORS)).on(clock.today()).exists():
        found.append(Problem("org.first_is_over"))
    seen: dict[str, Role] = {}
    for role, (username, name) in people.items():
        if not USERNAME.match(username):
            found.append(Problem("org.account_username", {"given": username}))
        if not name:
            found.append(Problem("org.account_without_name"))
        there = User.objects.filter(username__iexact=username).first()
        if there is not None:
            found.append(Problem("org.account_is_anothers", {"username": there.username, "name": there.name}))
        other = seen.setdefault(username.lower(), role)
        if other != role:
            found.append(Problem("org.two_powers", {"role": word_of(role), "other": word_of(other)}))
    return found
