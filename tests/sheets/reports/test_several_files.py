"""Several files together: the same figure twice, corrections, what is missing, who was late, folders and pools."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from baton.engine.panel.panel import Panel
from baton.engine.scheme.model import Scheme
from baton.sheets.forms import fields_of
from baton.sheets.reports import ReportMapping, read_register, read_report_mapping, read_reports, reports_in
from baton.sheets.reports.file_name import version_of
from baton.words import Refused, Severity

type Draw = Callable[..., bytes]


def table(draw: Draw, figure: object, unit: str = "白水镇", plan: object = 82000) -> bytes:
    return draw([["2025年6月"], ["单位", "固投（累计）", "年度计划"], [unit, figure, plan]])


def test_two_values_for_one_figure_are_an_error_that_names_both_cells(
    scheme: Scheme, mapping: ReportMapping, draw: Draw
) -> None:
    found = read_reports([("a_固投.xlsx", table(draw, 1)), ("b_固投.xlsx", table(draw, 2))], scheme, mapping)
    (problem,) = found.errors
    assert (problem.code, problem.place.file, problem.place.cell) == (
        "sheets.reported_differently",
        "b_固投.xlsx",
        "B3",
    )
    assert problem.params["where"] == "a_固投.xlsx › Sheet1!B3"
    assert [receipt.taken for receipt in found.receipts] == [True, False]


def test_the_same_value_twice_is_a_warning_but_not_for_annual_figures(
    scheme: Scheme, mapping: ReportMapping, draw: Draw
) -> None:
    found = read_reports([("a_固投.xlsx", table(draw, 1)), ("b_固投.xlsx", table(draw, 1))], scheme, mapping)
    assert [(p.code, p.severity) for p in found.problems] == [("sheets.reported_again", Severity.WARNING)]
    assert len(found.observations) == 2
    Panel.of(found.observations)


def test_a_correction_replaces_what_it_holds_and_nothing_else(
    scheme: Scheme, mapping: ReportMapping, draw: Draw
) -> None:
    sources = [("a_固投.xlsx", table(draw, 1)), ("a_固投_更正.xlsx", table(draw, 5, plan=""))]
    found = read_reports(sources, scheme, mapping)
    assert found.problems == ()
    (correction,) = found.corrections
    assert (correction.before.value, correction.after.value, correction.after.version) == (Decimal(1), Decimal(5), 1)
    kept = {row["series"]: row for row in Panel.of(found.observations).frame.collect().iter_rows(named=True)}
    assert kept["INV"]["value"] in (5, 82000)
    assert [receipt.version for receipt in found.receipts] == [0, 1]


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("2025年6月_固投.xlsx", 0),
        ("2025年6月_固投_更正.xlsx", 1),
        ("2025年6月_固投（更正）.xlsx", 1),
        ("2025年6月_固投_更正2.xlsx", 2),
        ("2025年6月_固投_第2版.xlsx", 1),
        ("2025年6月_更正说明.xlsx", 0),
    ],
)
def test_versions_in_file_names(name: str, version: int) -> None:
    assert version_of(name, "更正") == version


def test_what_is_missing_is_listed_with_who_should_have_reported(
    scheme: Scheme, mapping: ReportMapping, draw: Draw
) -> None:
    found = read_reports([("a_固投.xlsx", table(draw, "—"))], scheme, mapping, periods=["2025-06"])
    missing = {(one.unit, one.series, one.figure): one for one in found.missing}
    assert missing["T1", "INV", "actual"].marked == "none"
    assert missing["T2", "INV", "actual"].marked is None
    assert missing["T1", "INV", "actual"].lead == "D1"
    assert ("D1", "INV", "actual") not in missing
    assert all(one.period == "2025-06" for one in found.missing)


def test_items_of_a_units_own_list_are_not_missing_one_by_one(scheme: Scheme, draw: Draw) -> None:
    rows = [["2025年度"], ["单位", "实事1"], ["白水镇", 1]]
    found = read_reports([("2025年度_县教育局.xlsx", draw(rows))], scheme, periods=["2025"])
    lists = [(one.unit, one.figure) for one in found.missing if one.series == "Y4"]
    assert lists == [("T2", "item1"), ("T3", "item1")]


def test_a_register_tells_who_was_late(scheme: Scheme, mapping: ReportMapping, draw: Draw) -> None:
    text = "文件名,报送单位,应报日期,收到时间,说明\n2025年06月/a_固投.xlsx,县发改局,2025-07-05,2025-07-08 09:30,\n"
    register = read_register(text.encode("utf-8-sig"))
    found = read_reports([("a_固投.xlsx", table(draw, 1))], scheme, mapping, register=register)
    assert found.receipts[0].late_days == 3
    with pytest.raises(Refused) as refused:
        read_register(text.replace("2025-07-05", "七月初").encode("utf-8-sig"))
    assert [p.code for p in refused.value.problems] == ["sheets.not_a_day"]


def test_a_folder_gives_its_reports_mapping_and_register(tmp_path: Path, draw: Draw) -> None:
    (tmp_path / "2025年06月").mkdir()
    for name in ("2025年06月/b.xlsx", "a.csv", "~$a.xlsx", "对照表.yaml", "收件登记.csv", "说明.docx"):
        (tmp_path / name).write_bytes(b"x")
    found = reports_in(tmp_path)
    assert [path.name for path in found.files] == ["b.xlsx", "a.csv"]
    assert found.mapping == tmp_path / "对照表.yaml"
    assert found.register == tmp_path / "收件登记.csv"
    (tmp_path / "2025年06月" / "baton.yaml").write_bytes(b"x")
    with pytest.raises(Refused):
        reports_in(tmp_path)
    with pytest.raises(Refused):
        reports_in(tmp_path / "nothing")


def test_a_pool_of_processes_gives_the_same(scheme: Scheme, mapping: ReportMapping, draw: Draw, tmp_path: Path) -> None:
    for number, unit in enumerate(("白水镇", "清河镇", "无此镇")):
        (tmp_path / f"{number}_固投.xlsx").write_bytes(table(draw, number, unit))
    files = reports_in(tmp_path).files
    assert read_reports(files, scheme, mapping, workers=2) == read_reports(files, scheme, mapping)


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        (
            "tables:\n  - files: [a]\n    columns:\n      固投: {figure: INV.actul}\n",
            "sheets.mapping_unknown_figure",
            4,
        ),
        ("tables:\n  - files: [a]\n    columns: {固投: {figur: INV.actual}}\n", "sheets.mapping_wrong", 3),
        (
            'tables:\n  - files: [a]\n    columns: {固投: {figure: INV.actual}}\n    checks: ["固投 = 完成"]\n',
            "sheets.mapping_check",
            4,
        ),
        ("tables: [\n", "engine.scheme_yaml", 0),
    ],
)
def test_mapping_files_are_checked_by_line(scheme: Scheme, text: str, problem: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        read_report_mapping(text, "对照表.yaml", fields_of(scheme))
    found = refused.value.problems[0]
    if line:
        assert (found.code, found.place.line) == (problem, line)
    assert found.place.file == "对照表.yaml"


def test_annual_targets_in_a_monthly_table_do_not_make_the_year_overdue(
    scheme: Scheme, mapping: ReportMapping, draw: Draw
) -> None:
    found = read_reports([("a_固投.xlsx", table(draw, 1))], scheme, mapping)
    yearly = {(one.series, one.figure) for one in found.missing if one.period == "2025"}
    assert yearly == {("INV", "target")}
    assert {one.period for one in found.missing} == {"2025", "2025-06"}


def test_a_figure_in_a_table_of_another_length_is_an_error(scheme: Scheme, draw: Draw) -> None:
    rows = [["2025年度"], ["单位", "累计增速", "本年入库"], ["白水镇", 8.1, 5]]
    found = read_reports([("县发改局.xlsx", draw(rows))], scheme)
    assert [(p.code, p.place.cell) for p in found.errors] == [("sheets.no_period", "A2")]
