"""A target over three rounds in a real Chromium: a flag answered, agreed, fixed, and changed by request in the year."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from aiming import INV, Aiming, make_aiming
from baton.assessment.actions.targets.answering import counter_target
from baton.assessment.actions.targets.proposing import propose_target
from baton.assessment.models import Figure
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None, settings: Any) -> Aiming:
    """The county that sets targets."""
    return make_aiming(settings)


def say(page: Page, number: str, reason: str, button: str) -> None:
    """Enter a number with its reason and press a button."""
    page.get_by_label("目标数", exact=True).fill(number)
    page.get_by_label("理由", exact=True).fill(reason)
    follow(page.get_by_role("button", name=button, exact=True))


def test_three_rounds_with_a_flag_answered_then_fixed_then_changed(open_page: Open, county: Aiming) -> None:
    office = open_page(reverse("targets-call"), county.people["office"])
    office.get_by_label("固定资产投资序时完成率").check()
    office.get_by_label("最后一天").fill("2026-01-20")
    follow(office.get_by_role("button", name="发起申报"))
    office.get_by_text("已发起申报，8 项目标").wait_for()
    head = open_page("/", county.people["t1_head"])
    follow(head.get_by_role("link", name="甲镇：2026年有 1 项年度目标要申报或答复"))
    head.get_by_label("甲镇“固定资产投资序时完成率 · 年度计划”的目标数").fill("9000")
    head.get_by_label("甲镇“固定资产投资序时完成率 · 年度计划”的理由").fill("续建项目两个")
    accessible(head)
    follow(head.get_by_role("button", name="保存并签发"))
    head.get_by_text("已签发 1 项").wait_for()
    number = county.target().pk
    department = open_page("/", county.people["d1"])
    follow(department.get_by_role("link", name="发改局 1 项年度目标待答复"))
    follow(department.get_by_role("link", name="固定资产投资序时完成率").first)
    department.get_by_role("heading", name="目标偏低（踮脚不够）").wait_for()
    accessible(department)
    say(department, "12000", "全县任务增长9%", "提交答复")
    address = reverse("target", args=[number])
    propose_target(by=county.by("t1_head"), target=number, typed="11000", reason="新开工一个项目")
    counter_target(by=county.by("d1"), target=number, typed="11900", reason="不低于全县平均")
    head.goto(head.url.split("/targets")[0] + address)
    say(head, "11400", "新开工一个项目", "签发")
    head.get_by_label("情况说明").fill("去年有一次性整体搬迁项目")
    follow(head.get_by_role("button", name="提交说明"))
    department.reload()
    department.get_by_text("单位已说明").wait_for()
    follow(department.get_by_role("button", name="同意 11,400"))
    office.goto(office.url.split("/targets")[0] + reverse("targets-ready"))
    follow(office.get_by_role("button", name="审定所选"))
    assert Figure.objects.get(figure="target").value == "11400"
    follow(head.get_by_role("link", name="年度目标").first)
    follow(head.get_by_role("link", name="固定资产投资序时完成率").first)
    follow(head.get_by_role("link", name="申请调整"))
    head.get_by_label("调整为").fill("11000")
    head.get_by_label("理由").fill("项目用地未批复，缓建")
    head.get_by_label("文号或会议纪要").fill("县政府常务会议纪要〔2026〕5期")
    follow(head.get_by_role("button", name="提交申请"))
    chief = open_page("/", county.people["chief"], PHONE)
    follow(chief.get_by_role("link", name="1 条年度目标调整申请待批复"))
    follow(chief.get_by_role("link", name="固定资产投资序时完成率"))
    chief.get_by_label("同意，改用新的目标").check()
    accessible(chief)
    no_sideways(chief)
    follow(chief.get_by_role("button", name="提交", exact=True))
    chief.get_by_text("已公布的结果没有变").wait_for()
    assert county.target().table == "11000"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_pages_are_accessible_at_both_widths(open_page: Open, county: Aiming, size: dict[str, int]) -> None:
    county.call(INV)
    page = open_page(reverse("targets-county-year", args=[2026]), county.people["office"], size)
    for address in (
        reverse("targets-county-figure", args=[2026, "INV", "target"]),
        reverse("target", args=[county.target().pk]) + "?behalf=1",
        reverse("targets-call"),
    ):
        accessible(page)
        no_sideways(page)
        page.goto("/".join(page.url.split("/")[:3]) + address)
    sheet = open_page(reverse("targets-sheet"), county.people["t1_head"], size)
    accessible(sheet)
    no_sideways(sheet)
