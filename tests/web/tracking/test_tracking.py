"""Lagging work: from a red light to closure, consequences by a person, who sees and does what."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.tasks import set_task
from baton.assessment.actions.tracking import follow_up, remind
from baton.assessment.models import LedgerEntry, Month, Task, TrackedItem
from baton.core.acting import SYSTEM
from baton.core.models import User
from baton.org.choices import Role
from cycle import on
from month import make_result, make_units
from people import give, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(user: User, settings: Any) -> TrackedItem:
    """What lags by September's published result, on the 26th of October."""
    on(date(2026, 10, 26))
    make_result(make_user("office", "周禾"), make_units(6))
    Month.objects.update(state="published")
    follow_up(period="2026-09")
    return TrackedItem.objects.order_by("pk").first()  # type: ignore[return-value]


def sign_in(client: Client, user: User, role: Role, unit: object = None) -> Client:
    give(user, role, unit)  # type: ignore[arg-type]
    client.force_login(user)
    return client


def page(client: Client, name: str, *given: object) -> str:
    answer = client.get(reverse(name, args=given))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_has_lights_with_words_and_days(client: Client, user: User, item: TrackedItem) -> None:
    text = page(sign_in(client, user, Role.COUNTY_LEADER), "tracking")
    for words in ("■ 红灯 滞后", item.title, item.unit.name, "2026-10-26"):
        assert words in text
    assert "按最近印发的结果列入" not in text


def test_a_unit_answers_and_what_was_typed_stays(client: Client, user: User, item: TrackedItem) -> None:
    sign_in(client, user, Role.UNIT_HEAD, item.unit)
    address = reverse("track-answer", args=[item.pk])
    wrong = client.post(address, {"cause": "资金未到位", "measures": "", "new_date": "2026-12-20"})
    assert wrong.status_code == 422
    assert "资金未到位" in wrong.content.decode()
    assert 'href="#measures"' in wrong.content.decode()
    given = {"cause": "资金未到位", "measures": "倒排工期", "new_date": "2026-12-20", "owner": str(user.pk)}
    text = client.post(address, given, follow=True).content.decode()
    for words in ("资金未到位", "倒排工期", "2026-12-20", user.name, "▲ 黄灯"):
        assert words in text


def test_other_units_neither_see_nor_answer(client: Client, user: User, item: TrackedItem) -> None:
    other = TrackedItem.objects.exclude(unit=item.unit).first()
    assert other is not None
    sign_in(client, user, Role.UNIT_HEAD, other.unit)
    assert item.unit.name not in page(client, "tracking")
    assert client.get(reverse("tracked-item", args=[item.pk])).status_code == 404
    assert client.post(reverse("track-answer", args=[item.pk]), {"cause": "x", "measures": "y"}).status_code == 404


def test_the_head_closes_by_a_decision_with_a_reason(client: Client, user: User, item: TrackedItem) -> None:
    sign_in(client, user, Role.OFFICE_HEAD)
    address = reverse("track-close", args=[item.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    text = client.post(
        address, {"reason": "上级已取消该项目", "document": "省发改〔2026〕3号"}, follow=True
    ).content.decode()
    assert "上级已取消该项目" in text
    assert "已决定销号" in text
    item.refresh_from_db()
    assert (item.state, item.closed_by) == ("decided", user)


def test_consequences_count_only_once_a_person_decides(client: Client, user: User, item: TrackedItem) -> None:
    on(date(2026, 12, 31))
    remind()
    sign_in(client, user, Role.OFFICE_HEAD)
    text = page(client, "tracked-item", item.pk)
    assert text.count("▲ 待决定") == 3
    assert "县领导" in text
    address = reverse("track-consequence", args=[item.pk, "talk"])
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"choice": "drop", "reason": ""}).status_code == 422
    client.post(address, {"choice": "drop", "reason": "已约谈过"})
    client.post(reverse("track-consequence", args=[item.pk, "listed"]), {"choice": "confirm"})
    text = page(client, "tracked-item", item.pk)
    assert text.count("▲ 待决定") == 1
    assert "已约谈过" in text
    assert client.get(address).status_code == 404
    assert (
        client.post(reverse("track-consequence", args=[item.pk, "deduction"]), {"choice": "confirm"}).status_code == 422
    )
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COUNTY_LEADER, Role.AUDITOR])
def test_only_the_head_decides(client: Client, user: User, item: TrackedItem, role: Role) -> None:
    sign_in(client, user, role)
    for name in ("track-close", "track-consequence"):
        given = [item.pk] if name == "track-close" else [item.pk, "talk"]
        assert client.post(reverse(name, args=given), {"reason": "x", "choice": "drop"}).status_code == 403


