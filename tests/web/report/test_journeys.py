"""Reporting in a real Chromium: by keyboard alone, a block of 40 x 2 pasted from Excel, two people on one figure."""

from typing import Any

import pytest
from playwright.sync_api import Page

from baton.assessment.actions.months import open_month
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.models import Figure
from baton.core.acting import SYSTEM
from baton.core.models import User
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_yaml
from baton.org.choices import Role
from baton.org.models import Unit
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from county import County, make_county
from cycle import LONG, in_october, on
from people import give, make_unit, make_user
from reporting import GRID, cell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOWNSHIPS = 84
WIDE_GRID = "/report/2026-09/D01"


@pytest.fixture
def month(settings: Any, transactional_db: None) -> County:
    county = make_county(settings)
    county.month()
    return county


@pytest.fixture
def officer(settings: Any, transactional_db: None) -> User:
    """An officer of a department that reports two figures about 84 townships, the first with the longest name."""
    on(in_october(2))
    indicators = [
        {
            "code": code,
            "name": name,
            "parent": "S",
            "points": {"*": 50},
            "unit": "万元",
            "rule": {"kind": "threshold_deduct", "line": 100, "step": "0.01"},
            "frequency": "month",
            "aggregation": "last",
            "lead": "D01",
        }
        for code, name in (("M01", "固定资产投资（不含农户）序时完成率"), ("M03", "招商引资到位资金序时完成率"))
    ]
    names = [LONG, *(f"柳林驿{number}镇" for number in range(2, TOWNSHIPS + 1))]
    scheme = Scheme.model_validate(
        {
            "code": "WIDE-2026",
            "name": "宽县2026年度考核方案",
            "effective_from": "2026-02-01",
            "groups": [{"code": "W", "name": "乡镇组", "root": "Y"}],
            "units": [
                {"code": "D01", "name": "县发展和改革局"},
                *({"code": f"W{number:02d}", "name": name, "group": "W"} for number, name in enumerate(names, 1)),
            ],
            "nodes": [
                {"code": "Y", "name": "年度"},
                {"code": "S", "name": "月度", "parent": "Y", "frequency": "month"},
            ],
            "indicators": indicators,
        }
    )
    for number, unit in enumerate(scheme.units):
        make_unit(unit.code, unit.name, order=number)
    user = make_user("officer", "郑经办")
    give(user, Role.REPORTER, Unit.objects.get(code="D01"))
    adopt_scheme(by=SYSTEM, text=to_yaml(scheme))
    open_month(by=SYSTEM, period="2026-09")
    return user


_PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const given = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
}"""


def said(page: Page, words: str) -> None:
    page.locator("[data-status]", has_text=words).wait_for()


def test_a_month_is_reported_by_keyboard_alone(open_page: Open, month: County) -> None:
    page = open_page("/", month.people["d2"])
    _tab_to(page, "政府办：")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{GRID}")
    _tab_until(page, f"document.activeElement.id === '{cell('T1')}'")
    for text in ("９５", "1,093.5", "无", "88"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    said(page, "草稿已保存")
    _tab_to(page, "检查并提交")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    accessible(page)
    _tab_to(page, "提交")
    page.keyboard.press("Enter")
    page.get_by_text("已提交 4 个数").wait_for()
    found = dict(Figure.objects.counting().values_list("unit__code", "value"))
    assert found == {"T1": "95", "T2": "1093.5", "T3": "", "D1": "88"}


def _tab_to(page: Page, words: str) -> None:
    _tab_until(page, f"document.activeElement.textContent.trim().startsWith('{words}')")


def _tab_until(page: Page, condition: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    raise AssertionError(condition)


def test_forty_times_two_cells_are_pasted_checked_and_undone_as_one(open_page: Open, officer: User) -> None:
    page = open_page(WIDE_GRID, officer)
    inputs = page.locator("input[data-cell]")
    assert inputs.count() == 2 * TOWNSHIPS
    inputs.nth(0).focus()
    block = "\r\n".join(f"{1000 + number:,}\t{2000 + number}.5" for number in range(40))
    page.evaluate(_PASTE, block)
    said(page, "草稿已保存")
    values = inputs.evaluate_all("all => all.map(one => one.value)")
    assert values[:2] == ["1000", "2000.5"] or values[:2] == ["1,000", "2000.5"]
    assert values[78].replace(",", "") == "1039"
    assert not any(values[80:])
    page.keyboard.press("Control+z")
    said(page, "已撤销 80 处")
    assert not any(inputs.evaluate_all("all => all.map(one => one.value)"))


def test_two_people_on_one_figure_in_two_browsers(open_page: Open, month: County) -> None:
    first, second = (
        open_page(GRID, month.people["d2"]),
        open_page(GRID, month.people["office"], tolerated="Failed to load resource"),
    )
    for page, text in ((first, "95"), (second, "97")):
        page.locator(f"[id='{cell('T1')}']").fill(text)
        page.locator(f"[id='{cell('T2')}']").focus()
        said(page, "草稿已保存")
    first.get_by_role("button", name="检查并提交").click()
    first.get_by_role("button", name="提交", exact=True).click()
    first.get_by_text("已提交 1 个数").wait_for()
    follow(second.get_by_role("button", name="检查并提交"))
    alert = second.get_by_role("alert")
    alert.wait_for()
    assert "已改为 95；您填的是 97" in alert.inner_text()
    accessible(second)
    second.get_by_role("button", name="用对方的数").click()
    second.wait_for_load_state()
    assert second.locator(f"[id='{cell('T1')}']").input_value() == "95"


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_widest_grid_is_accessible_and_does_not_scroll_sideways(
    open_page: Open, officer: User, viewport: dict[str, int]
) -> None:
    page = open_page(WIDE_GRID, officer, viewport)
    accessible(page)
    no_sideways(page)
    assert len(page.content()) < 300_000
    shown = page.locator("input[data-cell]").first.is_visible()
    assert shown is (viewport is WIDE), "on a phone one looks and does not type"
