"""Annotated workbooks: everything of the original is kept, every problem is on its cell and on the summary sheet."""

import io
import warnings

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from baton.sheets.annotate import annotate
from baton.sheets.table import Column, Holds, find_table_in
from baton.sheets.workbook import read_workbook
from baton.words import Language, Place, Problem, Severity


def saved(book: openpyxl.Workbook) -> bytes:
    """Save a workbook to bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    """Open an annotated workbook."""
    return openpyxl.load_workbook(io.BytesIO(data))


def reported() -> bytes:
    """A reporting workbook with what offices put into one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "6月'报"
    sheet.append(["固定资产投资完成情况"])
    sheet.merge_cells("A1:C1")
    sheet.append(["单位", "固投（万元）", "完成率（%）"])
    sheet.append(["白水镇", "约300", 0.974])
    sheet.append(["青竹湾镇", 39450, "=B4/40000"])
    sheet["B4"].number_format = '#,##0"万元"'
    sheet["B3"].font = Font(bold=True)
    sheet["B3"].fill = PatternFill("solid", fgColor="00FF00")
    sheet["B3"].comment = Comment("请核对", "王五")
    sheet.freeze_panes = "B3"
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("D3:D9")
    sheet.add_data_validation(choice)
    sheet.row_dimensions[4].hidden = True
    return saved(book)


def problem(code: str, cell: str, severity: Severity = Severity.ERROR, **params: object) -> Problem:
    """Make a problem of the test sheet."""
    return Problem(f"sheets.{code}", params, Place("a.xlsx", "6月'报", cell), severity)


PROBLEMS = [
    problem("column_unknown", "C2", Severity.WARNING, header="=完成率", near="-"),
    problem("not_a_number", "B3", given="约300", unit="万元"),
    problem("percent_in_doubt", "C3", given="0.974", points="0.974%", fraction="97.4%"),
    Problem("sheets.formulas_not_calculated", {}, Place("a.xlsx"), Severity.WARNING),
]


def test_everything_of_the_original_is_kept() -> None:
    sheet = opened(annotate(reported(), PROBLEMS, headers={"6月'报": 1}))["6月'报"]
    assert [[cell.value for cell in row] for row in sheet["A2:C4"]] == [
        ["单位", "固投（万元）", "完成率（%）"],
        ["白水镇", "约300", 0.974],
        ["青竹湾镇", 39450, "=B4/40000"],
    ]
    assert sheet["B4"].number_format == '#,##0"万元"'
    assert sheet["B3"].font.bold
    assert sheet["B3"].fill.fgColor.rgb == "0000FF00"
    assert sheet.freeze_panes == "B3"
    assert sheet.row_dimensions[4].hidden
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:C1"]
    assert sheet.data_validations.dataValidation[0].formula1 == '"是,否"'


def test_every_problem_is_on_its_cell_in_its_row_and_in_the_summary() -> None:
    book = opened(annotate(reported(), PROBLEMS, headers={"6月'报": 1}))
    sheet, summary = book["6月'报"], book["问题清单"]
    assert sheet["B3"].comment.text.startswith("请核对\n【填报校验】\n“约300”不是数字。")
    assert "97.4%" in sheet["C3"].comment.text
    assert sheet["A3"].comment is None
    assert sheet["D2"].value == "错误说明"
    assert sheet["D3"].value.startswith("B3: “约300”不是数字。")
    assert "\nC3: “0.974”可能是" in sheet["D3"].value
    coloured = {str(area.sqref): area.rules[0].dxf.fill.bgColor.rgb for area in sheet.conditional_formatting}
    assert coloured == {"B3 C3": "00FFC7CE", "C2": "00FFEB9C"}
    assert book.active is summary
    assert summary["A1"].value == "问题清单：2 处错误须改正，2 处提醒请核对"
    assert [cell.value for cell in summary[3]][:5] == [1, "错误", "6月'报", "B3", "约300"]
    assert summary["D3"].hyperlink.location == "'6月''报'!B3"
    assert [summary.cell(row, 2).value for row in range(3, 7)] == ["错误", "错误", "提醒", "提醒"]


