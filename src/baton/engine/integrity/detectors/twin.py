"""Twins: two units whose months move together far closer than any two honest units do, or are the same figures."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.detectors.equal import Pair, equal_pairs
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.nature import steps_of
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, student_tail, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_FEWEST = 9
_LEAST = 0.92
_BOUND = 2.0
_STRICTER = 2.0
"""Two flags hang on every pair, and pairs share units: each chance is taken to be this much larger."""
_PER_DEVIATION = 0.5102134
"""One over the 97.5th percentile of the standard normal, 1.959964."""
_PAIRS = 1500
_MANY = 4
"""More twins than this of one unit, indicator and year are a figure the county handed out, no copy."""
_SAME = 1e3
"""Twins are counted as such that are not this much likelier than the nearest one."""


def find_twin(ground: Ground) -> Tested:
    """Test the correlation of the residuals of every two units over the months of a year.

    What peers do in a month is taken out first, and single large months (a flood that hits both) are cut, so honest
    units are unrelated: r x sqrt((n - 3) / (1 - r²)) is Student's t (Fisher 1915; one month more is taken off for the
    year's middle). Levels that carry over are tested by their steps. Long figures that are the same in most months
    of a year are found, however they move. Both units are flagged; which one copied is for people to find out.
    """
    cube, nature = ground.cube, ground.nature
    residual = ground.residual.copy()
    residual[nature.slow] = steps_of(ground.level[nature.slow])
    residual[nature.still] = MISSING
    bound = _BOUND * np.where(nature.slow[:, None, None], ground.noise_of(residual), ground.noise)
    residual = cube.by_year(np.clip(residual, -bound, bound))
    pairs: list[Pair] = []
    tested = np.zeros((len(cube.indicators), len(cube.units), len(cube.years)), dtype=bool)
    for y in range(len(cube.years)):
        shape, count = _shapes(residual[:, :, y])
        near = shape @ shape.transpose(0, 2, 1)
        wide = _wide(near, count)
        tested[..., y] = count >= _FEWEST
        close = np.argwhere(near >= _LEAST)
        for i, u, v in close[close[:, 1] < close[:, 2]].tolist():
            both = min(count[i, u], count[i, v])
            freedom = max(both - 3.0, 1.0)
            r = min(float(near[i, u, v]), 1 - 1e-6)
            t = np.array(r * np.sqrt(freedom / (1 - r * r)) / wide[i])
            chance = _STRICTER * (len(cube.units) - 1) * float(student_tail(t, freedom))
            pairs.append((i, u, v, y, min(chance, 1.0)))
    return _tested(ground, [*pairs, *equal_pairs(ground)], np.where(tested, 1.0, MISSING))


def _tested(ground: Ground, pairs: list[Pair], chance: Floats) -> Tested:
    """Give every cell the chance of its nearest twin; `chance` says which cells were asked about."""
    others: dict[tuple[int, int, int], dict[int, float]] = {}
    for i, u, v, y, likely in pairs:
        for one, other in ((u, v), (v, u)):
            found = others.setdefault((i, one, y), {})
            found[other] = min(likely, found.get(other, 1.0))
    nearest: dict[tuple[int, int, int], int] = {}
    for cell, twins in others.items():
        least = min(twins.values())
        if sum(likely <= _SAME * least for likely in twins.values()) <= _MANY:
            nearest[cell] = min(other for other, likely in twins.items() if likely == least)
            chance[cell] = least

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        twin = ground.cube.units[nearest[i, u, y]]
        yield ground.flag(FlagKind.TWIN, (i, u), ground.cube.of_year(y), zeros(chance[i, u, y]), other=twin)

    return Tested(FlagKind.TWIN, chance, flags)


def _wide(near: np.ndarray, count: np.ndarray) -> Floats:
    """How much wider than the standard normal the correlations of an indicator lie (I,), never less than 1.

    Units that follow a common movement more or less strongly are correlated without copying (an empirical null after
    Efron 2004); told by the 84th and the 97.5th percentile of at most some thousand pairs.
    """
    first, second = np.triu_indices(near.shape[1], 1)
    every = max(len(first) // _PAIRS, 1)
    first, second = first[::every], second[::every]
    both = np.minimum(count[:, first], count[:, second]).astype(float)
    near = np.clip(near[:, first, second].astype(float), -0.9999, 0.9999)
    z = np.where(both >= _FEWEST, np.arctanh(near) * np.sqrt(np.maximum(both - 4.0, 1.0)), 0.0)
    ends = np.quantile(z, (0.8413, 0.975), axis=1)
    found: Floats = np.maximum(np.maximum(ends[0], ends[1] * _PER_DEVIATION), 1.0)
    return found


def _shapes(residual: Floats) -> tuple[np.ndarray, np.ndarray]:
    """Residuals of a year (I, U, 12) with mean zero and length one; too few months are all zero."""
    there = ~np.isnan(residual)
    count = there.sum(axis=-1)
    filled = np.where(there, residual, 0.0)
    filled = np.where(there, filled - (filled.sum(axis=-1) / np.maximum(count, 1))[..., None], 0.0)
    length = np.sqrt((filled**2).sum(axis=-1))
    usable = (count >= _FEWEST) & (length > 1e-6)
    shape = np.where(usable[..., None], filled / np.where(usable, length, 1.0)[..., None], 0.0)
    return shape.astype(np.float32), count
