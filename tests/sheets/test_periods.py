"""Period cells: every way of writing a month, a quarter or a year."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.sheets.cells import Grain, read_period
from baton.sheets.workbook import Value
from baton.words import Language, Problem, render


def code(raw: Value, **known: object) -> str:
    """Read a period that must be refused; both languages have words for it."""
    problem = read_period(raw, **known)  # type: ignore[arg-type]
    assert isinstance(problem, Problem), problem
    assert all(render(problem, language).what and render(problem, language).mend for language in Language)
    return problem.code


@pytest.mark.parametrize(
    ("raw", "period"),
    [
        ("2022年3月", "2022-03"),
        ("2022 年 3 月份", "2022-03"),
        ("2022年3月底", "2022-03"),
        ("２０２２年３月", "2022-03"),
        ("二〇二二年三月", "2022-03"),
        ("二○二二年十二月", "2022-12"),
        ("2022.03", "2022-03"),
        ("2022.0", "2022"),
        ("2022.10", "2022-10"),
        ("2022-3", "2022-03"),
        ("2022/3", "2022-03"),
        ("202203", "2022-03"),
        ("2022-03-31", "2022-03"),
        ("2022年3月31日", "2022-03"),
        ("20220331", "2022-03"),
        (202203.0, "2022-03"),
        (20220331.0, "2022-03"),
        (2022.03, "2022-03"),
        (2022.12, "2022-12"),
        (date(2022, 3, 1), "2022-03"),
        (datetime.fromisoformat("2022-03-01T00:00:00"), "2022-03"),
        ("2022年第一季度", "2022-Q1"),
        ("2022年1季度", "2022-Q1"),
        ("2022Q1", "2022-Q1"),
        ("2022-Q4", "2022-Q4"),
        ("2022年", "2022"),
        ("2022年度", "2022"),
        (2022.0, "2022"),
        ("", None),
        ("—", None),
    ],
)
def test_periods(raw: Value, period: str | None) -> None:
    assert read_period(raw) == period


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (2022.1, "sheets.period_one_or_ten"),
        ("2022.1", "sheets.period_one_or_ten"),
        ("2022年13月", "sheets.period_impossible"),
        ("2022年2月30日", "sheets.period_impossible"),
        ("0022-03", "sheets.period_impossible"),
        ("1-9月", "sheets.period_range"),
        ("2022年1—9月", "sheets.period_range"),
        ("3月", "sheets.period_without_year"),
        ("一季度", "sheets.period_without_year"),
        ("22年3月", "sheets.not_a_period"),
        ("2022年上半年", "sheets.not_a_period"),
        (44621.0, "sheets.not_a_period"),
        (float("nan"), "sheets.not_a_period"),
        (True, "sheets.not_a_period"),
    ],
)
def test_what_is_not_surely_one_period_is_refused(raw: Value, problem: str) -> None:
    assert code(raw) == problem


def test_the_year_of_the_table_helps_and_the_format_keeps_the_zero() -> None:
    assert read_period("3月", year=2022) == "2022-03"
    assert read_period("第一季度", year=2022) == "2022-Q1"
    assert read_period(2022.1, number_format="0.00") == "2022-10"


def test_a_period_of_another_length_is_refused() -> None:
    assert read_period("2022年3月", Grain.MONTH) == "2022-03"
    assert code("2022年", grain=Grain.MONTH) == "sheets.period_of_other_length"
    assert code("2022年3月", grain=Grain.QUARTER) == "sheets.period_of_other_length"


@given(st.dates(date(1949, 1, 1), date(2199, 12, 31)))
def test_a_month_survives_every_way_of_writing(day: date) -> None:
    year, month = day.year, day.month
    ways: list[Value] = [
        day,
        f"{year}年{month}月",
        f"{year}-{month:02}",
        f"{year}.{month:02}",
        f"{year}{month:02}",
        float(year * 100 + month),
    ]
    assert {read_period(way) for way in ways} == {f"{year}-{month:02}"}


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_a_problem(text: str) -> None:
    assert isinstance(read_period(text), (str, Problem, type(None)))
