"""What a control chart says of the newest of a series: usual variation, unusual improvement, unusual decline.

XmR (individuals and moving range): natural limits are mean ± 2.66 x mean moving range, 2.66 = 3 / 1.128 (d2 of two
points; Wheeler, Understanding Variation, 1993). The limits come from the months before, so that the newest does not
widen them. Seven in a row on one side of the mean are no chance either (NHS England, Making Data Count).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from baton.assessment.choices import Movement

_LIMIT = Decimal("2.66")
_RUN = 7


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of the months before and the natural limits around it."""

    lower: Decimal
    mean: Decimal
    upper: Decimal


def limits(values: Sequence[Decimal]) -> Limits:
    """Give the natural limits of a series of at least two."""
    mean = sum(values, Decimal(0)) / len(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    reach = _LIMIT * sum(ranges, Decimal(0)) / len(ranges)
    return Limits(mean - reach, mean, mean + reach)


def movement(values: Sequence[Decimal | None], points: int, higher_is_better: bool = True) -> Movement:
    """Name the newest of a series (oldest first, None: no figure), once there are so many points at least."""
    known = [value for value in values if value is not None]
    if len(known) < max(points, 3) or values[-1] is None:
        return Movement.TOO_SHORT
    found = limits(known[:-1])
    side = (known[-1] > found.upper) - (known[-1] < found.lower) or _shifted(known, found.mean)
    if not side:
        return Movement.USUAL
    return Movement.BETTER if (side > 0) is higher_is_better else Movement.WORSE


def _shifted(known: Sequence[Decimal], mean: Decimal) -> int:
    """Whether the last seven, beyond which there are others to compare with, lie all above (1) or below (-1)."""
    if len(known) <= _RUN:
        return 0
    recent = known[-_RUN:]
    return all(value > mean for value in recent) - all(value < mean for value in recent)
