"""One-time slips: issued by the system administrator, used once, on time, by their own person."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from baton.core.acting import Actor
from baton.core.actions.sign_in import check_in
from baton.core.actions.slips import issue_slips
from baton.core.choices import Means
from baton.core.models import AuditRow, Slip, User
from baton.core.queries.sign_ins import slip_takers
from baton.org.choices import Role
from baton.words import Refused
from people import PASSWORD, give, make_user

pytestmark = pytest.mark.django_db
HERE = Actor(address="10.0.0.7")


@pytest.fixture
def administrator(db: None) -> User:
    user = make_user("zhou", "周正")
    give(user, Role.SYSTEM_ADMINISTRATOR)
    return user


def issued(administrator: User, *users: User) -> list[str]:
    return [one.code for one in issue_slips(by=Actor(administrator), users=users)]


def lets_in(user: User, code: str) -> bool:
    try:
        return check_in(by=HERE, username=user.username, password=code) == (user, Means.SLIP)
    except Refused:
        return False


def test_a_slip_lets_in_once_and_a_password_must_be_set(administrator: User, user: User) -> None:
    (code,) = issued(administrator, user)
    assert lets_in(user, f" {code.lower().replace('-', ' ')}")
    user.refresh_from_db()
    assert user.must_change_password
    assert not user.has_usable_password()
    assert not lets_in(user, code)
    actions = list(AuditRow.objects.order_by("sequence").values_list("action", "by"))
    assert actions[:2] == [("account.slip_issued", administrator.pk), ("account.slip_used", None)]


def test_until_it_is_used_the_old_password_holds(administrator: User, user: User) -> None:
    issued(administrator, user)
    assert check_in(by=HERE, username=user.username, password=PASSWORD) == (user, Means.PASSWORD)


def test_only_the_newest_slip_is_good_and_only_for_its_person(administrator: User, user: User) -> None:
    other = make_user("wangfang", "王芳")
    (first,) = issued(administrator, user)
    mine, others = issued(administrator, user, other)
    assert not lets_in(user, first)
    assert not lets_in(user, others)
    assert lets_in(user, mine)
    assert lets_in(other, others)


@pytest.mark.parametrize(("hours", "good"), [(7 * 24 - 1, True), (7 * 24, False)])
def test_it_is_good_for_seven_days(administrator: User, user: User, settings: Any, hours: int, good: bool) -> None:
    (code,) = issued(administrator, user)
    settings.CLOCK_OFFSET = timedelta(hours=hours)
    assert lets_in(user, code) is good


def test_the_database_does_not_know_the_code(administrator: User, user: User) -> None:
    (code,) = issued(administrator, user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM core_slip")
        (kept,) = cursor.fetchone()
    assert code.replace("-", "") not in f"{kept}{[row.detail for row in AuditRow.objects.all()]}"
    assert len(kept) == 64


def test_a_slip_of_a_person_who_is_named_twice_is_one(administrator: User, user: User) -> None:
    assert len(issued(administrator, user, user)) == 1
    assert Slip.objects.count() == 1


@pytest.mark.parametrize("role", [None, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.OFFICE_HEAD])
def test_nobody_else_issues_slips(user: User, role: Role | None) -> None:
    if role:
        give(user, role)
    with pytest.raises(Refused) as refused:
        issued(user, user)
    assert [one.code for one in refused.value.problems] == ["account.power_lacking"]
    assert not Slip.objects.exists()
    assert not slip_takers(user).exists()


def test_slips_for_nobody_and_for_closed_accounts_are_refused(administrator: User, user: User) -> None:
    closed = make_user("closed", "停用", is_active=False)
    for users, code in (((), "account.slips_for_nobody"), ((user, closed), "account.slip_for_closed")):
        with pytest.raises(Refused) as refused:
            issued(administrator, *users)
        assert [one.code for one in refused.value.problems] == [code]
    assert not Slip.objects.exists()


def test_the_list_says_who_has_one(administrator: User, user: User) -> None:
    issued(administrator, user)
    assert {one.username: one.has_slip for one in slip_takers(administrator)} == {"linxiaoman": True, "zhou": False}
