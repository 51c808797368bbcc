"""Figures worth a second look before they are sent: questions to whoever reports, never refusals.

Tenfold: a slip of the decimal point or of the unit (万元 for 亿元) changes a figure at least ten times. Outside its own
course: beyond the natural limits of its own months (`rules.chart`). Far from the others: more than 3.5 by the modified
z-score of the median (Iglewicz & Hoaglin, How to Detect and Handle Outliers, 1993).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import median

from baton.assessment.rules.chart import limits

_TENFOLD = Decimal(10)
_FAR, _OF_NORMAL = Decimal("3.5"), Decimal("0.6745")
_FEWEST = 6
"""Months, and units beside it, below which nothing is said of a course or of others (as `chart_points`)."""


class Why(StrEnum):
    """Why a figure is worth a look, the gravest first."""

    TENFOLD = "tenfold"
    FELL = "fell"
    COURSE = "course"
    OTHERS = "others"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Course:
    """A figure and what it is held against.

    `before`: the same figure in earlier months, oldest first, None where there was none. `adds_up`: it is a total since
    January that cannot fall, and `first`: this is the month in which it begins again.
    """

    now: Decimal
    before: Sequence[Decimal | None]
    adds_up: bool = False
    first: bool = False


def reasons(courses: Mapping[str, Course]) -> dict[str, tuple[Why, ...]]:
    """Give by unit why its figure is worth a look, gravest first; units of which nothing is to be said are left out."""
    far = _far_from_others({unit: one.now for unit, one in courses.items()})
    found = {unit: tuple(_of(one, unit in far)) for unit, one in courses.items()}
    return {unit: whys for unit, whys in found.items() if whys}


def _of(one: Course, far: bool) -> list[Why]:
    last = one.before[-1] if one.before and not (one.adds_up and one.first) else None
    found = []
    if last and one.now and (abs(one.now) >= _TENFOLD * abs(last) or abs(last) >= _TENFOLD * abs(one.now)):
        found.append(Why.TENFOLD)
    if one.adds_up and last is not None and one.now < last:
        found.append(Why.FELL)
    if not found and _off_course(one, last):
        found.append(Why.COURSE)
    if not found and far:
        found.append(Why.OTHERS)
    if one.adds_up and one.now and one.now == last:
        found.append(Why.SAME)
    return found


def _off_course(one: Course, last: Decimal | None) -> bool:
    """Whether the figure, or of a total its step since last month, lies outside the natural limits of its months."""
    known = [value for value in one.before if value is not None]
    if one.adds_up:
        if last is None:
            return False
        steps = [later - earlier for earlier, later in pairwise(known) if later >= earlier]
        known, now = steps, one.now - last
    else:
        now = one.now
    if len(known) < _FEWEST:
        return False
    found = limits(known)
    return not found.lower <= now <= found.upper


def _far_from_others(values: Mapping[str, Decimal]) -> frozenset[str]:
    if len(values) < _FEWEST:
        return frozenset()
    middle = median(values.values())
    spread = median(abs(value - middle) for value in values.values())
    if not spread:
        return frozenset()
    return frozenset(unit for unit, value in values.items() if _OF_NORMAL * abs(value - middle) > _FAR * spread)
