"""Tables of offices, read by a mapping file: what is understood, and each mistake as one problem at its cell."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from baton.engine.scheme.model import Scheme
from baton.sheets.reports import Import, ReportMapping, read_reports
from baton.words import Severity, render

type Draw = Callable[..., bytes]
TITLE = ["2025年6月固定资产投资情况"]
HEAD = ["序号", "乡镇", "固投（累计）", "年度计划", "备注"]
ROWS = [[1, "白水镇", 39450, 82000, ""], [2, "清河", 12000, 30000, ""], [3, "石门乡", "—", 20000, ""]]


@pytest.fixture
def read(scheme: Scheme, mapping: ReportMapping, draw: Draw) -> Callable[..., Import]:
    """Read one drawn table under a file name."""

    def reader(file: str, rows: list[list[Any]], **more: Any) -> Import:
        return read_reports([(file, draw(rows, **more))], scheme, mapping)

    return reader


def figures(found: Import) -> dict[tuple[str, str, str], Decimal | None]:
    return {(o.unit, f"{o.series}.{o.figure}", o.period): o.value for o in found.observations}


def errors(found: Import) -> list[tuple[str, str]]:
    assert all(render(p).what and render(p, "en").what for p in found.problems)
    return [(p.code, p.place.cell) for p in found.errors]


def test_a_table_with_title_short_names_and_notes(read: Callable[..., Import]) -> None:
    rows = [TITLE, ["填报单位：县发改局"], HEAD, *ROWS, ["", "合计", 51450, 132000, ""], ["注：累计数"]]
    found = read("2025年06月_县发改局_固投.xlsx", rows)
    assert found.problems == ()
    assert figures(found) == {
        ("T1", "INV.actual", "2025-06"): Decimal(39450),
        ("T2", "INV.actual", "2025-06"): Decimal(12000),
        ("T3", "INV.actual", "2025-06"): None,
        ("T1", "INV.target", "2025"): Decimal(82000),
        ("T2", "INV.target", "2025"): Decimal(30000),
        ("T3", "INV.target", "2025"): Decimal(20000),
    }
    assert found.receipts[0].who == "县发改局"


def test_units_in_headings_lines_and_cells_are_converted_and_recorded(read: Callable[..., Import]) -> None:
    rows = [["2025年6月  单位：亿元"], ["单位", "固投（累计）", "年度计划（万元）"], ["白水镇", 3.945, "8.2亿元"]]
    found = read("a_固投.xlsx", rows)
    assert set(figures(found).values()) == {Decimal(39450), Decimal(82000)}
    assert found.conversions == 2
    assert all(o.origin.conversion for o in found.observations)


def test_a_header_of_two_rows(read: Callable[..., Import]) -> None:
    rows = [
        ["2025年6月"],
        ["单位", "固定资产投资", "", "工业增速（%）"],
        ["", "完成额", "完成率", ""],
        ["白水镇", 39450, 0.96, 8.1],
    ]
    found = read("a_固投.xlsx", rows, merged=("A2:A3", "B2:C2", "D2:D3"))
    assert found.problems == ()
    assert set(figures(found).values()) == {Decimal(39450), Decimal("8.1")}


def test_words_levels_and_fractions(read: Callable[..., Import]) -> None:
    found = read("a_固投.xlsx", [["2025年6月"], ["单位", "达标情况"], ["白水镇", "达标"], ["清河镇", "不达标"]])
    assert list(figures(found).values()) == [Decimal(1), Decimal(0)]
    year = read("a_评议.xlsx", [["2025年度"], ["单位", "等次", "同口径增幅"], ["白水镇", "一般", 0.096]])
    assert figures(year) == {("T1", "Y2.actual", "2025"): Decimal(3), ("T1", "Y1.growth", "2025"): Decimal("9.6")}


def test_a_column_of_periods(read: Callable[..., Import]) -> None:
    rows = [
        ["单位", "期间", "固投（累计）"],
        ["白水镇", "2025年5月", 1],
        ["白水镇", "2025.06", 2],
        ["白水镇", date(2025, 7, 1), 3],
    ]
    found = read("a_固投.xlsx", rows)
    assert found.problems == ()
    assert [period for _, _, period in figures(found)] == ["2025-05", "2025-06", "2025-07"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2025年6月", "2025-06"),
        ("云渡县二〇二五年六月份报表", "2025-06"),
        ("2025年1—6月固投完成情况", "2025-06"),
        ("2025.06 固投", "2025-06"),
        ("（云委发〔2024〕6号）2025年6月", "2025-06"),
        ("2025年6月（2025年7月5日填报）", "2025-06"),
    ],
)
def test_periods_in_titles(read: Callable[..., Import], title: str, period: str) -> None:
    found = read("a_固投.xlsx", [[title], ["单位", "固投（累计）"], ["白水镇", 1]])
    assert list(figures(found)) == [("T1", "INV.actual", period)]


def test_the_period_may_stand_in_the_name_of_sheet_or_file(read: Callable[..., Import]) -> None:
    rows = [["单位", "固投（累计）"], ["白水镇", 1]]
    assert list(figures(read("2025年6月_固投.xlsx", rows))) == [("T1", "INV.actual", "2025-06")]
    assert list(figures(read("a_固投.xlsx", rows, name="2025年6月"))) == [("T1", "INV.actual", "2025-06")]
    assert errors(read("a_固投.xlsx", rows)) == [("sheets.no_period", "A1")]


def test_periods_that_contradict_each_other_are_an_error(read: Callable[..., Import]) -> None:
    found = read("2025年5月_固投.xlsx", [["2025年6月"], ["单位", "固投（累计）"], ["白水镇", 1]])
    assert errors(found) == [("sheets.period_contradicts", "A2")]
    assert "2025-05" in render(found.errors[0]).what


def test_quarters_and_years(read: Callable[..., Import]) -> None:
    quarter = read("a_季度.xlsx", [["2025年第二季度"], ["单位", "已开工", "应开工"], ["白水镇", 4, 5]])
    assert {period for _, _, period in figures(quarter)} == {"2025-Q2"}


@pytest.mark.parametrize(
    ("row", "problem", "cell"),
    [
        ([1, "白水镇", "约4万", 82000, ""], "sheets.not_a_number", "C3"),
        ([1, "白水镇", "4万吨", 82000, ""], "sheets.unit_does_not_fit", "C3"),
        ([1, "白水县", 39450, 82000, ""], "sheets.unit_near_miss", "B3"),
        ([1, "天上", 39450, 82000, ""], "sheets.unit_unknown", "B3"),
    ],
)
def test_a_wrong_cell_is_one_problem(read: Callable[..., Import], row: list[Any], problem: str, cell: str) -> None:
    found = read("a_固投.xlsx", [TITLE, HEAD, row, ROWS[1]])
    assert errors(found) == [(problem, cell)]
    assert found.observations == ()


def test_a_unit_twice_and_a_wrong_total(read: Callable[..., Import]) -> None:
    twice = read("a_固投.xlsx", [TITLE, HEAD, ROWS[0], ROWS[1], [3, "白水", 1, 1, ""]])
    assert errors(twice) == [("sheets.unit_twice", "B5")]
    total = read("a_固投.xlsx", [TITLE, HEAD, *ROWS, ["", "合计", 51451, 132000, ""]])
    assert errors(total) == [("sheets.total_differs", "C6")]


def test_a_total_is_not_compared_where_a_detail_cannot_be_read(read: Callable[..., Import]) -> None:
    found = read("a_固投.xlsx", [TITLE, HEAD, [1, "白水镇", "?", 1, ""], ROWS[1], ["", "合计", 99, 99, ""]])
    assert errors(found) == [("sheets.not_a_number", "C3")]


def test_a_heading_nobody_knows_is_an_error(read: Callable[..., Import]) -> None:
    found = read("a_固投.xlsx", [TITLE, ["乡镇", "固投（累计）", "进度"], ["白水镇", 1, 2]])
    assert errors(found) == [("sheets.column_unknown", "C2")]


def test_a_figure_merged_over_two_units_is_refused(read: Callable[..., Import]) -> None:
    rows = [TITLE, ["乡镇", "固投（累计）"], ["白水镇", 100], ["清河镇", None], ["石门乡", 5]]
    found = read("a_固投.xlsx", rows, merged=("B3:B4",))
    assert errors(found) == [("sheets.merged_figure", "B3")]


def test_a_former_name_with_one_successor_is_taken_with_a_notice(read: Callable[..., Import]) -> None:
    found = read("a_信访.xlsx", [["2025年6月"], ["单位", "办结", "应办"], ["县物价局", 3, 4]])
    assert [(p.code, p.severity) for p in found.problems] == [("sheets.unit_renamed", Severity.NOTICE)]
    assert {unit for unit, _, _ in figures(found)} == {"D1"}


def test_figures_of_units_that_are_not_assessed_are_left_out_with_a_warning(read: Callable[..., Import]) -> None:
    found = read("a_固投.xlsx", [["2025年6月"], ["单位", "固投（累计）"], ["白水镇", 1], ["县教育局", 7]])
    assert [(p.code, p.place.cell, p.severity) for p in found.problems] == [
        ("sheets.not_asked", "B4", Severity.WARNING)
    ]
    assert len(found.observations) == 1


def test_votes_must_agree(read: Callable[..., Import]) -> None:
    head = ["单位", "发出", "收回", "有效", "无效", "优秀", "良好", "较差"]
    good = read("2025_计票.xlsx", [head, ["白水镇", 36, 35, 33, 2, 20, 10, 3]], name="A票")
    assert good.problems == ()
    assert len(good.observations) == 3
    bad = read(
        "2025_计票.xlsx", [head, ["白水镇", 36, 35, 33, 3, 20, 10, 3], ["清河镇", 1, 2, 2, 0, 2, 0, 0]], name="A票"
    )
    assert errors(bad) == [("sheets.check_fails", "C2"), ("sheets.check_fails", "B3")]


def test_goals_of_one_unit_with_indicators_in_rows(read: Callable[..., Import]) -> None:
    head = ["序号", "个性目标", "计量单位", "完成数", "第1条", "第2条"]
    rows = [["2025年度"], ["填报单位：县教育局　　2025年度"], head]
    rows += [[1, "新建学校 2 所", "所", 2, "/", "/"], [2, "G2", "条", "", 1, 0.5]]
    found = read("2025年度_县教育局_目标.xlsx", rows)
    assert found.problems == ()
    assert {key[1]: value for key, value in figures(found).items()} == {
        "G1.actual": Decimal(2),
        "G2.item1": Decimal(1),
        "G2.item2": Decimal("0.5"),
    }
    wrong = read(
        "2025年度_县教育局_目标.xlsx", [*rows[:3], [1, "新建学校 3 所", "所", 2, 1, "/"], [2, "G1", "", 1, 1, ""]]
    )
    assert errors(wrong) == [("sheets.unknown_indicator", "B4"), ("sheets.figure_not_of_indicator", "E5")]


def test_events_of_an_office(read: Callable[..., Import]) -> None:
    rows = [
        ["2025年度加扣分"],
        ["单位", "事项代码", "级别", "数量", "日期"],
        ["白水镇", "B1", "省级", "", date(2025, 5, 4)],
    ]
    found = read("2025年度_加扣分.xlsx", rows)
    assert found.problems == ()
    assert [(e.unit, e.item, e.level, e.on) for e in found.events] == [("T1", "B1", "省级", date(2025, 5, 4))]
    late = read("2025年度_加扣分.xlsx", [*rows[:2], ["白水镇", "B1", "省级", "", "2026-05-04"]])
    assert errors(late) == [("engine.event_outside_dates", "B3")]


def test_a_unit_in_a_heading_is_seen_without_a_mapping_too(scheme: Scheme, draw: Draw) -> None:
    rows = [["2025年6月"], ["单位", "累计完成投资（亿元）"], ["白水镇", 3.945]]
    found = read_reports([("2025年6月_县发改局.xlsx", draw(rows))], scheme)
    assert list(figures(found).values()) == [Decimal(39450)]


def test_tables_without_a_mapping_are_known_by_the_names_of_the_scheme(scheme: Scheme, draw: Draw) -> None:
    rows = [["2025年6月"], ["单位", "累计完成投资", "按期办结数（件）"], ["白水镇", "3.945亿元", 5]]
    found = read_reports([("2025年6月_县发改局.xlsx", draw(rows))], scheme)
    assert found.problems == ()
    assert figures(found) == {
        ("T1", "INV.actual", "2025-06"): Decimal(39450),
        ("T1", "M4.numerator", "2025-06"): Decimal(5),
    }


def test_a_heading_that_could_be_several_figures_is_an_error(scheme: Scheme, draw: Draw) -> None:
    same = {"figures": {"actual": "实际数", "target": "年度计划"}}
    several = tuple(one.model_copy(update=same) if one.code in ("M1", "M2") else one for one in scheme.indicators)
    twice = scheme.model_copy(update={"indicators": several})
    found = read_reports([("2025年6月_县发改局.xlsx", draw([["单位", "实际数"], ["白水镇", 5]]))], twice)
    assert errors(found) == [("sheets.heading_ambiguous", "B1")]


def test_what_is_no_table_of_ours_is_refused(scheme: Scheme, mapping: ReportMapping, draw: Draw) -> None:
    found = read_reports([("通讯录.xlsx", draw([["姓名", "电话"], ["某", 1]]))], scheme, mapping)
    assert errors(found) == [("sheets.no_form", "")]
    lacking = read_reports([("a_固投.xlsx", draw([["姓名", "电话"], ["某", 1]]))], scheme, mapping)
    assert errors(lacking) == [("sheets.no_table", "")]


def test_a_receipt_names_the_header_row_for_the_workbook_that_goes_back(read: Callable[..., Import]) -> None:
    found = read("a_固投.xlsx", [TITLE, HEAD, [1, "白水镇", "约", 1, ""]])
    assert found.receipts[0].headers == {"Sheet1": 1}
