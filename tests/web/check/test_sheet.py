"""A unit's sheet of a month: who sees it, what stands on it, how it says silence, no more queries for more units."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.checks import sign_for_the_silent
from baton.assessment.models import Check, Figure
from baton.core.models import User
from baton.org.choices import Role
from cycle import PERIOD, Cycle, in_october, make_cycle, on
from people import give, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(settings: Any) -> Cycle:
    """September, being checked, with two figures about T02."""
    made = make_cycle()
    made.figure("T02")
    made.figure("T02", "M09", "12", reporter="D46", preliminary=True)
    return made


@pytest.fixture
def head(client: Client, user: User, cycle: Cycle) -> Client:
    """The head of T02, signed in."""
    give(user, Role.UNIT_HEAD, cycle.units["T02"])
    client.force_login(user)
    return client


def shown(client: Client, name: str = "check-sheet", *rest: object) -> str:
    answer = client.get(reverse(name, args=rest or (PERIOD, "T02")))
    assert answer.status_code == 200
    return answer.content.decode()


def seen_in(text: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', text)
    return "" if found is None else found[1]


def sign(client: Client, seen: str) -> Any:
    return client.post(reverse("check-sign", args=(PERIOD, "T02")), {"seen": seen})


def test_the_menu_leads_to_the_newest_month_of_ones_unit(head: Client) -> None:
    assert head.get(reverse("check")).headers["Location"] == reverse("check-sheet", args=(PERIOD, "T02"))


def test_a_sheet_has_what_others_reported_and_says_what_silence_means(head: Client) -> None:
    text = shown(head)
    for words in ("39450", "县发展和改革局", "初步数", "还剩 1 天", "到 2026-10-10 当天结束仍未提出异议的，视为无异议"):
        assert words in text
    assert "新增高标准农田" not in text
    assert "已报来 2 项，有异议待答复 0 项，还未报来 0 项" in text


@pytest.mark.parametrize("role", [Role.LEADER_IN_CHARGE, Role.UNIT_HEAD])
def test_heads_of_the_unit_may_sign(client: Client, user: User, cycle: Cycle, role: Role) -> None:
    give(user, role, cycle.units["T02"])
    client.force_login(user)
    assert "核对无误，签收" in shown(client)


def test_a_clerk_contests_and_does_not_sign(client: Client, user: User, cycle: Cycle) -> None:
    give(user, Role.REPORTER, cycle.units["T02"])
    client.force_login(user)
    text = shown(client)
    assert "由单位主要负责人或分管领导签收" in text
    assert "核对无误，签收" not in text
    assert sign(client, seen=seen_in(text)).status_code == 422


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COUNTY_LEADER, Role.AUDITOR])
def test_readers_of_the_county_see_it_and_cannot_sign(client: Client, user: User, cycle: Cycle, role: Role) -> None:
    give(user, role)
    client.force_login(user)
    text = shown(client)
    assert "39450" in text
    assert "核对无误，签收" not in text
    assert "提出异议" not in text.replace("未提出异议", "")


def test_others_do_not_see_it(client: Client, cycle: Cycle) -> None:
    neighbour = make_user("b", "乙")
    give(neighbour, Role.UNIT_HEAD, cycle.units["T03"])
    client.force_login(neighbour)
    assert client.get(reverse("check-sheet", args=(PERIOD, "T02"))).status_code == 404
    client.force_login(make_user("c", "丙"))
    assert client.get(reverse("check-sheet", args=(PERIOD, "T02"))).status_code == 404


def test_nothing_to_check_is_said(client: Client, user: User) -> None:
    client.force_login(user)
    assert "还没有需要您核对的月份" in client.get(reverse("check")).content.decode()


def test_signing_gives_a_receipt_with_a_number(head: Client, user: User) -> None:
    answer = sign(head, seen_in(shown(head)))
    page = head.get(answer.headers["Location"]).content.decode()
    assert "HD-202609-T02-1" in page
    assert "已签收，回执号 HD-202609-T02-1" in page
    assert user.name in page
    text = shown(head)
    assert "✓ 已签收" in text
    assert "核对无误，签收" not in text


def test_a_figure_that_changes_before_the_signature_is_looked_at_again(head: Client, cycle: Cycle) -> None:
    seen = seen_in(shown(head))
    first = Figure.objects.get(series="M01")
    cycle.figure("T02", value="39460", version=1, supersedes=first)
    answer = sign(head, seen)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Check.objects.exists()


def test_a_figure_that_changes_after_the_signature_asks_for_another_round(head: Client, cycle: Cycle) -> None:
    sign(head, seen_in(shown(head)))
    first = Figure.objects.get(series="M01")
    cycle.figure("T02", value="39460", version=1, supersedes=first)
    text = shown(head)
    assert "签收后数据有变化，请再核对" in text
    sign(head, seen_in(text))
    assert [one.receipt for one in Check.objects.order_by("round")] == ["HD-202609-T02-1", "HD-202609-T02-2"]


def test_silence_is_said_and_gives_its_own_receipt(head: Client, cycle: Cycle) -> None:
    on(in_october(13))
    sign_for_the_silent(period=PERIOD)
    text = shown(head)
    assert "逾期未提异议，视为无异议" in text
    assert "核对无误，签收" not in text
    page = head.get(reverse("check-receipt", args=("HD-202609-T02-1",))).content.decode()
    assert "由系统自动生成" in page


def test_a_receipt_is_not_for_other_units(client: Client, head: Client, cycle: Cycle) -> None:
    sign(head, seen_in(shown(head)))
    neighbour = make_user("b", "乙")
    give(neighbour, Role.UNIT_HEAD, cycle.units["T03"])
    client.force_login(neighbour)
    assert client.get(reverse("check-receipt", args=("HD-202609-T02-1",))).status_code == 404


def test_a_sheet_takes_few_queries(head: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(25):
        shown(head)


def test_english_pages_hold_chinese_in_data_only(head: Client) -> None:
    head.cookies["language"] = "en"
    for text in (shown(head), head.get(reverse("contest", args=(PERIOD, "T02", figure()))).content.decode()):
        for chinese in ("核对", "签收", "异议", "理由", "上月", "回执", "截止"):
            assert chinese not in text


def figure(series: str = "M01") -> int:
    return Figure.objects.get(series=series).pk
