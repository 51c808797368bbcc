"""Medians, tails and false discovery rates over arrays with gaps: the few formulas all detectors share.

Nothing here enters a score; scores are exact and come from elsewhere.
"""

import numpy as np
from numpy import nan

from baton.engine.integrity.series import Floats

MISSING = nan
"""A gap in an array of figures, never a value."""
_CONSISTENT = 1.482602218505602
"""MAD of a normal distribution times this is its standard deviation."""
_TAILS = ((2.576, 200.0), (3.006, 10.0), (3.400, 6.0), (3.629, 5.0), (4.033, 4.0), (4.880, 3.0))
"""Student's t: the 99.5 % quantile in units of the 84.13 % quantile, and the degrees of freedom that have it."""
_FAINTEST = 1e-30
_HALF_ROOT = 0.7071067811865476
_ERFC = (
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277,
)
"""Coefficients of `erfcc`, the lowest power first."""


def median(values: Floats, axis: int = -1) -> Floats:
    """Median along an axis; gaps (NaN) are left out, a line of gaps only gives a gap."""
    ordered = np.sort(np.moveaxis(values, axis, -1), axis=-1)
    count = np.count_nonzero(~np.isnan(ordered), axis=-1)[..., None]
    low = np.take_along_axis(ordered, np.maximum(count - 1, 0) // 2, axis=-1)
    high = np.take_along_axis(ordered, np.minimum(count // 2, ordered.shape[-1] - 1), axis=-1)
    middle: Floats = np.where(count > 0, 0.5 * (low + high), MISSING)[..., 0]
    return middle


def spread(values: Floats, axis: int = -1) -> Floats:
    """Standard deviation told by the median absolute deviation from zero."""
    found: Floats = _CONSISTENT * median(np.abs(values), axis)
    return found


def average(values: Floats, axis: int = -1) -> Floats:
    """Arithmetic mean along an axis without the gaps; a line of gaps only gives a gap."""
    there = ~np.isnan(values)
    count = there.sum(axis=axis)
    total = np.where(there, values, 0.0).sum(axis=axis)
    found: Floats = np.where(count > 0, total / np.maximum(count, 1), MISSING)
    return found


def normal_tail(z: Floats) -> Floats:
    """P(N > z), relative error below 1.2e-7 (Press et al., Numerical Recipes, `erfcc`)."""
    x = np.abs(z) * _HALF_ROOT
    t = 1.0 / (1.0 + 0.5 * x)
    exponent = np.zeros_like(t)
    for factor in reversed(_ERFC):
        exponent = factor + t * exponent
    half = 0.5 * t * np.exp(exponent - x * x)
    found: Floats = np.where(z >= 0, half, 1.0 - half)
    return found


def student_tail(t: Floats, freedom: float) -> Floats:
    """P(T > t) of Student's t through a normal deviate (Wallace, Ann. Math. Stat. 30, 1959)."""
    narrow = (8 * freedom + 1) / (8 * freedom + 3)
    return normal_tail(np.sign(t) * narrow * np.sqrt(freedom * np.log1p(t * t / freedom)))


def upper_chance(statistic: Floats, least_scale: float = 1.0) -> Floats:
    """Chance of so large a statistic among honest cells, for every cell; gaps stay gaps.

    The honest distribution is told by the lower half of all cells, which manipulation upwards leaves alone: centre =
    median, scale = median - 16th percentile (never below `least_scale`), tail = Student's t whose 0.5th percentile
    fits (an empirical null after Efron, J. Am. Stat. Assoc. 99, 2004).
    """
    known = statistic[~np.isnan(statistic)]
    if known.size == 0:
        return statistic
    centre, low = np.quantile(known, (0.5, 0.158655))
    scale = max(float(centre - low), least_scale)
    farthest = float(np.quantile(known, 0.005)) if known.size >= 400 else centre - 3.4 * scale
    ratios, freedoms = zip(*_TAILS, strict=True)
    freedom = float(np.interp((centre - farthest) / scale, ratios, freedoms))
    unit_quantile = float(
        np.interp(freedom, (3.0, 4.0, 5.0, 6.0, 10.0, 200.0), (1.197, 1.142, 1.111, 1.09, 1.054, 1.0))
    )
    return student_tail((statistic - max(float(centre), 0.0)) * unit_quantile / scale, freedom)


def least_chance(chances: Floats, independent: float) -> tuple[Floats, np.ndarray]:
    """Smallest chance along the first axis, made larger for having looked several times, and where it stands.

    `independent`: how many independent looks the looks amount to (Sidak's bound with correlated looks).
    """
    filled = np.where(np.isnan(chances), 2.0, chances)
    where = filled.argmin(axis=0)
    smallest = filled.min(axis=0)
    return np.where(smallest > 1.5, MISSING, np.minimum(smallest * independent, 1.0)), where


def discoveries(chance: Floats, share: float) -> np.ndarray:
    """Cells that may be called findings while at most `share` of them are false (Benjamini & Hochberg 1995)."""
    known = np.sort(chance[~np.isnan(chance)])
    if known.size == 0:
        return np.zeros(chance.shape, dtype=bool)
    within = known <= share * np.arange(1, known.size + 1) / known.size
    last = float(known[np.flatnonzero(within)[-1]]) if within.any() else -1.0
    found: np.ndarray = np.nan_to_num(chance, nan=2.0) <= last
    return found


def zeros(chance: float) -> float:
    """Strength of a flag: -log10 of its chance, at most 30."""
    return float(-np.log10(max(chance, _FAINTEST)))
