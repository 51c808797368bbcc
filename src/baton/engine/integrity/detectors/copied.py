"""Copied: the same run of figures as a year, a quarter or a month before."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import discoveries, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

LAGS = (12, 24, 6, 3, 1)
_CLOSE = (1e-9, 0.002, 0.01)
"""How far (natural logarithm) two figures may differ and still be called equal."""
_RAREST = 0.002
"""Two figures are never taken to be equal by chance less often than this."""


def find_copied(ground: Ground) -> Iterator[Flag]:
    """Test the longest run of months of a year that equal those `lag` months before, exactly or nearly.

    Chance = rate of single equal months among all units ^ length of the run x places where it could begin. The rate is
    told by equal months whose neighbours differ, so that copies do not raise it.
    """
    cube = ground.cube
    looks = len(LAGS) * len(_CLOSE)
    best = np.ones((len(cube.indicators), len(cube.units), len(cube.years)))
    length, lagged = np.zeros_like(best), np.zeros_like(best)
    end = np.zeros(best.shape, dtype=np.int64)
    for lag in LAGS:
        if lag >= len(cube.months):
            continue
        apart = np.abs(ground.level[..., lag:] - ground.level[..., :-lag])
        for close in _CLOSE:
            equal = np.pad(apart <= close, ((0, 0), (0, 0), (lag, 0)))
            rate = _rate(equal, int(np.count_nonzero(~np.isnan(apart[0]))))
            run, last = _longest(cube.by_year(_runs(equal)))
            chance = np.minimum(rate[:, None, None] ** run * MONTHS * looks, 1.0)
            better = (run >= ground.settings.least_run) & (chance < best)
            for kept, new in ((best, chance), (length, run), (lagged, np.full_like(run, lag)), (end, last)):
                kept[better] = new[better]
    for i, u, y in np.argwhere(discoveries(best, ground.settings.false_discovery)):
        stop = y * MONTHS + end[i, u, y] + 1
        months = cube.months[stop - int(length[i, u, y]) : stop]
        yield ground.flag(
            FlagKind.COPIED, (i, u), months, zeros(best[i, u, y]), run=length[i, u, y], months_before=lagged[i, u, y]
        )


def _runs(equal: np.ndarray) -> Floats:
    """Length of the run of equal months that ends at each month (I, U, T)."""
    runs = np.zeros(equal.shape)
    for month in range(equal.shape[-1]):
        before = runs[..., month - 1] if month else 0.0
        runs[..., month] = np.where(equal[..., month], before + 1, 0.0)
    return runs


def _longest(runs: Floats) -> tuple[Floats, np.ndarray]:
    """Longest run that ends within each year, and the month 0..11 where it ends."""
    last = runs.argmax(axis=-1)
    return np.take_along_axis(runs, last[..., None], axis=-1)[..., 0], last


def _rate(equal: np.ndarray, pairs: int) -> Floats:
    """Chance of an equal month per indicator (I,), told by equal months with different neighbours."""
    before = np.pad(equal[..., :-1], ((0, 0), (0, 0), (1, 0)))
    after = np.pad(equal[..., 1:], ((0, 0), (0, 0), (0, 1)))
    alone = (equal & ~before & ~after).sum(axis=(1, 2))
    unequal = max(pairs, 1) - equal.sum(axis=(1, 2)) + alone
    # A long stretch of equal months everywhere (a rate of 100 %) leaves few single ones; then nothing can be told.
    everywhere = equal.sum(axis=(1, 2)) > 0.3 * max(pairs, 1)
    rate = (alone + 1.0) / np.maximum(unequal, 1.0)
    found: Floats = np.where(everywhere, 1.0, np.clip(rate * 1.5, _RAREST, 1.0))
    return found
