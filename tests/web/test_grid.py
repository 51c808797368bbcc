"""The entry grid in a real Chromium: a block from Excel, undo in whole steps, nothing lost without a network."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from baton.core.models import User
from chromium import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS, COLUMNS = 6, 3
WORDS = {
    "saving": "正在保存",
    "saved": "已保存",
    "offline": "网络不通，已存在本机",
    "undone": "撤销了 {count} 处",
    "outside": "{count} 处在表外，没有贴入",
    "recalled": "找回 {count} 处",
}


def trial() -> str:
    """Write a page with an empty grid."""
    cells = [
        [
            f'<td><input data-cell="{y}-{x}" aria-label="{y}-{x}" aria-describedby="p{y}{x}"><p id="p{y}{x}"></p></td>'
            for x in range(COLUMNS)
        ]
        for y in range(ROWS)
    ]
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    words = json.dumps(WORDS).replace('"', "&quot;")
    return (
        f'<!doctype html><title>t</title><form data-grid data-save="/trial-save" data-words="{words}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="t"><p data-status></p>'
        f"<table><tbody>{rows}</tbody></table></form><script type=module src=/static/web/grid.js></script>"
    )


class Server:
    """Stands for the address that keeps drafts: writes down what came, reads as an office would mean it."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.calls = 0

    def __call__(self, route: Route) -> None:
        """Answer one call."""
        self.calls += 1
        told = []
        for cell in json.loads(route.request.post_data or "{}")["cells"]:
            self.kept[cell["name"]] = cell["text"]
            wrong = cell["text"] and not cell["text"].replace(".", "").replace(",", "").isdigit()
            read = cell["text"].translate(str.maketrans("０１２３４５６７８９，", "0123456789,"))
            told.append({"name": cell["name"], **({"problem": "不是数"} if wrong else {"text": read.replace(",", "")})})
        route.fulfill(content_type="application/json", body=json.dumps({"cells": told}))


@pytest.fixture
def grid(open_page: Open, user: User) -> tuple[Page, Server]:
    page, server = open_page("/sign-in", tolerated="Failed to load resource"), Server()
    page.route("**/trial", lambda route: route.fulfill(content_type="text/html", body=trial()))
    page.route("**/trial-save", server)
    page.goto(page.url.rsplit("/", 1)[0] + "/trial")
    page.wait_for_load_state()
    return page, server


_PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const given = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
}"""


def paste(page: Page, cell: str, text: str) -> None:
    """Paste as from Excel."""
    page.locator(f"[data-cell='{cell}']").focus()
    page.evaluate(_PASTE, text)


def values(page: Page) -> list[list[Any]]:
    cells = page.locator("input[data-cell]").evaluate_all("all => all.map(one => one.value)")
    return [cells[start : start + COLUMNS] for start in range(0, len(cells), COLUMNS)]


def said(page: Page, words: str) -> None:
    page.locator("[data-status]", has_text=words).wait_for()


def test_a_block_from_excel_goes_into_as_many_cells_and_comes_back_as_one_step(grid: tuple[Page, Server]) -> None:
    page, server = grid
    paste(page, "1-1", "12\t3,450\r\n９０\t5\r\n")
    said(page, "已保存")
    assert server.calls == 1
    assert values(page)[1:3] == [["", "12", "3450"], ["", "90", "5"]]
    page.keyboard.press("Control+z")
    said(page, "撤销了 4 处")
    assert values(page) == [[""] * COLUMNS] * ROWS
    said(page, "撤销了 4 处 · 已保存")
    assert set(server.kept.values()) == {""}


def test_what_falls_outside_is_told_and_not_lost_silently(grid: tuple[Page, Server]) -> None:
    page, _ = grid
    paste(page, "5-2", "1\t2\n3\t4")
    said(page, "3 处在表外")
    assert values(page)[5] == ["", "", "1"]


def test_arrows_and_enter_move(grid: tuple[Page, Server]) -> None:
    page, _ = grid
    page.locator("[data-cell='0-0']").focus()
    for key in ("Enter", "ArrowRight", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.dataset.cell") == "1-1"


def test_a_problem_stands_at_its_cell(grid: tuple[Page, Server]) -> None:
    page, _ = grid
    page.locator("[data-cell='2-0']").fill("约三百")
    said(page, "已保存")
    cell = page.locator("[data-cell='2-0']")
    assert cell.get_attribute("aria-invalid") == "true"
    assert page.locator("#p20").inner_text() == "不是数"
    assert cell.input_value() == "约三百"


def test_without_a_network_nothing_is_lost(grid: tuple[Page, Server]) -> None:
    page, server = grid
    page.context.set_offline(True)
    page.route("**/trial-save", lambda route: route.abort())
    page.locator("[data-cell='0-0']").fill("77")
    said(page, "网络不通")
    # Away from the page before the network is back, else it saves at once and has nothing left to save later.
    address = page.url
    page.goto("about:blank")
    page.context.set_offline(False)
    page.unroute("**/trial-save")
    page.route("**/trial-save", server)
    page.goto(address)
    said(page, "已保存")
    assert server.kept["0-0"] == "77"
    assert values(page)[0][0] == "77"


@pytest.mark.parametrize("how", ["the database is away", "the session has ended"])
def test_what_the_server_cannot_keep_now_is_sent_again(grid: tuple[Page, Server], how: str) -> None:
    page, server = grid
    page.unroute("**/trial-save")
    if how == "the database is away":
        page.route("**/trial-save", lambda route: route.fulfill(status=503, body="<h1>503</h1>"))
    else:
        page.route("**/trial-save", lambda route: route.fulfill(status=302, headers={"location": "/sign-in"}))
    page.locator("[data-cell='0-0']").fill("77")
    said(page, "已存在本机")
    assert "77" in page.evaluate("localStorage.getItem(Object.keys(localStorage)[0])"), "kept here meanwhile"
    page.unroute("**/trial-save")
    page.route("**/trial-save", server)
    said(page, "已保存")
    assert server.kept["0-0"] == "77"
    assert page.evaluate("localStorage.length") == 0
