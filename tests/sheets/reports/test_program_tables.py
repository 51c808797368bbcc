"""Tables that programs export: months in columns, figures in units of their own, years written as numbers."""

from decimal import Decimal

import pytest

from baton.engine.scheme.model import Scheme
from baton.sheets.forms import fields_of
from baton.sheets.reports import Import, read_report_mapping, read_reports
from baton.words import Refused, render

MONTHS = """
year: 2025
unit_headings: [编号]
tables:
  - files: ["监测"]
    layout: months_in_columns
    key: 数列
    months: [一月, 二月, 三月]
    ignore: [备注, 完成率]
    columns: {投资: {figure: INV.actual}, 增速: {figure: M2.actual, percent: points}}
"""
MONTHLY = "编号,数列,一月,二月,三月,备注\nT1,投资,10,,30,\nT1,增速,1.5,2,,\nT1,完成率,9,9,9,\nT2,投资,5,6,7,\n"
YEARLY = """
unit_headings: [code]
period_headings: [year]
ignore: [name]
tables:
  - files: ["export"]
    grain: year
    columns:
      tax: {figure: Y1.actual, times: 1000, decimals: 3}
      plan: {figure: Y1.target, decimals: 1}
"""


def read(scheme: Scheme, mapping: str, file: str, content: str) -> Import:
    ruled = read_report_mapping(mapping, "mapping.yaml", fields_of(scheme))
    found = read_reports([(file, content.encode())], scheme, ruled)
    assert all(render(problem).what and render(problem, "en").what for problem in found.problems)
    return found


def test_months_in_columns_and_several_rows_of_a_unit(scheme: Scheme) -> None:
    found = read(scheme, MONTHS, "监测.csv", MONTHLY)
    assert not found.problems
    assert {(o.unit, o.series, o.period): o.value for o in found.observations} == {
        ("T1", "INV", "2025-01"): 10,
        ("T1", "INV", "2025-03"): 30,
        ("T1", "M2", "2025-01"): Decimal("1.5"),
        ("T1", "M2", "2025-02"): 2,
        ("T2", "INV", "2025-01"): 5,
        ("T2", "INV", "2025-02"): 6,
        ("T2", "INV", "2025-03"): 7,
    }
    assert next(o.origin.cell for o in found.observations if o.period == "2025-03") == "E2"


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ("T1,投资,1,2,3,\n", "sheets.unit_twice", "A6"),
        ("T2,其他,1,2,3,\n", "sheets.row_word_unknown", "B6"),
        ("T9,投资,1,2,3,\n", "sheets.unit_unknown", "A6"),
        ("T3,投资,1,x,3,\n", "sheets.not_a_number", "D6"),
    ],
)
def test_a_row_that_says_nothing_certain_is_named(scheme: Scheme, line: str, code: str, cell: str) -> None:
    found = read(scheme, MONTHS, "监测.csv", MONTHLY + line)
    assert [(problem.code, problem.place.cell) for problem in found.errors] == [(code, cell)]


def test_a_table_without_a_month_or_without_a_year_is_refused(scheme: Scheme) -> None:
    found = read(scheme, MONTHS, "监测.csv", MONTHLY.replace("三月", "3"))
    assert "sheets.column_missing" in [problem.code for problem in found.errors]
    found = read(scheme, MONTHS.replace("year: 2025", ""), "监测.csv", MONTHLY)
    assert [problem.code for problem in found.errors] == ["sheets.mapping_without_year"]


def test_figures_are_multiplied_and_rounded_as_the_mapping_says_with_a_record(scheme: Scheme) -> None:
    content = "code,name,year,tax,plan\nT1,x,2025.0,0.0012345678,7.25\nT2,y,2025,2,7\n"
    found = read(scheme, YEARLY, "export.csv", content)
    assert not found.problems
    first, other, plan, whole = found.observations
    assert [one.value for one in (first, other, plan, whole)] == [Decimal("1.235"), 2000, Decimal("7.3"), 7]
    assert {one.period for one in found.observations} == {"2025"}
    assert "0.0012345678" in first.origin.conversion
    assert "1.235" in first.origin.conversion
    assert not whole.origin.conversion


def test_any_number_of_decimals_will_do_where_the_mapping_rounds(scheme: Scheme) -> None:
    found = read(scheme, YEARLY, "export.csv", "code,year,tax\nT1,2025,4.051118849060538e-05\n")
    assert [one.value for one in found.observations] == [Decimal("0.041")]
    unrounded = YEARLY.replace(", decimals: 3", "")
    found = read(scheme, unrounded, "export.csv", "code,year,tax\nT1,2025,4.051118849060538e-05\n")
    assert [problem.code for problem in found.errors] == ["sheets.number_too_long"]


@pytest.mark.parametrize(("old", "new"), [("times: 1000", "times: 0"), ("decimals: 3", "decimals: 13")])
def test_a_conversion_that_loses_the_figure_is_refused(scheme: Scheme, old: str, new: str) -> None:
    with pytest.raises(Refused):
        read(scheme, YEARLY.replace(old, new), "export.csv", "code,year,tax\n")
