"""Accounts come by workbook, are closed and opened, and pass from one clerk to the next; roles are only asked for."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from baton.core import clock
from baton.core.acting import SYSTEM, Actor, Told
from baton.core.actions.slips import issue_slips
from baton.core.models import AuditRow, Notice, User
from baton.org import work
from baton.org.actions.accounts import Newcomer, close_account, close_due_accounts, hand_over, reopen_account
from baton.org.actions.imports import take_back, take_import, try_import
from baton.org.actions.roles import decide_requests, lend_role
from baton.org.choices import ImportKind, Role
from baton.org.models import Import, Person, RoleRequest, Unit
from baton.org.queries import may
from baton.org.rules.imports import problems_of
from baton.words import Refused
from people import PASSWORD, give, make_unit, make_user
from small_books import workbook

pytestmark = pytest.mark.django_db
HEAD = ("姓名", "账号", "单位", "职务", "角色", "邮箱")
DAY = timedelta(days=1)


@pytest.fixture
def by(user: User) -> Actor:
    """The system administrator."""
    give(user, Role.SYSTEM_ADMINISTRATOR)
    return Actor(user)


@pytest.fixture
def security() -> Actor:
    """The security administrator."""
    one = make_user("anlan", "安澜")
    give(one, Role.SECURITY_ADMINISTRATOR)
    return Actor(one)


@pytest.fixture
def town() -> Unit:
    """A township."""
    return make_unit(short_name="柳林驿")


def tried(by: Actor, *rows: tuple[object, ...]) -> Import:
    content = workbook(HEAD, *rows, sheet="账号")
    return try_import(kind=ImportKind.ACCOUNTS, content=content, file_name="账号.xlsx", by=by)


def refused(attempt: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as found:
        attempt()
    return [one.code for one in found.value.problems]


SHENG = ("盛 远川", "shengyuanchuan", "柳林驿", "党委书记", "单位主要负责人、干部", "")
DUAN = ("段知秋", "duanzhiqiu", "T04", "干事", "考核办经办", "duan@example.cn")


def test_accounts_come_in_with_roles_asked_for(by: Actor, security: Actor, town: Unit) -> None:
    kept = tried(by, SHENG, DUAN)
    assert kept.problems == []
    take_import(imported=kept, by=by)
    sheng = User.objects.get(username="shengyuanchuan")
    assert (sheng.name, sheng.person.title, sheng.has_usable_password()) == ("盛远川", "党委书记", False)
    assert not may(sheng, Role.UNIT_HEAD, unit=town)
    asked = RoleRequest.objects.order_by("pk")
    assert [(one.role, one.unit) for one in asked] == [("unit_head", town), ("official", town), ("office", None)]
    notice = Notice.objects.get()
    assert (notice.recipient, notice.code, notice.link) == (security.user, "org.notice_roles_wait", "/role-requests")
    decide_requests(requests=list(asked), give=True, reason="批量开户", by=security)
    assert may(sheng, Role.UNIT_HEAD, unit=town)
    assert may(User.objects.get(username="duanzhiqiu"), Role.OFFICE)
    slips = issue_slips(by=by, users=[sheng])
    assert [slip.user for slip in slips] == [sheng]


def test_a_second_workbook_asks_only_for_what_is_new(by: Actor, town: Unit) -> None:
    take_import(imported=tried(by, SHENG), by=by)
    kept = tried(by, SHENG)
    assert (kept.changes, kept.unchanged) == ([], 1)
    kept = tried(by, (*SHENG[:4], "干部、填报员", ""))
    assert kept.changes[0]["fields"] == {"roles": ["", "reporter"]}
    take_import(imported=kept, by=by)
    assert RoleRequest.objects.count() == 3
    take_back(imported=kept, by=by)
    assert RoleRequest.objects.count() == 2
    assert User.objects.filter(username="shengyuanchuan").exists()


def test_every_problem_is_told_at_its_cell(by: Actor, town: Unit) -> None:
    make_user("zhou", "周禾")
    kept = tried(
        by,
        ("", "a", "柳林译", "", "安全管理员、村医", "x"),
        ("周一", "zhou", "", "", "", ""),
        ("周二", "Zhou2", "T04", "", "", ""),
        ("周三", "zhou2", "T04", "", "", ""),
    )
    found = sorted((one.place.cell, one.code) for one in problems_of(kept.problems))
    assert found == [
        ("A3", "org.account_without_name"),
        ("B3", "org.account_username"),
        ("B4", "org.account_is_anothers"),
        ("B6", "org.account_twice"),
        ("C3", "sheets.unit_near_miss"),
        ("C4", "sheets.unit_blank"),
        ("E3", "org.account_power"),
        ("E3", "org.account_role"),
        ("F3", "org.account_email"),
    ]


def test_accounts_are_taken_back_until_they_are_used(by: Actor, town: Unit) -> None:
    kept = tried(by, SHENG, DUAN)
    take_import(imported=kept, by=by)
    take_back(imported=kept, by=by)
    assert not User.objects.filter(username="duanzhiqiu").exists()
    assert not Person.objects.exists()
    assert not RoleRequest.objects.exists()
    again = tried(by, SHENG, DUAN)
    take_import(imported=again, by=by)
    give(User.objects.get(username="duanzhiqiu"), Role.OFFICE)
    assert refused(lambda: take_back(imported=again, by=by)) == ["org.undo_account_in_use"]
    assert User.objects.filter(username="shengyuanchuan").exists()


def test_only_the_system_administrator_keeps_accounts(security: Actor, user: User, town: Unit) -> None:
    give(user, Role.OFFICE_HEAD)
    newcomer = Newcomer("neu", "新人")
    day = clock.today()
    attempts: list[Callable[[Actor], object]] = [
        lambda by: tried(by, SHENG),
        lambda by: close_account(user=user, reason="x", by=by),
        lambda by: reopen_account(user=user, reason="x", by=by),
        lambda by: close_due_accounts(by=by),
        lambda by: hand_over(leaver=user, newcomer=newcomer, roles=[], on=day, reason="x", by=by),
    ]
    for actor in (security, Actor(user)):
        for attempt in attempts:
            assert refused(partial(attempt, actor)) == ["org.needs_role"]


def test_a_closed_account_is_out_at_once_and_comes_back(by: Actor, town: Unit, client: Client) -> None:
    clerk, colleague = make_user("clerk", "小林"), make_user("he", "贺青")
    mine = give(clerk, Role.REPORTER, town)
    Person.objects.create(name="贺青", unit=town, user=colleague)
    today = clock.today()
    lend_role(assignment=mine, to=colleague, first=today, last=today + DAY, reason="x", by=Actor(clerk))
    assert client.login(username="clerk", password=PASSWORD)
    assert refused(lambda: close_account(user=clerk, reason="", by=by)) == ["org.reason_missing"]
    close_account(user=clerk, reason="离职", by=by)
    close_account(user=clerk, reason="离职", by=by)
    assert client.get("/units").status_code == 302
    assert not may(User.objects.get(pk=clerk.pk), Role.REPORTER, unit=town)
    assert not may(colleague, Role.REPORTER, unit=town)
    assert AuditRow.objects.filter(action="org.account_closed").count() == 1
    reopen_account(user=clerk, reason="返岗", by=by)
    assert may(User.objects.get(pk=clerk.pk), Role.REPORTER, unit=town)


def test_nobody_closes_himself_or_the_last_of_a_power(by: Actor, security: Actor) -> None:
    assert by.user is not None
    assert security.user is not None
    me, keeper = by.user, security.user
    assert refused(lambda: close_account(user=me, reason="x", by=by)) == ["org.close_oneself", "org.close_last_power"]
    assert refused(lambda: close_account(user=keeper, reason="x", by=by)) == ["org.close_last_power"]
    give(make_user("b", "乙"), Role.SECURITY_ADMINISTRATOR)
    close_account(user=keeper, reason="x", by=by)


@pytest.fixture
def desk() -> Iterator[dict[int, int]]:
    """A kind of work that names a person: how much lies with whom."""
    lies: dict[int, int] = {}

    def pass_on(old: User, new: User, told: Told) -> None:
        lies[new.pk] = lies.get(new.pk, 0) + lies.pop(old.pk)

    work.register_work(work.WorkKind("org.handed_over", lambda one: lies.get(one.pk, 0), pass_on))
    yield lies
    vars(work)["_KINDS"].pop("org.handed_over")


def test_a_clerk_hands_over_roles_and_open_work(by: Actor, security: Actor, town: Unit, desk: dict[int, int]) -> None:
    clerk = make_user("clerk", "小林")
    mine = give(clerk, Role.REPORTER, town)
    Person.objects.create(name="小林", unit=town, user=clerk)
    desk[clerk.pk] = 3
    first = clock.today() + 2 * DAY
    comer = hand_over(
        leaver=clerk, newcomer=Newcomer("xin", "新人", "干事"), roles=[mine], on=first, reason="轮岗", by=by
    )
    assert (comer.person.unit, desk) == (town, {comer.pk: 3})
    decide_requests(requests=list(RoleRequest.objects.all()), give=True, reason="", by=security)
    mine.refresh_from_db()
    assert mine.valid_to == first - DAY
    given = comer.assignments.get()
    assert (given.role, given.unit, given.valid_from) == ("reporter", town, first)
    assert close_due_accounts() == 0
    Person.objects.filter(user=clerk).update(leaves_on=clock.today() - DAY)
    assert close_due_accounts() == 1
    clerk.refresh_from_db()
    assert not clerk.is_active


def test_a_handover_today_closes_the_old_account_at_once(by: Actor, town: Unit) -> None:
    clerk = make_user("clerk", "小林")
    mine = give(clerk, Role.REPORTER, town)
    Person.objects.create(name="小林", unit=town, user=clerk)
    hand_over(leaver=clerk, newcomer=Newcomer("xin", "新人"), roles=[mine], on=clock.today(), reason="轮岗", by=by)
    clerk.refresh_from_db()
    assert not clerk.is_active


def test_a_handover_that_cannot_be_is_refused_with_every_reason(by: Actor, town: Unit) -> None:
    clerk = make_user("clerk", "小林")
    Person.objects.create(name="小林", unit=town, user=clerk)
    closed = make_user("old", "老林", is_active=False)

    def attempt(newcomer: Newcomer, reason: str = "x", ago: int = 0) -> list[str]:
        day = clock.today() - ago * DAY
        return refused(lambda: hand_over(leaver=clerk, newcomer=newcomer, roles=[], on=day, reason=reason, by=by))

    assert attempt(Newcomer("clerk", "小林"), "", 1) == [
        "org.reason_missing",
        "org.handover_in_the_past",
        "org.handover_to_oneself",
        "org.handover_of_nothing",
    ]
    assert attempt(Newcomer("old", "他人")) == [
        "org.handover_to_closed",
        "org.handover_of_nothing",
        "org.account_is_anothers",
    ]
    assert attempt(Newcomer("!")) == ["org.handover_of_nothing", "org.account_username", "org.account_without_name"]
    assert closed.pk
    assert not RoleRequest.objects.exists()


def test_the_clock_asks_every_night_for_accounts_to_be_closed() -> None:
    assert "baton.org.registers" in sys.modules
    assert close_due_accounts(by=SYSTEM) == 0
