"""What a control chart says of the newest of a series: usual variation, unusual improvement, unusual decline.

XmR (individuals and moving range): natural limits are mean ± 2.66 x mean moving range, 2.66 = 3 / 1.128 (d2 of two
points; Wheeler, Understanding Variation, 1993). The limits come from the months before, so that the newest does not
widen them. Seven in a row on one side of the mean are no chance either (NHS England, Making Data Count).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np

from baton.assessment.choices import Movement

_LIMIT, _LIMIT_PERCENT = Decimal("2.66"), 266
MOST = 10**12
"""So large may numbers be that are looked at together: 266 x twelve months x eleven times as much still fits."""
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


def movement[Number: (Decimal, int)](
    values: Sequence[Number | None], points: int, higher_is_better: bool = True
) -> Movement:
    """Name the newest of a series (oldest first, None: no figure), once there are so many points at least.

    Asked without dividing: v > total / n + 2.66 x moved / (n - 1) is (v x n - total) x (n - 1) > 2.66 x moved x n.
    """
    known = [value for value in values if value is not None]
    if len(known) < max(points, 3) or values[-1] is None:
        return Movement.TOO_SHORT
    before, count = known[:-1], len(known) - 1
    total = sum(before[1:], before[0])
    moved = sum(abs(later - earlier) for earlier, later in pairwise(before))
    beyond = (known[-1] * count - total) * (count - 1)
    reach = _LIMIT * moved * count
    side = (beyond > reach) - (beyond < -reach) or _shifted([value * count - total for value in known])
    if not side:
        return Movement.USUAL
    return Movement.BETTER if (side > 0) is higher_is_better else Movement.WORSE


def movements(values: "np.ndarray[tuple[int, int], np.dtype[np.int64]]", points: int) -> list[Movement]:
    """Name the newest of many complete series of the same length at once, as `movement` does one by one.

    `values`: a row a series, oldest first, no greater than `MOST`.
    """
    height, length = values.shape
    if length < max(points, 3):
        return [Movement.TOO_SHORT] * height
    before, count = values[:, :-1], length - 1
    total = before.sum(axis=1)
    reach = _LIMIT_PERCENT * np.abs(np.diff(before, axis=1)).sum(axis=1) * count
    beyond = (values[:, -1] * count - total) * (count - 1) * 100
    side = (beyond > reach).astype(np.int8) - (beyond < -reach).astype(np.int8)
    if length > _RUN:
        recent = values[:, -_RUN:] * count - total[:, None]
        shifted = (recent > 0).all(axis=1).astype(np.int8) - (recent < 0).all(axis=1).astype(np.int8)
        side = np.where(side == 0, shifted, side)
    names = {0: Movement.USUAL, 1: Movement.BETTER, -1: Movement.WORSE}
    return [names[one] for one in side.tolist()]


def _shifted[Number: (Decimal, int)](above: Sequence[Number]) -> int:
    """Whether the last seven, beyond which there are others to compare with, lie all above the mean or below (-1)."""
    if len(above) <= _RUN:
        return 0
    recent = above[-_RUN:]
    return all(one > 0 for one in recent) - all(one < 0 for one in recent)
