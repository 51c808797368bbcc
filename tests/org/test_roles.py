"""Roles are given by the security administrator, lent by their holders, and end; the three powers stay apart."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from baton.core import clock
from baton.core.acting import SYSTEM, Actor
from baton.core.chain import verify_chain
from baton.core.models import AuditRow, User
from baton.org.actions.roles import decide_requests, end_role, grant_role, lend_role, take_back_role
from baton.org.choices import ADMINISTRATORS, RequestState, Role
from baton.org.models import Assignment, Person, RoleRequest, Unit
from baton.org.queries import may
from baton.words import Language, Refused, render
from people import give, make_unit, make_user

pytestmark = pytest.mark.django_db
LATER = timedelta(days=30)


@pytest.fixture
def keeper() -> Actor:
    """The security administrator."""
    one = make_user("anlan", "安澜")
    give(one, Role.SECURITY_ADMINISTRATOR)
    return Actor(one)


@pytest.fixture
def town() -> Unit:
    """A township."""
    return make_unit()


def refused(attempt: Callable[[], object]) -> list[str]:
    before = Assignment.objects.count(), AuditRow.objects.count()
    with pytest.raises(Refused) as found:
        attempt()
    assert (Assignment.objects.count(), AuditRow.objects.count()) == before
    for problem in found.value.problems:
        assert all(render(problem, language).what for language in Language)
    return [one.code for one in found.value.problems]


def test_a_role_is_given_with_a_reason_and_stands_in_the_chain(user: User, keeper: Actor, town: Unit) -> None:
    made = grant_role(
        user=user, role=Role.REPORTER, unit=town, first=clock.today(), reason="云组〔2026〕12号", by=keeper
    )
    assert may(user, Role.REPORTER, unit=town)
    assert made.granted_by == keeper.user
    row = AuditRow.objects.get()
    assert (row.action, row.object_name, row.detail["unit"]) == ("org.role_granted", "林小满", "柳林驿镇")
    assert verify_chain() == (1, None)


def test_every_reason_against_a_role_is_told(user: User, keeper: Actor, town: Unit) -> None:
    give(user, Role.REPORTER, town)
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)

    def attempt(role: Role, unit: Unit | None, first: date = today, reason: str = "x", **more: date) -> list[str]:
        return refused(
            lambda: grant_role(user=user, role=role, unit=unit, first=first, reason=reason, by=keeper, **more)
        )

    assert attempt(Role.OFFICE, town) == ["org.role_is_county_wide"]
    assert attempt(Role.UNIT_HEAD, None, yesterday, "") == [
        "org.role_wants_a_unit",
        "org.grant_in_the_past",
        "org.reason_missing",
    ]
    assert attempt(Role.REPORTER, town) == ["org.held_already"]
    assert attempt(Role.UNIT_HEAD, town, last=yesterday) == ["org.ends_before_it_begins"]


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("other", sorted(ADMINISTRATORS))
def test_nobody_has_two_of_the_three_powers(user: User, keeper: Actor, role: Role, other: Role) -> None:
    if role == other:
        return
    give(user, role)
    for last in (None, clock.today() + LATER):
        codes = refused(
            lambda last=last: grant_role(  # type: ignore[misc]
                user=user, role=other, unit=None, first=clock.today(), last=last, reason="x", by=keeper
            )
        )
        assert codes == ["org.two_powers"]


def test_a_power_may_follow_another_that_has_ended(user: User, keeper: Actor) -> None:
    give(user, Role.AUDIT_ADMINISTRATOR, valid_to=clock.today())
    first = clock.today() + timedelta(days=1)
    grant_role(user=user, role=Role.SYSTEM_ADMINISTRATOR, unit=None, first=first, reason="x", by=keeper)


def test_nobody_gives_himself_a_role(keeper: Actor) -> None:
    assert keeper.user is not None
    me = keeper.user
    assert refused(
        lambda: grant_role(user=me, role=Role.OFFICE, unit=None, first=clock.today(), reason="x", by=keeper)
    ) == ["org.grant_to_oneself"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECURITY_ADMINISTRATOR}))
def test_only_the_security_administrator_gives_and_ends(user: User, town: Unit, role: Role) -> None:
    other = make_user("zhou", "周禾")
    mine = give(other, role, town)
    by, day = Actor(other), clock.today()
    for attempt in (
        lambda: grant_role(user=user, role=Role.OFFICE, unit=None, first=day, reason="x", by=by),
        lambda: end_role(assignment=mine, reason="x", by=by),
        lambda: decide_requests(requests=[], give=True, reason="", by=by),
    ):
        assert refused(attempt) == ["org.needs_role"]


def test_a_role_ends_with_a_day_or_at_once(user: User, keeper: Actor, town: Unit) -> None:
    mine = give(user, Role.REPORTER, town)
    today = clock.today()
    assert refused(lambda: end_role(assignment=mine, reason="", last=today - LATER, by=keeper)) == [
        "org.reason_missing",
        "org.end_in_the_past",
    ]
    end_role(assignment=mine, last=today, reason="调离", by=keeper)
    assert may(user, Role.REPORTER, unit=town)
    end_role(assignment=mine, reason="调离", by=keeper)
    assert not may(user, Role.REPORTER, unit=town)
    assert refused(lambda: end_role(assignment=mine, reason="调离", by=keeper)) == ["org.ended_already"]
    assert [row.action for row in AuditRow.objects.all()] == ["org.role_ended"] * 2


def test_a_role_given_today_can_end_today(user: User, keeper: Actor) -> None:
    made = grant_role(user=user, role=Role.OFFICE, unit=None, first=clock.today(), reason="x", by=keeper)
    end_role(assignment=made, reason="授错人", by=keeper)
    assert not may(user, Role.OFFICE)


def test_the_last_who_gives_rights_stays(keeper: Actor, user: User) -> None:
    assert keeper.user is not None
    mine = Assignment.objects.get(user=keeper.user)
    assert refused(lambda: end_role(assignment=mine, reason="x", by=keeper)) == ["org.last_of_its_power"]
    give(user, Role.SECURITY_ADMINISTRATOR)
    end_role(assignment=mine, reason="x", by=keeper)


def test_a_holder_lends_to_a_colleague_until_a_day(user: User, town: Unit) -> None:
    mine, colleague = give(user, Role.UNIT_HEAD, town), make_user("he", "贺青")
    Person.objects.create(name="贺青", unit=town, user=colleague)
    today = clock.today()
    lent = lend_role(assignment=mine, to=colleague, first=today, last=today + LATER, reason="出差", by=Actor(user))
    assert may(colleague, Role.UNIT_HEAD, unit=town)
    assert (lent.delegated_from, lent.granted_by) == (mine, user)
    assert refused(
        lambda: lend_role(assignment=mine, to=colleague, first=today, last=today, reason="x", by=Actor(user))
    ) == ["org.lent_already"]
    assert refused(
        lambda: lend_role(assignment=lent, to=user, first=today, last=today, reason="x", by=Actor(colleague))
    ) == ["org.lent_itself", "org.lent_outside"]
    assert refused(lambda: take_back_role(assignment=lent, by=Actor(colleague))) == ["org.not_yours_to_lend"]
    take_back_role(assignment=lent, by=Actor(user))
    take_back_role(assignment=lent, by=Actor(user))
    assert not may(colleague, Role.UNIT_HEAD, unit=town)
    assert [row.action for row in AuditRow.objects.order_by("sequence")] == ["org.role_lent", "org.role_ended"]


def test_what_cannot_be_lent_is_refused_with_every_reason(user: User, town: Unit) -> None:
    mine, stranger, today = (
        give(user, Role.UNIT_HEAD, town, valid_to=clock.today() + LATER),
        make_user("a", "甲"),
        clock.today(),
    )
    by = Actor(user)

    def attempt(held: Assignment, to: User, first: date, last: date | None, reason: str = "x") -> list[str]:
        return refused(lambda: lend_role(assignment=held, to=to, first=first, last=last, reason=reason, by=by))

    assert attempt(mine, stranger, today - LATER, None, "") == [
        "org.lent_outside",
        "org.lent_without_end",
        "org.grant_in_the_past",
        "org.reason_missing",
    ]
    Person.objects.create(name=user.name, unit=town, user=user)
    assert attempt(mine, user, today, today + 2 * LATER) == ["org.lent_to_oneself", "org.lent_beyond"]
    power = give(user, Role.AUDIT_ADMINISTRATOR)
    assert attempt(power, stranger, today, today) == ["org.not_to_be_lent"]
    theirs = give(stranger, Role.OFFICE)
    assert attempt(theirs, user, today, today) == ["org.not_yours_to_lend"]


def test_what_was_lent_ends_with_the_role_itself(user: User, keeper: Actor, town: Unit) -> None:
    mine, colleague, today = give(user, Role.OFFICE), make_user("he", "贺青"), clock.today()
    lend_role(assignment=mine, to=colleague, first=today, last=today + LATER, reason="休假", by=Actor(user))
    end_role(assignment=mine, reason="调离", by=keeper)
    assert not may(colleague, Role.OFFICE)


def ask(user: User, role: Role, unit: Unit | None, **more: object) -> RoleRequest:
    return RoleRequest.objects.create(
        user=user, role=role, unit=unit, valid_from=clock.today(), asked_at=clock.now(), reason="新到岗", **more
    )


def test_roles_that_were_asked_for_are_given_together(user: User, keeper: Actor, town: Unit) -> None:
    leaver = make_user("old", "老林")
    old = give(leaver, Role.REPORTER, town)
    asked = [ask(user, Role.REPORTER, town, takes_over=old), ask(user, Role.OFFICIAL, town)]
    assert decide_requests(requests=asked, give=True, reason="", by=keeper) == 2
    assert decide_requests(requests=asked, give=True, reason="", by=keeper) == 0
    assert may(user, Role.REPORTER, unit=town)
    assert not may(leaver, Role.REPORTER, unit=town)
    assert set(RoleRequest.objects.values_list("state", flat=True)) == {RequestState.GIVEN}


def test_requests_are_given_all_or_none(user: User, keeper: Actor, town: Unit) -> None:
    give(user, Role.AUDIT_ADMINISTRATOR)
    asked = [ask(user, Role.REPORTER, town), ask(user, Role.SYSTEM_ADMINISTRATOR, None)]
    assert refused(lambda: decide_requests(requests=asked, give=True, reason="", by=keeper)) == [
        "org.request_refused",
        "org.two_powers",
    ]
    assert decide_requests(requests=asked, give=False, reason="重报", by=keeper) == 2
    assert not may(user, Role.REPORTER, unit=town)
    assert AuditRow.objects.filter(action="org.role_declined").count() == 2


def test_the_installation_itself_may_give_the_first_role(user: User) -> None:
    made = grant_role(
        user=user, role=Role.SECURITY_ADMINISTRATOR, unit=None, first=clock.today(), reason="安装", by=SYSTEM
    )
    assert made.granted_by is None
