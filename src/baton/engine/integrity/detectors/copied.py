"""Copied: the same run of figures as a year, a quarter or a month before."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground, years_beside
from baton.engine.integrity.robust import MISSING, average, discoveries, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

LAGS = (12, 24, 6, 3, 1)
_CLOSE = (1e-9, 0.002, 0.01)
"""How far (natural logarithm) two figures may differ and still be called equal."""
_RAREST = 0.002
"""Two figures are never taken to be equal by chance less often than this."""
_OFTENEST = 0.3
"""Where more months are equal than this, nothing can be told from equal ones."""
_WIDER = 1.5
_PRIOR_MONTHS = 6.0
"""How many months the peers' rate of equal months weighs beside a unit's own other years."""
_HONEST = 0.9
"""Share of units, the ones with the fewest equal months, that tell the usual rate of a year."""
_TWO_PI = 6.283185307179586


def find_copied(ground: Ground) -> Iterator[Flag]:
    """Test the longest run of months of a year that equal those `lag` months before, exactly or nearly.

    Chance = chance of one equal month ^ length of the run x places where it could begin. One equal month is taken to be
    as likely as the likeliest of three tellers says: peers in the same year, the unit's other years, and how far
    figures of that nature move beside their finest step. So equal months of levels that hardly move, or of small
    counts, tell nothing, and those of long figures that move a good deal tell much.
    """
    cube = ground.cube
    grain = ground.nature.grain
    looks = len(LAGS) * len(_CLOSE)
    best = np.ones((len(cube.indicators), len(cube.units), len(cube.years)))
    length, lagged = np.zeros_like(best), np.zeros_like(best)
    end = np.zeros(best.shape, dtype=np.int64)
    for lag in LAGS:
        if lag >= len(cube.months):
            continue
        apart = np.full_like(ground.level, MISSING)
        apart[..., lag:] = ground.level[..., lag:] - ground.level[..., :-lag]
        moved = _moved(ground, apart)
        known = cube.by_year(~np.isnan(apart)).sum(axis=-1)
        for close in _CLOSE:
            equal = np.abs(apart) <= close
            density = (grain + 2 * close) / (np.sqrt(_TWO_PI) * np.maximum(moved, 1e-12))
            likely = np.maximum(_rate(cube.by_year(equal), known, equal), density)
            rate = np.where(likely > _OFTENEST, 1.0, np.clip(likely * _WIDER, _RAREST, 1.0))
            run, last = _longest(cube.by_year(_runs(equal)))
            chance = np.minimum(rate**run * MONTHS * looks, 1.0)
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


def _moved(ground: Ground, apart: Floats) -> Floats:
    """How far figures move from one comparison to the next (I, U, Y): standard deviation, the least of all tellers.

    Told by the differences over the lag, and by how these change from month to month (a level that stands where it
    stood keeps standing there); by the peers of the year and by the unit's own other years.
    """
    found = []
    for values in (apart, np.diff(apart, axis=-1, prepend=MISSING)):
        own = 1.4826 * median(np.abs(ground.cube.by_year(values)))
        peers = np.broadcast_to(median(own, axis=1)[:, None], own.shape)
        found += [peers, years_beside(own)]
    least: Floats = np.fmin.reduce(found)
    return least


def _rate(by_year: np.ndarray, known: np.ndarray, equal: np.ndarray) -> Floats:
    """Share of equal months (I, U, Y) at peers in the year, in the unit's other years, and of single ones.

    The units with the most equal months of a year are left out and single ones are those with different neighbours, so
    that copies do not raise the rate.
    """
    count = by_year.sum(axis=-1).astype(float)
    share = np.sort(np.where(known > 0, count / np.maximum(known, 1), np.inf), axis=1)
    share = share[:, : max(int(_HONEST * share.shape[1]), 1)]
    share = np.where(np.isfinite(share), share, MISSING)
    peers = np.nan_to_num(average(share, axis=1))[:, None, :]
    before = np.pad(equal[..., :-1], ((0, 0), (0, 0), (1, 0)))
    after = np.pad(equal[..., 1:], ((0, 0), (0, 0), (0, 1)))
    alone = (equal & ~before & ~after).sum(axis=(1, 2))
    unequal = known.sum(axis=(1, 2)) - equal.sum(axis=(1, 2)) + alone
    usual = np.maximum(peers, ((alone + 1.0) / np.maximum(unequal, 1.0))[:, None, None])
    others, months = (one.sum(axis=-1, keepdims=True) - one for one in (count, known))
    own = (others + _PRIOR_MONTHS * usual) / (months + _PRIOR_MONTHS)
    found: Floats = np.maximum(usual, own)
    return found
