"""A year-end in a browser: trial with its sensitive points, a decision over the quota, publicity, a unit's own look."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from baton.assessment.actions.annual.year import open_annual, run_annual
from baton.assessment.actions.objections import assign_objection, give_opinion
from baton.assessment.choices import LedgerKind, RunKind
from baton.assessment.models import Objection
from chromium import PHONE, Open, accessible, follow, no_sideways
from cycle import on
from year import YEAR, YearCounty, make_year_county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None, settings: object) -> YearCounty:
    """The county whose year is over, with a veto and an official run."""
    county = make_year_county()
    county.event("T02", "V1", LedgerKind.VETO, document="县纪〔2025〕8号")
    open_annual(by=county.by("office"), year=YEAR)
    run_annual(by=county.by("office"), year=YEAR, kind=RunKind.OFFICIAL)
    return county


def looked_at(page: Page) -> None:
    accessible(page)
    no_sideways(page)


def objects(phone: Page) -> None:
    """Object to the veto on a phone, from the unit's page of the year."""
    phone.goto(phone.url.rsplit("/", 1)[0])
    follow(phone.get_by_role("link", name="对这份结果提出异议"))
    phone.get_by_label("扣分或加分").check()
    phone.get_by_label("统计弄虚作假", exact=False).check()
    phone.get_by_label("理由").fill("查处文件已经复议撤销")
    looked_at(phone)
    follow(phone.get_by_role("button", name="提交"))
    expect(phone.get_by_role("status")).to_contain_text("异议已受理，编号 YY2025-1-01")


def test_a_year_end_from_the_trial_to_what_a_unit_sees(county: YearCounty, open_page: Open) -> None:
    page = open_page(
        "/years/",
        county.people["chief"],
        tolerated="Failed to load resource",
    )
    looked_at(page)
    follow(page.get_by_role("link", name="办理"))
    looked_at(page)
    follow(page.get_by_role("link", name="正式 #", exact=False))
    expect(page.get_by_role("heading", name="敏感点")).to_be_visible()
    looked_at(page)
    follow(page.get_by_role("link", name="返回办理"))
    follow(page.get_by_role("link", name="登记审定结果"))
    looked_at(page)
    page.get_by_label("会议纪要或文件号").fill("云委〔2026〕3号")
    page.get_by_label("第5镇的审定等次").select_option("A")
    page.get_by_label("第5镇与建议不同的理由").fill("防汛抗灾表现突出")
    follow(page.get_by_role("button", name="登记审定结果"))
    expect(page.get_by_role("alert")).to_contain_text("多 1 个")
    expect(page.get_by_label("第5镇与建议不同的理由")).to_have_value("防汛抗灾表现突出")
    looked_at(page)
    page.get_by_label("第4镇的审定等次").select_option("B")
    page.get_by_label("第4镇与建议不同的理由").fill("专项任务未完成")
    follow(page.get_by_role("button", name="登记审定结果"))
    follow(page.get_by_role("link", name="开始公示"))
    page.get_by_label("受理部门和电话").fill("县考核办 0739-0000000")
    looked_at(page)
    follow(page.get_by_role("button", name="开始公示"))
    expect(page.get_by_role("status")).to_contain_text("公示到 2026-01-19")
    phone = open_page("/years/2025/results", county.people["t02_head"], PHONE)
    looked_at(phone)
    follow(phone.get_by_role("link", name="第2镇"))
    expect(phone.get_by_role("main")).to_contain_text("统计弄虚作假")
    looked_at(phone)
    follow(phone.get_by_role("link", name="Y01", exact=False))
    looked_at(phone)
    objects(phone)
    on(date(2026, 1, 20))
    page.reload()
    follow(page.get_by_role("link", name="印发"))
    page.get_by_label("文号").fill("云委〔2026〕5号")
    follow(page.get_by_role("button", name="印发"))
    expect(page.get_by_role("alert")).to_contain_text("还没有答复：YY2025-1-01")
    follow(page.get_by_role("link", name="返回办理"))
    looked_at(page)
    row = Objection.objects.get()
    assign_objection(by=county.by("office"), objection=row.pk, department=county.units["D1"].pk)
    give_opinion(by=county.by("d1"), objection=row.pk, opinion="查处文件有效")
    follow(page.get_by_role("link", name="YY2025-1-01"))
    looked_at(page)
    page.get_by_label("不成立").check()
    page.get_by_label("书面答复").fill("查处文件有效，维持原结果。")
    follow(page.get_by_role("button", name="答复"))
    page.goto(page.url.split("/objections")[0] + "/years/2025/publish")
    page.get_by_label("文号").fill("云委〔2026〕5号")
    follow(page.get_by_role("button", name="印发"))
    expect(page.get_by_role("main")).to_contain_text("已印发")
