"""Out of line: reported figures that leave the physical figure they are linked with."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import MISSING, average, judged, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

WINDOWS = (12, 6, 3)
_LOOKS = 4.0
_LEAST = 0.05
_SLACK = 0.02
_MIDST = 3.0
"""Standard deviations beyond which few honest years lie, so that the honest spread is told as before."""


def find_out_of_line(ground: Ground) -> Iterator[Flag]:
    """Test log(reported / physical) in windows of a year, half a year and a quarter against the unit's other years.

    What peers' ratios did in the same months is taken out. z = mean deviation of the window x sqrt(months) / noise; the
    deviation counts at most one and a half times that from the highest other year (downwards: the lowest), so that one
    odd year makes no other look odd.
    """
    if not ground.linked.size:
        return
    deviation, above, below = _deviations(ground)
    noise = ground.ratio_noise
    looks, shifts, starts = [], [], []
    quarters = [_quarters(one) for one in (deviation, above, below)]
    for window in WINDOWS:
        means, highest, lowest = (_means(*one, window) for one in quarters)
        most = 1.5 * np.maximum(highest, 0.0) + _SLACK
        least = 1.5 * np.minimum(lowest, 0.0) - _SLACK
        means = np.clip(means, least, most)
        for part in range(MONTHS // window):
            looks.append(means[..., part] * np.sqrt(window) / noise)
            shifts.append(means[..., part])
            starts.append((part * window, window))
    statistic, shift = _one_sided(np.stack(looks)), np.stack(shifts)
    chance, which, found = judged(statistic, ~np.isnan(statistic), _LOOKS, ground.settings.false_discovery)
    size = np.take_along_axis(shift, which[None], axis=0)[0]
    for i, u, y in np.argwhere(found & (size > _LEAST)):
        first, window = starts[which[i, u, y]]
        months = ground.cube.of_year(y)[first : first + window]
        strength = zeros(chance[i, u, y])
        at = int(ground.linked[i]), u
        yield ground.flag(FlagKind.OUT_OF_LINE, at, months, strength, above_physical=np.expm1(size[i, u, y]))


def _one_sided(statistic: Floats) -> Floats:
    """Let each series speak for the side of its farthest year only (S, I, U, Y); other years count at most `_MIDST`.

    A raised year makes the honest ones beside it look low. Left there they would pass for honest falls, and where many
    years are raised they would hide them all. Honest series are farthest above as often as below.
    """
    years = [np.nan_to_num(statistic[..., year]) for year in range(statistic.shape[-1])]
    upwards = (np.maximum.reduce(years) > -np.minimum.reduce(years))[..., None]
    found: Floats = np.where(upwards, np.maximum(statistic, -_MIDST), np.minimum(statistic, _MIDST))
    return found


def _deviations(ground: Ground) -> tuple[Floats, Floats, Floats]:
    """Ratio less the mean, the highest and the lowest of the unit's other years (L, U, Y, 12), peers taken out.

    Only of linked indicators. A single year is held against the peers' usual ratio.
    """
    by_year = ground.cube.by_year(ground.ratio[ground.linked])
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
