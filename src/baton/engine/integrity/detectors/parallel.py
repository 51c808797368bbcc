"""Parallel runs: two units whose figures keep the same distance over months in a row, as a copy times a factor does."""

from collections.abc import Iterator
from functools import cache
from math import exp, lgamma

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.detectors.equal import Pair
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.nature import steps_of
from baton.engine.integrity.robust import MISSING, spread
from baton.engine.integrity.series import Floats

FEWEST = 5
"""Months in a row that a run has at least."""
_SIEVE = (*((first, 5) for first in range(8)), (0, 8), (2, 8), (4, 8), (0, 12))
"""First month and length of the runs that are looked at between all pairs; only near ones are looked at closer."""
_NEAR = 3e-5
"""Pairs likelier than this over honest figures cannot be findings, whatever else is known of their units."""
_RUNS = [(first, length) for length in range(FEWEST, MONTHS + 1) for first in range(MONTHS - length + 1)]
_LOOKS = 10.0
"""The runs of a year share most of their months; simulation gives about this many independent looks."""
_STRICTER = 2.0
"""Two flags hang on every pair, and pairs share units: each chance is taken to be this much larger."""
_BLOCK = 8
"""Indicators whose pairs are looked at together: as many as a processor keeps at hand."""
_HALF = slice(3, 9)
_PAIRS = 500
_LOW = 0.025
_UNSEEN = 0.25
"""Distances are not known more exactly than half the finest step of both units."""
_LEAST_SCALE = 0.05
_TERMS = 40


def parallel_pairs(ground: Ground) -> Iterator[Pair]:
    """Find pairs of units whose logarithms keep their distance in a run of a year, and the chance of it.

    Sum of squares of the distance around its mean / (sum of both units' variances) is chi-square with one degree of
    freedom less than months. Levels that carry over are tested by their steps. Where pairs of an indicator lie closer
    anyhow (units that follow a common movement), variances are taken as much smaller as the nearest 2.5 % tell, and
    where more pairs than chance makes lie very near, every chance is taken to be as much larger.
    """
    months, variance = _months(ground)
    variance = variance * _scale(months, variance)[:, None]
    unseen = _UNSEEN * ground.nature.grain**2
    units, years = months.shape[1:3]
    cells, chances = [], []
    for year in range(years):
        here = months[:, :, year]
        i, u, v = _near(here, variance, unseen[..., year])
        apart = here[i, u] - here[i, v]
        both, rounding = (one[i, u] + one[i, v] for one in (variance, unseen[..., year]))
        looks = [_chance(apart[:, first : first + length], both, rounding) for first, length in _RUNS]
        chances.append(np.min(looks, axis=0))
        cells.append(np.stack([i, u, v, np.full_like(i, year)], axis=1))
    cell, chance = np.concatenate(cells), np.concatenate(chances)
    near = np.bincount(cell[chance <= _NEAR, 0], minlength=len(months))
    expected = max(_NEAR * _LOOKS * years * units * (units - 1) * 0.5, 1.0)
    chance = chance * np.maximum(near / expected, 1.0)[cell[:, 0]] * _LOOKS * _STRICTER * (units - 1)
    told = chance < 1.0
    for (at, one, other, year), likely in zip(cell[told].tolist(), chance[told].tolist(), strict=True):
        yield at, one, other, year, likely


def _months(ground: Ground) -> tuple[Floats, Floats]:
    """What moves in each month (I, U, Y, 12), and its variance (I, U), which is taken to be rather too small."""
    nature = ground.nature
    moved = ground.residual.copy()
    moved[nature.slow] = steps_of(ground.level[nature.slow])
    moved[nature.still] = MISSING
    own = spread(moved)
    usual = np.where(nature.slow[:, None], ground.noise_of(moved)[..., 0], ground.noise[..., 0])
    return ground.cube.by_year(moved), np.fmin(usual, np.where(own > 0, own, usual)) ** 2


def _near(months: Floats, variance: Floats, unseen: Floats) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs that lie near each other in any run of the sieve (indicator, unit, other unit), for months (I, U, 12)."""
    units = months.shape[1]
    once = np.triu(np.ones((units, units), dtype=bool), 1)
    near = [np.zeros(0, dtype=np.int64)]
    for first, length in _SIEVE:
        run = _centred(months[..., first : first + length])
        # |a - b|^2 < bound x (both variances) for all pairs as one product: of this, what hangs on one unit only.
        alone = (run**2).sum(axis=-1) - _bound(length - 1) * variance + (length - 1) * unseen
        usable = np.isfinite(alone)
        run, alone = np.where(usable[..., None], run, 0.0), np.where(usable, alone, 1e6)[..., None]
        ones = np.ones_like(alone)
        left = np.concatenate([2 * run, -alone, -ones], axis=-1).astype(np.float32)
        right = np.concatenate([run, ones, alone], axis=-1).astype(np.float32)
        right = np.ascontiguousarray(right.transpose(0, 2, 1))  # a third of the time
        for start in range(0, len(left), _BLOCK):
            block = slice(start, start + _BLOCK)
            if not usable[block].any():
                continue
            close = left[block] @ right[block] > 0
            close &= once
            near.append(np.flatnonzero(close) + start * units * units)
    i, u, v = np.unravel_index(np.unique(np.concatenate(near)), (len(months), units, units))
    return i, u, v


def _centred(run: Floats) -> Floats:
    found: Floats = run - run.sum(axis=-1, keepdims=True) / np.float64(run.shape[-1])
    return found


def _scale(months: Floats, variance: Floats) -> Floats:
    """How much nearer than chance the nearest pairs of an indicator lie (I,), at most 1; told by half years of some."""
    first, second = np.triu_indices(months.shape[1], 1)
    every = max(len(first) // _PAIRS, 1)
    first, second = first[::every], second[::every]
    run = _centred(months[..., _HALF])
    squares = ((run[:, first] - run[:, second]) ** 2).sum(axis=-1)
    squares = squares / (variance[:, first] + variance[:, second])[..., None]
    found = np.ones(len(months))
    for i, row in enumerate(squares):
        known = row[~np.isnan(row)]
        if known.size:
            found[i] = float(np.quantile(known, _LOW))
    freedom = len(range(MONTHS)[_HALF]) - 1
    return np.clip(found / _bound(freedom, _LOW), _LEAST_SCALE, 1.0)


def _chance(apart: Floats, variance: Floats, unseen: Floats) -> Floats:
    """Chance that two units keep their distance so closely (N,), for distances (N, months); 1 where it is not small."""
    freedom = apart.shape[-1] - 1
    squares = ((_centred(apart) ** 2).sum(axis=-1) + freedom * unseen) / variance
    found = np.ones(len(squares))
    near = squares <= _bound(freedom)  # nothing hangs on others
    found[near] = chi_square(squares[near], freedom)
    return found


@cache
def _bound(freedom: int, chance: float = _NEAR) -> float:
    """What a chi-square stays below with this chance."""
    low, high = 0.0, 3.0 * freedom
    for _ in range(50):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if float(chi_square(np.array(middle), freedom)) > chance else (middle, high)
    return high


def chi_square(squares: Floats, freedom: int) -> Floats:
    """P(X <= squares) of chi-square, by the series of the incomplete gamma function (Abramowitz & Stegun 6.5.29)."""
    shape, half = 0.5 * freedom, 0.5 * squares
    term = half**shape * np.exp(-half) * exp(-lgamma(shape + 1))
    total = term.copy()
    for number in range(1, _TERMS):
        term = term * half / (shape + number)
        total = total + term
    found: Floats = np.minimum(total, 1.0)
    return found
