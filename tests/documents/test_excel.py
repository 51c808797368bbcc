"""Excel workbooks: read back with openpyxl, what was written is what is there, exactly and every time."""

import datetime
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.documents import excel
from baton.documents.excel.cells import fits_excel
from baton.documents.excel.formats import number_format
from baton.documents.excel.names import is_name
from baton.words import Language, Refused, render

D = Decimal
POINTS = excel.Column("得分", excel.Kind.DECIMAL, 2, note="四舍五入到两位小数")
UNIT = excel.Column("单位")


def league(**more: Any) -> excel.Sheet:
    table = excel.Table(
        (UNIT, POINTS, excel.Column("完成率", excel.Kind.PERCENT, 1), excel.Column("状态", excel.Kind.LIGHT)),
        (
            (excel.Link("云渡镇", "T01"), D("93.217"), D("0.953"), excel.Light(excel.Level.NORMAL, "正常")),
            (excel.Noted("白鹭洲镇", "一票否优"), None, D("1"), excel.Light(excel.Level.OVER, "超期")),
        ),
        groups=(excel.Group("", 1), excel.Group("结果", 3)),
    )
    return excel.Sheet("排名", "考核得分", tables=(table,), notes=("注：同分同名次。",), **more)


def unit() -> excel.Sheet:
    facts = (
        excel.Fact("总分", D("93.22"), "总分_T01", excel.Column("", excel.Kind.DECIMAL, 2)),
        excel.Fact("返回", excel.Link("返回排名", "排名")),
    )
    table = excel.Table((UNIT, POINTS), (("合计", excel.Formula("=B2*1", D("93.22"))),))
    return excel.Sheet("云渡镇:得分/明细", facts=facts, tables=(table,), key="T01")


def book(*sheets: excel.Sheet, **more: Any) -> excel.Workbook:
    return excel.Workbook(sheets or (league(), unit()), title="考核结果", created=datetime.date(2027, 1, 5), **more)


def opened(workbook: excel.Workbook, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(excel.write(workbook)), data_only=values)


def one_cell(value: excel.Value, column: excel.Column = UNIT) -> Any:
    table = excel.Table((column,), ((value,),))
    return opened(book(excel.Sheet("甲", tables=(table,)))).worksheets[0]["A2"]


def test_the_same_workbook_gives_the_same_bytes_and_holds_no_time_of_writing() -> None:
    raw = excel.write(book())
    assert excel.write(book()) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2027-01-05T00:00:00Z" in package.read("docProps/core.xml")


def test_values_formats_notes_links_and_formulas_come_back() -> None:
    wb = opened(book())
    page = wb["排名"]
    assert [page.cell(3, c).value for c in range(1, 5)] == ["单位", "得分", "完成率", "状态"]
    assert [page.cell(4, c).value for c in range(1, 5)] == ["云渡镇", 93.217, 0.953, "● 正常"]
    assert [page.cell(5, c).value for c in range(1, 5)] == ["白鹭洲镇", None, 1, "■ 超期"]
    assert page["B4"].number_format == "#,##0.00"
    assert page["C4"].number_format == "0.0%"
    assert page["A5"].comment.text == "一票否优"
    assert page["B3"].comment.text == "四舍五入到两位小数"
    assert page["A4"].hyperlink.location == "'云渡镇_得分_明细'!A1"
    assert wb["云渡镇_得分_明细"]["B2"].hyperlink.location == "'排名'!A1"
    assert wb["云渡镇_得分_明细"]["B5"].value == "=B2*1"
    assert opened(book(), values=True)["云渡镇_得分_明细"]["B5"].value == 93.22
    assert wb.defined_names["总分_T01"].attr_text == "'云渡镇_得分_明细'!$B$1"


def test_screen_and_paper() -> None:
    page = opened(book(league(frozen_columns=1), unit()))["排名"]
    assert page.freeze_panes == "B4"
    assert page.auto_filter.ref == "A3:D5"
    assert page.print_title_rows == "$2:$3"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_a_sheet_of_several_tables_repeats_the_header_of_the_longest_and_filters_none() -> None:
    short = excel.Table((UNIT,), (("甲",),))
    both = excel.Sheet("甲", tables=(league().tables[0], short))
    page = opened(book(both, unit(), league()))["甲"]
    assert page.print_title_rows == "$1:$2"
    assert page.auto_filter.ref is None


def test_lights_take_their_colour_by_their_shape() -> None:
    page = opened(book())["排名"]
    rules = [rule for area in page.conditional_formatting for rule in area.rules]
    assert {rule.text for rule in rules} == {"●", "▲", "■", "○"}
    assert {str(area.sqref) for area in page.conditional_formatting} == {"D4:D5"}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-99999, max_value=99999))
@settings(max_examples=60, deadline=None)
def test_a_decimal_of_15_digits_is_held_exactly(number: Decimal) -> None:
    assert fits_excel(number)
    cell = one_cell(number, excel.Column("值", excel.Kind.DECIMAL))
    assert D(repr(cell.value)) == number


@pytest.mark.parametrize("given_", ["0.1234567890123456", "12345678901234567", "NaN", "Infinity"])
def test_what_excel_cannot_hold_is_written_as_text(given_: str) -> None:
    cell = one_cell(D(given_), excel.Column("值", excel.Kind.DECIMAL))
    assert cell.data_type == "s"
    assert cell.value == given_


@pytest.mark.parametrize("given_", ["123456789012345000", "1E+20", "93.2100000000000000", "0"])
def test_zeros_at_the_end_do_not_count(given_: str) -> None:
    cell = one_cell(D(given_), excel.Column("值", excel.Kind.DECIMAL))
    assert cell.value == float(D(given_))


