"""The oracle for figures that are copied, another unit's, round, or too smooth: how unlikely chance is to make them."""

from collections.abc import Iterator

import numpy as np
from by_figures import COPIED_WITH, GUESSED_TO, MONTHS_GUESSED, ROUND, UNREST_LEFT
from cell import Bool, Strength
from figures import rounded
from nature import Floats, Indicator, Nature
from odds import Surprise, density, levels, of_figures, read_off
from panel import Panel

from baton.engine.integrity.series import FlagKind

FEWEST_COPIED, FEWEST_TWINNED = 3, 4
LAST_DIGIT = np.log(1 / 10)
"""Odds that a copied month got another last digit."""
SOURCES = {"same": np.log(0.55), "with a rate": np.log(0.2 / len(COPIED_WITH)), "month before": np.log(0.25)}
"""How often each source is copied from."""


def equals(panel: Panel) -> Iterator[tuple[FlagKind, Floats]]:
    """Give the odds of these kinds: (U, I, Y)."""
    names = FlagKind.COPIED, FlagKind.TWIN, FlagKind.ROUNDED, FlagKind.TOO_SMOOTH
    odds = {name: np.full(panel.size, -np.inf) for name in names}
    for place, one in enumerate(panel.indicators):
        seen = of_figures(panel, place)
        months, by_chance = panel.reported[:, place], _by_chance(panel, place, seen)
        odds[FlagKind.COPIED][:, place] = _copied(months, one, panel.grain[:, place], by_chance)
        odds[FlagKind.TWIN][:, place] = _twinned(panel, months, panel.grain[:, place], by_chance)
        odds[FlagKind.ROUNDED][:, place] = _round(months, one, panel.grain[:, place])
        if (one.flows and one.noise > 0.045) or (one.nature == Nature.PERCENT and one.noise > 5 * one.grain):
            odds[FlagKind.TOO_SMOOTH][:, place] = _smooth(panel, place, seen)
    whole = ~np.isnan(panel.reported.reshape(*panel.size, 12)).any(-1)
    yield from ((name, np.where(whole, found, -np.inf)) for name, found in odds.items())


def _by_chance(panel: Panel, place: int, seen: Surprise) -> Floats:
    """Give the logarithm of the chance (U, T) of just this figure after its past; a full 100 % is no surprise."""
    one, months = panel.indicators[place], panel.reported[:, place]
    step = np.sqrt(12 * read_off(panel, place)) if one.nature == Nature.PERCENT else _relative(panel, place)
    chance = density(seen.left / seen.scale) - np.log(seen.scale) + np.log(step)
    return np.where(_full(one, months) | np.isnan(chance), 0.0, np.minimum(chance, 0.0))


def _full(one: Indicator, months: Floats) -> Bool:
    """Where honest figures stand at the ceiling."""
    return (one.nature == Nature.PERCENT) & (months > 100 - one.grain / 2)


def _relative(panel: Panel, place: int) -> Floats:
    grain = panel.grain[:, place, None]
    relative: Floats = grain / np.maximum(panel.known.expected[:, place], grain)
    return relative


def _best_run(equal: Bool, gain: Floats, fewest: int) -> Floats:
    """Add up gains over the best run of equal months of each year (..., Y); -inf where no run is long enough."""
    by_year = (*equal.shape[:-1], -1, 12)
    equal, gain = equal.reshape(by_year), np.broadcast_to(gain, equal.shape).reshape(by_year)
    run, length = np.zeros(equal.shape[:-1]), np.zeros(equal.shape[:-1])
    best = np.full(equal.shape[:-1], -np.inf)
    for month in range(12):
        there = equal[..., month]
        run, length = np.where(there, run + gain[..., month], 0.0), np.where(there, length + 1, 0)
        best = np.where(length >= fewest, np.maximum(best, run), best)
    return best


def _copied(months: Floats, one: Indicator, grain: Floats, by_chance: Floats) -> Floats:
    half, gap = grain[:, None] / 2, np.full((len(months), 12), np.nan)
    last_year, before = np.concatenate([gap, months[:, :-12]], 1), np.concatenate([gap[:, :1], months[:, :-1]], 1)
    found = [_best_run(np.abs(months - before) < half, -by_chance, FEWEST_COPIED) + SOURCES["month before"]]
    if one.nature != Nature.STOCK:
        found.append(_best_run(np.abs(months - last_year) < half, -by_chance, FEWEST_COPIED) + SOURCES["same"])
    for rate in COPIED_WITH if one.flows else ():
        equal = np.abs(months - rounded(last_year * rate, grain[:, None])) < half
        found.append(_best_run(equal, -by_chance, FEWEST_COPIED) + SOURCES["with a rate"])
    best: Floats = np.max(found, axis=0)
    return best


