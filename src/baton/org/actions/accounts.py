"""Closing accounts, opening them again, and handing over when a clerk changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from baton.core import clock
from baton.core.acting import SYSTEM, Actor, Told, acting
from baton.core.models import User
from baton.core.sittings import end_all
from baton.org.actions.asking import tell_who_gives
from baton.org.actions.roles import end_within
from baton.org.choices import ADMINISTRATORS, Role
from baton.org.models import Assignment, Person, RoleRequest, Unit
from baton.org.queries.access import require
from baton.org.rules.accounts import close_problems, hand_over_problems
from baton.org.work import kinds_of_work, open_work
from baton.org.workbooks.accounts import USERNAME
from baton.words import Place, Problem, Refused

_EVE = timedelta(days=1)


def close_account(*, user: User, reason: str, by: Actor) -> None:
    """Close an account at once: its sign-ins end, what it lent ends, its roles rest. Raises `Refused`.

    A second click finds it closed.
    """
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        one = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not one.is_active:
            return
        own = by.user is not None and by.user.pk == one.pk
        problems = close_problems(reason, own=own, last_power=_last_power(one))
        if problems:
            raise Refused(problems)
        _close(told, one, reason)


def _close(told: Told, user: User, reason: str) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = end_all(user)
    lent = Assignment.objects.filter(delegated_from__user=user, withdrawn=False).on(clock.today())
    for one in lent.select_related("user", "unit"):
        end_within(told, one, None, reason)
    told.did("org.account_closed", user, reason=reason, ended=ended)


def _last_power(user: User) -> bool:
    """Whether an account is the only open one with its power of administration."""
    today, powers = clock.today(), sorted(ADMINISTRATORS)
    mine = Assignment.objects.filter(user=user, role__in=powers).on(today).values_list("role", flat=True)
    others = Assignment.objects.filter(role__in=powers, user__is_active=True).on(today).exclude(user=user)
    return bool(set(mine) - set(others.values_list("role", flat=True)))


def reopen_account(*, user: User, reason: str, by: Actor) -> None:
    """Open a closed account again; a second click finds it open. Raises `Refused`."""
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        one = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if one.is_active:
            return
        if not reason:
            raise Refused([Problem("org.reason_missing", {}, Place(field="reason"))])
        one.is_active = True
        one.save(update_fields=["is_active"])
        Person.objects.filter(user=one).update(leaves_on=None)
        told.did("org.account_reopened", one, reason=reason)


def close_due_accounts(*, by: Actor = SYSTEM) -> int:
    """Close the accounts whose last day is over; tells how many. Asked for by the clock every day."""
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        due = User.objects.filter(person__leaves_on__lt=clock.today(), is_active=True)
        users = list(due.select_for_update(of=("self",), no_key=True))
        for one in users:
            _close(told, one, "")
    return len(users)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who comes: an account that is there, or the name and sign-in name of one to be made."""

    username: str
    name: str = ""
    title: str = ""


def hand_over(
    *, leaver: User, newcomer: Newcomer, roles: Collection[Assignment], on: date, reason: str, by: Actor
) -> User:
    """Let somebody take over from a colleague from a day on; gives who comes.

    Roles are asked for, the security administrator gives them; work that names the leaver passes on at once; the
    leaver's account is closed when the eve is over. Raises `Refused` with every reason against it.
    """
    require(by.user, Role.SYSTEM_ADMINISTRATOR)
    with acting(by) as told:
        old = User.objects.select_for_update(of=("self",), no_key=True).select_related("person__unit").get(pk=leaver.pk)
        today, there = clock.today(), User.objects.filter(username__iexact=newcomer.username).first()
        mine = [one for one in roles if one.user_id == old.pk and one.delegated_from_id is None]
        work = open_work(old)
        problems = hand_over_problems(
            reason,
            on,
            today,
            same=there is not None and there.pk == old.pk,
            newcomer_open=there is None or there.is_active,
            roles=len(mine),
            work=sum(work.values()),
        )
        problems += _newcomer_problems(newcomer, there) + _leaver_problems(old, by)
        if problems:
            raise Refused(problems)
        comer = there or _made(told, newcomer, old.person.unit)
        _ask(told, comer, mine, max(on, today), reason)
        for kind in kinds_of_work():
            if work.get(kind.code):
                kind.pass_on(old, comer, told)
        told.did("org.handed_over", old, to=comer.name, on=on.isoformat(), roles=len(mine), work=work, reason=reason)
        Person.objects.filter(user=old).update(leaves_on=on - _EVE)
        if on <= today:
            _close(told, old, reason)
    return comer


def _newcomer_problems(newcomer: Newcomer, there: User | None) -> list[Problem]:
    found = []
    if there is None and not USERNAME.match(newcomer.username):
        found.append(Problem("org.account_username", {"given": newcomer.username}, Place(field="username")))
    if there is None and not newcomer.name:
        found.append(Problem("org.account_without_name", {}, Place(field="name")))
    if there is not None and newcomer.name and newcomer.name != there.name:
        params = {"username": there.username, "name": there.name}
        found.append(Problem("org.account_is_anothers", params, Place(field="name")))
    return found


def _leaver_problems(old: User, by: Actor) -> list[Problem]:
    if not hasattr(old, "person"):
        return [Problem("org.no_person", {"name": old.name})]
    own = by.user is not None and by.user.pk == old.pk
    return close_problems("-", own=own, last_power=_last_power(old))


def _made(told: Told, newcomer: Newcomer, unit: Unit) -> User:
    made = User(username=newcomer.username, name=newcomer.name, created_at=clock.now())
    made.set_unusable_password()
    made.save()
    Person.objects.create(name=newcomer.name, unit=unit, title=newcomer.title, user=made)
    told.did("org.account_made", made, username=made.username, unit=unit.name)
    return made


def _ask(told: Told, comer: User, roles: Collection[Assignment], first: date, reason: str) -> None:
    RoleRequest.objects.bulk_create(
        RoleRequest(
            user=comer,
            role=one.role,
            unit=one.unit,
            valid_from=first,
            takes_over=one,
            reason=reason,
            asked_by=told.by.user,
            asked_at=clock.now(),
        )
        for one in roles
    )
    if roles:
        told.did("org.roles_asked_for", comer, roles=[one.role for one in roles])
        tell_who_gives(told)
