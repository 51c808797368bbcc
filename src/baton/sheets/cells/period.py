"""A reporting period cell: a month (2022-03), a quarter (2022-Q1) or a year (2022), however an office writes it."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from baton.sheets.cells.absent import absent
from baton.sheets.cells.decimals import from_double
from baton.sheets.cells.figure import written
from baton.sheets.cells.text import chinese_digits, close
from baton.sheets.workbook.model import Value
from baton.words import Place, Problem

FIRST_YEAR, LAST_YEAR = 1949, 2199
"""Years outside are taken for slips of the pen."""


class Grain(StrEnum):
    """The length of a period."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_DAY = re.compile(
    r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?(?:\d\d:\d\d(?::\d\d)?)?\Z|(\d{4})(\d\d)(\d\d)\Z"
)
_MONTH = re.compile(r"(\d{4})(?:年度?|[-./])(\d{1,2})(?:月份?)?[底末]?\Z|(\d{4})(\d\d)\Z")
_QUARTER = re.compile(r"(\d{4})(?:年度?)?[-./]?(?:第?([1-4])季度?|q([1-4]))\Z")
_YEAR = re.compile(r"(\d{4})(?:年度?|全年|\.00?)?\Z")
_RANGE = re.compile(r"(?:\d{4}年?)?[-./]?\d{1,2}月?[-—–~至到]\d{1,2}月(?:份|累计)?\Z")
_YEARLESS = re.compile(r"\d{1,2}月|第?[1-4]季|q[1-4]")
_ONE_OR_TEN = re.compile(r"\d{4}\.1\Z")
_NOWHERE = Place()


def read_period(
    raw: Value, grain: Grain | None = None, year: int | None = None, number_format: str = "", place: Place = _NOWHERE
) -> str | Problem | None:
    """Read a period; None where the cell holds none.

    `grain`: the length that is wanted, any if None; `year`: the year of the table, for cells such as 3月. A day counts
    as its month; 2022.0 is a year that a program wrote as a number with places. 2022.1 may be January or, as a number
    that lost its zero, October: that is a Problem.
    """
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        text = _number_as_text(raw, number_format)
    elif isinstance(raw, date):
        text = f"{raw.year}-{raw.month}"
    elif isinstance(raw, str) and absent(raw) is not None:
        return None
    else:
        text = chinese_digits(close(str(raw)))
    found = _understood(text, year)
    if isinstance(found, tuple):
        code, params = found
        return Problem(code, {"given": str(raw), **params}, place)
    if grain is not None and _grain(found) is not grain:
        return Problem("sheets.period_of_other_length", {"given": str(raw), "period": found, "wanted": grain}, place)
    return found


def _number_as_text(raw: float, number_format: str) -> str:
    value, _ = from_double(raw) if abs(raw) < 1e9 else (Decimal(0), ())
    return f"{value:.2f}" if number_format == "0.00" else written(value)


def _grain(period: str) -> Grain:
    if len(period) == 4:
        return Grain.YEAR
    return Grain.QUARTER if "Q" in period else Grain.MONTH


def _understood(text: str, year: int | None) -> str | tuple[str, dict[str, object]]:
    """Give the period, or the code and parameters of what is wrong with it."""
    if _ONE_OR_TEN.match(text):
        return "sheets.period_one_or_ten", {"january": f"{text[:4]}-01", "october": f"{text[:4]}-10"}
    if _RANGE.match(text):
        return "sheets.period_range", {}
    if _YEARLESS.match(text):
        if year is None:
            return "sheets.period_without_year", {}
        text = f"{year}年{text}"
    for pattern, form in ((_DAY, "{0}-{1:0>2}"), (_YEAR, "{0}"), (_MONTH, "{0}-{1:0>2}"), (_QUARTER, "{0}-Q{1}")):
        match = pattern.match(text)
        if match:
            parts = tuple(part for part in match.groups() if part)
            return _checked(form.format(*parts), parts)
    return "sheets.not_a_period", {}


def _checked(period: str, parts: tuple[str, ...]) -> str | tuple[str, dict[str, object]]:
    impossible = not FIRST_YEAR <= int(parts[0]) <= LAST_YEAR
    if len(period) == 7 and period[5] != "Q":
        month = int(period[5:])
        impossible |= not 1 <= month <= 12
        if len(parts) == 3 and not impossible:
            impossible |= not _is_day(int(parts[0]), month, int(parts[2]))
    return ("sheets.period_impossible", {}) if impossible else period


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False
