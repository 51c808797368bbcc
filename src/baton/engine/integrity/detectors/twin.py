"""Twins: two units whose months move together far closer than any two honest units do."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import normal_tail, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_FEWEST = 9
_LEAST = 0.95
_BOUND = 2.0
_STRICTER = 0.1
"""Two flags hang on every pair, and pairs share units: the false discovery rate is held this much lower."""
_MANY = 4
"""More twins than this of one unit, indicator and year are a figure the county handed out, no copy."""


def find_twin(ground: Ground) -> Iterator[Flag]:
    """Test the correlation of the residuals of every two units over the months of a year.

    What peers do in a month is taken out first, and single large months (a flood that hits both) are cut, so honest
    units are unrelated: atanh(r) x sqrt(n - 3) is standard normal (Fisher 1921; one month more is taken off for the
    year's middle). Both units are flagged; which one copied is for people to find out.
    """
    cube = ground.cube
    bound = _BOUND * ground.noise
    residual = cube.by_year(np.clip(ground.residual, -bound, bound))
    pairs: list[tuple[int, int, int, int, float]] = []
    tested = 0
    for y in range(len(cube.years)):
        shape, count = _shapes(residual[:, :, y])
        near = shape @ shape.transpose(0, 2, 1)
        tested += int((count >= _FEWEST).sum(axis=1).astype(float) @ (count >= _FEWEST).sum(axis=1)) // 2
        for i, u, v in np.argwhere(near >= _LEAST):
            if u >= v:
                continue
            both = min(count[i, u], count[i, v])
            z = np.arctanh(min(float(near[i, u, v]), 1 - 1e-6)) * np.sqrt(max(both - 4.0, 1.0))
            pairs.append((i, u, v, y, float(normal_tail(np.array(z)))))
    if not pairs:
        return
    chances = np.sort(np.array([pair[-1] for pair in pairs]))
    share = ground.settings.false_discovery * _STRICTER
    good = np.flatnonzero(chances <= share * np.arange(1, len(pairs) + 1) / max(tested, len(pairs)))
    last = float(chances[good[-1]]) if good.size else -1.0
    kept = [pair for pair in pairs if pair[-1] <= last]
    yield from _flags(ground, kept)


def _flags(ground: Ground, kept: list[tuple[int, int, int, int, float]]) -> Iterator[Flag]:
    others: dict[tuple[int, int, int], list[tuple[float, int]]] = {}
    for i, u, v, y, chance in kept:
        others.setdefault((i, u, y), []).append((chance, v))
        others.setdefault((i, v, y), []).append((chance, u))
    for (i, u, y), twins in others.items():
        if len(twins) > _MANY:
            continue
        chance, twin = min(twins)
        months = ground.cube.of_year(y)
        strength = zeros(chance)
        yield ground.flag(FlagKind.TWIN, (i, u), months, strength, other=ground.cube.units[twin])


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
