"""Where the year was heading before its last months: what rest of the year peers and own past foretell."""

from dataclasses import dataclass

import numpy as np

from baton.engine.integrity.cube import MONTHS, Cube
from baton.engine.integrity.robust import MISSING, average, habit, logarithm, median, standardised
from baton.engine.integrity.series import Floats

SPLITS = (6, 8, 9, 10, 11)
"""Months after which a year is split: what came, and what was still to come."""
_FEWEST = 5
_SPRING = 3
_CUT = 2.5
"""A month that strays further than this many standard deviations (a flood, a project) says no more of its year."""


@dataclass(frozen=True, eq=False)
class Heading:
    """For each split S, arrays (S, I, U, Y).

    completion: logarithm of the share of the target that was reached (I, U, Y). foretold: of the share that the months
    up to the split foretell. surprise, shortfall: how far the rest of the year came above and below what was foretold,
    in units of its spread; or how far it did so beside the first months of the year after, from which it may be taken.
    """

    completion: Floats
    foretold: Floats
    surprise: Floats
    shortfall: Floats


def heading_of(cube: Cube, level: Floats, residual: Floats, noise: Floats) -> Heading:
    """Foretell the rest of each year from its first months: usual months x how far the first ones lie from theirs.

    Usual is what `residual` takes out: the peers' months at the year's own height. The first months' mean, single large
    ones cut, tells the height; how the unit's rest of the year differs in its other years is taken out as far as units
    keep it. Years and series that do not add up, lack months, or lack a target, are gaps.
    """
    adds = cube.adds_up[..., None, None] & ~np.isnan(cube.by_year(cube.reported)).any(axis=-1, keepdims=True)
    # Indicators of which nothing adds up (levels, shares) would be gaps throughout: they are not worked out.
    rows = np.flatnonzero(adds.any(axis=(1, 2, 3)))
    adds, noise = adds[rows], noise[rows]
    months = np.where(adds, cube.by_year(cube.reported[rows]), MISSING)
    off = np.where(adds, cube.by_year(residual[rows]), MISSING)
    usual = np.nan_to_num(np.exp(cube.by_year(level[rows]) - off))
    target = np.where(cube.target[rows] > 0, cube.target[rows], MISSING)
    total = months.sum(axis=-1)
    foretold, surprise, shortfall = [], [], []
    spring = _next_spring(off, noise)
    for split in SPLITS:
        height = _height(off[..., :split], noise)
        rest = usual[..., split:].sum(axis=-1)
        beyond = logarithm(months[..., split:].sum(axis=-1)) - logarithm(rest) - height
        own = habit(beyond)
        foretold.append(logarithm(months[..., :split].sum(axis=-1) + rest * np.exp(height + own)) - logarithm(target))
        variance = noise**2 * (1.0 / split + 1.0 / (MONTHS - split))
        alone = standardised(beyond - own, variance)
        apart = beyond - spring
        both = standardised(apart - habit(apart), variance + noise**2 * (1.0 / _SPRING + 1.0 / (MONTHS - _SPRING)))
        surprise.append(np.fmax(alone, both))
        shortfall.append(np.fmax(-alone, -both))
    found = logarithm(total / target), np.stack(foretold), np.stack(surprise), np.stack(shortfall)
    return Heading(*(_among_all(one, rows, len(level)) for one in found))


def _among_all(values: Floats, rows: np.ndarray, indicators: int) -> Floats:
    """Put what was worked out for some indicators (..., R, U, Y) among all of them; the others are gaps."""
    found = np.full((*values.shape[:-3], indicators, *values.shape[-2:]), MISSING)
    found[..., rows, :, :] = values
    return found


def _next_spring(off: Floats, noise: Floats) -> Floats:
    """How far the first months of the year after lie above its other months (I, U, Y); the last year has none."""
    found = np.full(off.shape[:-1], MISSING)
    following = off[..., 1:, :]
    found[..., :-1] = _height(following[..., :_SPRING], noise, 2) - _height(following[..., _SPRING:], noise)
    return found


def _height(off: Floats, noise: Floats, fewest: int = _FEWEST) -> Floats:
    """Mean of the first months (I, U, Y), single large ones cut; too few known months are a gap."""
    middle = median(off)[..., None]
    bound = _CUT * noise[..., None]
    enough = np.count_nonzero(~np.isnan(off), axis=-1) >= fewest
    return np.where(enough, average(np.clip(off, middle - bound, middle + bound)), MISSING)
