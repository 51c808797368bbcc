"""Counted sheets in a browser: typed with a mistake, mended, confirmed by a second person on a phone."""

import pytest
from playwright.sync_api import Page, expect

from chromium import PHONE, Open, accessible, follow, no_sideways
from votes import leaders, make_votes_county
from year import YearCounty

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(transactional_db: None, settings: object) -> YearCounty:
    """The county in which leaders and the public vote."""
    return make_votes_county()


def looked_at(page: Page) -> None:
    accessible(page)
    no_sideways(page)


def test_counts_from_the_board_to_the_second_person(county: YearCounty, open_page: Open) -> None:
    page = open_page("/years/2025/", county.people["office"], tolerated="Failed to load resource")
    follow(page.get_by_role("link", name="查看和登记"))
    looked_at(page)
    follow(page.get_by_role("link", name="登记“县级领导评价”计票"))
    for name, value in leaders().items():
        page.locator(f'[name="T01:{name}"]').fill(value)
    page.get_by_label("第1镇的优秀").fill("11")
    follow(page.get_by_role("button", name="提交复核"))
    expect(page.get_by_role("alert")).to_contain_text("＝ 19 张")
    looked_at(page)
    page.get_by_label("第1镇的优秀").fill("12")
    follow(page.get_by_role("button", name="提交复核"))
    expect(page.get_by_role("main")).to_contain_text("90.00")
    looked_at(page)
    phone = open_page("/years/2025/votes", county.people["chief"], PHONE)
    looked_at(phone)
    follow(phone.get_by_role("link", name="待复核", exact=False))
    looked_at(phone)
    follow(phone.get_by_role("button", name="核对无误，确认"))
    expect(phone.get_by_role("status")).to_contain_text("票数进入年度计分")
