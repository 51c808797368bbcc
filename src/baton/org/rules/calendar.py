"""Working days, on plain values: which days are worked, and how terms given in days are counted.

Sources: 《全国年节及纪念日放假办法》 (State Council, as revised on 2024-11-10: 13 holidays a year, days moved to make
long weekends); 《民法典》 art. 201 (a term in days begins on the day after, its first day is not counted) and art. 203
(a last day that is a statutory rest day gives way to the day after the rest). Both are rules of civil law; a notice
that says 工作日 counts working days, make-up days included and holidays not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from baton.words import Place, Problem, Refused

_A_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of days: `worked` for each day that is not what its weekday says; `years` that are settled.

    What the county entered by hand has been laid over what is official.
    """

    worked: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether a day is worked. Raises `Refused` for a year whose holidays nobody has entered yet."""
    if day in calendar.worked:
        return calendar.worked[day]
    if day.year not in calendar.years:
        raise Refused([Problem("org.year_not_settled", {"year": day.year}, Place(field="day"))])
    return day.weekday() < _SATURDAY


def next_working_day(day: date, calendar: Calendar) -> date:
    """Give the first working day after a day."""
    found = day + _A_DAY
    while not is_working_day(found, calendar):
        found += _A_DAY
    return found


def on_working_day(day: date, calendar: Calendar) -> date:
    """Give the day itself where it is worked, else the first working day after it: a last day gives way (art. 203)."""
    return day if is_working_day(day, calendar) else next_working_day(day, calendar)


def add_working_days(start: date, count: int, calendar: Calendar) -> date:
    """Give the last day of a term of so many working days; the day of the start is not counted (art. 201).

    A term of no days ends where it starts, or where the rest after it ends.
    """
    if count < 0:
        msg = f"a term has no {count} days"
        raise ValueError(msg)
    found = start
    for _ in range(count):
        found = next_working_day(found, calendar)
    return on_working_day(found, calendar)


def add_days(start: date, count: int, calendar: Calendar) -> date:
    """Give the last day of a term of so many days of any kind: the start is not counted, the end gives way to rest."""
    if count < 0:
        msg = f"a term has no {count} days"
        raise ValueError(msg)
    return on_working_day(start + count * _A_DAY, calendar)


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Count the working days after one day up to another, which counts; backwards the number is negative."""
    first, last, sign = (start, end, 1) if start <= end else (end, start, -1)
    days = ((first + number * _A_DAY) for number in range(1, (last - first).days + 1))
    return sign * sum(is_working_day(day, calendar) for day in days)
