"""Pages of the plan: who sees what, what is refused and kept, warnings, limits with their sources, and the burden."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.plans import approve_plan, propose_item
from baton.assessment.choices import PlanKind, PlanState
from baton.assessment.models import PlanItem
from baton.assessment.rules.plan_items import Proposal
from baton.org.models import Unit
from county import County, make_county
from reporting import client_of


@pytest.fixture
def county(db: None, settings: Any) -> County:
    """The small county on the 2nd of October 2026."""
    return make_county(settings)


DAYS = {"opens": "2026-10-10", "closes": "2026-10-20"}


def propose(
    county: County, title: str = "耕地保护检查", organiser: str = "D1", units: tuple[str, ...] = ("T1",)
) -> PlanItem:
    given = Proposal(
        kind=PlanKind.CHECK,
        title=title,
        organiser=county.units["D1"].pk,
        units=[county.units[code].pk for code in units],
        opens=date(2026, 10, 10),
        closes=date(2026, 10, 20),
        basis="市里通知",
    )
    return propose_item(by=county.by("office"), given=given)


def approved(county: County) -> PlanItem:
    row = propose(county)
    approve_plan(by=county.by("chief"), year=2026, document="云委办发〔2026〕3号")
    row.refresh_from_db()
    return row


def text_of(client: Client, name: str, *given: object, **query: str) -> str:
    answer = client.get(reverse(name, args=given), query)
    assert answer.status_code == 200, name
    return unescape(answer.content.decode())


def form(county: County, **given: Any) -> dict[str, Any]:
    fields = {"title": "统计执法检查", "kind": "check", "rhythm": "once", "organiser": "发改局", "basis": "通知"}
    return fields | DAYS | {"units": [county.units["T1"].pk, county.units["T2"].pk]} | given


def test_from_proposal_to_filing_number_and_one_off_the_plan(county: County) -> None:
    department, head = client_of(county.people["d1"]), client_of(county.people["chief"])
    assert "还没有列入的事项" in text_of(department, "plan")
    sent = department.post(reverse("plan-add"), form(county), follow=True)
    assert "随年度计划一并批准" in sent.content.decode()
    assert client_of(county.people["t1"]).get(reverse("plan-item", args=[PlanItem.objects.get().pk])).status_code == 404
    page = text_of(head, "plan-approve", 2026)
    assert "将批准 1 项" in page
    assert "读过转载" in page
    empty = head.post(reverse("plan-approve", args=[2026]), {"document": ""})
    assert empty.status_code == 422
    assert 'href="#document"' in empty.content.decode()
    head.post(reverse("plan-approve", args=[2026]), {"document": "云委办发〔2026〕3号"})
    assert "考备〔2026〕1号" in text_of(client_of(county.people["t1"]), "plan")

    refused = department.post(reverse("plan-add"), form(county, title="冬季检查", reason=""))
    kept = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert 'href="#reason"' in kept
    assert 'value="冬季检查"' in kept
    assert kept.count(" checked") == 2
    department.post(reverse("plan-add"), form(county, title="冬季检查", reason="省里临时部署"))
    row = PlanItem.objects.get(title="冬季检查")
    address = reverse("plan-item", args=[row.pk])
    assert 'name="verdict"' not in text_of(department, "plan-item", row.pk)
    assert head.post(address, {}).status_code == 422
    done = head.post(address, {"verdict": "yes"}, follow=True)
    assert "已备案：考备〔2026〕2号" in done.content.decode()
    assert reverse("plan-change", args=[row.pk]) not in text_of(department, "plan-item", row.pk)
    assert department.get(reverse("plan-change", args=[row.pk])).status_code == 404


def test_a_returned_item_is_changed_with_what_stood_there(county: County) -> None:
    row = propose(county)
    head, department = client_of(county.people["chief"]), client_of(county.people["d1"])
    assert head.post(reverse("plan-item", args=[row.pk]), {"verdict": "no", "answer": ""}).status_code == 422
    head.post(reverse("plan-item", args=[row.pk]), {"verdict": "no", "answer": "请合并"})
    assert "请合并" in text_of(department, "plan-item", row.pk)
    page = text_of(department, "plan-change", row.pk)
    assert 'value="耕地保护检查"' in page
    assert page.count(" checked") == 1
    department.post(reverse("plan-change", args=[row.pk]), form(county))
    row.refresh_from_db()
    assert (row.title, row.state, row.units.count()) == ("统计执法检查", PlanState.PROPOSED, 2)


def test_a_whole_kind_is_ticked_at_once_and_how_often_is_said(county: County) -> None:
    Unit.objects.filter(code__startswith="T").update(kind="镇")
    department = client_of(county.people["d1"])
    sent = department.post(reverse("plan-add"), form(county, units=[], whole=["镇"], title="", rhythm="monthly"))
    assert unescape(sent.content.decode()).count(" checked") == 3
    department.post(reverse("plan-add"), form(county, units=[], whole=["镇"], rhythm="monthly"))
    row = PlanItem.objects.get()
    assert row.units.count() == 3
    for page in (("plan",), ("plan-item", row.pk)):
        assert "每月一次" in text_of(department, *page)


def test_calling_off_wants_a_reason(county: County) -> None:
    row = approved(county)
    department = client_of(county.people["d1"])
    address = reverse("plan-cancel", args=[row.pk])
    refused = department.post(address, {"why": ""})
    assert refused.status_code == 422
    assert 'href="#why"' in refused.content.decode()
    done = department.post(address, {"why": "并入督查"}, follow=True)
    assert "事项已取消" in done.content.decode()
    assert "已取消" in text_of(client_of(county.people["t1"]), "plan", state="cancelled")


def test_warnings_and_limits_stand_on_the_plan(county: County) -> None:
    for number in range(4):
        propose(county, f"检查之{number}", units=("T1", "T2"))
    page = text_of(client_of(county.people["office"]), "plan")
    assert "甲镇 2026-Q4 4 次" in page
    assert "发改局 4 项" in page
    assert "2 个单位同时接受" in page
    assert "限额和依据" in page
    assert "待核" in page


@pytest.mark.parametrize("who", ["t1", "leader", "official"])
def test_who_organises_nothing_proposes_nothing(county: County, who: str) -> None:
    client = client_of(county.people[who])
    assert reverse("plan-add") not in text_of(client, "plan")
    assert client.get(reverse("plan-add")).status_code == 403
    assert client.get(reverse("plan-approve", args=[2026])).status_code == 403


def test_the_list_narrows_goes_out_and_is_found(county: County) -> None:
    row = approved(county)
    unit = client_of(county.people["t1"])
    assert row.title in text_of(unit, "plan", unit="T1")
    assert row.title not in text_of(unit, "plan", unit="T2")
    assert row.title not in text_of(unit, "plan", state="cancelled")
    assert unit.get(reverse("plan"), {"export": "xlsx"}).content[:2] == b"PK"
    assert reverse("plan-item", args=[row.pk]) in text_of(unit, "search", q="耕地")


def test_the_burden_names_what_would_relieve_most(county: County) -> None:
    approved(county)
    unit, office = client_of(county.people["t1_head"]), client_of(county.people["office"])
    own = text_of(unit, "burden")
    assert "少去 1 单位次" in own
    assert reverse("plan") + "?unit=T1" in own
    assert "乙镇" not in own
    whole = text_of(office, "burden", sort="-asked")
    assert "乙镇" in whole
    assert office.get(reverse("burden"), {"export": "xlsx"}).content[:2] == b"PK"
    assert "没有找到" in text_of(office, "burden", often="1") or "甲镇" not in text_of(office, "burden", often="1")
    assert "还没有要您的单位接受的事项" in text_of(client_of(county.people["nobody"]), "burden")


def test_pages_of_many_items_ask_few_questions(county: County, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        propose(county, f"第{number}项检查", units=("T1", "T2", "T3"))
    client = client_of(county.people["office"])
    for name in ("plan", "burden"):
        with django_assert_max_num_queries(25):
            client.get(reverse(name))
    row = PlanItem.objects.first()
    assert row is not None
    with django_assert_max_num_queries(25):
        client.get(reverse("plan-item", args=[row.pk]))
