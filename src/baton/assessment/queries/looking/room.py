"""Where a unit's score has most room: by which indicators it would gain most if it did as well as its group's best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max

from baton.assessment.models import LeafResult, UnitResult
from baton.assessment.queries.looking.line import Line

MOST = 3
_ROUNDED = Decimal("0.000001")
"""What a rounding may make points of a leaf differ; so many leaves, so many times as much the score."""


@dataclass(frozen=True, slots=True)
class Room:
    """An indicator with room: what the score lacks to full marks there, and to the best of the group (`reach`)."""

    line: Line
    lost: Decimal
    reach: Decimal
    best: Decimal


def room_of(result: UnitResult, lines: Sequence[Line]) -> tuple[Room, ...]:
    """Give the three indicators with most room, what others of the group have reached first; one query.

    Nothing where the score is no sum of the points of its indicators: there nobody could add these up.
    """
    share = _share(result, lines)
    short = [line for line in lines if line.leaf.points is not None and line.leaf.points < line.leaf.full]
    if share is None or not short:
        return ()
    best = _best(result, {line.leaf.indicator for line in short})
    found = []
    for line in short:
        own, full, there = line.leaf.points or Decimal(0), line.leaf.full, best[line.leaf.indicator, line.leaf.part]
        found.append(Room(line, (full - own) * share, (there - own) * share, there))
    found.sort(key=lambda one: (-one.reach, -one.lost))
    return tuple(found[:MOST])


def _share(result: UnitResult, lines: Iterable[Line]) -> Decimal | None:
    """Give what a point of an indicator is worth in the score: 1, or more where points of others were shared out."""
    scored = [line.leaf for line in lines if line.leaf.points is not None and line.leaf.full > 0]
    full = sum((leaf.full for leaf in scored), Decimal(0))
    if result.score is None or not full:
        return None
    share = result.full / full
    total = sum((leaf.points or Decimal(0) for leaf in scored), Decimal(0)) * share
    return share if abs(total - result.score) <= _ROUNDED * (len(scored) + 1) else None


def _best(result: UnitResult, indicators: Iterable[str]) -> dict[tuple[str, str], Decimal]:
    rows = LeafResult.objects.filter(run=result.run_id, group=result.group, indicator__in=list(indicators))
    found = rows.order_by().values_list("indicator", "part").annotate(best=Max("points"))
    return {(indicator, part): best for indicator, part, best in found}
