"""An objection from the unit to the answer in a real Chromium, at the desk and on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from baton.assessment.actions.objecting import write_objection
from baton.assessment.actions.objections import assign_objection, give_opinion
from baton.assessment.actions.scores import publish_month, score_month, withdraw_publication
from baton.assessment.choices import ObjectionKind, RunKind
from baton.assessment.models import Objection, UnitResult
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from county import County, make_county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERIOD, REFUSED = "2026-09", "Failed to load resource: the server responded with a status of 422"


@pytest.fixture
def closed(transactional_db: None, settings: Any) -> County:
    """September reported and published; it is the 25th of October."""
    return make_county(settings).published()


def test_an_objection_that_changes_a_result_and_a_second_that_is_tied_to_it(open_page: Open, closed: County) -> None:
    for who, unit in (("t1_head", "T1"), ("t2_head", "T2")):
        page = open_page(reverse("trace", args=[PERIOD, "T1", "M02"]), closed.people[who], PHONE, tolerated=REFUSED)
        follow(page.get_by_role("link", name="对这一项提出异议"))
        accessible(page)
        no_sideways(page)
        follow(page.get_by_role("button", name="提交"))
        page.get_by_text("没有选对什么有异议").first.wait_for()
        page.get_by_label("数据", exact=True).check()
        page.get_by_label("2026年9月 · 热线得分").check()
        page.get_by_label("理由").fill(f"{closed.units[unit].name}核对工单，多计十件")
        follow(page.get_by_role("button", name="提交"))
        page.get_by_text("异议已受理").wait_for()
        accessible(page)
        no_sideways(page)
    number = Objection.objects.earliest("pk").pk
    address = reverse("objection", args=[number])
    page = open_page(address, closed.people["office"], WIDE)
    page.get_by_label("转给哪个部门核查").select_option(label="发改局")
    follow(page.get_by_role("button", name="转交核查"))
    page = open_page(address, closed.people["d1"], WIDE)
    page.get_by_label("核查意见").fill("核查属实，多计十件。")
    page.get_by_label("建议更正为").fill("85")
    follow(page.get_by_role("button", name="提交意见"))
    page = open_page(address, closed.people["chief"], WIDE)
    page.get_by_text("本答复同时答复争同一件事的其他 1 份异议").wait_for()
    accessible(page)
    page.get_by_label("成立", exact=True).check()
    page.get_by_label("书面答复").fill("核查属实，予以更正。")
    follow(page.get_by_role("button", name="答复"))
    page.get_by_text("原来公布的不变").wait_for()
    withdraw_publication(by=closed.by("chief"), period=PERIOD, reason="异议成立")
    score_month(by=closed.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)
    publish_month(by=closed.by("chief"), period=PERIOD)
    page = open_page(reverse("my-objections"), closed.people["t2_head"], WIDE)
    accessible(page)
    follow(page.get_by_role("link", name="YY2026-09-1-02"))
    follow(page.get_by_role("link", name="谁升谁降，为什么"))
    page.get_by_text("0 个单位上升，1 个下降，4 个不变").wait_for()
    accessible(page)
    follow(page.get_by_role("link", name="甲镇"))
    accessible(page)
    page.set_viewport_size(PHONE)
    no_sideways(page)
    page = open_page(reverse("method-indicator", args=[closed.month(PERIOD).scheme_id, "M02"]), closed.people["t1"])
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        accessible(page)
        no_sideways(page)


def test_an_objection_that_changes_nothing_stays_with_its_answer(open_page: Open, closed: County) -> None:
    given = {"kind": ObjectionKind.RULE, "indicator": "M01", "reason": "门槛应当按上年口径"}
    row = write_objection(by=closed.by("t1_head"), period=PERIOD, unit=closed.units["T1"].pk, **given)
    assign_objection(by=closed.by("office"), objection=row.pk, department=closed.units["D2"].pk)
    give_opinion(by=closed.by("d2"), objection=row.pk, opinion="方案写明门槛为 100，没有用错。")
    before = list(UnitResult.objects.values())
    page = open_page("/", closed.people["chief"], WIDE)
    follow(page.get_by_role("link", name="待书面答复"))
    page.get_by_label("不成立").check()
    page.get_by_label("书面答复").fill("门槛以方案为准，维持原结果。")
    follow(page.get_by_role("button", name="答复"))
    page = open_page(reverse("objections"), closed.people["t2"], PHONE)
    page.get_by_text("不成立").last.wait_for()
    no_sideways(page)
    page = open_page(reverse("objection", args=[row.pk]), closed.people["t1"], PHONE)
    page.get_by_text("门槛以方案为准，维持原结果。").wait_for()
    accessible(page)
    no_sideways(page)
    assert list(UnitResult.objects.values()) == before
