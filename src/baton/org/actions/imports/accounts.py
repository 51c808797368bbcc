"""Accounts by workbook: made whole, taken back whole; roles are only asked for, as another power gives them."""

from collections.abc import Sequence

from django.db.models import ProtectedError

from baton.core import clock
from baton.core.acting import Told
from baton.core.models import AuditRow, User
from baton.org.actions.asking import tell_who_gives
from baton.org.actions.imports.kind import Kind
from baton.org.choices import RequestState
from baton.org.models import Assignment, Person, RoleRequest, Unit
from baton.org.queries.names import NamesOnDay
from baton.org.rules.imports import Change, Plan
from baton.org.workbooks.accounts import Account, read_accounts, unit_of_role
from baton.words import Place, Problem, Refused

_ENDED = (RequestState.DECLINED.value,)


def known_accounts() -> dict[str, Account]:
    """Give the accounts that are there, by sign-in name in small letters, with roles held or asked for."""
    roles: dict[int, set[str]] = {}
    for user, role in Assignment.objects.on(clock.today()).values_list("user_id", "role"):
        roles.setdefault(user, set()).add(role)
    for user, role in RoleRequest.objects.exclude(state__in=_ENDED).values_list("user_id", "role"):
        roles.setdefault(user, set()).add(role)
    return {
        user.username.lower(): Account(
            user.username,
            user.name,
            person.unit.code if person else "",
            frozenset(roles.get(user.pk, ())),
        )
        for user in User.objects.select_related("person__unit")
        for person in [getattr(user, "person", None)]
    }


def _read(content: bytes, name: str) -> Plan:
    names = NamesOnDay(None, clock.today())

    def code(given: str, place: Place) -> str | Problem:
        found = names.find(given, place)
        return found if isinstance(found, Problem) else found.code

    return read_accounts(content, name, known_accounts(), code)


def _take(changes: Sequence[Change], told: Told) -> None:
    codes = {one.after()["unit"] for one in changes if one.new}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    now = clock.now()
    for one in changes:
        if one.new:
            values = one.after()
            user = User(username=one.key, name=values["name"], email=values["email"], created_at=now)
            user.set_unusable_password()
            user.save()
            unit = units[values["unit"]]
            Person.objects.create(name=values["name"], unit=unit, title=values["title"], user=user)
            told.did("org.account_made", user, username=one.key, unit=unit.name)
        else:
            user = User.objects.select_related("person").get(username__iexact=one.key)
        ask_for(told, user, [role for role in one.after()["roles"].split("、") if role], "")


def ask_for(told: Told, user: User, roles: Sequence[str], reason: str) -> None:
    """Ask the security administrator for roles of somebody in the unit they belong to."""
    unit = user.person.unit_id
    RoleRequest.objects.bulk_create(
        RoleRequest(
            user=user,
            role=role,
            unit_id=unit_of_role(role, unit),
            valid_from=clock.today(),
            reason=reason,
            asked_by=told.by.user,
            asked_at=clock.now(),
        )
        for role in roles
    )
    if roles:
        told.did("org.roles_asked_for", user, roles=list(roles))
        tell_who_gives(told)


def _undo(changes: list[Change], told: Told) -> None:
    fresh = [one.key for one in changes if one.new]
    users = list(User.objects.filter(username__in=fresh))
    keys = [user.pk for user in users]
    active = set(AuditRow.objects.filter(by__in=keys).values_list("by_id", flat=True))
    holders = set(Assignment.objects.filter(user__in=keys).values_list("user_id", flat=True))
    problems = [
        Problem("org.undo_account_in_use", {"name": user.name, "username": user.username})
        for user in users
        if user.pk in active or user.pk in holders or user.last_login is not None
    ]
    if problems:
        raise Refused(problems)
    for one in changes:
        asked = RoleRequest.objects.filter(user__username=one.key, state=RequestState.OPEN.value)
        asked.filter(role__in=one.after()["roles"].split("、")).delete()
    for user in users:
        told.did("org.account_taken_back", user, username=user.username)
    Person.objects.filter(user__in=keys).delete()
    try:
        User.objects.filter(pk__in=keys).delete()
    except ProtectedError as error:  # rows of apps above, which this one does not know
        names = "、".join(user.name for user in users)[:100]
        raise Refused([Problem("org.undo_account_in_use", {"name": names, "username": len(users)})]) from error


ACCOUNTS = Kind(_read, _take, _undo)
