"""Tables as offices draw them: found by their headers, typed with exact places, everything odd said at once."""

import io
from decimal import Decimal

import openpyxl
import pytest

from baton.sheets.cells import Percent
from baton.sheets.table import (
    Column,
    HiddenRows,
    Holds,
    SheetMapping,
    Table,
    check_totals,
    find_table,
    find_table_in,
    read_mapping,
)
from baton.sheets.workbook import read_workbook
from baton.words import Language, Problem, Refused, Severity, render

UNIT = Column("unit", ("单位", "单位名称"), Holds.UNIT)
INVESTMENT = Column("M01", ("固投", "固定资产投资（不含农户）"), unit="万元")
RATE = Column("M02", ("完成率", "工业增加值增速"), unit="%")


def book(*rows: list[object], sheet: str = "表1", merged: tuple[str, ...] = ()) -> openpyxl.Workbook:
    """Draw a sheet."""
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(row)
    for area in merged:
        workbook.active.merge_cells(area)
    return workbook


def table_of(workbook: openpyxl.Workbook, *columns: Column, mapping: SheetMapping | None = None) -> Table:
    """Save a workbook, read it, and find the table."""
    stream = io.BytesIO()
    workbook.save(stream)
    return find_table_in(read_workbook(stream.getvalue(), "a.xlsx"), columns, mapping or SheetMapping())


def told(problems: object) -> list[tuple[str, str]]:
    """Give code and cell of each problem; both languages have words for it."""
    found = [problem for problem in problems if isinstance(problem, Problem)]  # type: ignore[attr-defined]
    assert all(render(problem, language).mend for problem in found for language in Language)
    return [(problem.code.partition(".")[2], problem.place.cell) for problem in found]


def test_a_plain_reporting_table() -> None:
    table = table_of(
        book(
            ["云渡县2026年6月固定资产投资完成情况表"],
            ["填报单位：县发改局", None, "单位：万元、%"],
            ["序号", "单位名称", "固定资产投资（不含农户）（亿元）", "完成率", "备注"],
            [1, "白水镇", 3.945, 97.4, None],
            [2, "青竹湾镇", "39,450", "—", "缓报"],
            [None, "合计", 3.945, None, None],
            ["注：数据来源县统计局。"],
            ["填表人：", "张三", "联系电话：", 13800000000],
            merged=("A1:E1",),
        ),
        UNIT, INVESTMENT, RATE,
    )  # fmt: skip
    assert table.header == (2, 2)
    assert list(table.rows) == [3, 4]
    assert list(table.totals) == [5]
    assert [text for _, text in table.notes] == ["注：数据来源县统计局。", "填表人："]
    assert table.texts("unit") == ["白水镇", "青竹湾镇"]
    numbers = table.numbers("M01")
    assert numbers.decimals() == [Decimal(39450), Decimal(394500000)]
    assert numbers.conversions[0][0].words("zh") == "3.945亿元 换算为 39450万元"
    assert table.numbers("M02").decimals() == [Decimal("97.4"), None]
    assert table.place(4, "M01").label() == "a.xlsx › 表1!C5"
    assert not table.problems


def test_a_header_of_several_merged_rows() -> None:
    table = table_of(
        book(
            ["单位", "固投", None, "招商引资", None],
            [None, "当月", "累计", "当月", "累计"],
            [None, "万元", "亿元", "万元", "万元"],
            ["白水镇", 1, 2, 3, 4],
            merged=("A1:A3", "B1:C1", "D1:E1"),
        ),
        UNIT, Column("a", ("固投/累计",), unit="万元"), Column("b", ("招商引资/累计",), unit="万元"),
    )  # fmt: skip
    assert table.columns["a"].label == "固投/累计"
    assert table.numbers("a").decimals() == [20000]
    assert table.numbers("b").decimals() == [4]
    assert told(table.problems) == [("column_unknown", "B2"), ("column_unknown", "D2")]


def test_a_part_of_a_path_that_stands_twice_is_refused() -> None:
    table = table_of(
        book(["单位", "固投", "招商"], [None, "累计", "累计"], ["白水镇", 1, 2]),
        UNIT,
        Column("a", ("累计",), unit="万元"),
    )
    assert told(table.problems) == [("column_twice", "C2")]


