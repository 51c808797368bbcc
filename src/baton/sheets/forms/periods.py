"""Periods as forms name them, and which ones a month asks for."""

from baton.engine.plan.calendar import period_text, periods
from baton.engine.terms import Frequency

_QUARTERS = "一二三四"
_LAST_MONTH = 12


def grain_of(period: str) -> Frequency:
    """Give the length of a period text: `2025-06` a month, `2025-Q2` a quarter, `2025` a year."""
    if len(period) == len("2025"):
        return Frequency.YEAR
    return Frequency.QUARTER if "Q" in period else Frequency.MONTH


def period_words(period: str) -> str:
    """Write a period as offices do: 2025年6月, 2025年第二季度, 2025年度."""
    year, _, rest = period.partition("-")
    if not rest:
        return f"{year}年度"
    return f"{year}年第{_QUARTERS[int(rest[1:]) - 1]}季度" if rest[0] == "Q" else f"{year}年{int(rest)}月"


def periods_due(month: str) -> tuple[str, ...]:
    """Give what is reported for a month such as `2025-06`: the month, the quarter it ends, in December the year."""
    year, number = month[:4], int(month[5:])
    quarter = (f"{year}-Q{number // 3}",) if number % 3 == 0 else ()
    return (month, *quarter, year) if number == _LAST_MONTH else (month, *quarter)


def periods_of_year(year: int, frequency: Frequency) -> tuple[str, ...]:
    """Give the period texts of a year at a frequency."""
    return tuple(period_text(year, number) for number in periods(frequency))
