"""Medians, tails and false discovery rates over arrays with gaps: the few formulas all detectors share.

Nothing here enters a score; scores are exact and come from elsewhere.
"""

from dataclasses import dataclass

import numpy as np
from numpy import nan

from baton.engine.integrity.series import Floats

MISSING = nan
"""A gap in an array of figures, never a value."""
_CONSISTENT = 1.482602218505602
"""MAD of a normal distribution times this is its standard deviation."""
_FREEDOMS = (200.0, 10.0, 6.0, 5.0, 4.0, 3.0)
_UNITS = (1.0, 1.054, 1.09, 1.111, 1.142, 1.197)
"""Student's t with these degrees of freedom: the 84.13 % quantile."""
_TAILS = {
    0.02: (2.054, 2.238, 2.396, 2.482, 2.626, 2.909),
    0.01: (2.326, 2.622, 2.883, 3.029, 3.281, 3.794),
}
"""The quantiles this far from the upper end, in units of the 84.13 % quantile."""
_FEWEST_IN_TAIL = 3
_FEW_FREEDOM = 6.0
_LEAST_MIRRORED = 2.5
_FAINTEST = 1e-30
_LEAST_SHARE = 0.25
"""Of a variance told by months, at least this share is left, however quiet the middle of the cells is."""
_KEPT, _OF_KEPT = 0.8333333333333334, 0.4912
"""Share of values that tell a spread, and their mean square where all are standard normal."""
_PAIR = 2
"""Two values need no sorting: a tenth of the time."""
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
    if values.shape[axis] == _PAIR:
        one, other = np.moveaxis(values, axis, 0)
        of_two: Floats = 0.5 * (np.fmin(one, other) + np.fmax(one, other))
        return of_two
    ordered = np.sort(np.moveaxis(values, axis, -1), axis=-1)
    size = ordered.shape[-1]
    middle: Floats = np.asarray(0.5 * (ordered[..., (size - 1) // 2] + ordered[..., size // 2]))
    # Gaps stand last; only lines that have some, and not only gaps, are counted.
    gaps = np.isnan(ordered[..., -1]) & ~np.isnan(ordered[..., 0])
    if gaps.any():
        lines = ordered[gaps]
        count = np.count_nonzero(~np.isnan(lines), axis=-1)
        each = np.arange(len(lines))
        low, high = (lines[each, place] for place in ((count - 1) // 2, count // 2))
        middle[gaps] = 0.5 * (low + high)
    return middle


def spread(values: Floats, axis: int = -1) -> Floats:
    """Standard deviation told by the median absolute deviation from zero."""
    found: Floats = _CONSISTENT * median(np.abs(values), axis)
    return found


def usual_spread(values: Floats) -> Floats:
    """Standard deviation along the last axis told by the five sixths nearest to zero.

    Few odd values change it little; it errs by a third less than `spread`, which heeds one value of the row only.
    """
    ordered = np.sort(np.abs(values), axis=-1)
    known = np.count_nonzero(~np.isnan(ordered), axis=-1)
    kept = np.maximum((_KEPT * known + 0.5).astype(int), 1)
    squares = np.cumsum(np.nan_to_num(ordered) ** 2, axis=-1)
    total = np.take_along_axis(squares, kept[..., None] - 1, axis=-1)[..., 0]
    found: Floats = np.where(known > 0, np.sqrt(total / (kept * _OF_KEPT)), MISSING)
    return found


def logarithm(values: Floats) -> Floats:
    """Natural logarithm; what has none is a gap."""
    found: Floats = np.log(np.where(values > 0, values, MISSING))
    return found


def years_beside(values: Floats) -> Floats:
    """Middle of the other years for each year, along the last axis (..., Y); a single year has none (gap)."""
    count = values.shape[-1]
    others = [
        median(np.delete(values, year, axis=-1)) if count > 1 else values[..., 0] * MISSING for year in range(count)
    ]
    return np.stack(others, axis=-1)


def habit(values: Floats) -> Floats:
    """What the other years tell of each year, as far as the indicator's units keep their ways (I, U, Y).

    Best linear prediction: the middle of the other years, drawn towards none by the share of the spread that is chance,
    which the changes from year to year tell.
    """
    others = max(values.shape[-1] - 1, 1)
    whole = spread(flattened(values)) ** 2
    chance = spread(flattened(np.diff(values, axis=-1))) ** 2 * 0.5 if others > 1 else whole
    lasting = np.maximum(whole - chance, 0.0)
    kept = lasting / np.maximum(lasting + chance / others, _FAINTEST)
    found: Floats = np.nan_to_num(kept)[:, None, None] * np.nan_to_num(years_beside(values))
    return found


def average(values: Floats, axis: int = -1) -> Floats:
    """Arithmetic mean along an axis without the gaps; a line of gaps only gives a gap."""
    there = ~np.isnan(values)
    if there.all():
        return np.asarray(values.sum(axis=axis) / np.float64(values.shape[axis]))
    count = there.sum(axis=axis)
    total = np.where(there, values, 0.0).sum(axis=axis)
    found: Floats = np.where(count > 0, total / np.maximum(count, 1), MISSING)
    return found


def standardised(deviation: Floats, variance: Floats) -> Floats:
    """Deviations (I, U, ...) in units of their spread: what is known of it (`variance`), and what the indicator adds.

    Months tell how far a figure strays by chance, not how far honest years and units differ besides. How much that is,
    the middle half of all cells of the indicator tells (DerSimonian & Laird 1986, by medians instead of sums).
    """
    variance = np.broadcast_to(variance, deviation.shape)
    flat = flattened(deviation)
    expected = np.where(np.isnan(flat), MISSING, flattened(variance))
    seen = (_CONSISTENT * median(np.abs(flat - median(flat)[:, None]))) ** 2
    known = median(expected)
    beyond = np.nan_to_num(np.maximum(seen - known, 0.0))
    # Where months stray by less than thought, the whole of what was thought is taken smaller.
    share = np.clip(np.nan_to_num(seen / np.where(known > 0, known, MISSING), nan=1.0), _LEAST_SHARE, 1.0)
    wide = (len(deviation), *(1,) * (deviation.ndim - 1))
    found: Floats = deviation / np.sqrt(variance * share.reshape(wide) + beyond.reshape(wide))
    return found


def flattened(values: Floats) -> Floats:
    """All cells of each indicator in a row (I, ...)."""
    size = 1
    for length in values.shape[1:]:
        size *= length
    return values.reshape(len(values), size)


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


def student_tail(t: Floats, freedom: float | Floats) -> Floats:
    """P(T > t) of Student's t through a normal deviate (Wallace, Ann. Math. Stat. 30, 1959)."""
    narrow = (8 * freedom + 1) / (8 * freedom + 3)
    return normal_tail(np.sign(t) * narrow * np.sqrt(freedom * np.log1p(t * t / freedom)))


@dataclass(frozen=True)
class Null:
    """What honest cells look like: Student's t around `centre`; `unit` is its 84.13 % quantile."""

    centre: float
    scale: float
    freedom: float
    unit: float


def null_of(statistic: Floats, least_scale: float = 1.0) -> Null:
    """Tell the honest distribution by the lower half of all cells, which manipulation upwards leaves alone.

    Centre = median, scale = median - 16th percentile (never below `least_scale`), tail = Student's t, the heavier of
    those whose 2nd and 1st percentile fit (an empirical null after Efron, J. Am. Stat. Assoc. 99, 2004).
    """
    known = statistic[~np.isnan(statistic)]
    if known.size == 0:
        return Null(0.0, least_scale, _FEW_FREEDOM, 1.0)
    ends = [end for end in _TAILS if known.size * end >= _FEWEST_IN_TAIL]
    centre, low, *farthest = (float(one) for one in np.quantile(known, (0.5, 0.158655, *ends)))
    scale = max(centre - low, least_scale)
    # Quantiles of t move about evenly with the inverse of its degrees of freedom.
    inverse = [1.0 / freedom for freedom in _FREEDOMS]
    fitting = (
        1.0 / float(np.interp((centre - far) / scale, _TAILS[end], inverse))
        for end, far in zip(ends, farthest, strict=True)
    )
    freedom = min(fitting, default=_FEW_FREEDOM)
    return Null(centre, scale, freedom, float(np.interp(freedom, _FREEDOMS[::-1], _UNITS[::-1])))


def least_chance(chances: Floats, independent: float) -> tuple[Floats, np.ndarray]:
    """Smallest chance along the first axis, made larger for having looked several times, and where it stands.

    `independent`: how many independent looks the looks amount to (Bonferroni's bound for correlated looks).
    """
    filled = np.where(np.isnan(chances), 2.0, chances)
    where = filled.argmin(axis=0)
    smallest = filled.min(axis=0)
    return np.where(smallest > 1.5, MISSING, np.minimum(smallest * independent, 1.0)), where


def discoveries(chance: Floats, share: float) -> np.ndarray:
    """Cells that may be called findings while at most `share` of them are false (Benjamini & Hochberg 1995)."""
    asked = int(np.count_nonzero(~np.isnan(chance)))
    known = np.sort(chance[chance <= share])  # larger ones are no findings
    if known.size == 0:
        return np.zeros(chance.shape, dtype=bool)
    within = known <= share * np.arange(1, known.size + 1) / np.float64(asked)
    last = float(known[np.flatnonzero(within)[-1]]) if within.any() else -1.0
    found: np.ndarray = np.nan_to_num(chance, nan=2.0) <= last
    return found


def _with_mirror(chance: Floats, up: Floats, down: Floats) -> Floats:
    """Chance by the share of cells that lie as far out on the other side, beyond 2.5.

    Honest statistics lie evenly on both sides of nothing, so what lies as far on the other side counts the false ones
    (Barber & Candes, Ann. Stat. 43, 2015), whatever the shape of the tails. The smaller of both chances holds:
    manipulation of other kinds makes the other side heavier.
    """
    low = np.sort(down[np.isfinite(down)])
    far = np.nan_to_num(up, nan=-np.inf) >= _LEAST_MIRRORED
    as_far = low.size - np.searchsorted(low, up[far], side="left")
    found = chance.copy()
    found[far] = np.minimum(chance[far], (1 + as_far) / (1 + low.size))
    return found


def judged(looks: Floats, asked: np.ndarray, independent: float, counted: float = np.inf) -> tuple[Floats, np.ndarray]:
    """Judge statistics (S, ...) of S looks at the same cells, for the cells asked about (S, ... or ...).

    Every look is measured by its own honest distribution; a cell by the look that lies farthest out in it. Gives the
    chance of each cell, by that distribution or by its mirror, and that look.
    """
    nulls = [null_of(one) for one in looks]
    centre, scale, freedom, unit = (
        np.array([getattr(null, part) for null in nulls]) for part in ("centre", "scale", "freedom", "unit")
    )
    wide = (-1, *(1,) * (looks.ndim - 1))
    scaled = (looks - centre.reshape(wide)) / scale.reshape(wide)
    answered = asked & ~np.isnan(scaled)
    up = np.where(answered, scaled, -np.inf)
    which, best = up.argmax(axis=0), up.max(axis=0)
    known = answered.any(axis=0)
    distance = np.where(known, best, 0.0) + np.minimum(centre, 0.0)[which] / scale[which]
    chance = np.where(known, 1.0, MISSING)
    beyond = distance > 0  # the nearer half is likelier than not, and no finding
    look = which[beyond]
    chance[beyond] = np.minimum(student_tail(distance[beyond] * unit[look], freedom[look]) * independent, 1.0)
    down = np.where(np.isnan(scaled), -np.inf, -scaled).max(axis=0)
    return _with_mirror(chance, np.where(known, best, MISSING), down), which


def zeros(chance: float) -> float:
    """Strength of a flag: -log10 of its chance, at most 30."""
    return float(-np.log10(max(chance, _FAINTEST)))