@pytest.mark.parametrize(
    ("column", "places", "code"),
    [
        (excel.Column("", excel.Kind.DECIMAL), 2, "#,##0.00"),
        (excel.Column("", excel.Kind.DECIMAL), 0, "#,##0"),
        (excel.Column("", excel.Kind.PERCENT), 1, "0.0%"),
        (excel.Column("", excel.Kind.INTEGER, grouped=False), None, "0"),
        (excel.Column("", excel.Kind.TEXT), None, "@"),
    ],
)
def test_number_formats(column: excel.Column, places: int | None, code: str) -> None:
    assert number_format(column, places) == code


def test_without_given_places_every_value_shows_its_own() -> None:
    assert one_cell(D("12.50"), excel.Column("", excel.Kind.DECIMAL)).number_format == "#,##0.00"
    assert one_cell(D("0.953"), excel.Column("", excel.Kind.PERCENT)).number_format == "0.0%"


def test_text_never_becomes_a_formula_and_dates_and_truths_come_as_they_are() -> None:
    march = datetime.date(2026, 3, 1)
    for text in ("=1+1", "+1", "@SUM(A1)", "http://甲", "001"):
        cell = one_cell(text)
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert one_cell(march, excel.Column("", excel.Kind.DATE)).value.date() == march
    assert one_cell(datetime.date(1899, 3, 1), excel.Column("", excel.Kind.DATE)).value == "1899-03-01"
    assert one_cell(True).value == "是"


def test_a_template_is_locked_but_for_the_cells_to_fill_and_guards_them() -> None:
    many = tuple(f"单位名称很长很长的一个单位{i}" for i in range(40))
    columns = (
        UNIT,
        excel.Column("投资", excel.Kind.DECIMAL, 2, unlocked=True, minimum=D(0), refusal="请填数字"),
        excel.Column("来源", unlocked=True, choices=("月报", "台账")),
        excel.Column("核实", unlocked=True, choices=many),
    )
    table = excel.Table(columns, (("云渡镇", None, None, None),), name="填报数据", blank_rows=2)
    wb = opened(book(excel.Sheet("填报", tables=(table,), protected=True)))
    page = wb["填报"]
    assert page.protection.sheet
    assert [page.cell(2, c).protection.locked for c in range(1, 5)] == [True, False, False, False]
    assert wb.defined_names["填报数据"].attr_text == "'填报'!$A$2:$D$4"
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert (rules["B2:B4"].type, rules["B2:B4"].formula1, rules["B2:B4"].error) == ("decimal", "0.0", "请填数字")
    assert rules["C2:C4"].formula1 == '"月报,台账"'
    assert rules["D2:D4"].formula1 == "'选项'!$A$1:$A$40"
    assert wb["选项"].sheet_state == "hidden"
    assert [cell.value for cell in wb["选项"]["A"]] == list(many)


def test_sheet_names_are_cut_and_made_unique() -> None:
    names = excel.sheet_names(["a/b", "A_B", "", "'x'", "History", "云" * 40, "云" * 40, "𠮷" * 20])
    assert names == ["a_b", "A_B (2)", "_", "x", "History (2)", "云" * 31, "云" * 27 + " (2)", "𠮷" * 15]
    opened(excel.Workbook(tuple(excel.Sheet(n, key=str(i)) for i, n in enumerate(names))))


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("填报单位", True),
        ("单位_T01", True),
        ("A1", False),
        ("R1C1", False),
        ("1甲", False),
        ("a b", False),
        ("", False),
    ],
)
def test_names_of_cells(name: str, good: bool) -> None:
    assert is_name(name) is good


def test_every_problem_is_reported_at_once_in_both_languages() -> None:
    table = excel.Table(
        (UNIT, POINTS),
        (("甲",), (excel.Link("乙", "没有"), excel.Formula("1+1", 2)), ("字" * 32768, None)),
        groups=(excel.Group("组", 3),),
        name="A1",
    )
    sheet = excel.Sheet("甲", tables=(table,), facts=(excel.Fact("一", 1, "同名"), excel.Fact("二", 2, "同名")))
    with pytest.raises(Refused) as refused:
        excel.write(book(sheet, replace(sheet, tables=(), facts=())))
    codes = sorted(problem.code.removeprefix("documents.") for problem in refused.value.problems)
    assert codes == sorted(
        [
            "sheet_twice", "name_twice", "name_twice", "bad_name", "header_spans", "row_length", "unknown_sheet",
            "bad_formula", "text_too_long",
        ]
    )  # fmt: skip
    with pytest.raises(Refused):
        excel.write(excel.Workbook(()))
    large = excel.Table((UNIT,), (), blank_rows=600_000)
    with pytest.raises(Refused) as too_large:
        excel.write(book(excel.Sheet("甲", tables=(large,))))
    for problem in (*refused.value.problems, *too_large.value.problems):
        sentences = [render(problem, language) for language in Language]
        assert all(sentence.what and sentence.mend for sentence in sentences)


def test_places_say_where_tables_will_stand() -> None:
    small = excel.Table((UNIT,), (("甲",), ("乙",)), caption="一")
    grouped = excel.Table((UNIT, POINTS), (("丙", D(1)),), groups=(excel.Group("组", 2),))
    tables = (small, grouped, small)
    facts = (excel.Fact("总分", D(1)), excel.Fact("名次", 2))
    for heading, told in (("标题", facts), ("", ()), ("标题", ())):
        sheet = opened(book(excel.Sheet("甲", heading, told, tables))).worksheets[0]
        places = excel.Places(title=bool(heading), facts=told)
        assert [sheet.cell(places.take(table), 1).value for table in tables] == ["甲", "丙", "甲"]