def test_the_office_follows_and_adds_a_task(client: Client, user: User, item: TrackedItem) -> None:
    sign_in(client, user, Role.OFFICE)
    assert "新列入 0 项" in client.post(reverse("track-follow"), follow=True).content.decode()
    wrong = client.post(reverse("track-task"), {"unit": "没有这个镇", "title": "敬老院消防整改"})
    assert wrong.status_code == 422
    assert "敬老院消防整改" in wrong.content.decode()
    given = {"unit": item.unit.name, "title": "敬老院消防整改", "code": "R12", "due": "2026-09-30"}
    assert "原定 2026-09-30" in client.post(reverse("track-task"), given, follow=True).content.decode()


def test_a_task_whose_day_is_ahead_is_set_listed_and_done(client: Client, user: User, item: TrackedItem) -> None:
    sign_in(client, user, Role.OFFICE)
    given = {"unit": item.unit.name, "title": "敬老院消防整改", "code": "R12", "due": "2026-12-30"}
    text = client.post(reverse("track-task"), given, follow=True).content.decode()
    for words in ("已下达，2026-12-30", "敬老院消防整改", "在办"):
        assert words in text
    one = Task.objects.get()
    address = reverse("task", args=[one.pk])
    assert client.post(address, {"note": ""}).status_code == 422
    text = client.post(address, {"note": "消防验收〔2026〕8号"}, follow=True).content.decode()
    for words in ("已确认办结", "消防验收〔2026〕8号", "已办结"):
        assert words in text
    assert client.post(address, {"note": "再办一次"}).status_code == 404
    assert "敬老院" not in client.get(reverse("tasks"), {"state": "runs"}).content.decode()


def test_other_units_see_no_task_and_finish_none(client: Client, user: User, item: TrackedItem) -> None:
    one = set_task(by=SYSTEM, unit=item.unit.pk, code="R12", title="敬老院消防整改", due=date(2026, 12, 30))
    other = TrackedItem.objects.exclude(unit=item.unit).first()
    assert other is not None
    sign_in(client, user, Role.UNIT_HEAD, other.unit)
    address = reverse("task", args=[one.pk])
    assert "没有任务" in page(client, "tasks")
    assert client.get(address).status_code == 404
    give(user, Role.UNIT_HEAD, item.unit)
    assert "敬老院消防整改" in page(client, "task", one.pk)
    assert "确认办结" not in page(client, "task", one.pk)
    assert client.post(address, {"note": "办了"}).status_code == 404


def test_what_recurs_can_be_listed(client: Client, user: User, item: TrackedItem) -> None:
    TrackedItem.objects.filter(pk=item.pk).update(times=2)
    sign_in(client, user, Role.OFFICE)
    assert "共 1 条" in client.get(reverse("tracking"), {"again": "recurring"}).content.decode()
    assert "反复滞后，本年第 2 次" in page(client, "tracked-item", item.pk)


def test_an_empty_list_and_few_queries(
    client: Client, user: User, item: TrackedItem, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, user, Role.OFFICE_HEAD)
    for name, given in (("tracking", []), ("tracked-item", [item.pk]), ("tasks", [])):
        with django_assert_max_num_queries(25):
            page(client, name, *given)
    TrackedItem.objects.all().update(state="caught_up", closed_at=item.opened_at)
    assert "没有" in page(client, "tracking")


def test_english_pages_hold_chinese_in_data_only(client: Client, user: User, item: TrackedItem) -> None:
    sign_in(client, user, Role.OFFICE_HEAD)
    client.cookies["language"] = "en"
    for name, given in (
        ("tracking", []),
        ("tracked-item", [item.pk]),
        ("track-close", [item.pk]),
        ("track-task", []),
        ("tasks", []),
    ):
        text = page(client, name, *given)
        for chinese in ("滞后跟踪", "销号", "责任", "原因", "措施", "列入", "红灯"):
            assert chinese not in text
