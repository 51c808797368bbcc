"""Twins: two units whose months move together far closer than any two honest units do, or are the same figures."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.detectors.equal import Pair, equal_pairs
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.nature import steps_of
from baton.engine.integrity.robust import MISSING, normal_tail, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_FEWEST = 9
_LEAST = 0.95
_BOUND = 2.0
_STRICTER = 0.1
"""Two flags hang on every pair, and pairs share units: the false discovery rate is held this much lower."""
_PER_DEVIATION = 0.5102134
"""One over the 97.5th percentile of the standard normal, 1.959964."""
_PAIRS = 1500
_MANY = 4
"""More twins than this of one unit, indicator and year are a figure the county handed out, no copy."""


def find_twin(ground: Ground) -> Iterator[Flag]:
    """Test the correlation of the residuals of every two units over the months of a year.

    What peers do in a month is taken out first, and single large months (a flood that hits both) are cut, so honest
    units are unrelated: atanh(r) x sqrt(n - 3) is standard normal (Fisher 1921; one month more is taken off for the
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
    tested = 0
    for y in range(len(cube.years)):
        shape, count = _shapes(residual[:, :, y])
        near = shape @ shape.transpose(0, 2, 1)
        wide = _wide(near, count)
        tested += int((count >= _FEWEST).sum(axis=1).astype(float) @ (count >= _FEWEST).sum(axis=1)) // 2
        close = np.argwhere(near >= _LEAST)
        for i, u, v in close[close[:, 1] < close[:, 2]]:
            both = min(count[i, u], count[i, v])
            z = np.arctanh(min(float(near[i, u, v]), 1 - 1e-6)) * np.sqrt(max(both - 4.0, 1.0)) / wide[i]
            pairs.append((i, u, v, y, float(normal_tail(np.array(z)))))
    yield from _flags(ground, [*_discovered(ground, pairs, tested), *equal_pairs(ground)])


def _discovered(ground: Ground, pairs: list[Pair], tested: int) -> list[Pair]:
    """Pairs that may be called findings among all that were tested."""
    if not pairs:
        return []
    chances = np.sort(np.array([pair[-1] for pair in pairs]))
    share = ground.settings.false_discovery * _STRICTER
    good = np.flatnonzero(chances <= share * np.arange(1, len(pairs) + 1) / max(tested, len(pairs)))
    last = float(chances[good[-1]]) if good.size else -1.0
    return [pair for pair in pairs if pair[-1] <= last]


def _flags(ground: Ground, kept: list[Pair]) -> Iterator[Flag]:
    others: dict[tuple[int, int, int], dict[int, float]] = {}
    for i, u, v, y, chance in kept:
        for one, other in ((u, v), (v, u)):
            found = others.setdefault((i, one, y), {})
            found[other] = min(chance, found.get(other, 1.0))
    for (i, u, y), twins in others.items():
        if len(twins) > _MANY:
            continue
        chance, twin = min((chance, ground.cube.units[other]) for other, chance in twins.items())
        months = ground.cube.of_year(y)
        strength = zeros(chance)
        yield ground.flag(FlagKind.TWIN, (i, u), months, strength, other=twin)


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
