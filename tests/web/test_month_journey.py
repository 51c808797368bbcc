"""A whole month in real Chromium by four roles: lead department, unit, assessment office, county leader.

From the open window to the bulletin, on every database: reported in a grid and on a unit's own form, checked and
contested on a phone, answered, scored, published, read down to the raw figure.
"""

from datetime import date
from typing import Any

import docx
import pytest
from django.urls import reverse

from baton.assessment.models import Check, Contest, Figure, Month, Publication
from baton.core.jobs.running import run_job
from baton.core.models import Job
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from county import County, make_county
from reporting import cell

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
PERIOD = "2026-09"
OTHERS = ("T1", "T2", "T3", "D1", "D2")


@pytest.fixture
def county(settings: Any, transactional_db: None) -> County:
    made = make_county(settings)
    made.month()
    return made


def test_a_whole_month_by_four_roles(open_page: Open, county: County) -> None:
    hotline_is_reported_in_the_grid(open_page, county)
    farmland_passes_from_clerk_to_verifier(open_page, county)
    county.on(date(2026, 10, 9))
    unit_head_contests_and_signs_on_a_phone(open_page, county)
    lead_department_answers(open_page, county)
    county.on(date(2026, 10, 22))
    county.enter("", "INV", dict.fromkeys(OTHERS, "100"))
    county.on(date(2026, 10, 24))
    office_scores_and_its_head_publishes(open_page, county)
    leader_goes_from_rank_to_raw_figure(open_page, county)
    everyone_sees_the_unit_but_not_the_office(open_page, county)


def hotline_is_reported_in_the_grid(open_page: Open, county: County) -> None:
    page = open_page("/", county.people["d2"])
    accessible(page)
    follow(page.get_by_role("link", name="政府办：").first)
    for unit, value in zip(OTHERS[:4], ("95", "88.5", "93", "97"), strict=True):
        page.locator(f"[id='{cell(unit)}']").fill(value)
    page.locator(f"[id='{cell('T1')}']").focus()
    page.locator("[data-status]", has_text="草稿已保存").wait_for()
    follow(page.get_by_role("button", name="检查并提交"))
    follow(page.get_by_role("button", name="提交", exact=True))
    page.get_by_text("已提交 4 个数").wait_for()
    county.enter("", "HOT", {"D2": "96"})


def farmland_passes_from_clerk_to_verifier(open_page: Open, county: County) -> None:
    page = open_page("/", county.people["t1"])
    follow(page.get_by_role("link", name="耕地整改").first)
    page.get_by_label("整改亩数").fill("12")
    follow(page.get_by_role("button", name="提交"))
    page.get_by_text("分管领导").first.wait_for()
    for who in ("t1_leader", "t1_head"):
        phone = open_page(reverse("reports"), county.people[who], PHONE)
        no_sideways(phone)
        follow(phone.get_by_role("link", name="耕地整改").first)
        accessible(phone)
        follow(phone.get_by_role("button", name="同意"))
        phone.wait_for_load_state()
    desk = open_page(reverse("verify"), county.people["d1"])
    desk.get_by_label("甲镇").check()
    follow(desk.get_by_role("button", name="同意"))
    follow(desk.get_by_role("button", name="确认同意"))
    desk.get_by_text("已同意 1 条").wait_for()
    assert Figure.objects.get(series="ARB", unit=county.units["T1"]).value == "12"
    county.enter("", "ARB", {"T2": "10", "T3": "9"})


def unit_head_contests_and_signs_on_a_phone(open_page: Open, county: County) -> None:
    page = open_page(reverse("check"), county.people["t2_head"], PHONE)
    card = page.locator("tbody tr", has_text="热线")
    follow(card.get_by_role("link", name="提出异议"))
    page.get_by_label("应为多少").fill("91")
    page.get_by_label("理由", exact=True).fill("两件工单重复计算")
    follow(page.get_by_role("button", name="提交异议"))
    follow(page.get_by_role("button", name="核对无误，签收"))
    page.get_by_text("HD-202609-T2-1", exact=True).wait_for()
    page.wait_for_load_state()
    no_sideways(page)
    assert Contest.objects.get().claimed == "91"
    assert Check.objects.get().by == county.people["t2_head"]


