"""The calendar of this county: official days as the package brings them, and over them what was entered by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from chinese_calendar.constants import Holiday as Official
from chinese_calendar.constants import holidays, workdays

from baton.core.models import User
from baton.org.models import CalendarYear, Holiday
from baton.org.rules.calendar import Calendar


@cache
def official() -> Calendar:
    """Give the days that the State Council published, as the package `chinesecalendar` has them."""
    worked = dict.fromkeys(holidays, False) | dict.fromkeys(workdays, True)
    return Calendar(MappingProxyType(worked), frozenset(day.year for day in holidays))


def worked_days() -> Mapping[date, bool]:
    """Say of each day that is not what its weekday says whether it is worked: own days over official ones; one query.

    It holds nothing secret, so that jobs without a user ask for it, too.
    """
    return {**official().worked, **dict(Holiday.objects.values_list("day", "is_working"))}


def working_calendar() -> Calendar:
    """Give the calendar by which terms are counted: own days first, then official ones, then weekdays."""
    settled = CalendarYear.objects.values_list("year", flat=True)
    return Calendar(worked_days(), official().years | frozenset(settled))


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day that is not what its weekday says, as the page shows it; `own`: the county entered it.

    `english`: the name of an official holiday; what the county enters has no other name than its own.
    """

    day: date
    is_working: bool
    name: str
    source: str
    own: bool
    english: str = ""


@dataclass(frozen=True, slots=True)
class YearShown:
    """A year of the calendar: its days, and by what it is settled: the package, the county's own entry, or nothing."""

    year: int
    days: Sequence[DayShown]
    official: bool
    by_hand: CalendarYear | None

    @property
    def settled(self) -> bool:
        """Whether terms can be counted in it."""
        return self.official or self.by_hand is not None


def year_shown(user: User, year: int) -> YearShown:
    """Give a year as the page shows it."""
    own = {one.day: one for one in Holiday.objects.visible_to(user).filter(day__year=year)}
    names: Mapping[date, str] = {**holidays, **workdays}
    chinese = {one.value: one.chinese for one in Official}
    days = {
        day: DayShown(day, worked, chinese[names[day]], "", own=False, english=names[day])
        for day, worked in official().worked.items()
        if day.year == year
    }
    days |= {day: DayShown(day, one.is_working, one.name, one.source, own=True) for day, one in own.items()}
    by_hand = CalendarYear.objects.visible_to(user).filter(year=year).first()
    return YearShown(year, [days[day] for day in sorted(days)], year in official().years, by_hand)


def years_known(user: User) -> list[int]:
    """Give the years that are settled, the newest first."""
    own = CalendarYear.objects.visible_to(user).values_list("year", flat=True)
    return sorted(official().years | set(own), reverse=True)