def test_a_corrected_workbook_reads_as_before_and_old_marks_go() -> None:
    once = annotate(reported(), PROBLEMS, headers={"6月'报": 1})
    columns = [Column("unit", ("单位",), Holds.UNIT), Column("M01", ("固投",), unit="万元")]
    table = find_table_in(read_workbook(once, "a.xlsx"), [*columns, Column("M02", ("完成率",), unit="%")])
    assert table.sheet.name == "6月'报"
    assert not [found for found in table.problems if found.code == "sheets.column_unknown"]
    again = opened(annotate(once, PROBLEMS[1:2], Language.ENGLISH, headers={"6月'报": 1}))
    sheet = again["6月'报"]
    assert again.sheetnames == ["Problems", "6月'报"]
    assert sheet["B3"].comment.text.count("[Check]") == 1
    assert "【" not in sheet["B3"].comment.text
    assert sheet["C3"].comment is None
    assert [cell.value for cell in sheet[2]] == ["单位", "固投（万元）", "完成率（%）", "What is wrong"]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["B3"]
    clean = opened(annotate(once, []))["6月'报"]
    assert clean["B3"].comment.text == "请核对"
    assert clean["D2"].value is None
    assert not list(clean.conditional_formatting)


def test_a_problem_inside_merged_cells_marks_their_first_cell() -> None:
    sheet = opened(annotate(reported(), [problem("merged_figure", "C1", range="A1:C1")]))["6月'报"]
    assert "A1:C1" in sheet["A1"].comment.text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_text_table_comes_back_as_a_new_workbook(encoding: str) -> None:
    data = "单位,固投\n白水镇,约300\n=1+1,5\n".encode(encoding)
    found = [Problem("sheets.not_a_number", {"given": "约300", "unit": "万元"}, Place("6月.csv", "6月", "B2"))]
    book = opened(annotate(data, found, name="6月.csv"))
    sheet = book["6月"]
    assert book.sheetnames == ["问题清单", "6月"]
    assert [cell.value for cell in sheet[1]] == ["单位", "固投", "错误说明"]
    assert sheet["A3"].data_type == "s"
    assert sheet["B2"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["B2"].comment.text.startswith("【填报校验】")
    assert book["问题清单"]["D3"].hyperlink.location == "'6月'!B2"


def test_the_same_text_table_gives_the_same_bytes() -> None:
    assert annotate(b"a,b\n1,2\n", [], name="a.csv") == annotate(b"a,b\n1,2\n", [], name="a.csv")


def test_a_file_that_could_not_be_read_comes_back_as_a_summary() -> None:
    book = opened(annotate(b"no workbook", [Problem("sheets.text_not_workbook", {"start": "no"}, Place("a.xls"))]))
    assert book.sheetnames == ["问题清单"]
    assert book["问题清单"]["B3"].value == "错误"


@pytest.mark.parametrize(
    ("name", "layout_lost"),
    [
        ("calamine__minimal_package.xlsx", True),
        ("calamine__empty_s_attribute.xlsx", True),
        ("tidyxl__examples.xlsm", True),
        ("readxl__deaths.xls", False),
        ("calamine__any_sheets.xlsb", False),
        ("tabulator-py__multiline-headers.xlsx", False),
    ],
)
def test_odd_files_come_back_in_one_way_or_the_other(shared_data: object, name: str, layout_lost: bool) -> None:
    data = (shared_data / "messy" / "files" / name).read_bytes()  # type: ignore[operator]
    sheet = read_workbook(data, name).sheets[0]
    found = [Problem("sheets.not_a_number", {"given": "x", "unit": "人"}, sheet.place(0, 0))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = opened(annotate(data, found, name=name))
    assert "【填报校验】" in book[sheet.name]["A1"].comment.text
    told = any("格式保留不了" in str(row[5].value) for row in book["问题清单"].iter_rows(min_row=3))
    assert told is layout_lost


def test_control_signs_and_long_words_do_not_break_the_file() -> None:
    given = "\x01\x1f" + "长" * 40_000
    book = opened(annotate(reported(), [problem("not_a_number", "B3", given=given, unit="人")]))
    assert len(book["问题清单"]["E3"].value) == 32_767
