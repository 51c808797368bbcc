"""Copied: the same run of figures as a year, a quarter or a month before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from baton.engine.integrity.cube import MONTHS, Cube
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, average, median, years_beside, zeros
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


def find_copied(ground: Ground) -> Tested:
    """Test the longest run of months of a year that equal those `lag` months before, exactly or nearly.

    Chance = chance of one equal month ^ length of the run x places where it could begin. One equal month is taken to be
    as likely as the likeliest of three tellers says: peers in the same year, the unit's other years, and how far
    figures of that nature move beside their finest step. So equal months of levels that hardly move, or of small
    counts, tell nothing, and those of long figures that move a good deal tell much.
    """
    cube, share = ground.cube, ground.settings.false_discovery
    best = np.ones((len(cube.indicators), len(cube.units), len(cube.years)))
    length, lagged = np.zeros_like(best), np.zeros_like(best)
    end = np.zeros(best.shape, dtype=np.int64)
    for look in _rare(list(_looks(ground)), best.shape, share):
        moved = _moved(ground, look)
        density = (ground.nature.grain[look.cells] + 2 * look.close) / (np.sqrt(_TWO_PI) * np.maximum(moved, 1e-12))
        chance = _chance(np.maximum(look.likely, density), look.run)
        better = chance < best[look.cells]
        spots = tuple(axis[better] for axis in look.cells)
        lag = np.full_like(look.run, look.lag)
        for kept, new in ((best, chance), (length, look.run), (lagged, lag), (end, look.last)):
            kept[spots] = new[better]

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        stop = y * MONTHS + end[i, u, y] + 1
        months = cube.months[stop - int(length[i, u, y]) : stop]
        yield ground.flag(
            FlagKind.COPIED, (i, u), months, zeros(best[i, u, y]), run=length[i, u, y], months_before=lagged[i, u, y]
        )

    return Tested(FlagKind.COPIED, best, flags)


@dataclass(frozen=True, eq=False)
class _Look:
    """Years (i, u, y) in which a long run of months ends that equal, within `close`, those `lag` months before.

    scaled: that have grown by the same factor since, told by the change of the difference. run: length of the longest;
    last: month 0..11 of its end; likely: how often one month is equal by chance.
    """

    lag: int
    close: float
    scaled: bool
    cells: tuple[np.ndarray, ...]
    run: Floats
    last: np.ndarray
    likely: Floats

    def only(self, kept: np.ndarray) -> "_Look":
        """Some of the years."""
        cells = tuple(axis[kept] for axis in self.cells)
        return replace(self, cells=cells, run=self.run[kept], last=self.last[kept], likely=self.likely[kept])


def _looks(ground: Ground) -> Iterator[_Look]:
    cube = ground.cube
    for lag in LAGS:
        if lag >= len(cube.months):
            continue
        for scaled in (False, True)[: 1 + (lag == MONTHS)]:
            apart = _apart(ground.level, lag, scaled)
            known = cube.by_year(~np.isnan(apart)).sum(axis=-1)
            away = np.abs(apart)
            for close in _CLOSE:
                equal = away <= close
                cells, run, last = _long_runs(cube, equal, ground.settings.least_run)
                yield _Look(lag, close, scaled, cells, run, last, _rate(cube, equal, known, cells))


def _apart(level: Floats, lag: int, scaled: bool) -> Floats:
    """Logarithms less those `lag` months before (I, U, T); how this changed since the month before, where `scaled`."""
    apart = np.full_like(level, MISSING)
    apart[..., lag:] = level[..., lag:] - level[..., :-lag]
    return np.diff(apart, axis=-1, prepend=MISSING) if scaled else apart


def _rare(looks: list[_Look], shape: tuple[int, ...], share: float) -> list[_Look]:
    """Years that can still be findings whatever the last teller says: only they are asked further.

    No chance above share x findings / all years is a finding (Benjamini & Hochberg 1995), and there are no more
    findings than years that are left.
    """
    bound, last = share, MISSING
    while bound != last:
        looks = [look.only(_chance(look.likely, look.run) <= bound) for look in looks]
        left = np.zeros(shape, dtype=bool)
        for look in looks:
            left[look.cells] = True
        bound, last = share * int(left.sum()) / left.size, bound
    return [look for look in looks if look.run.size]


def _long_runs(cube: Cube, equal: np.ndarray, least: int) -> tuple[tuple[np.ndarray, ...], Floats, np.ndarray]:
    """Years (i, u, y) in which a long run of equal months ends, its length, and the month 0..11 of its end."""
    ends = equal[..., least - 1 :].copy()
    for back in range(1, least):
        ends &= equal[..., least - 1 - back : -back]
    i, u = np.nonzero(ends.any(axis=-1))
    month = np.arange(1, equal.shape[-1] + 1)
    runs = cube.by_year(month - np.maximum.accumulate(np.where(equal[i, u], 0, month), axis=-1))
    longest = runs.max(axis=-1)
    series, year = np.nonzero(longest >= least)
    last = runs[series, year].argmax(axis=-1)
    return (i[series], u[series], year), longest[series, year].astype(float), last


def _chance(likely: Floats, run: Floats) -> Floats:
    rate = np.where(likely > _OFTENEST, 1.0, np.clip(likely * _WIDER, _RAREST, 1.0))
    found: Floats = np.minimum(rate**run * MONTHS * (len(LAGS) + 1) * len(_CLOSE), 1.0)
    return found


def _moved(ground: Ground, look: _Look) -> Floats:
    """How far figures move from one comparison to the next: standard deviation, the least of all tellers.

    Told by the differences over the lag, and by how these change from month to month (a level that stands where it
    stood keeps standing there); by the peers of the year and by the unit's own other years.
    """
    rows, row = np.unique(look.cells[0], return_inverse=True)
    unit, year = look.cells[1:]
    apart = _apart(ground.level[rows], look.lag, look.scaled)
    found = []
    for values in (apart, np.diff(apart, axis=-1, prepend=MISSING)):
        own = 1.4826 * median(np.abs(ground.cube.by_year(values)))
        peers = median(own, axis=1)
        found += [peers[row, year], years_beside(own)[row, unit, year]]
    least: Floats = np.fmin.reduce(found)
    return least


def _rate(cube: Cube, equal: np.ndarray, known: np.ndarray, cells: tuple[np.ndarray, ...]) -> Floats:
    """Share of equal months at peers in the year, in the unit's other years, and of single ones, for some years.

    The units with the most equal months of a year are left out and single ones are those with different neighbours, so
    that copies do not raise the rate.
    """
    rows, row = np.unique(cells[0], return_inverse=True)
    unit, year = cells[1:]
    equal, known = equal[rows], known[rows]
    count = cube.by_year(equal).sum(axis=-1).astype(float)
    share = np.sort(np.where(known > 0, count / np.maximum(known, 1), np.inf), axis=1)
    share = share[:, : max(int(_HONEST * share.shape[1]), 1)]
    share = np.where(np.isfinite(share), share, MISSING)
    peers = np.nan_to_num(average(share, axis=1))[:, None, :]
    single = equal.copy()
    single[..., 1:] &= ~equal[..., :-1]
    single[..., :-1] &= ~equal[..., 1:]
    alone = np.count_nonzero(single, axis=(1, 2))
    unequal = known.sum(axis=(1, 2)) - count.sum(axis=(1, 2)) + alone
    usual = np.maximum(peers, ((alone + 1.0) / np.maximum(unequal, 1.0))[:, None, None])
    usual = np.broadcast_to(usual, count.shape)[row, unit, year]
    others, months = (one[row, unit].sum(axis=-1) - one[row, unit, year] for one in (count, known))
    own = (others + _PRIOR_MONTHS * usual) / (months + _PRIOR_MONTHS)
    found: Floats = np.maximum(usual, own)
    return found
