"""Slips, account security and settings: who may open them, and what they do."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.core import clock
from baton.core.models import AuditRow, Parameter, SignedIn, Slip, User
from baton.core.queries.sign_ins import factor_of
from baton.org.choices import Role
from baton.org.models import Person
from people import PASSWORD, give, make_unit, make_user
from signing import sign_in, signed_in, with_second_factor

pytestmark = pytest.mark.django_db
PAGES = {
    "slips": Role.SYSTEM_ADMINISTRATOR,
    "parameters": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
}


@pytest.fixture
def system(db: None) -> Client:
    user = make_user("zhou", "Zhou")
    give(user, Role.SYSTEM_ADMINISTRATOR)
    return signed_in(user)


@pytest.fixture
def security(db: None) -> Client:
    user = make_user("guard", "Guard")
    give(user, Role.SECURITY_ADMINISTRATOR)
    return signed_in(user)


@pytest.mark.parametrize("page", sorted(PAGES))
@pytest.mark.parametrize("role", list(Role))
def test_only_its_administrator_opens_a_page_and_sees_it_in_the_menu(
    client: Client, user: User, page: str, role: Role
) -> None:
    give(user, role)
    client.force_login(user)
    may = PAGES[page] == role
    assert client.get(reverse(page)).status_code == (200 if may else 403)
    assert client.post(reverse(page), {}).status_code in ({200, 302, 422} if may else {403})
    assert (f'href="{reverse(page)}"' in client.get(reverse("units")).content.decode()) is may


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_of_many_accounts_speaks_english_and_asks_little(
    client: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    user = make_user("one", "One")
    give(user, PAGES[page])
    for number in range(30):
        make_user(f"u{number}", f"User {number}")
    client.force_login(user)
    client.post(reverse("language"), {"language": "en"})
    with django_assert_max_num_queries(25):
        said = client.get(reverse(page)).content.decode()
    sources = page == "parameters"  # sources of numbers are data
    assert sources or not re.findall(r"[\u4e00-\u9fff]+", said.replace("中文", ""))


def sheet(system: Client, *users: User) -> Any:
    ticket = system.get(reverse("slips")).context["ticket"]
    return system.post(reverse("slips"), {"user": [one.pk for one in users], "ticket": ticket})


def test_slips_are_printed_once_with_what_a_person_needs(system: Client, user: User) -> None:
    Person.objects.create(name=user.name, unit=make_unit(), user=user)
    answer = sheet(system, user)
    page = answer.content.decode()
    (one,) = answer.context["issued"]
    for words in (user.name, user.username, one.code, "柳林驿镇", "http://testserver/sign-in"):
        assert words in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert sign_in(Client(), user, one.code).status_code == 302


def test_a_form_sent_twice_issues_once(system: Client, user: User) -> None:
    ticket = system.get(reverse("slips")).context["ticket"]
    given = {"user": [user.pk], "ticket": ticket}
    assert system.post(reverse("slips"), given).status_code == 200
    again = system.post(reverse("slips"), given, follow=True)
    assert "没有重复打印" in again.content.decode()
    assert Slip.objects.count() == 1


def test_nobody_chosen_is_told(system: Client) -> None:
    answer = sheet(system)
    assert answer.status_code == 422
    assert "没有选人" in answer.content.decode()


def test_people_are_found_by_unit(system: Client, user: User) -> None:
    Person.objects.create(name=user.name, unit=make_unit(), user=user)
    page = system.get(reverse("slips"), {"words": "柳林"})
    assert [one.pk for one in page.context["rows"]] == [user.pk]
    assert "没有找到账号" in system.get(reverse("slips"), {"words": "无此人"}).content.decode()


def test_a_locked_account_is_seen_and_opened(security: Client, user: User) -> None:
    for _ in range(5):
        sign_in(Client(), user, "wrong")
    assert "锁定，约 10 分钟" in security.get(reverse("security")).content.decode()
    answer = security.post(reverse("security-account", args=[user.pk]), {"do": "lift"}, follow=True)
    assert "已解锁" in answer.content.decode()
    assert sign_in(Client(), user, PASSWORD).status_code == 302


def test_a_second_factor_is_reset_but_not_ones_own(security: Client, user: User) -> None:
    with_second_factor(user)
    security.post(reverse("security-account", args=[user.pk]), {"do": "reset"})
    assert factor_of(user).since is None
    guard = User.objects.get(username="guard")
    answer = security.post(reverse("security-account", args=[guard.pk]), {"do": "reset"})
    assert answer.status_code == 422
    assert "不能重置自己的" in answer.content.decode()


def test_anybodys_sign_ins_are_ended(security: Client, user: User) -> None:
    first, second, third = signed_in(user), signed_in(user), signed_in(user)
    row = SignedIn.objects.get(session_key=first.session.session_key)
    security.post(reverse("security-end-sign-in", args=[row.pk]))
    assert [one.get(reverse("units")).status_code for one in (first, second, third)] == [302, 200, 200]
    answer = security.post(reverse("security-account", args=[user.pk]), {"do": "end"}, follow=True)
    assert "已终止 2 处登录" in answer.content.decode()
    assert "没有登录" in answer.content.decode()
    assert second.get(reverse("units")).status_code == 302


def test_others_neither_see_nor_end_them(client: Client, user: User) -> None:
    theirs = signed_in(make_user("wangfang", "王芳"))
    row = SignedIn.objects.get()
    client.force_login(user)
    assert client.get(reverse("security-account", args=[row.user_id])).status_code == 403
    assert client.post(reverse("security-account", args=[row.user_id]), {"do": "end"}).status_code == 403
    assert client.post(reverse("security-end-sign-in", args=[row.pk])).status_code == 403
    assert theirs.get(reverse("units")).status_code == 200


def change(system: Client, **given: str) -> Any:
    wanted = {"value": "15", "effective_from": clock.today().isoformat(), "source": "县委办〔2026〕3号"}
    page = reverse("parameter", args=["account.idle_minutes"])
    return system.post(page, wanted | {"certainty": "C1"} | given, follow=True)


def test_a_number_is_changed_and_holds(system: Client) -> None:
    page = change(system).content.decode()
    assert "已保存" in page
    assert "县委办〔2026〕3号" in page
    assert "已读原文" in page
    assert AuditRow.objects.filter(action="account.parameter_changed").exists()
    system.post(reverse("session"))
    assert system.get(reverse("session")).json() == {"left": 900}


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"value": "2"}, "value", "应在 5 到 480 之间"),
        ({"value": "many"}, "value", "这里要填整数"),
        ({"effective_from": "2020-01-01"}, "effective_from", "生效日期已经过去"),
        ({"effective_from": "soon"}, "effective_from", "日期读不出来"),
        ({"source": ""}, "source", "没有写依据"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    system: Client, given: dict[str, str], field: str, words: str
) -> None:
    answer = change(system, **given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'id="{field}-message"' in page
    assert f'value="{given[field]}"' in page
    assert not Parameter.objects.exists()


def test_a_number_that_is_not_there_is_not_found(system: Client) -> None:
    assert system.get(reverse("parameter", args=["account.nothing"])).status_code == 404