def _twinned(panel: Panel, months: Floats, grain: Floats, by_chance: Floats) -> Floats:
    odds = np.full((len(months), panel.size[2]), -np.inf)
    for group in np.unique(panel.groups):
        members = np.flatnonzero(panel.groups == group)
        apart = np.abs(months[members, None] - months[None, members]) / grain[members, None, None]
        apart[np.arange(members.size), np.arange(members.size)] = np.nan
        gain = np.where(apart < 0.5, 0.0, LAST_DIGIT) - by_chance[members, None]
        odds[members] = _best_run(apart < 1.5, gain, FEWEST_TWINNED).max(axis=1)
    return odds


def _round(months: Floats, one: Indicator, grain: Floats) -> Floats:
    """Average the odds over steps of 5, 10, 50, ... of the clerk's own, and over how many months are guessed.

    A full 100 % and a month like the one before say nothing.
    """
    by_year, found = months.reshape(len(months), -1, 12), []
    says = ~_full(one, by_year) & (np.diff(by_year, axis=-1, prepend=np.nan) != 0)
    high = np.median(np.nan_to_num(by_year), axis=-1)
    most = 5.0 if one.nature == Nature.PERCENT else GUESSED_TO[Strength.STRONG] * high
    for steps in np.outer([ROUND, 10], 10.0 ** np.arange(5)).ravel():
        size = steps * grain[:, None, None]
        hit = np.abs(by_year / size - np.round(by_year / size)) * steps < 1e-3
        for low, top in MONTHS_GUESSED.values():
            share = (low + top) / 24
            odds = np.where(says, np.log(1 - share + share * steps * hit), 0.0).sum(-1)
            found.append(np.where(size[..., 0] <= most, odds, -np.inf))
    return np.asarray(np.logaddexp.reduce(found) - np.log(len(found)))


def _smooth(panel: Panel, place: int, seen: Surprise) -> Floats:
    """Hold 12 months on the season, a little uneven, against 12 honest ones."""
    one, shape = panel.indicators[place], (panel.size[0], -1, 12)
    honest = (density(seen.left / seen.scale) - np.log(seen.scale)).reshape(shape).sum(-1)
    read = levels(one, panel.reported[:, place]).reshape(shape)
    added = read_off(panel, place).reshape(shape).mean(-1) if one.nature != Nature.COUNT else _step(panel, place)
    points = one.nature == Nature.PERCENT
    on_season = one.season if points else np.log(one.season) + one.growth * (np.arange(12) - 5.5) / 12
    without = on_season if points else one.growth * (np.arange(12) - 5.5) / 12
    level = levels(one, panel.known.expected[:, place]).reshape(shape) - on_season
    about = 0.5 * one.noise * panel.known.unrest[:, None] + (0.1 if points else 0.01)
    found = []
    for form, often in ((on_season, 0.87), (without, 0.13)):
        left = read - form
        off = (left.mean(-1) - level.mean(-1)) / about
        mean = -0.5 * off**2 - np.log(about)
        spread = ((left - left.mean(-1, keepdims=True)) ** 2).sum(-1)
        for low, high in UNREST_LEFT.values():
            variance = ((low + high) / 2 * one.noise) ** 2 + added
            found.append(np.log(often) - 5.5 * np.log(2 * np.pi * variance) - spread / (2 * variance) + mean)
    with np.errstate(invalid="ignore"):  # years with gaps
        odds = np.logaddexp.reduce(found) - honest
    at_ceiling = _full(one, panel.reported[:, place]).reshape(shape).any(-1)
    return np.where(at_ceiling, -np.inf, odds)


def _step(panel: Panel, place: int) -> Floats:
    """Give the variance that rounding alone adds to a count, by year."""
    by_year: Floats = (_relative(panel, place) ** 2 / 12).reshape(panel.size[0], -1, 12).mean(-1)
    return by_year
