"""Sensitive points of a trial run: where a hundredth, an equal, a veto or a rounding decides on a grade.

Nothing is computed anew: each point is read off the totals, thresholds and places of the run, so that it can be talked
about before anything is decided.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise

from baton.assessment.choices import Sensitive
from baton.assessment.rules.annual.placed import Placed, Pool, PoolGrade, pools
from baton.engine.scheme.model import Scheme

_WAYS = (ROUND_FLOOR, ROUND_HALF_UP, ROUND_CEILING)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Point:
    """A sensitive point. `units`: whom it is about, best first; `grade`: the name of the grade that hangs on it.

    `distance`: in points, how much it is about; `other`: places under another rounding, smallest and largest.
    """

    kind: Sensitive
    pool: str
    units: tuple[Placed, ...]
    grade: str = ""
    distance: Decimal | None = None
    other: tuple[int, int] | None = None
    size: int | None = None
    exact: Decimal | None = None


def sensitive_points(scheme: Scheme, placed: Sequence[Placed], near: Decimal) -> list[Point]:
    """Give the sensitive points of a run, pool by pool. `near`: how many points away a threshold or place is near."""
    suggested = {one.unit: one.grade for one in placed}
    found: list[Point] = []
    for pool in pools(scheme, placed, suggested):
        ranked = sorted(pool.members, key=lambda one: (-(one.compared or _ZERO), one.rank or _ZERO, one.unit))
        for grade in pool.grades:
            found += _thresholds(pool, grade, ranked, near)
            found += _last_places(pool, grade, ranked, near)
            found += _rounded(pool, grade)
        found += _ties(pool, ranked)
        found += _vetoes(scheme, pool, ranked)
    return found


def _thresholds(pool: Pool, grade: PoolGrade, ranked: Sequence[Placed], near: Decimal) -> Iterator[Point]:
    if grade.at_least is None or grade.at_least <= 0:
        return
    for one in ranked:
        compared, total = one.compared or _ZERO, one.total or _ZERO
        away = compared - grade.at_least
        if away < 0 and -away <= near:
            yield Point(Sensitive.JUST_MISSED, pool.name, (one,), grade.name, -away)
        elif away >= 0 and total < grade.at_least:
            yield Point(Sensitive.SHOWN_ONLY, pool.name, (one,), grade.name, grade.at_least - total)
        elif 0 <= away <= near:
            yield Point(Sensitive.JUST_REACHED, pool.name, (one,), grade.name, away)


def _last_places(pool: Pool, grade: PoolGrade, ranked: Sequence[Placed], near: Decimal) -> Iterator[Point]:
    """The last with a place and the first without that reaches the threshold, where they are near each other."""
    if grade.size is None:
        return
    having = [one for one in ranked if one.grade == grade.code]
    if not having:
        return
    last = having[-1]
    behind = ranked[ranked.index(last) + 1 :]
    without = next((one for one in behind if one.by_score == grade.code and not one.vetoes), None)
    if without is not None and (last.compared or _ZERO) - (without.compared or _ZERO) <= near:
        away = (last.total or _ZERO) - (without.total or _ZERO)
        yield Point(Sensitive.LAST_PLACE, pool.name, (last, without), grade.name, away, size=grade.size)


def _rounded(pool: Pool, grade: PoolGrade) -> Iterator[Point]:
    if grade.exact is None or grade.exact == grade.exact.to_integral_value():
        return
    sizes = [int(grade.exact.to_integral_value(way)) for way in _WAYS]
    other = (min(sizes), max(sizes))
    yield Point(Sensitive.QUOTA_ROUNDING, pool.name, (), grade.name, None, other, grade.size, grade.exact)


def _ties(pool: Pool, ranked: Sequence[Placed]) -> Iterator[Point]:
    for _, found in groupby(ranked, key=lambda one: one.compared):
        equals = tuple(found)
        if len(equals) > 1 and any(one.group == other.group for one, other in pairwise(equals)):
            yield Point(Sensitive.TIE, pool.name, equals)


def _vetoes(scheme: Scheme, pool: Pool, ranked: Sequence[Placed]) -> Iterator[Point]:
    names = {grade.code: grade.name for grade in scheme.grading.grades}
    for one in ranked:
        if one.vetoes:
            yield Point(Sensitive.VETO, pool.name, (one,), names.get(one.by_score, ""))
