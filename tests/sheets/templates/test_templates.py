"""Forms as an officer sees them: what is asked, what is locked, what a cell takes."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from baton.engine.scheme.model import Scheme
from baton.engine.terms import Reporter
from baton.sheets.templates import (
    ballots_template,
    events_template,
    lead_template,
    leads_of,
    unit_template,
    units_reporting,
)
from baton.words import Language, Refused


def opened(form: bytes, sheet: int = 0) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(form)).worksheets[sheet]


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_lead_department_gets_all_its_units_and_figures_of_the_period(scheme: Scheme) -> None:
    sheet = opened(lead_template(scheme, "D1", "2025-06"))
    assert sheet.title == "2025年6月"
    assert sheet["A1"].value == "2025年6月考核数据报送表"
    assert [cell.value for cell in sheet[5] if cell.value] == [
        "累计完成投资（万元）",
        "累计增速（%）",
        "按期办结数（件）",
        "应办结数（件）",
    ]
    assert [sheet.cell(row, 4).value for row in range(6, 11)] == [
        "白水镇",
        "清河镇",
        "石门乡",
        "县发展和改革局",
        "县教育局",
    ]


def test_codes_are_hidden_and_names_are_locked(scheme: Scheme) -> None:
    sheet = opened(lead_template(scheme, "D1", "2025-06"))
    assert sheet.row_dimensions[3].hidden
    assert sheet.column_dimensions["B"].hidden
    assert sheet.protection.sheet
    assert sheet["D6"].protection.locked
    assert not sheet["E6"].protection.locked


def test_what_does_not_apply_is_grey_and_locked(scheme: Scheme, address: Callable[..., str]) -> None:
    form = lead_template(scheme, "D1", "2025-06")
    grey, entry = opened(form)[address(form, "D2", "INV|actual")], opened(form)[address(form, "T1", "INV|actual")]
    assert grey.protection.locked
    assert grey.fill.bgColor != entry.fill.bgColor or grey.fill.fgColor != entry.fill.fgColor


def test_annual_targets_of_monthly_figures_have_a_sheet_of_their_own(scheme: Scheme) -> None:
    book = openpyxl.load_workbook(BytesIO(lead_template(scheme, "D1", "2025")))
    assert book.sheetnames == ["2025年度目标", "2025年度", "填报说明"]
    assert "年度计划（万元）" in texts(book["2025年度目标"])
    assert "年度计划（万元）" not in texts(book["2025年度"])


def test_choices_are_drop_downs_and_numbers_are_checked(scheme: Scheme) -> None:
    rules = opened(lead_template(scheme, "D2", "2025-06")).data_validations.dataValidation
    assert any(rule.type == "list" and rule.formula1 == '"是,否"' for rule in rules)
    numbers = [rule for rule in rules if rule.type == "custom"]
    assert numbers
    assert all("ISNUMBER" in rule.formula1 and "无" in rule.formula1 for rule in numbers)
    yearly = opened(lead_template(scheme, "D2", "2025")).data_validations.dataValidation
    assert any(rule.formula1 == '"好,较好,一般"' for rule in yearly)
    assert any(rule.formula1 == '"0,0.5,1"' for rule in yearly)


def test_the_explanation_says_who_what_and_how(scheme: Scheme) -> None:
    said = texts(openpyxl.load_workbook(BytesIO(lead_template(scheme, "D1", "2025-06")))["填报说明"])
    assert any("县发展和改革局一次报全部单位" in text for text in said)
    assert "M1 固定资产投资序时完成率" in said
    assert "累计完成÷计划" in said
    assert "不要" in said


def test_a_unit_reports_its_own_goals_in_rows(scheme: Scheme) -> None:
    form = unit_template(scheme, "D2", "2025")
    assert units_reporting(scheme, "2025") == ("D2",)
    sheet = opened(form)
    assert "G1 新建学校 2 所" in texts(sheet)
    assert "第2条" in texts(sheet)
    assert "必须附" in texts(opened(form, 1))


def test_leads_are_those_with_something_to_report(scheme: Scheme) -> None:
    assert leads_of(scheme, "2025-06") == ("D1", "D2")
    assert leads_of(scheme, "2025-Q2") == ("D1",)
    with pytest.raises(Refused) as refused:
        lead_template(scheme, "D2", "2025-Q2")
    assert [problem.code for problem in refused.value.problems] == ["sheets.nothing_to_report"]


def test_figures_of_others_can_be_asked_for(scheme: Scheme) -> None:
    everyone = frozenset(Reporter)
    assert "完成数（所）" in texts(opened(lead_template(scheme, "D1", "2025", reporters=everyone), 1))
    assert "完成数（所）" not in texts(opened(lead_template(scheme, "D1", "2025"), 1))


def test_ballots_are_counted_by_unit(scheme: Scheme) -> None:
    sheet = opened(ballots_template(scheme, 2025))
    assert sheet.title == "A票"
    assert [cell.value for cell in sheet[4] if cell.value] == [
        *("序号", "代码", "单位", "应到", "发出", "收回", "有效", "无效", "弃权", "优秀", "良好", "较差", "计票核对")
    ]


def test_events_offer_units_items_and_levels(scheme: Scheme) -> None:
    book = openpyxl.load_workbook(BytesIO(events_template(scheme, 2025)))
    lists = book["选项"]
    assert lists.sheet_state == "hidden"
    assert {cell.value for cell in lists["B"] if cell.value} == {"B1 受表彰", "K1 逾期整改", "N1 安全事故"}
    assert "每 1 计 0.3 分" in texts(book["事项目录"])


def test_forms_speak_english_and_are_the_same_bytes_each_time(scheme: Scheme) -> None:
    english = lead_template(scheme, "D1", "2025-06", Language.ENGLISH)
    assert "How to fill in" in openpyxl.load_workbook(BytesIO(english)).sheetnames
    assert english == lead_template(scheme, "D1", "2025-06", Language.ENGLISH)
