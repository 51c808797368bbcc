"""Long tables of other people's data: one figure a row, or one column of values per year."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from baton.engine.scheme.model import Scheme
from baton.sheets.forms import fields_of
from baton.sheets.reports import Import, read_report_mapping, read_reports

LONG = """
passed_rows: [全省]
tables:
  - files: ["long*"]
    layout: long
    grain: year
    columns:
      county: {field: unit}
      metric: {field: series, codes: {tax: Y1, farm: Y7}}
      kind: {field: figure, codes: {done: actual, goal: target, new: new_case}}
      year: {field: period}
      value: {field: value, decimals: 2}
  - files: ["years*"]
    layout: long
    grain: year
    fixed: {series: Y1, figure: actual}
    columns: {county: {field: unit}, 2025年: {field: value, period: "2025"}, 2024年: {field: value, period: "2024"}}
"""

HEAD = "county,metric,kind,year,value"
type Read = Callable[[str, str], Import]


@pytest.fixture
def read(scheme: Scheme) -> Read:
    """Read a CSV under a file name."""
    mapping = read_report_mapping(LONG, "m.yaml", fields_of(scheme))
    return lambda name, text: read_reports([(name, text.encode())], scheme, mapping)


def figures(found: Import) -> dict[tuple[str, str, str], Decimal | None]:
    return {(o.unit, f"{o.series}.{o.figure}", o.period): o.value for o in found.observations}


def test_a_figure_a_row(read: Read) -> None:
    text = (
        "county,metric,kind,year,value\n白水镇,tax,done,2025,5612.345\n清河镇,tax,goal,2025,1e3\n全省,tax,done,2025,9\n"
    )
    found = read("long.csv", text + "清河镇,farm,new,2025,\n")
    assert found.errors == ()
    assert figures(found) == {
        ("T1", "Y1.actual", "2025"): Decimal("5612.35"),
        ("T2", "Y1.target", "2025"): Decimal(1000),
    }
    assert "5612.345" in found.observations[0].origin.conversion


def test_years_in_columns(read: Read) -> None:
    found = read("years.csv", "county,2025年,2024年\n白水镇,1,2\n")
    assert figures(found) == {("T1", "Y1.actual", "2025"): Decimal(1), ("T1", "Y1.actual", "2024"): Decimal(2)}


def test_each_mistake_is_one_problem_at_its_cell(read: Read) -> None:
    rows = ["无此镇,tax,done,2025,1", "白水镇,rain,done,2025,1", "白水镇,tax,done,20x5,1", "白水镇,tax,done,2025,x"]
    found = read("long.csv", "\n".join([HEAD, *rows]))
    assert [(p.code, p.place.cell) for p in found.errors] == [
        ("sheets.unit_unknown", "A2"),
        ("sheets.unknown_figure", "B3"),
        ("sheets.not_a_period", "D4"),
        ("sheets.not_a_number", "E5"),
    ]


def test_more_decimals_than_the_scheme_says_are_refused(scheme: Scheme) -> None:
    indicators = tuple(one.model_copy(update={"decimals": 2}) for one in scheme.indicators if one.code == "Y1")
    strict = scheme.model_copy(update={"indicators": indicators})
    found = read_reports([("2025年度.csv", "单位,本年入库\n白水镇,1.25\n清河镇,1.255\n".encode())], strict)
    assert [(p.code, p.place.cell) for p in found.errors] == [("sheets.too_many_decimals", "B3")]
