"""In real Chromium at both widths: tasks without a figure, a veto, a unit's own workbook, and what a phone is shown."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page

from baton.assessment.actions.tasks import set_task
from baton.assessment.models import Submission
from baton.core.acting import SYSTEM
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from county import County, make_county
from reporting import GRID, client_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON_A_PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
LONG = "云山龙潭国家级自然保护区管理服务中心敬老院消防安全隐患整改与低效用地清理"


@pytest.fixture
def month(settings: Any, transactional_db: None) -> County:
    county = make_county(settings)
    county.month()
    given = {"unit": county.units["T2"].pk, "department": county.units["D1"].pk}
    set_task(by=SYSTEM, code="XM009", title=LONG, due=date(2026, 12, 20), **given)
    return county


def own_trial(county: County) -> str:
    """Upload a township's own workbook; gives the address of its trial."""
    room, client = "/report/2026-09/T1", client_of(county.people["t1"])
    book = openpyxl.load_workbook(BytesIO(client.get(f"{room}/template?own=1").content))
    sheet = book.worksheets[0]
    row = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == "整改亩数（亩）")
    sheet.cell(row, 5, 12)
    out = BytesIO()
    book.save(out)
    answer = client.post(f"{room}/workbook", {"file": SimpleUploadedFile("甲镇自报.xlsx", out.getvalue())})
    return str(answer.headers["Location"])


PLACES: dict[str, tuple[str, Callable[[County], str]]] = {
    "tasks": ("office", lambda _: "/tracking/tasks"),
    "task": ("d1", lambda county: f"/tracking/tasks/{county.units['T2'].tasks.get().pk}"),
    "set": ("office", lambda _: "/tracking/task"),
    "veto": ("d2", lambda _: "/ledger/note?item=V1"),
    "workbook": ("t1", lambda _: "/report/2026-09/T1/workbook"),
    "trial": ("t1", own_trial),
}


def looked_at(page: Page, name: str) -> None:
    accessible(page)
    no_sideways(page)
    assert page.locator("h1").count() == 1, name


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_these_pages_are_accessible_at_both_widths(month: County, open_page: Open, viewport: dict[str, int]) -> None:
    for name, (who, place) in PLACES.items():
        looked_at(open_page(place(month), month.people[who], viewport), name)


def test_what_a_phone_is_shown(month: County, open_page: Open) -> None:
    month.enter("d2", "HOT", {"T1": "95"})
    report = Submission.objects.get(unit=month.units["T1"])
    for who, address in (("d2", GRID), ("d2", f"{GRID}/workbook"), ("t1", f"/report/own/{report.pk}")):
        page = open_page(address, month.people[who], {"width": 844, "height": 390}, user_agent=ON_A_PHONE)
        looked_at(page, address)
        assert "手机上只能查看" in page.inner_text("main"), "on its side a phone is wide, and a phone all the same"
        assert not page.locator("main input:not([type=hidden]):not([type=file])").count()
