"""Pages of special assessments: refused without a filing number, reported, checked, scored, published, and seen."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.special_scores import publish_special, score_special
from baton.assessment.actions.specials import open_special, sign_special
from baton.assessment.choices import RunKind
from baton.assessment.models import DraftCell, Figure, Special
from baton.core.models import StoredFile
from county import County, make_county
from reporting import client_of
from special import SPECIAL_SCHEME, filled, opened, opening, planned_item

DAYS = {"first": "2026-07", "last": "2026-09", "report_until": "2026-10-10", "check_until": "2026-10-15"}


@pytest.fixture
def county(db: None, settings: Any) -> County:
    """The small county on the 2nd of October 2026."""
    return make_county(settings)


def text_of(client: Client, name: str, *given: object) -> str:
    answer = client.get(reverse(name, args=given))
    assert answer.status_code == 200, name
    return unescape(answer.content.decode())


def test_off_the_plan_it_is_refused_with_what_was_typed_until_the_reason_is_filed(county: County) -> None:
    office, head = client_of(county.people["office"]), client_of(county.people["chief"])
    assert "没有可以启动的考核事项" in text_of(office, "special-open")
    item = planned_item(county, off_plan=True)
    given = {"item": str(item.pk), "scheme": SPECIAL_SCHEME, **DAYS}
    refused = office.post(reverse("special-open"), given)
    said = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "单独理由还没有备案" in said
    assert 'href="#item"' in said
    assert "重点项目建设专项考核方案" in said
    head.post(reverse("plan-item", args=[item.pk]), {"verdict": "yes"})
    assert reverse("special-open") + f"?item={item.pk}" in text_of(office, "plan-item", item.pk)
    file = SimpleUploadedFile("方案.yaml", SPECIAL_SCHEME.encode())
    done = office.post(reverse("special-open"), {**given, "scheme": "", "file": file}, follow=True)
    assert "专项考核已启动" in done.content.decode()
    assert Special.objects.get().item == item
    assert reverse("special", args=[Special.objects.get().pk]) in text_of(office, "plan-item", item.pk)


def test_everything_that_cannot_be_read_is_told_at_its_field(county: County) -> None:
    planned_item(county)
    office = client_of(county.people["office"])
    file = SimpleUploadedFile("方案.xlsx", b"\xff\xfe\x00\xd8")
    answer = office.post(reverse("special-open"), {"item": "", "report_until": "十日", "file": file})
    text = answer.content.decode()
    for field in ("item", "report_until", "check_until", "problems"):
        assert f'href="#{field}"' in text, field


def posted(county: County, special: Special, who: str, code: str, **typed: Any) -> Any:
    client = client_of(county.people[who])
    return client.post(reverse("special-grid", args=[special.pk, code]), {"seen": "{}", **typed}, follow=True)


def test_the_grid_saves_all_or_nothing_and_keeps_what_was_typed(county: County) -> None:
    special = opened(county)
    cells = {"T1:ZINV.actual:2026-09": "３０", "T2:ZINV.actual:2026-09": "十五"}
    wrong = posted(county, special, "d1", "D1", **cells)
    page = unescape(wrong.content.decode())
    assert wrong.status_code == 422
    assert 'value="十五"' in page
    assert 'aria-invalid="true"' in page
    assert not Figure.objects.exists()
    done = posted(county, special, "d1", "D1", **cells | {"T2:ZINV.actual:2026-09": "15"})
    assert "已保存 2 个数" in done.content.decode()
    assert Figure.objects.get(unit__code="T1").value == "30"
    assert "没有变化" in posted(county, special, "d1", "D1", **{"T2:ZINV.actual:2026-09": "15"}).content.decode()
    late = posted(county, special, "d1_clerk", "D1", **{"T2:ZINV.actual:2026-09": "16"})
    assert late.status_code == 422
    assert "系统里已有或随月报来" in text_of(client_of(county.people["t1"]), "special-grid", special.pk, "T1")


def test_what_is_typed_is_kept_and_read_at_once(county: County) -> None:
    special = opened(county)
    client = client_of(county.people["d1"])
    body = '{"cells": [{"name": "T1:ZINV.actual:2026-09", "text": "３０", "seen": "0"}]}'
    told = client.post(reverse("special-typed", args=[special.pk, "D1"]), body, "application/json")
    assert told.json()["cells"] == [{"name": "T1:ZINV.actual:2026-09", "text": "30"}]
    assert 'value="３０"' in text_of(client, "special-grid", special.pk, "D1")
    assert 'value="３０"' not in text_of(client_of(county.people["d1_clerk"]), "special-grid", special.pk, "D1")
    posted(county, special, "d1", "D1", **{"T1:ZINV.actual:2026-09": "30"})
    assert not DraftCell.objects.exists()


def test_a_workbook_is_tried_and_taken_whole_and_its_cells_are_named(county: County) -> None:
    special = opened(county)
    client = client_of(county.people["d1"])
    form = client.get(reverse("special-form", args=[special.pk, "D1", "2026-09"]))
    book = openpyxl.load_workbook(BytesIO(form.content))
    sheet = book.worksheets[0]
    rows = {str(sheet.cell(row, 2).value): row for row in range(1, sheet.max_row + 1)}
    sheet.cell(rows["T1"], 5).value = 30
    sheet.cell(rows["T2"], 5).value = "约十五"
    assert taken(client, special, book).status_code == 200
    assert not Figure.objects.exists()
    sheet.cell(rows["T2"], 5).value = 15
    page = taken(client, special, book)
    agreed = page.content.decode().split('name="agreed" value="')[1].split('"')[0]
    done = client.post(page.request["PATH_INFO"], {"agreed": agreed}, follow=True)
    assert "已保存 2 个数" in done.content.decode()
    figure = Figure.objects.get(unit__code="T1")
    assert (figure.value, bool(figure.cell)) == ("30", True)
    assert "九月.xlsx" in text_of(client_of(county.people["t1"]), "special-check", special.pk, "T1")
    empty = client.post(reverse("special-upload", args=[special.pk, "D1"]), {})
    assert empty.status_code == 422


def taken(client: Client, special: Special, book: Any) -> Any:
    content = BytesIO()
    book.save(content)
    file = SimpleUploadedFile("九月.xlsx", content.getvalue())
    return client.post(reverse("special-upload", args=[special.pk, "D1"]), {"file": file}, follow=True)


def test_a_unit_signs_or_contests_and_the_office_answers(county: County) -> None:
    special = filled(county, opened(county))
    unit, office = client_of(county.people["t1_head"]), client_of(county.people["office"])
    address = reverse("special-check", args=[special.pk, "T1"])
    assert unit.post(address, {"verb": "contest", "note": ""}).status_code == 422
    unit.post(address, {"verb": "contest", "note": "9 月应为 35"})
    assert "9 月应为 35" in text_of(office, "special", special.pk)
    assert office.post(address, {"verb": "uphold", "answer": ""}).status_code == 422
    assert "已答复" in office.post(address, {"verb": "reject", "answer": "有进账单为准"}, follow=True).content.decode()
    assert "有进账单为准" in text_of(unit, "special-check", special.pk, "T1")
    assert "已确认无误" in unit.post(address, {"verb": "sign"}, follow=True).content.decode()
    assert client_of(county.people["t2"]).get(address).status_code == 404
    assert client_of(county.people["d2"]).get(reverse("special", args=[special.pk])).status_code == 404


def test_the_office_scores_and_the_head_publishes_and_units_see_how(county: County) -> None:
    special = opened(county)
    office, head = client_of(county.people["office"]), client_of(county.people["chief"])
    score = reverse("special-score", args=[special.pk])
    told = unescape(office.post(score, {"kind": "trial"}, follow=True).content.decode())
    assert "没有算成" in told
    filled(county, special)
    assert office.post(score, {"kind": "official"}).status_code == 422
    assert client_of(county.people["d1"]).post(score, {"kind": "trial"}).status_code == 403
    for who, code in (("t1", "T1"), ("t2", "T2")):
        sign_special(by=county.by(who), special=special.pk, unit=county.units[code].pk)
    office.post(score, {"kind": "official"})
    unit = client_of(county.people["t1"])
    assert unit.get(reverse("special-results", args=[special.pk])).status_code == 404
    address = reverse("special", args=[special.pk])
    assert head.post(address, {"document": ""}).status_code == 422
    done = head.post(address, {"document": "云考办发〔2026〕11号"}, follow=True)
    assert "结果已公布" in done.content.decode()
    league = text_of(unit, "special-results", special.pk)
    assert "乙镇" in league
    assert reverse("special-calculation", args=[special.pk, "T1"]) in league
    assert reverse("special-calculation", args=[special.pk, "T2"]) not in league
    page = text_of(unit, "special-calculation", special.pk, "T1")
    assert "完成率法" in page
    assert "60 × 90 ÷ 90" in page
    assert unit.get(reverse("special-calculation", args=[special.pk, "T2"])).status_code == 404
    assert client_of(county.people["leader"]).get(reverse("special-results", args=[special.pk])).status_code == 200
    withdraw = reverse("special-withdraw", args=[special.pk])
    assert office.post(withdraw, {"reason": "有误"}).status_code == 403
    assert head.post(withdraw, {"reason": ""}).status_code == 422
    assert "撤回结果" in text_of(head, "special", special.pk)
    english = client_of(county.people["t1"], "en").get(reverse("special-calculation", args=[special.pk, "T1"]))
    assert "By hand" in english.content.decode()


def test_who_is_not_concerned_sees_an_empty_list_and_opens_nothing(county: County) -> None:
    special = opened(county)
    other = client_of(county.people["d2"])
    assert "还没有与您的单位有关的专项考核" in text_of(other, "specials")
    assert other.get(reverse("special-open")).status_code == 403
    for name, given in (("special-grid", "D1"), ("special-check", "T1")):
        assert other.get(reverse(name, args=[special.pk, given])).status_code == 404
    listed = client_of(county.people["t1"])
    assert special.item.title in text_of(listed, "specials")
    assert listed.get(reverse("specials"), {"export": "xlsx"}).content[:2] == b"PK"


def test_pages_ask_few_questions(county: County, django_assert_max_num_queries: Any) -> None:
    special = filled(county, opened(county))
    county.on(date(2026, 10, 16))
    score_special(by=county.by("office"), special=special.pk, kind=RunKind.OFFICIAL)
    publish_special(by=county.by("chief"), special=special.pk, document="云考办发〔2026〕11号")
    client = client_of(county.people["office"])
    pages: list[tuple[str, tuple[object, ...]]] = [
        ("specials", ()),
        ("special", (special.pk,)),
        ("special-grid", (special.pk, "D1")),
        ("special-check", (special.pk, "T1")),
        ("special-verify", (special.pk,)),
        ("special-reopen", (special.pk,)),
        ("special-results", (special.pk,)),
        ("special-calculation", (special.pk, "T1")),
    ]
    for name, given in pages:
        with django_assert_max_num_queries(25):
            assert client.get(reverse(name, args=given)).status_code == 200


def test_a_figure_that_wants_evidence_comes_with_its_file(county: County) -> None:
    figures = "figures: {actual: 走访企业数}"
    wanted = SPECIAL_SCHEME.replace(figures, f"{figures}\n    evidence: required")
    item = planned_item(county)
    special = open_special(by=county.by("office"), given=opening(item, text=wanted))
    cells = {"T1:ZVIS.actual:2026-Q3": "10"}
    bare = posted(county, special, "t1", "T1", **cells)
    assert bare.status_code == 422
    assert 'href="#evidence"' in bare.content.decode()
    file = SimpleUploadedFile("走访台账.pdf", b"%PDF-1.4\n%%EOF\n")
    assert "已保存 1 个数" in posted(county, special, "t1", "T1", **cells, evidence=file).content.decode()
    unit = client_of(county.people["t1"])
    assert "走访台账.pdf" in text_of(unit, "special-grid", special.pk, "T1")
    kept = reverse("file", args=[StoredFile.objects.get().pk])
    assert unit.get(kept).status_code == 200
    assert client_of(county.people["t2"]).get(kept).status_code == 404
    assert 'name="evidence"' not in text_of(client_of(county.people["d1"]), "special-grid", special.pk, "D1")
    department = client_of(county.people["d1"])
    assert kept in text_of(department, "special-verify", special.pk), "who verifies sees what shows it"
    assert department.get(kept).status_code == 200
    assert client_of(county.people["d2"]).get(kept).status_code == 404


def test_a_department_verifies_what_it_ticked_and_sends_back_with_the_reason(county: County) -> None:
    special = filled(county, opened(county), verified=False)
    client, address = client_of(county.people["d1"]), reverse("special-verify", args=[special.pk])
    page = text_of(client, "special-verify", special.pk)
    assert "走访企业" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    bare = client.post(address, {"verb": "return", "seen": seen, "report": "ZVIS:T2", "reason": ""})
    assert bare.status_code == 422
    (box,) = re.findall('<input[^>]*value="ZVIS:T2"[^>]*>', bare.content.decode())
    assert "checked" in box.split()[-1]
    assert client.post(address, {"verb": "verify", "seen": seen}).status_code == 422
    sent = client.post(address, {"verb": "return", "seen": seen, "report": "ZVIS:T2", "reason": "缺台账"}, follow=True)
    assert "已退回 1 份报数" in sent.content.decode()
    assert "缺台账" in text_of(client_of(county.people["t2"]), "special-grid", special.pk, "T2")
    done = client.post(address, {"verb": "verify", "seen": seen, "report": ["ZVIS:T1", "ZVIS:T2"]}, follow=True)
    assert "已核实通过 2 份报数" in done.content.decode()
    assert client_of(county.people["t1"]).get(address).status_code == 404
    office = text_of(client_of(county.people["office"]), "special-verify", special.pk)
    assert 'name="verb"' not in office


def test_an_official_run_before_all_is_verified_asks_why(county: County) -> None:
    special = filled(county, opened(county), verified=False)
    county.on(date(2026, 10, 16))
    office, address = client_of(county.people["office"]), reverse("special-score", args=[special.pk])
    assert "还有 2 份报数没有核实" in text_of(office, "special", special.pk)
    refused = office.post(address, {"kind": "official", "reason": ""})
    assert refused.status_code == 422
    assert 'href="#reason"' in refused.content.decode()
    done = office.post(address, {"kind": "official", "reason": "部门负责人出差"}, follow=True)
    assert "没等全部核实：部门负责人出差" in done.content.decode()


def test_the_office_opens_days_again_and_whom_it_concerns_sees_why(county: County) -> None:
    special = opened(county)
    county.on(date(2026, 10, 17))
    office, address = client_of(county.people["office"]), reverse("special-reopen", args=[special.pk])
    assert client_of(county.people["d1"]).get(address).status_code == 403
    wrong = unescape(office.post(address, {"stage": "result", "unit": "0", "until": "明天"}).content.decode())
    for name in ("stage", "unit", "until", "reason"):
        assert f'href="#{name}"' in wrong, name
    given = {"stage": "report", "unit": str(county.units["T1"].pk), "until": "2026-10-20", "reason": "停电两天"}
    done = office.post(address, given, follow=True)
    assert "已重新开放，有关单位已通知" in done.content.decode()
    for who in ("t1", "t1_head", "d1"):
        assert "停电两天" in text_of(client_of(county.people[who]), "special", special.pk), who
    assert "停电两天" not in text_of(client_of(county.people["t2"]), "special", special.pk)
    saved = posted(county, special, "t1", "T1", **{"T1:ZVIS.actual:2026-Q3": "10"})
    assert "逾期报送" in saved.content.decode()
    assert "逾期未报" in text_of(office, "special", special.pk)


def book_of(client: Client, name: str, *given: object, **asked: object) -> Any:
    return openpyxl.load_workbook(BytesIO(client.get(reverse(name, args=given), asked).content))


def uploaded(book: Any) -> SimpleUploadedFile:
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("专项方案.xlsx", content.getvalue())


def test_its_scheme_comes_as_a_workbook_looked_over_by_cell_and_then_opened(county: County) -> None:
    item = planned_item(county)
    office, address = client_of(county.people["office"]), reverse("special-open")
    assert f'action="{reverse("special-starter")}"' in text_of(office, "special-open")
    book = book_of(office, "special-starter", item=item.pk)
    units = [row for row in book["单位"].iter_rows(values_only=True) if "T1" in row or "T2" in row]
    assert len(units) == 2
    given = {"item": str(item.pk), **DAYS}
    fine = unescape(office.post(address, {**given, "verb": "try", "file": uploaded(book)}).content.decode())
    assert "没有错误" in fine
    assert "重点项目建设专项考核" in fine.split('name="scheme"')[1]
    assert 'value="2026-10-10"' in fine, "what was typed is kept"
    assert not Special.objects.exists()
    sheet = book["单位"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "T2")
    cell.value = "T3"
    wrong = office.post(address, {**given, "file": uploaded(book)})
    said = unescape(wrong.content.decode())
    assert wrong.status_code == 422
    assert "不在这个计划事项的考核对象里" in said or "T3" in said
    assert f">{cell.coordinate}<" in said, "the cell is named"
    assert not Special.objects.exists()
    cell.value = "T2"
    done = office.post(address, {**given, "file": uploaded(book)}, follow=True)
    assert "专项考核已启动" in done.content.decode()
    special = Special.objects.get()
    again = book_of(client_of(county.people["t1"]), "special-scheme", special.pk)
    assert again.sheetnames == book.sheetnames
    assert client_of(county.people["d2"]).get(reverse("special-scheme", args=[special.pk])).status_code == 404


def test_a_scheme_workbook_is_for_the_office_and_an_item_that_is_there(county: County) -> None:
    item = planned_item(county)
    assert client_of(county.people["d1"]).get(reverse("special-starter"), {"item": item.pk}).status_code == 403
    office = client_of(county.people["office"])
    for wrong in ("", "x", "999"):
        assert office.get(reverse("special-starter"), {"item": wrong}).status_code == 404
    empty = unescape(office.post(reverse("special-open"), {"verb": "try"}).content.decode())
    assert 'href="#scheme"' in empty
    strange = {"verb": "try", "item": item.pk, "scheme": SPECIAL_SCHEME.replace("code: T2", "code: T3")}
    page = office.post(reverse("special-open"), strange).content.decode()
    assert ">第 11 行<" in page, "of a text the line is named"
    text = office.post(reverse("special-open"), {"verb": "try", "item": item.pk, "scheme": SPECIAL_SCHEME})
    assert text.status_code == 200
    assert "没有错误" in text.content.decode()
