"""Out of line: reported figures that leave the physical figure they are linked with."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, average, flattened, judged, median, spread, standardised, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

WINDOWS = (12, 6, 3)
_LOOKS = 4.0
_LEAST = 0.05
_SLACK = 0.02
_MIDST = 3.0
"""Standard deviations beyond which few honest years lie, so that the honest spread is told as before."""


def find_out_of_line(ground: Ground) -> Tested:
    """Test log(reported / physical) in windows of a year, half a year and a quarter against the unit's other years.

    What peers' ratios did in the same months is taken out. z = mean deviation of the window x sqrt(months) / noise; the
    deviation counts at most one and a half times that from the highest other year (downwards: the lowest), so that one
    odd year makes no other look odd.
    """
    cube = ground.cube
    everywhere = np.full((len(cube.indicators), len(cube.units), len(cube.years)), MISSING)
    if not ground.linked.size:
        return Tested(FlagKind.OUT_OF_LINE, everywhere, lambda i, u, y: ())
    deviation, above, below = _deviations(ground, ground.ratio)
    own = _quarters(_deviations(ground, ground.level)[0])
    noise = ground.ratio_noise
    looks, shifts, starts = [], [], []
    months = MONTHS * max(len(ground.cube.years) - 1, 1)
    quarters = [_quarters(one) for one in (deviation, above, below)]
    for window in WINDOWS:
        means, highest, lowest = (_means(*one, window) for one in quarters)
        most = 1.5 * np.maximum(highest, 0.0) + _SLACK
        least = 1.5 * np.minimum(lowest, 0.0) - _SLACK
        counted = _own_doing(np.clip(means, least, most), _means(*own, window))
        share = counted / np.where(means == 0, MISSING, means)
        for part in range(MONTHS // window):
            plain = standardised(means[..., part], noise**2 * (1.0 / window + 1.0 / months))
            looks.append(plain * share[..., part])
            shifts.append(counted[..., part])
            starts.append((part * window, window))
    statistic, shift = _one_sided(np.stack(looks)), np.stack(shifts)
    chance, which = judged(statistic, ~np.isnan(statistic), _LOOKS)
    size = np.take_along_axis(shift, which[None], axis=0)[0]
    everywhere[ground.linked] = np.where(size > _LEAST, chance, np.fmax(chance, 1.0))
    row = {int(i): at for at, i in enumerate(ground.linked)}

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        here = row[i], u, y
        first, window = starts[which[here]]
        months = cube.of_year(y)[first : first + window]
        strength = zeros(chance[here])
        yield ground.flag(FlagKind.OUT_OF_LINE, (i, u), months, strength, above_physical=np.expm1(size[here]))

    return Tested(FlagKind.OUT_OF_LINE, everywhere, flags)


def _own_doing(ratio: Floats, reported: Floats) -> Floats:
    """Deviations (L, U, Y, parts) as far as the reported figure itself leaves its usual course the same way.

    A meter that fails or is replaced moves the ratio and leaves the reported figure alone. What years differ in anyhow
    (one standard deviation) is no objection.
    """
    usual = spread(flattened(reported))[:, None, None, None]
    up, down = np.maximum(reported + usual, 0.0), np.minimum(reported - usual, 0.0)
    found: Floats = np.clip(ratio, np.nan_to_num(down, nan=-np.inf), np.nan_to_num(up, nan=np.inf))
    return found


def _one_sided(statistic: Floats) -> Floats:
    """Let each series speak for the side of its farthest year only (S, I, U, Y); other years count at most `_MIDST`.

    A raised year makes the honest ones beside it look low. Left there they would pass for honest falls, and where many
    years are raised they would hide them all. Honest series are farthest above as often as below.
    """
    years = [np.nan_to_num(statistic[..., year]) for year in range(statistic.shape[-1])]
    upwards = (np.maximum.reduce(years) > -np.minimum.reduce(years))[..., None]
    found: Floats = np.where(upwards, np.maximum(statistic, -_MIDST), np.minimum(statistic, _MIDST))
    return found


def _deviations(ground: Ground, values: Floats) -> tuple[Floats, Floats, Floats]:
    """Logarithms less the mean, the highest and the lowest of the unit's other years (L, U, Y, 12), peers taken out.

    Only of linked indicators. A single year is held against the peers' usual ratio.
    """
    by_year = ground.cube.by_year(values[ground.linked])
    years = by_year.shape[2]
    means = average(by_year)
    if years == 1:
        usual = np.repeat(median(means, axis=1)[:, None], means.shape[1], axis=1)
        alone = _without_peers(by_year, usual)
        return alone, alone, alone
    others = [np.delete(means, year, axis=-1) for year in range(years)]
    middle = np.stack([average(one) for one in others], axis=-1)
    highest = np.stack([_end(one) for one in others], axis=-1)
    lowest = np.stack([-_end(-one) for one in others], axis=-1)
    return _without_peers(by_year, middle), _without_peers(by_year, highest), _without_peers(by_year, lowest)


def _end(years: Floats) -> Floats:
    """Highest of several years; a gap where none is known."""
    found = np.where(np.isnan(years), -np.inf, years).max(axis=-1)
    return np.where(np.isfinite(found), found, MISSING)


def _without_peers(by_year: Floats, usual: Floats) -> Floats:
    against_own = by_year - usual[..., None]
    found: Floats = against_own - median(against_own, axis=1)[:, None]
    return found


def _quarters(deviation: Floats) -> tuple[Floats, Floats]:
    """Sum and count of the months of each quarter (..., 4)."""
    there = ~np.isnan(deviation)
    return _added(np.where(there, deviation, 0.0), 3), _added(there.astype(float), 3)


def _added(values: Floats, every: int) -> Floats:
    """Sums of so many neighbours along the last axis."""
    found = values[..., ::every]
    for at in range(1, every):
        found = found + values[..., at::every]
    return found


def _means(total: Floats, count: Floats, window: int) -> Floats:
    """Mean of each window of a year; a window with a third of its months missing is a gap."""
    total, count = (_added(one, window // 3) for one in (total, count))
    found: Floats = np.where(3 * count >= 2 * window, total / np.maximum(count, 1), MISSING)
    return found
