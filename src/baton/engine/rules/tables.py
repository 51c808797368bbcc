"""Tables of segments: how edges or knots become pieces that cover every number once, and how a key is looked up."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from baton.engine.rules.base import Segment


def steps(
    edges: Sequence[Decimal], shares: Sequence[Decimal], below: Decimal, *, closed_right: bool = False
) -> tuple[Segment, ...]:
    """Make a step table: shares[i] from edges[i] to the next edge, `below` under the first edge."""
    ends: list[Decimal | None] = [None, *edges, None]
    values = [below, *shares]
    return tuple(Segment(low, high, y, y, closed_right) for (low, high), y in zip(pairwise(ends), values, strict=True))


def lines(knots: Sequence[tuple[Decimal, Decimal]]) -> tuple[Segment, ...]:
    """Join knots (x ascending) by straight lines, level outside; two knots at one x make a jump, the second holds at x.

    At least one knot. Segments are closed on the left.
    """
    (first, y_first), (last, y_last) = knots[0], knots[-1]
    between = (Segment(a, b, y_a, y_b) for (a, y_a), (b, y_b) in pairwise(knots) if a < b)
    return (Segment(None, first, y_first, y_first), *between, Segment(last, None, y_last, y_last))


def holds(segment: Segment, key: Decimal) -> bool:
    """Tell whether a key lies in a segment, by the segment's closed side."""
    if segment.closed_right:
        return (segment.low is None or segment.low < key) and (segment.high is None or key <= segment.high)
    return (segment.low is None or segment.low <= key) and (segment.high is None or key < segment.high)


def look_up(segments: Iterable[Segment], key: Decimal) -> Decimal:
    """Find y of a key: y_low + (y_high - y_low)(key - low)/(high - low), or y_low where an end is open."""
    found = next(segment for segment in segments if holds(segment, key))
    if found.low is None or found.high is None or found.y_low == found.y_high:
        return found.y_low
    return found.y_low + (found.y_high - found.y_low) * (key - found.low) / (found.high - found.low)


def ascending(numbers: Sequence[Decimal]) -> tuple[Decimal, Decimal] | None:
    """Give the first neighbours that do not ascend strictly; None where all do."""
    return next(((a, b) for a, b in pairwise(numbers) if a >= b), None)
