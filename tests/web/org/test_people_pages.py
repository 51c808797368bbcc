"""Pages of people, roles and accounts: who opens them, what they do, what they tell."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment, Import, Person, RoleRequest, Unit
from baton.org.queries import may
from people import give, make_unit, make_user
from small_books import workbook

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]+")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def one_with(role: Role, unit: Unit | None = None) -> User:
    user = make_user(role.value.replace("_", "-"), f"name of {role.value}")
    give(user, role, unit)
    return user


@pytest.fixture
def town() -> Unit:
    """A township."""
    return make_unit("T04", "Town", short_name="Tw")


@pytest.fixture
def clerk(town: Unit) -> Person:
    """A reporter of the township."""
    user = make_user("clerk", "Lin")
    give(user, Role.REPORTER, town)
    return Person.objects.create(name="Lin", unit=town, user=user, title="clerk")


KEEPER, GIVER = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR
OPENS = {
    "people": set(Role) - {Role.OFFICIAL},
    "person-add": {KEEPER},
    "person-edit": {KEEPER},
    "account-close": {KEEPER},
    "account-reopen": {KEEPER},
    "handover": {KEEPER},
    "role-grant": {GIVER},
    "role-end": {GIVER},
    "role-requests": {GIVER},
    "rights": {GIVER, Role.AUDITOR, Role.AUDIT_ADMINISTRATOR},
    "lending": {
        Role.OFFICE,
        Role.OFFICE_HEAD,
        Role.VERIFIER,
        Role.REPORTER,
        Role.LEADER_IN_CHARGE,
        Role.UNIT_HEAD,
        Role.COUNTY_LEADER,
    },
    "calendar": set(Role),
    "calendar-paste": {Role.OFFICE, Role.OFFICE_HEAD},
}
_NO_ARGUMENT = {"people", "person-add", "role-requests", "rights", "lending", "calendar", "calendar-paste"}


@pytest.mark.parametrize("name", sorted(OPENS))
def test_a_page_opens_for_its_roles_only(name: str, clerk: Person, town: Unit) -> None:
    number = Assignment.objects.get().pk if name == "role-end" else clerk.pk
    address = reverse(name, args=[] if name in _NO_ARGUMENT else [number])
    for role in Role:
        client = signed_in(one_with(role, None if role in OPENS["lending"] - {Role.REPORTER} else town))
        allowed = role in OPENS[name]
        assert client.get(address).status_code == (200 if allowed else 403), role
        if not allowed:
            assert client.post(address, {"reason": "x"}).status_code in (403, 405), role


def test_one_sees_oneself_and_the_people_one_works_with(clerk: Person, town: Unit) -> None:
    far = Person.objects.create(name="Far", unit=make_unit("T05", "Other"))
    assert clerk.user is not None
    mine = signed_in(clerk.user)
    assert mine.get(reverse("person", args=[clerk.pk])).status_code == 200
    assert mine.get(reverse("person", args=[far.pk])).status_code == 404
    listed = mine.get(reverse("people")).content.decode()
    assert "Far" not in listed
    assert "Lin" in listed
    assert signed_in(one_with(Role.OFFICIAL, town)).get(reverse("person", args=[clerk.pk])).status_code == 404


def test_lists_are_cheap_with_many_people(town: Unit, django_assert_max_num_queries: Any) -> None:
    users = User.objects.bulk_create(
        User(username=f"u{n}", name=f"Somebody with quite a long name {n}", created_at=clock.now()) for n in range(200)
    )
    Person.objects.bulk_create(Person(name=user.name, unit=town, user=user) for user in users)
    Assignment.objects.bulk_create(
        Assignment(user=user, role=Role.REPORTER, unit=town, valid_from=clock.today(), granted_by=users[0])
        for user in users[1:]
    )
    client = signed_in(one_with(GIVER))
    for name in ("people", "rights"):
        with django_assert_max_num_queries(25):
            assert client.get(reverse(name)).status_code == 200
    with django_assert_max_num_queries(25):
        client.get(reverse("person", args=[Person.objects.all()[5].pk]))


def test_a_role_is_given_and_ended_on_the_page(clerk: Person, town: Unit) -> None:
    client = signed_in(one_with(GIVER))
    address = reverse("role-grant", args=[clerk.pk])
    wrong = client.post(address, {"role": "unit_head", "unit": "Twn", "first": "x"})
    assert wrong.status_code == 422
    for field in ("unit", "first"):
        assert f'id="{field}-message"' in wrong.content.decode()
    assert 'value="unit_head" selected' in wrong.content.decode()
    given = {"role": "unit_head", "unit": "Tw", "first": clock.today().isoformat(), "reason": "升任"}
    assert client.post(address, given).status_code == 302
    assert clerk.user is not None
    assert may(clerk.user, Role.UNIT_HEAD, unit=town)
    assert client.post(address, given).status_code == 422
    one = Assignment.objects.get(role="unit_head")
    ending = reverse("role-end", args=[one.pk])
    assert client.post(ending, {"when": "day", "reason": "x"}).status_code == 422
    assert client.post(ending, {"when": "now", "reason": "调离"}).status_code == 302
    assert not may(clerk.user, Role.UNIT_HEAD, unit=town)
    assert "调离" in client.get(reverse("person", args=[clerk.pk])).content.decode()


def test_who_may_do_what_is_read_by_day_and_role(clerk: Person, town: Unit) -> None:
    client = signed_in(one_with(Role.AUDITOR))
    shown = client.get(reverse("rights"), {"role": "reporter"}).content.decode()
    assert "Lin" in shown
    assert "共 1 条" in shown
    assert "共 0 条" in client.get(reverse("rights"), {"day": "2020-01-01"}).content.decode()
    wrong = client.get(reverse("rights"), {"day": "xx"})
    assert 'role="alert"' in wrong.content.decode()
    assert client.get(reverse("rights"), {"export": "xlsx"}).headers["Content-Type"].startswith("application/vnd")


def test_a_role_is_lent_and_taken_back_on_the_page(clerk: Person, town: Unit) -> None:
    colleague = Person.objects.create(name="He", unit=town, user=make_user("he", "He"))
    Person.objects.create(name="Far", unit=make_unit("T05", "Other"), user=make_user("far", "Far"))
    assert clerk.user is not None
    assert colleague.user is not None
    client, mine = signed_in(clerk.user), Assignment.objects.get()
    address = reverse("lend", args=[mine.pk])
    form = client.get(address).content.decode()
    assert "He" in form
    assert "Far" not in form
    assert client.post(address, {"to": "999", "first": "2026-01-01"}).status_code == 422
    days = {"first": clock.today().isoformat(), "last": (clock.today() + timedelta(days=3)).isoformat()}
    assert client.post(address, {"to": str(colleague.pk), "reason": "休假", **days}).status_code == 302
    assert may(colleague.user, Role.REPORTER, unit=town)
    lent = Assignment.objects.get(delegated_from=mine)
    assert "He" in client.get(reverse("lending")).content.decode()
    assert client.post(reverse("lending"), {"back": str(lent.pk)}).status_code == 302
    assert not may(colleague.user, Role.REPORTER, unit=town)
    assert signed_in(colleague.user).get(address).status_code == 403


def test_accounts_come_by_workbook_and_roles_are_decided(town: Unit) -> None:
    keeper, giver = signed_in(one_with(KEEPER)), signed_in(one_with(GIVER))
    head = ("姓名", "账号", "单位", "职务", "角色", "邮箱")
    content = workbook(head, ("盛远川", "sheng", "Town", "书记", "单位主要负责人", ""), sheet="账号")
    file = SimpleUploadedFile("账号.xlsx", content)
    shown = keeper.post(reverse("imports", args=["accounts"]), {"file": file}, follow=True).content.decode()
    assert "单位主要负责人" in shown
    keeper.post(reverse("import", args=[Import.objects.get().pk]), {"take": "1"})
    page = giver.get(reverse("role-requests")).content.decode()
    assert "盛远川" in page
    assert giver.post(reverse("role-requests"), {"give": "1"}).status_code == 422
    number = RoleRequest.objects.get().pk
    refused = giver.post(reverse("role-requests"), {"give": "1", "request": [number]})
    assert refused.status_code == 422
    assert "没有填理由" in refused.content.decode()
    given = giver.post(reverse("role-requests"), {"give": "1", "request": [number], "reason": "新任"}, follow=True)
    assert "已授予 1 个角色" in given.content.decode()
    assert may(User.objects.get(username="sheng"), Role.UNIT_HEAD, unit=town)
    for kind in ("accounts", "units"):
        assert keeper.get(reverse("import-template", args=[kind])).status_code == 200
    assert giver.get(reverse("import-template", args=["accounts"])).status_code == 403


def test_accounts_are_closed_opened_and_handed_over_on_the_page(clerk: Person, town: Unit) -> None:
    keeper = signed_in(one_with(KEEPER))
    close = reverse("account-close", args=[clerk.pk])
    assert keeper.post(close, {"reason": ""}).status_code == 422
    assert keeper.post(close, {"reason": "离职"}).status_code == 302
    assert "账号已停用" in keeper.get(reverse("person", args=[clerk.pk])).content.decode()
    assert reverse("account-reopen", args=[clerk.pk]) in keeper.get(reverse("person", args=[clerk.pk])).content.decode()
    assert keeper.post(reverse("account-reopen", args=[clerk.pk]), {"reason": "返岗"}).status_code == 302
    address = reverse("handover", args=[clerk.pk])
    number = Assignment.objects.get(user=clerk.user).pk
    wrong = keeper.post(address, {"username": "!", "on": clock.today().isoformat(), "reason": "轮岗"})
    assert wrong.status_code == 422
    assert 'value="!"' in wrong.content.decode()
    wanted = {"username": "xin", "name": "新人", "on": clock.today().isoformat(), "reason": "轮岗", "role": [number]}
    assert keeper.post(address, wanted).status_code == 302
    assert RoleRequest.objects.get().takes_over_id == number
    clerk.refresh_from_db()
    assert clerk.user is not None
    assert not clerk.user.is_active


def test_people_are_added_and_edited_on_the_page(town: Unit) -> None:
    keeper = signed_in(one_with(KEEPER))
    wrong = keeper.post(reverse("person-add"), {"name": "", "unit": "Twn", "username": "!"})
    assert wrong.status_code == 422
    made = {"name": "He", "unit": "Tw", "title": "x", "username": "he"}
    assert keeper.post(reverse("person-add"), made).status_code == 302
    assert keeper.post(reverse("person-add"), made).status_code == 422
    person = Person.objects.get()
    changed = {"name": "Ho", "unit": "T04", "title": "y", "email": "h@example.cn"}
    assert keeper.post(reverse("person-edit", args=[person.pk]), changed).status_code == 302
    assert User.objects.get(username="he").name == "Ho"


def test_pages_speak_english_without_han(clerk: Person, town: Unit) -> None:
    asked = one_with(KEEPER)
    RoleRequest.objects.create(
        user=clerk.user, role=Role.VERIFIER, unit=town, valid_from=clock.today(), asked_at=clock.now(), asked_by=asked
    )
    assert clerk.user is not None
    users = {role: one_with(role) for role in (GIVER, Role.AUDITOR, Role.OFFICE)} | {
        KEEPER: asked,
        Role.REPORTER: clerk.user,
    }
    User.objects.update(language="en")
    role = Assignment.objects.get(user=clerk.user).pk
    for who, name, arguments in (
        (KEEPER, "people", []),
        (KEEPER, "person-add", []),
        (KEEPER, "person-edit", [clerk.pk]),
        (KEEPER, "account-close", [clerk.pk]),
        (KEEPER, "account-reopen", [clerk.pk]),
        (KEEPER, "handover", [clerk.pk]),
        (KEEPER, "imports", ["accounts"]),
        (GIVER, "person", [clerk.pk]),
        (GIVER, "role-grant", [clerk.pk]),
        (GIVER, "role-end", [role]),
        (GIVER, "role-requests", []),
        (Role.AUDITOR, "rights", []),
        (Role.REPORTER, "lending", []),
        (Role.REPORTER, "lend", [role]),
        (Role.OFFICE, "calendar", []),
        (Role.OFFICE, "calendar-paste", []),
        (Role.OFFICE, "imports", ["days"]),
    ):
        answer = signed_in(User.objects.get(pk=users[who].pk)).get(reverse(name, args=arguments))
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        assert answer.status_code == 200
        assert not HAN.findall(main), (name, HAN.findall(main))


def test_the_calendar_is_extended_by_the_office(town: Unit) -> None:
    office = signed_in(one_with(Role.OFFICE))
    assert "春节" in office.get(reverse("calendar"), {"year": "2026"}).content.decode()
    empty = office.get(reverse("calendar"), {"year": "2098"}).content.decode()
    assert "现在无法推算" in empty
    assert office.post(reverse("calendar-paste"), {"lines": ""}).status_code == 422
    tried = office.post(reverse("calendar-paste"), {"lines": "2098-01-01至2098-01-03 休 元旦"}, follow=True)
    assert "将新增 3 项" in tried.content.decode()
    assert office.post(reverse("import", args=[Import.objects.get().pk]), {"take": "1"}).status_code == 302
    year = f"{reverse('calendar')}?year=2098"
    assert office.post(year, {"settle": "1", "source": ""}).status_code == 422
    assert office.post(year, {"settle": "1", "source": "国办发明电〔2097〕9号"}).status_code == 302
    assert "已齐全" in office.get(year).content.decode()
    assert office.post(year, {"unsettle": "1"}).status_code == 302
    assert office.get(reverse("import-template", args=["days"])).status_code == 200
    reader = signed_in(one_with(Role.OFFICIAL, town))
    assert reader.post(year, {"settle": "1", "source": "x"}).status_code == 422
    assert "确认全年齐全" not in reader.get(year).content.decode()
    assert office.get(reverse("calendar"), {"year": "x"}).status_code == 200
