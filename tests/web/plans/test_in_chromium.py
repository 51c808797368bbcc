"""Pages of the plan in a real Chromium: long names, many items, errors."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from baton.assessment.actions.plans import approve_plan, propose_item
from baton.assessment.choices import PlanKind, Rhythm
from baton.assessment.models import PlanItem
from baton.assessment.rules.plan_items import Proposal
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from county import County, make_county
from people import make_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "县委农村工作领导小组办公室牵头开展的农村人居环境整治提升和乡村建设行动“百日攻坚”实地督查暨年中考核"


@pytest.fixture
def county(transactional_db: None, settings: Any) -> County:
    """The small county with a plan of a dozen items."""
    county = make_county(settings)
    for number in range(20):
        make_unit(f"X{number}", f"第{number}乡镇（国家级农业高新技术产业示范区）", kind="乡镇", order=9 + number)
    for number in range(8):
        given = Proposal(
            kind=PlanKind.INSPECTION,
            title=f"{LONG}{number}",
            organiser=county.units["D1"].pk,
            units=[unit.pk for unit in county.units.values()],
            opens=date(2026, 10, 10),
            closes=date(2026, 11, 20),
            rhythm=Rhythm.MONTHLY if number % 3 else Rhythm.ONCE,
            visits=True,
            basis="省委农村工作领导小组通知",
            reason="省里统一部署，不能并入",
        )
        propose_item(by=county.by("office"), given=given)
    return county


def looked_at(page: Page) -> None:
    """Hold a page, on a phone and at the desk; what is empty there is looked at by the walk over all pages."""
    accessible(page)
    no_sideways(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    no_sideways(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def test_pages_of_the_plan_hold_long_names_and_errors(open_page: Open, county: County) -> None:
    page = open_page(reverse("plan-approve", args=[2026]), county.people["chief"], PHONE, "Failed to load")
    follow(page.get_by_role("button", name="批准计划"))
    assert page.get_by_text("没有写批准文号").first.is_visible()
    looked_at(page)
    approve_plan(by=county.by("chief"), year=2026, document="云委办发〔2026〕3号")
    item = reverse("plan-item", args=[PlanItem.objects.earliest("pk").pk])
    for address in (reverse("plan"), item, reverse("burden")):
        page.goto(page.url.split("/plan")[0] + address)
        looked_at(page)
    page = open_page(reverse("plan-add"), county.people["d1"], PHONE, "Failed to load")
    follow(page.get_by_role("button", name="提交"))
    looked_at(page)
