"""A special assessment from the plan to its published result, in a real Chromium; one off the plan waits first."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from baton.assessment.models import PlanItem, Special
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from county import County, make_county
from special import SPECIAL_SCHEME, planned_item, report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None, settings: Any) -> County:
    """The small county with an approved plan, and an assessment off it whose reason waits to be filed."""
    county = make_county(settings)
    planned_item(county, off_plan=True)
    return county


def looked_at(page: Page) -> None:
    """Hold a page against what holds for all, at the desk and on a phone."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        accessible(page)
        no_sideways(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def opening(page: Page, title: str) -> None:
    page.get_by_label("计划事项").select_option(label=title)
    page.get_by_label("考核期：起始月").fill("2026-07")
    page.get_by_label("考核期：截止月").fill("2026-09")
    page.get_by_label("报数截止").fill("2026-10-10")
    page.get_by_label("核对截止").fill("2026-10-15")
    page.get_by_label("专项方案", exact=True).fill(SPECIAL_SCHEME)
    follow(page.get_by_role("button", name="试读方案"))
    assert page.get_by_text("没有错误").is_visible()
    follow(page.get_by_role("button", name="启动", exact=True))


def test_from_the_plan_to_the_published_result(open_page: Open, county: County) -> None:
    page = open_page(reverse("special-open"), county.people["office"], WIDE, "Failed to load")
    opening(page, "招商引资专项考核（未备案）")
    assert page.get_by_text("单独理由还没有备案").first.is_visible()
    looked_at(page)
    off_plan = PlanItem.objects.get(off_plan=True)
    head = open_page(reverse("plan-item", args=[off_plan.pk]), county.people["chief"])
    head.get_by_label("同意备案，编备案号").check()
    follow(head.get_by_role("button", name="确定"))
    page.goto(page.url)
    opening(page, f"招商引资专项考核（{PlanItem.objects.get(pk=off_plan.pk).number}）")
    assert page.get_by_text("专项考核已启动").is_visible()
    special = Special.objects.get()

    department = open_page(reverse("special", args=[special.pk]), county.people["d1"])
    follow(department.get_by_role("link", name="发改局报数"))
    for unit, each in (("T1", "30"), ("T2", "15")):
        department.locator(f'[name="{unit}:ZINV.target:2026"]').fill("90")
        for month in ("07", "08", "09"):
            department.locator(f'[name="{unit}:ZINV.actual:2026-{month}"]').fill(each)
    follow(department.get_by_role("button", name="保存"))
    assert department.get_by_text("已保存 8 个数").is_visible()
    looked_at(department)
    for unit in ("T1", "T2"):
        report(county, special, unit.lower(), (unit, "ZVIS", "actual", "2026-Q3", "10"))

    department.goto(department.url.split("/plan")[0] + reverse("special-verify", args=[special.pk]))
    department.get_by_role("checkbox", name="乙镇").check()
    department.get_by_label("退回的理由").fill("台账只有 8 家")
    follow(department.get_by_role("button", name="退回更正"))
    township = open_page(reverse("special-grid", args=[special.pk, "T2"]), county.people["t2"])
    assert township.get_by_text("台账只有 8 家").is_visible()
    township.locator('[name="T2:ZVIS.actual:2026-Q3"]').fill("8")
    follow(township.get_by_role("button", name="保存"))
    department.goto(department.url)
    department.get_by_label("全选").check()
    looked_at(department)
    follow(department.get_by_role("button", name="核实通过"))
    assert department.get_by_text("已核实通过 2 份报数").is_visible()
    page.goto(page.url.split("/plan")[0] + reverse("special-reopen", args=[special.pk]))
    page.get_by_label("给哪个单位").select_option(label="乙镇")
    page.get_by_label("开放到").fill("2026-10-20")
    page.get_by_label("理由").fill("停电两天")
    looked_at(page)
    follow(page.get_by_role("button", name="开放", exact=True))

    for who, unit in (("t1_head", "T1"), ("t2_head", "T2")):
        checked = open_page(reverse("special-check", args=[special.pk, unit]), county.people[who])
        follow(checked.get_by_role("button", name="核对无误"))
    page.goto(page.url)
    follow(page.get_by_role("button", name="正式计分"))
    head.goto(head.url.split("/plan")[0] + reverse("special", args=[special.pk]))
    head.get_by_label("公布文号").fill("云考办发〔2026〕11号")
    looked_at(head)
    follow(head.get_by_role("button", name="公布结果"))
    head.goto(head.url.split("/plan")[0] + reverse("special", args=[special.pk]))
    follow(head.get_by_role("button", name="生成封存文件"))
    assert head.get_by_text("开始生成封存文件").is_visible()

    unit_page = open_page(reverse("special-results", args=[special.pk]), county.people["t1_head"])
    follow(unit_page.get_by_role("link", name="甲镇", exact=True))
    assert unit_page.get_by_text("60 × 90 ÷ 90").is_visible()
    looked_at(unit_page)
