"""Giving, ending and lending roles. Only the security administrator gives; only the holder lends."""

from collections.abc import Collection
from datetime import date, timedelta

from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.models import User
from baton.org.choices import RequestState, Role
from baton.org.models import Assignment, Person, RoleRequest, Unit
from baton.org.queries.access import require
from baton.org.rules.powers import Held, end_problems, grant_problems, lend_problems, word_of
from baton.words import Problem, Refused

_EVE = timedelta(days=1)


def grant_role(
    *, user: User, role: Role, unit: Unit | None, first: date, reason: str, by: Actor, last: date | None = None
) -> Assignment:
    """Give a role from a day on. Raises `Refused` with every reason against it."""
    require(by.user, Role.SECURITY_ADMINISTRATOR)
    with acting(by) as told:
        return _give(told, user, role, unit, first, last, reason)


def _give(
    told: Told, user: User, role: Role, unit: Unit | None, first: date, last: date | None, reason: str
) -> Assignment:
    """Give a role inside an action; the user's row is locked, so that two givers see each other's."""
    one = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    has = [held_of(row) for row in Assignment.objects.filter(user=one, withdrawn=False)]
    wanted = Held(role, unit.pk if unit else None, first, last)
    giver = told.by.user
    problems = grant_problems(wanted, has, reason, clock.today(), to_oneself=giver is not None and giver.pk == one.pk)
    if problems:
        raise Refused(problems)
    made = Assignment.objects.create(
        user=one, role=role.value, unit=unit, valid_from=first, valid_to=last, granted_by=giver, reason=reason
    )
    told.did("org.role_granted", one, **_named(made), reason=reason)
    return made


def end_role(*, assignment: Assignment, reason: str, by: Actor, last: date | None = None) -> Assignment:
    """Let a role end with a day, or (None) at once; what its holder lent ends with it. Raises `Refused`."""
    require(by.user, Role.SECURITY_ADMINISTRATOR)
    with acting(by) as told:
        rows = Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("user", "unit")
        one = rows.get(pk=assignment.pk)
        today = clock.today()
        if one.withdrawn:
            raise Refused([Problem("org.ended_already", {"last": str(one.valid_to)})])
        problems = end_problems(held_of(one), last, reason, today, only_one=_is_last(one, today))
        if problems:
            raise Refused(problems)
        end_within(told, one, last, reason)
    return one


def end_within(told: Told, one: Assignment, last: date | None, reason: str) -> None:
    """End a role, and what was lent of it, inside an action. `last` None: at once."""
    today = clock.today()
    for ending in [one, *one.lent.filter(withdrawn=False).select_related("user", "unit")]:
        day = max(ending.valid_from, today if last is None else last)
        if ending is not one and ending.valid_to is not None and ending.valid_to <= day and last is not None:
            continue
        ending.withdrawn, ending.valid_to, ending.end_reason = last is None, day, reason
        ending.save(update_fields=["withdrawn", "valid_to", "end_reason"])
        told.did("org.role_ended", ending.user, **_named(ending), reason=reason)


def _is_last(one: Assignment, today: date) -> bool:
    """Whether nobody would be left to give rights."""
    if one.role != Role.SECURITY_ADMINISTRATOR.value:
        return False
    others = Assignment.objects.filter(role=one.role, user__is_active=True).exclude(pk=one.pk)
    return not others.on(today).exclude(user=one.user).exists()


def lend_role(
    *, assignment: Assignment, to: User, first: date, last: date | None, reason: str, by: Actor
) -> Assignment:
    """Lend a role that one has to a colleague, until a day. Raises `Refused`."""
    with acting(by) as told:
        held = (
            Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=assignment.pk)
        )
        today = clock.today()
        holds = Assignment.objects.filter(pk=held.pk).on(today).exists()
        if by.user is None or held.user_id != by.user.pk or not holds:
            raise Refused([Problem("org.not_yours_to_lend")])
        inside = held.unit_id is None or Person.objects.filter(user=to, unit=held.unit).exists()
        oneself = to.pk == by.user.pk
        problems = lend_problems(held_of(held), first, last, reason, today, to_oneself=oneself, of_the_unit=inside)
        if Assignment.objects.filter(delegated_from=held, user=to).on(first).exists():
            problems.append(Problem("org.lent_already", {"name": to.name}))
        if problems:
            raise Refused(problems)
        made = Assignment.objects.create(
            user=to,
            role=held.role,
            unit=held.unit,
            valid_from=first,
            valid_to=last,
            delegated_from=held,
            granted_by=by.user,
            reason=reason,
        )
        told.did("org.role_lent", to, **_named(made), reason=reason)
    return made


def take_back_role(*, assignment: Assignment, by: Actor) -> Assignment:
    """Take back at once what one lent; a second click finds it taken back. Raises `Refused`."""
    with acting(by) as told:
        rows = Assignment.objects.select_for_update(of=("self",), no_key=True).select_related(
            "user", "unit", "delegated_from"
        )
        one = rows.get(pk=assignment.pk)
        lender = one.delegated_from
        if lender is None or by.user is None or lender.user_id != by.user.pk:
            raise Refused([Problem("org.not_yours_to_lend")])
        if not one.withdrawn:
            end_within(told, one, None, "")
    return one


def decide_requests(*, requests: Collection[RoleRequest], give: bool, reason: str, by: Actor) -> int:
    """Give the roles that were asked for, or decline them; those decided already are left as they are.

    All or none: raises `Refused` with every reason against any of them.
    """
    require(by.user, Role.SECURITY_ADMINISTRATOR)
    with acting(by) as told:
        rows = RoleRequest.objects.select_for_update(of=("self",), no_key=True).filter(
            pk__in=[one.pk for one in requests], state=RequestState.OPEN.value
        )
        open_ones = list(rows.select_related("user", "unit", "takes_over"))
        problems: list[Problem] = []
        for one in open_ones:
            try:
                _decide(told, one, give, reason)
            except Refused as refused:
                params = {"name": one.user.name, "role": word_of(Role(one.role))}
                problems += [Problem("org.request_refused", params), *refused.problems]
        if problems:
            raise Refused(problems)
    return len(open_ones)


def _decide(told: Told, one: RoleRequest, give: bool, reason: str) -> None:
    today = clock.today()
    first = max(one.valid_from, today)
    if give:
        made = _give(told, one.user, Role(one.role), one.unit, first, None, one.reason or reason)
        if one.takes_over is not None and not one.takes_over.withdrawn:
            eve = made.valid_from - _EVE
            end_within(told, one.takes_over, eve if eve >= today else None, one.reason)
    else:
        told.did("org.role_declined", one.user, role=one.role, unit=one.unit.name if one.unit else "", reason=reason)
    one.state = (RequestState.GIVEN if give else RequestState.DECLINED).value
    one.decided_by, one.decided_at = told.by.user, clock.now()
    one.save(update_fields=["state", "decided_by", "decided_at"])


def held_of(row: Assignment) -> Held:
    """Give a role as the rules see it."""
    return Held(Role(row.role), row.unit_id, row.valid_from, row.valid_to, row.delegated_from_id is not None)


def _named(row: Assignment) -> dict[str, str]:
    return {
        "role": row.role,
        "unit": row.unit.name if row.unit else "",
        "first": row.valid_from.isoformat(),
        "last": row.valid_to.isoformat() if row.valid_to else "",
    }
