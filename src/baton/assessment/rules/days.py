"""Days of a month's calendar on working days; which days are worked is told from outside."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

type Works = Callable[[date], bool]
"""Whether a day is worked: holidays and days worked instead are data of `org`."""
_DAY = timedelta(1)


def day_after(month: str, day: int) -> date:
    """Give a day of the month after the one reported: of `2026-09` and 5 the 5th of October; of short months the last.

    Figures of a month are reported in the next one (示例县：每月 1—5 日报上月).
    """
    year, number = int(month[:4]), int(month[5:])
    year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return date(year, number, min(day, monthrange(year, number)[1]))


def on_working_day(day: date, works: Works) -> date:
    """Give the day itself, or the next one that is worked (民法典 203 by analogy: 末日遇休假日顺延)."""
    while not works(day):
        day += _DAY
    return day


def working_days_after(day: date, count: int, works: Works) -> date:
    """Give the day that is so many working days after another, which itself does not count (民法典 201)."""
    for _ in range(count):
        day = on_working_day(day + _DAY, works)
    return day


def working_days_between(first: date, last: date, works: Works) -> int:
    """Count the working days after the first day up to the last."""
    return sum(works(first + _DAY * number) for number in range(1, (last - first).days + 1))