def test_group_labels_spread_in_text_tables() -> None:
    data = "单位,固投,,招商,\n,当月,累计,当月,累计\n白水镇,1,2,3,4\n".encode("gbk")
    table = find_table_in(
        read_workbook(data, "a.csv"), [UNIT, Column("a", ("招商/当月",)), Column("b", ("固投/累计",))]
    )
    assert table.numbers("a").decimals() == [3]
    assert table.numbers("b").decimals() == [2]


def test_all_that_is_wrong_with_the_columns_is_said_at_once() -> None:
    table = table_of(
        book(["单位", "固定资产投资(不含农户)", "固投", "完成律", "领导批示"], ["白水镇", 1, 2, 3, 4]),
        UNIT,
        INVESTMENT,
        RATE,
    )
    assert told(table.problems) == [
        ("column_twice", "C1"),
        ("column_missing", "A1"),
        ("column_unknown", "D1"),
        ("column_unknown", "E1"),
    ]
    assert table.problems[1].params["near"] == "完成律"
    assert [problem.severity for problem in table.problems[2:]] == [Severity.WARNING] * 2


def test_every_bad_cell_is_said_with_its_place() -> None:
    workbook = book(
        ["单位", "固投（万元）", "完成率"],
        ["白水镇", "约300", 0.974],
        ["青竹湾镇", "=1/0", None],
        ["柳林驿镇", 5, "40人"],
        ["云渡镇", None, None],
        merged=("B4:B5",),
    )
    table = table_of(workbook, UNIT, INVESTMENT, RATE)
    assert told(table.numbers("M01").problems) == [
        ("not_a_number", "B2"), ("formula_without_value", "B3"), ("merged_figure", "B4"),
    ]  # fmt: skip
    assert told(table.numbers("M02").problems) == [("percent_in_doubt", "C2"), ("unit_does_not_fit", "C4")]


def test_a_unit_that_is_merged_over_its_rows_stands_in_each() -> None:
    workbook = book(["单位", "月份", "固投"], ["白水镇", "2026年1月", 1], [None, "2026年2月", 2], merged=("A2:A3",))
    table = table_of(workbook, UNIT, Column("month", ("月份",), Holds.PERIOD), INVESTMENT)
    assert table.texts("unit") == ["白水镇", "白水镇"]
    assert table.periods("month") == (["2026-01", "2026-02"], [])


def test_hidden_rows_are_named_and_read_or_left_out() -> None:
    workbook = book(["单位", "固投"], ["白水镇", 1], ["青竹湾镇", 2])
    workbook.active.row_dimensions[3].hidden = True
    read = table_of(workbook, UNIT, INVESTMENT)
    assert list(read.rows) == [1, 2]
    assert told(read.problems) == [("hidden_rows_read", "A3")]
    skipped = table_of(workbook, UNIT, INVESTMENT, mapping=SheetMapping(hidden_rows=HiddenRows.SKIP))
    assert list(skipped.rows) == [1]
    assert told(skipped.problems) == [("hidden_rows_left_out", "A3")]


def test_a_hidden_column_and_a_unit_that_cannot_be_converted() -> None:
    workbook = book(["单位", "固投（公里）"], ["白水镇", 1])
    workbook.active.column_dimensions["B"].hidden = True
    table = table_of(workbook, UNIT, INVESTMENT)
    assert told(table.problems) == [("header_unit_does_not_fit", "B1"), ("column_hidden", "B1")]


def test_figures_below_the_notes_and_repeated_headers() -> None:
    rows: list[list[object]] = [
        ["单位", "固投"],
        ["白水镇", 1],
        ["单位", "固投"],
        ["青竹湾镇", 2],
        ["注意：保留两位小数"],
    ]
    assert told(table_of(book(*rows), UNIT, INVESTMENT).problems) == [("header_repeated", "A3")]
    table = table_of(book(*rows, ["柳林驿镇", 3], ["2026年7月5日"]), UNIT, INVESTMENT)
    assert told(table.problems) == [("header_repeated", "A3"), ("rows_below_notes", "B6")]
    assert list(table.rows) == [1, 3]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [(["甲", 1, 2], True), (["甲", "乙", "1"], True), (["栏次", "(1)", "2=1+3"], True), (["A", 60, 1], False)],
)
def test_a_row_that_numbers_the_columns_is_told_from_a_unit_called_a(row: list[object], numbers: bool) -> None:
    table = table_of(book(["单位", "固投", "备注"], row, ["白水镇", 7, ""]), UNIT, INVESTMENT)
    assert list(table.rows) == ([2] if numbers else [1, 2])


