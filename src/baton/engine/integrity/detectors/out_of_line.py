"""Out of line: reported figures that leave the physical figure they are linked with."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import MISSING, discoveries, least_chance, median, upper_chance, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

WINDOWS = (12, 6, 3)
_LOOKS = 4.0
_LEAST = 0.05


def find_out_of_line(ground: Ground) -> Iterator[Flag]:
    """Test log(reported / physical) in windows of a year, half a year and a quarter against the unit's other months.

    The ratio's usual level is the unit's own middle outside the year; what peers' ratios did in the same months is
    taken out first. z = mean deviation of the window x sqrt(months) / noise.
    """
    cube = ground.cube
    if np.isnan(ground.ratio).all():
        return
    deviation = _deviation(ground)
    noise = ground.noise_of(ground.without_peers(ground.ratio))
    chances, shifts, starts = [], [], []
    for window in WINDOWS:
        means = _means(deviation, window)
        position = np.nan_to_num(means, nan=-99.0).argmax(axis=-1)
        chance = upper_chance(means * np.sqrt(window) / noise[..., None])
        chances.append(np.take_along_axis(chance, position[..., None], axis=-1)[..., 0] * (MONTHS // window))
        shifts.append(np.take_along_axis(means, position[..., None], axis=-1)[..., 0])
        starts.append(position * window)
    chance, which = least_chance(np.minimum(np.stack(chances), 1.0), _LOOKS * 0.5)
    shift = np.take_along_axis(np.stack(shifts), which[None], axis=0)[0]
    start = np.take_along_axis(np.stack(starts), which[None], axis=0)[0]
    found = discoveries(chance, ground.settings.false_discovery) & (shift > _LEAST)
    for i, u, y in np.argwhere(found):
        first = start[i, u, y]
        months = cube.of_year(y)[first : first + WINDOWS[which[i, u, y]]]
        strength = zeros(chance[i, u, y])
        yield ground.flag(FlagKind.OUT_OF_LINE, (i, u), months, strength, above_physical=np.expm1(shift[i, u, y]))


def _deviation(ground: Ground) -> Floats:
    """Ratio less the unit's middle outside the year and the peers' middle of the month (I, U, Y, 12)."""
    by_year = ground.cube.by_year(ground.ratio)
    years = by_year.shape[2]
    usual = []
    for year in range(years):
        outside = np.delete(by_year, year, axis=2)
        flat = outside.reshape(*outside.shape[:2], -1) if years > 1 else by_year[:, :, year]
        own = median(flat)
        usual.append(own if years > 1 else np.repeat(median(own, axis=1)[:, None], own.shape[1], axis=1))
    against_own = by_year - np.stack(usual, axis=-1)[..., None]
    found: Floats = against_own - median(against_own, axis=1)[:, None]
    return found


def _means(deviation: Floats, window: int) -> Floats:
    """Mean of each window of a year; a window with a third of its months missing is a gap."""
    parts = deviation.reshape(*deviation.shape[:-1], MONTHS // window, window)
    there = ~np.isnan(parts)
    count = there.sum(axis=-1)
    total = np.where(there, parts, 0.0).sum(axis=-1)
    found: Floats = np.where(3 * count >= 2 * window, total / np.maximum(count, 1), MISSING)
    return found
