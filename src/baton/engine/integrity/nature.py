"""The nature of an indicator, told by the figures of all its units: how fine they are and how slowly they move."""

from dataclasses import dataclass

import numpy as np

from baton.engine.integrity.cube import MONTHS, Cube
from baton.engine.integrity.robust import MISSING, average, median
from baton.engine.integrity.series import Floats

_SLOW = 0.3
"""Correlation of neighbouring residuals from which on an indicator is a level.

It is below 0 for flows and about 0.6 for a random walk.
"""
_EQUAL = 0.1
"""From this share of months equal to the one before on, movement is not judged."""


@dataclass(frozen=True, eq=False)
class Nature:
    """What months of an indicator can tell.

    finest (I,): the power of ten that figures are multiples of, 0 for endless decimals. grain (I, U, Y): that step as
    a share of the unit's usual figure. slow (I,): levels that carry over from month to month. still (I,): many months
    are equal to the one before.
    """

    finest: Floats
    grain: Floats
    slow: np.ndarray
    still: np.ndarray


def nature_of(cube: Cube, level: Floats, residual: Floats) -> Nature:
    """Tell the nature of every indicator; the middle unit speaks for slowness, so few odd units change nothing."""
    values = cube.reported
    finest = finest_of(values[:, :: max(values.shape[1] // 40, 1)])
    usual = np.exp(median(cube.by_year(level)))
    by_year = cube.by_year(residual)
    beside = average((by_year[..., 1:] * by_year[..., :-1]).reshape(*values.shape[:2], -1))
    square = average(residual**2)
    carried = median(np.where(square > 0, beside, 1.0) / np.where(square > 0, square, 1.0))
    steps = np.diff(level, axis=-1)
    known = np.maximum(np.count_nonzero(~np.isnan(steps), axis=(1, 2)), 1)
    still = np.count_nonzero(steps == 0, axis=(1, 2)) > _EQUAL * known
    return Nature(finest, finest[:, None, None] / usual, (carried > _SLOW) | still, still)


def steps_of(values: Floats) -> Floats:
    """Change from month to month within a year (I, U, T), what all units did taken out; January is a gap."""
    steps = np.diff(values, axis=-1, prepend=MISSING)
    steps[..., ::MONTHS] = MISSING
    found: Floats = steps - median(steps, axis=1)[:, None]
    return found


def finest_of(values: Floats) -> Floats:
    """Smallest power of ten that nearly all figures of an indicator are multiples of (I,); 0 for endless decimals."""
    found = np.zeros(values.shape[0])
    left = np.arange(len(values))
    wanted = 0.9 * np.maximum(np.count_nonzero(~np.isnan(values), axis=(1, 2)), 1)
    for power in range(4, -7, -1):
        step = 10.0**power
        parts = values[left] / step
        whole = np.abs(parts - np.rint(parts)) < 1e-9 * np.maximum(np.abs(parts), 1.0)
        enough = np.count_nonzero(whole, axis=(1, 2)) >= wanted[left]
        found[left[enough]] = step
        left = left[~enough]
    return found
