"""Policy of the plan of assessments: when items come to units, what is worth a warning, what would relieve most."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from baton.assessment.choices import Rhythm

_QUARTER = 3
_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: _QUARTER, Rhythm.HALF_YEARLY: 6}


@dataclass(frozen=True, slots=True)
class Planned:
    """An item as the rules see it: numbers of itself, of its organiser and of the units it comes to."""

    number: int
    title: str
    organiser: int
    opens: date
    closes: date
    rhythm: Rhythm
    units: frozenset[int]

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it comes to each of its units."""
        return occasions(self.opens, self.closes, self.rhythm)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two items whose days overlap at some of the same units."""

    first: Planned
    second: Planned
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class Often:
    """A unit that is checked more often in a quarter than it should be: how often, and by which items."""

    unit: int
    quarter: str
    count: int
    items: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Relief:
    """An item that is still to come, and how many visits to units would fall away without it."""

    item: Planned
    saved: int


def quarter_of(day: date) -> str:
    """Give the quarter of a day, such as `2026-Q3`."""
    return f"{day.year}-Q{(day.month - 1) // _QUARTER + 1}"


def occasions(opens: date, closes: date, rhythm: Rhythm) -> tuple[date, ...]:
    """Give the days on which an item comes to a unit.

    The first is the day it opens; the next are the first days of the months, quarters or halves after that it reaches.
    """
    step = _MONTHS.get(rhythm)
    found, month = [opens], (opens.month - 1) // (step or 1) * (step or 1)
    year = opens.year
    while step:
        year, month = year + (month + step) // 12, (month + step) % 12
        day = date(year, month + 1, 1)
        if day > closes:
            break
        found.append(day)
    return tuple(found)


def overlaps(items: Iterable[Planned]) -> list[Overlap]:
    """Give the pairs of items by whose days some unit is checked twice at a time, the most units first.

    Those that run through the year, month by month, overlap with everything and are left out.
    """
    bound = [one for one in items if one.rhythm is Rhythm.ONCE]
    found = []
    for one, other in combinations(sorted(bound, key=lambda item: (item.opens, item.number)), 2):
        units = one.units & other.units
        if units and other.opens <= one.closes:
            found.append(Overlap(one, other, units))
    return sorted(found, key=lambda pair: -len(pair.units))


def over_limit(items: Iterable[Planned], most: int) -> dict[int, tuple[Planned, ...]]:
    """Give the organisers with more items than the limit of a year, each with all of its items."""
    by_organiser: dict[int, list[Planned]] = defaultdict(list)
    for one in items:
        by_organiser[one.organiser].append(one)
    return {number: tuple(several) for number, several in by_organiser.items() if len(several) > most}


def visits(items: Iterable[Planned]) -> Mapping[tuple[int, str], list[Planned]]:
    """Give by unit and quarter which items come, once for every time."""
    found: dict[tuple[int, str], list[Planned]] = defaultdict(list)
    for one in items:
        for day in one.days:
            for unit in one.units:
                found[unit, quarter_of(day)].append(one)
    return found


def too_often(items: Iterable[Planned], most: int) -> list[Often]:
    """Give the units that are checked more than `most` times in a quarter, the most often first."""
    found = [
        Often(unit, quarter, len(several), tuple(dict.fromkeys(several)))
        for (unit, quarter), several in visits(items).items()
        if len(several) > most
    ]
    return sorted(found, key=lambda one: (-one.count, one.quarter, one.unit))


def reliefs(items: Iterable[Planned], today: date) -> list[Relief]:
    """Give what is still to come by how many visits to units it takes, the most first: leaving it out relieves most."""
    found = [Relief(one, sum(day >= today for day in one.days) * len(one.units)) for one in items]
    return sorted((one for one in found if one.saved), key=lambda one: (-one.saved, one.item.number))
