"""The office's board: who is missing, who is late and where, sources, reopening, the next month."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.months import open_month
from baton.assessment.models import Month, Release, Reopening, SourceDay
from baton.core.acting import SYSTEM
from baton.core.models import User
from baton.org.choices import Role
from cycle import PERIOD, Cycle, in_october, make_cycle, on
from people import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(settings: Any) -> Cycle:
    """September on the 9th of October, after the holidays: T02 has a figure, its own report lies with the unit head."""
    made = make_cycle(day=9)
    made.figure("T02")
    made.own("T02", "12", "unit_head")
    return made


@pytest.fixture
def office(client: Client, user: User, cycle: Cycle) -> Client:
    """The office, signed in."""
    give(user, Role.OFFICE)
    client.force_login(user)
    return client


def board(client: Client, period: str = PERIOD) -> str:
    answer = client.get(reverse("office-month", args=(period,)))
    assert answer.status_code == 200
    return answer.content.decode()


def test_late_is_named_with_the_step_where_it_lies(office: Client) -> None:
    text = board(office)
    outstanding = text[text.index("还差谁") :]
    assert "■ 超期" in outstanding
    row = outstanding[outstanding.index("柳林驿2镇") :]
    assert "单位主要负责人" in row[: row.index("</tr>")]
    assert "在线" not in text


def test_what_waits_for_a_source_is_nobodys_fault(client: Client, user: User, settings: Any) -> None:
    SourceDay.objects.create(source="县统计局", day=22, valid_from=date(2026, 1, 1), basis="发布日历")
    make_cycle(day=23)
    give(user, Role.OFFICE)
    client.force_login(user)
    text = board(client)
    assert "过了预计日，还未到" in text
    row = text[text.index("等上级数据：县统计局") - 600 : text.index("等上级数据：县统计局")]
    assert "县发展和改革局" in row
    source = Release.objects.get()
    address = reverse("release", args=(PERIOD, source.pk))
    assert client.post(address, {"came": "2026-10-30"}).status_code == 422
    done = client.post(address, {"came": "2026-10-23", "note": "省局推迟"}, follow=True).content.decode()
    assert "▲ 晚到" in done
    assert "现截止 2026-10-" in done
    assert "省局推迟" in done


def test_a_window_is_opened_again_for_one_unit_with_a_reason(office: Client, cycle: Cycle) -> None:
    window = cycle.window("report", "T02")
    address = reverse("window-reopen", args=(window.pk,))
    assert address in board(office)
    empty = office.post(address, {"until": "2026-10-09", "reason": ""})
    assert empty.status_code == 422
    assert 'value="2026-10-09"' in empty.content.decode()
    assert office.post(address, {"until": "x", "reason": "停电"}).status_code == 422
    done = office.post(address, {"until": "2026-10-09", "reason": "停电"}, follow=True).content.decode()
    assert "已为柳林驿2镇重新开放到 2026-10-09" in done
    assert Reopening.objects.get().reason == "停电"
    assert "停电" in office.get(reverse("windows", args=(PERIOD,)), {"q": "柳林驿2镇"}).content.decode()


def test_the_next_month_is_opened_once(office: Client) -> None:
    on(in_october(30))
    assert "开放2026年10月" in board(office)
    text = office.post(reverse("month-open"), follow=True).content.decode()
    assert "2026年10月看板" in text
    assert Month.objects.count() == 2


def test_without_a_month_the_first_one_can_be_opened(client: Client, user: User) -> None:
    give(user, Role.OFFICE)
    client.force_login(user)
    assert "还没有开放过月份" in client.get(reverse("office")).content.decode()
    answer = client.post(reverse("month-open"))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


PAGES = ["office", "result-readers", "office-month", "windows"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [None, Role.REPORTER, Role.UNIT_HEAD, Role.VERIFIER, Role.COUNTY_LEADER, Role.AUDITOR])
def test_only_the_office_opens_its_pages(
    client: Client, user: User, cycle: Cycle, name: str, role: Role | None
) -> None:
    if role is not None:
        give(user, role, None if role in (Role.COUNTY_LEADER, Role.AUDITOR) else cycle.units["T02"])
    client.force_login(user)
    given = (PERIOD,) if name in ("office-month", "windows") else ()
    assert client.get(reverse(name, args=given)).status_code == 403


@pytest.mark.parametrize("name", ["month-open", "month-score", "publish", "withdraw", "window-reopen"])
def test_others_change_nothing(client: Client, user: User, cycle: Cycle, name: str) -> None:
    give(user, Role.UNIT_HEAD, cycle.units["T02"])
    client.force_login(user)
    given: dict[str, tuple[object, ...]] = {"month-open": (), "window-reopen": (cycle.window("report", "T02").pk,)}
    answer = client.post(reverse(name, args=given.get(name, (PERIOD,))), {"kind": "trial", "reason": "x"})
    assert answer.status_code == 403
    assert not Reopening.objects.exists()
    assert Month.objects.count() == 1


def test_eighty_five_units_take_no_more_queries(
    client: Client, user: User, settings: Any, django_assert_max_num_queries: Any
) -> None:
    make_cycle(85, day=7)
    give(user, Role.OFFICE)
    client.force_login(user)
    with django_assert_max_num_queries(25):
        text = board(client)
    assert len(text.encode()) < 300_000
    with django_assert_max_num_queries(25):
        client.get(reverse("windows", args=(PERIOD,)))


def test_english_pages_hold_chinese_in_data_only(office: Client, cycle: Cycle) -> None:
    office.cookies["language"] = "en"
    addresses = [reverse("office-month", args=(PERIOD,)), reverse("windows", args=(PERIOD,)), reverse("result-readers")]
    addresses.append(reverse("window-reopen", args=(cycle.window("report", "T02").pk,)))
    for address in addresses:
        text = office.get(address).content.decode()
        for chinese in ("超期", "截止", "看板", "开放", "名单", "签收", "印发", "试算", "单位主要"):
            assert chinese not in text


def test_a_month_that_is_open_is_opened_again_without_harm(office: Client) -> None:
    before = Month.objects.get()
    assert open_month(by=SYSTEM, period=PERIOD).pk == before.pk
