"""The grid of a department: who may open it, what it holds, how what is typed is kept, checked, entered, taken back."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from baton.assessment.models import Batch, DraftCell, Figure
from county import County
from reporting import GRID, cell, client_of, posted

HAN = re.compile(r"[\u4e00-\u9fff]+")


def page(client: Client, address: str = GRID) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def enter(client: Client, **given: Any) -> Any:
    """Go through grid and check as a browser without script does."""
    answer = client.post(GRID, posted(client, **given.pop("cells")))
    assert answer.status_code == 302, answer.content.decode()
    check = client.get(answer.headers["Location"])
    key = re.search(r'name="key" value="(\w+)"', check.content.decode())
    assert key is not None
    return client.post(answer.headers["Location"], {"key": key[1], **given}, follow=True)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("d2", 200),
        ("office", 200),
        ("chief", 200),
        ("d1", 403),
        ("t1", 403),
        ("leader", 403),
        ("official", 403),
        ("nobody", 403),
    ],
)
def test_only_who_reports_and_the_office_open_a_grid(month: County, who: str, status: int) -> None:
    client = client_of(month.people[who])
    assert client.get(GRID).status_code == status
    drafts = client.post(f"{GRID}/drafts", json.dumps({"cells": []}), "application/json")
    assert drafts.status_code == status
    assert client.get(f"{GRID}/check").status_code == status
    assert client.post(f"{GRID}/undo").status_code == (422 if status == 200 else status)


def test_a_month_or_unit_that_is_not_there_is_not_found(month: County) -> None:
    client = client_of(month.people["d2"])
    assert client.get("/report/2026-10/D2").status_code == 404
    assert client.get("/report/2026-09/D9").status_code == 404


def test_a_unit_that_reports_about_nobody_is_told_so(month: County) -> None:
    assert "没有要报的数" in page(client_of(month.people["t1"]), "/report/2026-09/T1")


def test_all_units_stand_side_by_side_in_the_order_of_the_list(
    month: County, django_assert_max_num_queries: Any
) -> None:
    client = client_of(month.people["d2"])
    with django_assert_max_num_queries(25):
        text = page(client)
    assert [text.index(f'name="{cell(code)}"') for code in ("T1", "T2", "T3", "D1")] == sorted(
        text.index(f'name="{cell(code)}"') for code in ("T1", "T2", "T3", "D1")
    )
    assert f'name="{cell("D2")}"' not in text, "what a department reports about itself goes another way"
    assert "涉及本单位，回避" in text
    assert "已报 0 / 应报 4" in text
    assert "热线得分（分）" in text


def test_english_has_no_chinese_but_data(month: County) -> None:
    month.enter("d2", "HOT", {"T1": "95", "T2": "950"})
    text = page(client_of(month.people["d2"], "en"))
    data = {"中文", "热线", "办理", "得分", "分", "无", "万", "亿", *(one.name for one in month.units.values())}
    data |= {one.name for one in month.people.values()} | {"热线办理", "热线得分", "乡镇组", "部门组", "指挥棒"}
    body = text[text.index("<main") : text.index("</main>")]
    assert {found for found in HAN.findall(body) if found not in data} == set()


def test_what_is_entered_is_checked_first_and_counts_once(month: County) -> None:
    client = client_of(month.people["d2"])
    answer = enter(client, cells={"T1": "９５", "T2": "1,093.5", "T3": "无"})
    text = answer.content.decode()
    assert "已提交 3 个数" in text, re.findall(r"(?s)<div class=.errors.*?</div>", text)
    assert sorted(Figure.objects.values_list("unit__code", "value", "absent")) == [
        ("T1", "95", ""),
        ("T2", "1093.5", ""),
        ("T3", "", "none"),
    ]
    assert not DraftCell.objects.exists()
    assert not any(Figure.objects.values_list("preliminary", flat=True))


def test_the_same_check_sent_twice_enters_once(month: County) -> None:
    client = client_of(month.people["d2"])
    client.post(GRID, posted(client, T1="95"))
    for _ in range(2):
        client.post(f"{GRID}/check", {"key": "k1"})
    assert Batch.objects.count() == 1


def test_errors_stand_on_top_and_at_their_cells_and_keep_what_was_typed(month: County) -> None:
    client = client_of(month.people["d2"])
    answer = client.post(GRID, posted(client, T1="约三百", T2="95"))
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'href="#{cell("T1")}"' in text
    field = text[text.index(f'id="{cell("T1")}"') :][:600]
    assert 'value="约三百"' in field
    assert 'aria-invalid="true"' in field
    assert 'value="95"' in text[text.index(f'id="{cell("T2")}"') :][:200]
    assert not Figure.objects.exists()
    assert 'value="约三百"' in page(client), "a draft outlives the page"


def test_preliminary_figures_are_marked_and_made_final(month: County) -> None:
    client = client_of(month.people["d2"])
    enter(client, cells={"T1": "95", "T2": "96"}, preliminary="1")
    assert page(client).count("初步数</span>") == 2
    check = unescape(client.get(f"{GRID}/check").content.decode())
    assert "2 个没有变化的初步数" in check
    client.post(f"{GRID}/check", {"key": "k2", "settle": "1"})
    assert set(Figure.objects.counting().values_list("value", "preliminary")) == {("95", False), ("96", False)}


def test_two_people_on_one_figure_see_both_and_nothing_is_lost(month: County) -> None:
    mine, other = client_of(month.people["d2"]), client_of(month.people["office"])
    form = posted(mine, T1="95", T2="80")
    enter(other, cells={"T1": "97", "T3": "77"})
    answer = mine.post(GRID, form)
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "段经办" in text
    assert "已改为 97；您填的是 95" in text
    assert text.count("已改为") == 2, "on top and at the cell, and only for the cell that both typed"
    again = mine.post(GRID, posted(mine, page=text))
    assert again.status_code == 302, "who has seen the other's figure has the later word"
    mine.post(f"{GRID}/check", {"key": "k"})
    assert dict(Figure.objects.counting().values_list("unit__code", "value")) == {"T1": "95", "T2": "80", "T3": "77"}


def test_the_other_figure_can_be_taken(month: County) -> None:
    mine, other = client_of(month.people["d2"]), client_of(month.people["office"])
    form = posted(mine, T1="95")
    enter(other, cells={"T1": "97"})
    text = unescape(mine.post(GRID, form).content.decode())
    mine.post(GRID, posted(mine, page=text) | {"theirs": cell("T1")})
    assert not DraftCell.objects.exists()
    assert 'value="97"' in page(mine)


def test_the_last_batch_is_taken_back_as_one_step(month: County) -> None:
    client = client_of(month.people["d2"])
    enter(client, cells={"T1": "95"})
    enter(client, cells={"T1": "96", "T2": "88"})
    text = page(client)
    batch = re.search(r'name="batch" value="(\d+)"', text)
    assert batch is not None
    assert "撤回这一批" in text
    answer = client.post(f"{GRID}/undo", {"batch": batch[1]})
    assert answer.status_code == 302, re.findall(r'(?s)<div class="errors.*?</div>', answer.content.decode())
    assert list(Figure.objects.counting().values_list("unit__code", "value")) == [("T1", "95")]


def test_after_the_window_the_grid_is_read_only(month: County) -> None:
    client = client_of(month.people["d2"])
    enter(client, cells={"T1": "95"})
    month.on(date(2026, 10, 12))
    text = page(client)
    assert "data-cell" not in text
    assert "已于 2026-10-05 截止" in text or "截止" in text
    assert "撤回这一批" not in text
    client.post(GRID, {cell("T1"): "1"})
    assert not DraftCell.objects.exists()


def test_the_script_is_told_what_was_read_and_what_is_wrong(month: County) -> None:
    month.enter("office", "HOT", {"T3": "70"})
    client = client_of(month.people["d2"])
    cells = [
        {"name": cell("T1"), "text": "９５", "seen": "0"},
        {"name": cell("T2"), "text": "约三百", "seen": "0"},
        {"name": cell("T3"), "text": "71", "seen": "0"},
        {"name": cell("T9"), "text": "71", "seen": ""},
        {"name": "nothing", "text": "71"},
    ]
    answer = client.post(f"{GRID}/drafts", json.dumps({"cells": cells}), "application/json").json()
    told = {one["name"]: one for one in answer["cells"]}
    assert told[cell("T1")] == {"name": cell("T1"), "text": "95"}
    assert "约三百" in told[cell("T2")]["problem"]
    assert "已改为 70" in told[cell("T3")]["problem"]
    assert "problem" in told[cell("T9")]
    assert dict(DraftCell.objects.values_list("unit__code", "typed")) == {"T1": "９５", "T2": "约三百", "T3": "71"}


@pytest.mark.parametrize("body", ["", "[]", '{"cells": 1}', '{"cells": [{"name": 1}]}'])
def test_what_is_no_call_of_the_script_is_refused(month: County, body: str) -> None:
    assert client_of(month.people["d2"]).post(f"{GRID}/drafts", body, "application/json").status_code == 400


def test_drafts_are_seen_by_nobody_else_and_can_be_thrown_away(month: County) -> None:
    client = client_of(month.people["d2"])
    client.post(GRID, posted(client, T1="95") | {"keep": "1"})
    assert "有 1 处草稿" in page(client)
    assert 'value="95"' in page(client)
    assert 'value="95"' not in page(client_of(month.people["office"]))
    client.post(f"{GRID}/forget")
    assert not DraftCell.objects.exists()


def test_an_emptied_cell_takes_its_figure_back(month: County) -> None:
    client = client_of(month.people["d2"])
    enter(client, cells={"T1": "95"})
    enter(client, cells={"T1": ""})
    assert not Figure.objects.counting().exists()


def test_last_month_stands_beside_and_figures_that_slipped_are_told(month: County) -> None:
    month.on(date(2026, 9, 2)).month("2026-08")
    month.enter("d2", "HOT", {"T1": "95", "T2": "90"}, "2026-08")
    month.on(date(2026, 10, 2))
    client = client_of(month.people["d2"])
    client.post(GRID, posted(client, T1="9.5", T2="90") | {"keep": "1"})
    text = page(client)
    assert "请再看一眼（1 处）" in text
    assert "相差十倍" in text
    assert text.count("95</td>") == 1


def test_reporting_by_phone_is_off_unless_the_county_turns_it_on(month: County) -> None:
    client = client_of(month.people["d2"])
    assert "手机上只能查看" in page(client)