def test_a_row_that_numbers_the_columns_and_blank_rows_are_no_data() -> None:
    table = table_of(
        book(["单位", "固投"], ["甲", 1], [None, None], ["白水镇", 7], [], ["青竹湾镇", 8]), UNIT, INVESTMENT
    )
    assert table.numbers("M01").decimals() == [7, 8]


def test_figures_without_a_unit_are_not_lost() -> None:
    table = table_of(book(["单位", "固投"], ["白水镇", 7], [None, 8]), UNIT, INVESTMENT)
    assert table.texts("unit") == ["白水镇", ""]


@pytest.mark.parametrize(("total", "wrong"), [(3, []), (4, [("total_differs", "B4")]), (None, [])])
def test_totals_are_checked_against_the_details(total: object, wrong: list[tuple[str, str]]) -> None:
    table = table_of(book(["单位", "固投"], ["白水镇", 1], ["青竹湾镇", 2], ["合 计", total]), UNIT, INVESTMENT)
    assert told(check_totals(table, ["M01"])) == wrong


def test_the_sheet_is_chosen_by_its_table() -> None:
    workbook = book(["单位", "固投"], ["白水镇", 1])
    workbook.create_sheet("填表说明").append(["请按月填报", "单位"])
    assert table_of(workbook, UNIT, INVESTMENT).sheet.name == "表1"
    copy = workbook.copy_worksheet(workbook.active)
    with pytest.raises(Refused, match=r"sheets\.several_tables"):
        table_of(workbook, UNIT, INVESTMENT)
    copy.sheet_state = "hidden"
    assert table_of(workbook, UNIT, INVESTMENT).sheet.name == "表1"
    assert table_of(workbook, UNIT, INVESTMENT, mapping=SheetMapping(sheet=copy.title)).sheet.name == copy.title
    with pytest.raises(Refused, match=r"sheets\.no_such_sheet"):
        table_of(workbook, UNIT, INVESTMENT, mapping=SheetMapping(sheet="二月"))
    with pytest.raises(Refused, match=r"sheets\.no_table"):
        table_of(book(["甲", "乙"]), UNIT, INVESTMENT)


# The mapping file --------------------------------------------------------------------------------------------------

MAPPING = """
sheet: 表1
header_row: 2
columns:
  unit: 报送对象
  M01: [投资额, 投资完成额]
  M02: {at: D, percent: fraction}
ignore: [经办人]
year: 2026
"""


def test_a_mapping_file_adapts_an_offices_table() -> None:
    mapping = read_mapping(MAPPING, "map.yaml")
    assert mapping.columns["M02"].percent is Percent.FRACTION
    workbook = book(
        ["单位", "固投", "完成率", "完成率"], ["报送对象", "投资额", "经办人", None], ["白水镇", 1, "李四", 0.974]
    )
    table = table_of(workbook, UNIT, INVESTMENT, RATE, mapping=mapping)
    assert table.numbers("M02").decimals() == [Decimal("97.4")]
    assert table.numbers("M01").decimals() == [1]
    assert not table.problems


@pytest.mark.parametrize(
    ("text", "line"),
    [("colums: {}", 1), ("sheet: a\nheader_row: drei", 2), ("columns:\n  M01: {percnt: points}", 2), ("sheet: ]", 1)],
)
def test_a_wrong_mapping_file_is_refused_by_line(text: str, line: int) -> None:
    with pytest.raises(Refused) as raised:
        read_mapping(text, "map.yaml")
    (problem,) = raised.value.problems
    assert problem.place.line == line
    assert all(render(problem, language).mend for language in Language)


def test_an_empty_mapping_file_changes_nothing() -> None:
    assert read_mapping("", "map.yaml") == SheetMapping()


def test_a_sheet_can_be_searched_on_its_own() -> None:
    (sheet,) = read_workbook("单位,固投\n白水镇,1\n".encode(), "a.csv").sheets
    assert find_table(sheet, [UNIT, INVESTMENT]).numbers("M01").decimals() == [1]


def test_a_long_name_with_figures_beside_it_is_no_note() -> None:
    long, note = (
        "云渡县" * 15,
        "以上数据由牵头部门在月底以前汇总核对，如有出入请在五个工作日以内书面提出并附依据材料说明",
    )
    found = table_of(book(["单位", "固投"], [long, 1], ["白水镇", 2], [note]), UNIT, INVESTMENT)
    assert found.texts("unit") == [long, "白水镇"]
    assert [text for _, text in found.notes] == [note]
