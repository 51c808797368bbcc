"""The scored periods of a year, as small numbers and as the texts that results show.

Months are 1..12, quarters 21..24, the year is 40. Observations use the same numbers.
"""

from baton.engine.terms import Frequency

YEAR = 40
_QUARTER = 20

MONTHS = tuple(range(1, 13))
QUARTERS = tuple(range(_QUARTER + 1, _QUARTER + 5))


def periods(frequency: Frequency) -> tuple[int, ...]:
    """The periods of a year at a frequency."""
    return {Frequency.MONTH: MONTHS, Frequency.QUARTER: QUARTERS, Frequency.YEAR: (YEAR,)}[frequency]


def frequency_of(period: int) -> Frequency:
    """The frequency a period number belongs to."""
    if period == YEAR:
        return Frequency.YEAR
    return Frequency.QUARTER if period > _QUARTER else Frequency.MONTH


def period_text(year: int, period: int) -> str:
    """Write a period: `2025-06`, `2025-Q2`, `2025`."""
    if period == YEAR:
        return f"{year}"
    return f"{year}-Q{period - _QUARTER}" if period > _QUARTER else f"{year}-{period:02d}"


def texts(year: int) -> dict[str, int]:
    """All period texts of a year with their numbers."""
    return {period_text(year, period): period for period in (*MONTHS, *QUARTERS, YEAR)}


def last_month(period: int) -> int:
    """The last month of a period (6 for the second quarter, 12 for the year)."""
    if period == YEAR:
        return 12
    return (period - _QUARTER) * 3 if period > _QUARTER else period


def first_month(period: int) -> int:
    """The first month of a period."""
    if period == YEAR:
        return 1
    return (period - _QUARTER) * 3 - 2 if period > _QUARTER else period


def parts_of(period: int, finer: Frequency) -> tuple[int, ...]:
    """The periods of a finer frequency inside a period; the period itself at its own frequency."""
    if frequency_of(period) is finer:
        return (period,)
    months = range(first_month(period), last_month(period) + 1)
    if finer is Frequency.MONTH:
        return tuple(months)
    return tuple(quarter for quarter in QUARTERS if last_month(quarter) in months)


def due(frequency: Frequency, period: int) -> bool:
    """Whether a figure of this frequency is due by the end of this period (a quarterly one in March, not in May)."""
    if frequency is Frequency.MONTH:
        return True
    if frequency is Frequency.QUARTER:
        return last_month(period) % 3 == 0
    return last_month(period) == 12
