"""What is left of repeated scores when the level of the unit and that of the period are taken away."""

import numpy as np

from baton.engine.robustness.branch import Bools, Floats

LEAST_PERIODS = 4
LEAST_UNITS = 3


def residual_variance(scores: Floats, there: Bools) -> Floats | None:
    """Variance of one period's score about the unit's and the period's level [unit].

    scores, there: [period, unit]. None: fewer than four periods or three units.
    """
    scores = scores[there.any(axis=1)]
    there = there[there.any(axis=1)]
    times, units = scores.shape
    if times < LEAST_PERIODS or units < LEAST_UNITS:
        return None
    counts = np.maximum(there.sum(axis=0), 1)
    level = np.where(there, scores, 0).sum(axis=0) / counts
    apart = np.where(there, scores - level, 0.0)
    month = apart.sum(axis=1, keepdims=True) / np.maximum(there.sum(axis=1, keepdims=True), 1)
    left = np.where(there, apart - month, 0.0)
    freedom = np.maximum(counts - 1, 1) * (units - 1) / units
    return _drawn_together((left**2).sum(axis=0) / freedom, float(freedom.min()))


def _drawn_together(variance: Floats, freedom: float) -> Floats:
    """Variances drawn towards their common one (inverse-gamma prior by moments, as in Smyth 2004)."""
    units = len(variance)
    common = float(variance.sum()) / units
    if common == 0:
        return variance
    spread = float(((variance - common) ** 2).sum()) / (units - 1) / common**2
    own = max(0.0, (spread - 2 / freedom) / (1 + 2 / freedom))
    if own == 0:
        return np.full(units, common)
    prior = 4 + 2 / own
    found: Floats = (freedom * variance + prior * common) / (freedom + prior)
    return found
