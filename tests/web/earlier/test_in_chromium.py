"""The office brings in a table of results in a real Chromium, from its trial to taking it back."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from baton.assessment.models import PastResult
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from county import make_county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def table() -> bytes:
    book = openpyxl.Workbook()
    for row in (["单位", "期间", "得分", "名次", "等次"], ["甲镇", "2025年", 92.5, 1, "优秀"]):
        book.active.append(row)  # type: ignore[union-attr]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_table_comes_in_and_is_taken_back(open_page: Open, settings: Any, size: dict[str, int]) -> None:
    county = make_county(settings)
    page = open_page(reverse("earlier"), county.people["office"], size)
    accessible(page)
    page.locator("#file-results").set_input_files({"name": "往年.xlsx", "mimeType": "", "buffer": table()})
    page.get_by_role("button", name="试算").first.click()
    page.get_by_text("将补录 1 条结果").wait_for()
    accessible(page)
    no_sideways(page)
    page.get_by_label("公布文件").fill("云委发〔2026〕3号")
    page.get_by_role("button", name="确认补录 1 条").click()
    page.get_by_text("已补录 1 条结果").wait_for()
    accessible(page)
    no_sideways(page)
    assert PastResult.objects.count() == 1
    page.get_by_role("button", name="撤回“云委发〔2026〕3号”").click()
    page.get_by_text("已撤回 1 条").wait_for()
    assert not PastResult.objects.exists()
