"""Rounded: far more figures that end on 5 or 10 than chance and peers have."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, least_chance, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_STEPS = (0.005, 0.01, 0.05, 0.1, 0.5)
"""Steps of roundness, in units of the power of ten at or below the unit's usual figure."""
_ABSOLUTE = (5.0, 10.0)
_LOOKS = 4.0
_LEAST_SHARE = 0.4
_RARE = 0.02
_PRIOR = 24.0
"""How many months the peers' share weighs beside the unit's other years."""


def find_rounded(ground: Ground) -> Tested:
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
    counts = [*_multiples(ground, told, steps[: len(_STEPS)]), *_multiples(ground, told, steps[len(_STEPS) :])]
    judged = (_one_step(ground, count, there, finest / step) for count, step in zip(counts, steps, strict=True))
    chances, shares = zip(*judged, strict=True)
    chance, which = least_chance(np.stack(chances), _LOOKS)
    share = np.take_along_axis(np.stack(shares), which[None], axis=0)[0]
    chance = np.where(share >= _LEAST_SHARE, chance, np.fmax(chance, 1.0))

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        step = float(steps[which[i, u, y]][i, u, 0])
        strength = zeros(chance[i, u, y])
        yield ground.flag(FlagKind.ROUNDED, (i, u), ground.cube.of_year(y), strength, step=step, share=share[i, u, y])

    return Tested(FlagKind.ROUNDED, chance, flags)


def _told(values: Floats) -> np.ndarray:
    """Where a figure says something of its own: it is there, not zero, and not the one of the month before."""
    told: np.ndarray = ~(np.isnan(values) | (values == 0))
    told[..., 1:] &= values[..., 1:] != values[..., :-1]
    return told


def _multiples(ground: Ground, told: np.ndarray, steps: list[Floats]) -> Iterator[Floats]:
    """Figures of each year that are multiples of a step (I, U, Y), for steps of which each divides the next."""
    places = np.flatnonzero(told)
    values = ground.cube.reported.ravel()[places]
    for step in steps:
        parts = values / step.ravel()[places // told.shape[-1]]
        whole = np.abs(parts - np.rint(parts)) < 1e-9 * np.maximum(np.abs(parts), 1.0)
        places, values = places[whole], values[whole]
        count = np.bincount(places // MONTHS, minlength=told.size // MONTHS)
        yield count.reshape(*told.shape[:-1], -1).astype(float)


def _one_step(ground: Ground, count: Floats, there: Floats, finest: Floats) -> tuple[Floats, Floats]:
    """Chance and share of multiples of a step (I, U, Y), of which the finest figure is this share."""
    share = count / np.maximum(there, 1.0)
    usual = np.nan_to_num(median(np.where(there > 0, share, MISSING), axis=1)[:, None])
    # A unit that accounts in coarser steps does so in its other years too.
    others, of = (one.sum(axis=-1, keepdims=True) - one for one in (count, there))
    own = (others + _PRIOR * usual) / (of + _PRIOR)
    likely = np.clip(np.maximum(np.maximum(own, usual), np.maximum(finest, _RARE)), 0.0, 1.0)
    # As many as expected or fewer have a chance of a quarter and more: after `_LOOKS` looks that is nothing.
    more = count > there * likely
    chance = np.where(there >= ground.settings.least_months, 1.0, MISSING)
    few = more & ~np.isnan(chance)
    chance[few] = binomial_tail(count[few], there[few], np.broadcast_to(likely, count.shape)[few])
    return chance, share


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