def lead_department_answers(open_page: Open, county: County) -> None:
    page = open_page(reverse("verify"), county.people["d2"])
    follow(page.get_by_role("link", name="乙镇").first)
    page.get_by_label("采纳，更正数据").check()
    page.get_by_label("更正为（采纳时填）").fill("91")
    page.get_by_label("书面答复").fill("经核，剔除重复工单 2 件")
    accessible(page)
    follow(page.get_by_role("button", name="答复"))
    page.wait_for_load_state()
    assert Figure.objects.counting().get(series="HOT", unit=county.units["T2"]).value == "91"


def office_scores_and_its_head_publishes(open_page: Open, county: County) -> None:
    chief = open_page(reverse("result-readers"), county.people["chief"])
    chief.get_by_label("按角色").select_option("office_head")
    chief.get_by_label("理由", exact=True).fill("审定前复核")
    follow(chief.get_by_role("button", name="加入名单"))
    office = open_page(reverse("office"), county.people["office"])
    accessible(office)
    follow(office.get_by_role("button", name="计算正式结果"))
    job = Job.objects.order_by("pk").last()
    assert job is not None
    run_job.func(job.pk)
    chief.goto(chief.url.replace(reverse("result-readers"), reverse("office-month", args=(PERIOD,))))
    follow(chief.get_by_role("link", name="正式").first)
    assert chief.get_by_role("heading", name="各指标的区分度").is_visible()
    accessible(chief)
    chief.go_back()
    follow(chief.get_by_role("link", name="签发并印发"))
    chief.get_by_label("文号").fill("云考办〔2026〕9号")
    follow(chief.get_by_role("button", name="签发并印发"))
    chief.get_by_text("已印发第 1 版").wait_for()
    follow(chief.get_by_role("link", name="通报", exact=True))
    chief.get_by_label("发文单位").fill("中共小县县委组织部")
    chief.get_by_label("主送").fill("各乡镇，县直各单位")
    accessible(chief)
    with chief.expect_download() as download:
        chief.get_by_role("button", name="下载通报（Word）").click()
    words = docx.Document(str(download.value.path()))
    said = "\n".join([*(one.text for one in words.paragraphs), *_cells(words)])
    assert "云考办〔2026〕9号" in said
    assert "甲镇" in said
    assert Month.objects.get().state == "published"
    assert Publication.objects.get().issue == 1


def leader_goes_from_rank_to_raw_figure(open_page: Open, county: County) -> None:
    page = open_page("/", county.people["leader"], WIDE)
    clicks = 0
    for name in ("排名", "乙镇"):
        follow(page.get_by_role("link", name=name).first)
        clicks += 1
    follow(page.get_by_role("link", name="热线办理").first)
    clicks += 1
    assert clicks <= 4
    accessible(page)
    shown = page.locator("main").inner_text()
    for words in ("91", "88.5", "剔除重复工单"):
        assert words in shown


def everyone_sees_the_unit_but_not_the_office(open_page: Open, county: County) -> None:
    page = open_page(reverse("unit-result", args=(PERIOD, "T1")), county.people["official"], PHONE)
    no_sideways(page)
    assert page.get_by_role("heading", name="甲镇").first.is_visible()
    refused = open_page("/", county.people["official"], tolerated="Failed to load resource")
    answer = refused.goto(refused.url + reverse("office-month", args=(PERIOD,)).lstrip("/"))
    assert answer is not None
    assert answer.status in (403, 404)


def _cells(words: Any) -> list[str]:
    return [one.text for table in words.tables for row in table.rows for one in row.cells]
