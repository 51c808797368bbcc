"""A unit head checks, contests and signs on a phone, in real Chromium."""

from typing import Any

import pytest
from django.urls import reverse

from baton.assessment.models import Check, Contest
from baton.org.choices import Role
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from cycle import PERIOD, make_cycle
from people import give, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_unit_head_contests_a_cell_and_signs_the_rest_on_a_phone(open_page: Open, settings: Any) -> None:
    cycle = make_cycle()
    cycle.figure("T01")
    cycle.figure("T01", "M09", "12", reporter="D46")
    head = make_user()
    give(head, Role.UNIT_HEAD, cycle.units["T01"])
    refused = "Failed to load resource: the server responded with a status of 422"
    page = open_page(reverse("check"), head, PHONE, tolerated=refused)
    accessible(page)
    no_sideways(page)
    assert not page.locator("thead").first.is_visible()
    assert page.locator("tbody tr").count() == 2
    assert page.locator("tbody tr").first.evaluate("row => getComputedStyle(row).display") == "block"
    follow(page.get_by_role("link", name="提出异议").first)
    accessible(page)
    follow(page.get_by_role("button", name="提交异议"))
    accessible(page)
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("应为多少").fill("39460")
    page.get_by_label("理由", exact=True).fill("漏报一笔")
    follow(page.get_by_role("button", name="提交异议"))
    assert page.get_by_text("除 1 项有异议以外，其余 1 项核对无误").is_visible()
    no_sideways(page)
    accessible(page)
    follow(page.get_by_role("button", name="核对无误，签收"))
    assert page.get_by_text("HD-202609-T01-1", exact=True).is_visible()
    accessible(page)
    no_sideways(page)
    assert Check.objects.get().by == head
    assert Contest.objects.get().claimed == "39460"


def test_the_same_sheet_is_a_table_at_the_desk(open_page: Open, settings: Any) -> None:
    cycle = make_cycle()
    cycle.figure("T01")
    head = make_user()
    give(head, Role.UNIT_HEAD, cycle.units["T01"])
    page = open_page(reverse("check-sheet", args=(PERIOD, "T01")), head, WIDE)
    assert page.locator("thead").first.is_visible()
    assert page.locator("tbody tr").first.evaluate("row => getComputedStyle(row).display") == "table-row"
    accessible(page)
