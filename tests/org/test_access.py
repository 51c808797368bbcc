"""The door in front of every action: who has the role passes, everybody else is told which role it takes."""

from datetime import date

import pytest
from django.db import IntegrityError

from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment, Person
from baton.org.queries import may, require
from baton.words import Language, Refused, render
from people import give, make_unit, make_user

pytestmark = pytest.mark.django_db


def test_a_role_opens_the_door_in_its_unit_only(user: User) -> None:
    township, other = make_unit(), make_unit("T05", "马鞍岭镇")
    give(user, Role.REPORTER, township)
    require(user, Role.VERIFIER, Role.REPORTER, unit=township)
    with pytest.raises(Refused) as refused:
        require(user, Role.VERIFIER, Role.REPORTER, unit=other)
    said = [render(one, Language.CHINESE).what for one in refused.value.problems]
    assert said == ["办理这件事需要在马鞍岭镇有“牵头部门审核员”的角色", "办理这件事需要在马鞍岭镇有“填报员”的角色"]


def test_a_county_wide_role_opens_it_in_every_unit(user: User) -> None:
    give(user, Role.OFFICE)
    require(user, Role.OFFICE, unit=make_unit())
    with pytest.raises(Refused) as refused:
        require(user, Role.OFFICE_HEAD)
    assert [one.code for one in refused.value.problems] == ["org.needs_role"]


def test_the_system_may_do_everything_and_a_closed_account_nothing(user: User) -> None:
    give(user, Role.OFFICE)
    user.is_active = False
    assert may(None, Role.SECURITY_ADMINISTRATOR)
    assert not may(user, Role.OFFICE)


def test_people_are_seen_by_those_who_work_with_them(user: User) -> None:
    mine, other = make_unit(), make_unit("T05", "马鞍岭镇")
    me = Person.objects.create(name=user.name, unit=mine, user=user)
    near, far = Person.objects.create(name="盛远川", unit=mine), Person.objects.create(name="祝一帆", unit=other)
    assert list(Person.objects.visible_to(user)) == [me]
    give(user, Role.OFFICIAL, mine)
    assert list(Person.objects.visible_to(user)) == [me]
    give(user, Role.REPORTER, mine)
    assert set(Person.objects.visible_to(user)) == {me, near}
    give(user, Role.OFFICE)
    assert set(Person.objects.visible_to(user)) == {me, near, far}
    user.is_active = False
    assert not Person.objects.visible_to(user)


def test_roles_are_seen_with_the_people(user: User) -> None:
    unit, other = make_unit(), make_user("shengyuanchuan", "盛远川")
    theirs = give(other, Role.UNIT_HEAD, unit)
    assert not Assignment.objects.visible_to(user)
    mine = give(user, Role.REPORTER, unit)
    assert set(Assignment.objects.visible_to(user)) == {mine, theirs}


def test_the_database_itself_keeps_the_three_powers_apart(user: User) -> None:
    give(user, Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(IntegrityError):
        give(user, Role.SECURITY_ADMINISTRATOR, valid_from=date(2026, 1, 1))


def test_the_database_itself_lets_nobody_grant_to_himself(user: User) -> None:
    with pytest.raises(IntegrityError):
        give(user, Role.OFFICE, granted_by=user)
