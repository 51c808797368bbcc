"""Rounded: far more figures that end on 5 or 10 than chance and peers have."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import MISSING, discoveries, least_chance, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_STEPS = (0.005, 0.01, 0.05, 0.1, 0.5)
"""Steps of roundness, in units of the power of ten at or below the unit's usual figure."""
_ABSOLUTE = (5.0, 10.0)
_LOOKS = 4.0
_LEAST_SHARE = 0.6
_RARE = 0.02


def find_rounded(ground: Ground) -> Iterator[Flag]:
    """Test how many figures of a year are multiples of a step, by the binomial with the chance that peers show.

    The chance is never below what the finest figure of the indicator allows (multiples of 5 among whole numbers: one in
    five), nor below 2 %. A figure that stands still counts once.
    """
    values = ground.cube.reported
    size = np.where(values > 0, values, MISSING)
    power = 10.0 ** np.floor(np.log10(median(size)))[..., None]
    finest = ground.nature.finest[:, None, None]
    told = _told(values)
    there = ground.cube.by_year(told.astype(float)).sum(axis=-1)
    steps = [power * step for step in _STEPS] + [np.full_like(power, step) for step in _ABSOLUTE]
    chances, shares = zip(*(_one_step(ground, values, told, there, step, finest) for step in steps), strict=True)
    chance, which = least_chance(np.stack(chances), _LOOKS)
    share = np.take_along_axis(np.stack(shares), which[None], axis=0)[0]
    for i, u, y in np.argwhere(discoveries(chance, ground.settings.false_discovery) & (share >= _LEAST_SHARE)):
        step = float(steps[which[i, u, y]][i, u, 0])
        strength = zeros(chance[i, u, y])
        yield ground.flag(FlagKind.ROUNDED, (i, u), ground.cube.of_year(y), strength, step=step, share=share[i, u, y])


def _told(values: Floats) -> np.ndarray:
    """Where a figure says something of its own: it is there, not zero, and not the one of the month before."""
    told: np.ndarray = ~(np.isnan(values) | (values == 0))
    told[..., 1:] &= values[..., 1:] != values[..., :-1]
    return told


def _one_step(
    ground: Ground, values: Floats, told: np.ndarray, there: Floats, step: Floats, finest: Floats
) -> tuple[Floats, Floats]:
    """Chance and share of multiples of a step (I, U, Y)."""
    parts = values / step
    whole = np.abs(parts - np.rint(parts)) < 1e-9 * np.maximum(np.abs(parts), 1.0)
    count = ground.cube.by_year(whole & told).sum(axis=-1)
    share = count / np.maximum(there, 1.0)
    usual = np.nan_to_num(median(np.where(there > 0, share, MISSING), axis=1)[:, None])
    likely = np.clip(np.maximum(np.maximum(usual, finest / step), _RARE), 0.0, 1.0)
    return np.where(there >= ground.settings.least_months, binomial_tail(count, there, likely), MISSING), share


def binomial_tail(count: Floats, tries: Floats, likely: Floats) -> Floats:
    """P(X >= count) for a binomial of up to 12 tries, by the sum of its terms."""
    total = np.zeros(np.broadcast_shapes(np.shape(count), np.shape(likely)))
    likely = np.broadcast_to(likely, total.shape)
    tries = np.broadcast_to(tries, total.shape)
    ways = np.ones_like(total)
    for successes in range(13):
        term = ways * likely**successes * (1 - likely) ** np.maximum(tries - successes, 0)
        total = total + np.where((successes >= count) & (successes <= tries), term, 0.0)
        ways = ways * np.maximum(tries - successes, 0) / (successes + 1.0)
    found: Floats = np.minimum(total, 1.0)
    return found
