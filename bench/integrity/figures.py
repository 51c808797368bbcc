"""Honest figures, the physical figures linked to them, and the targets that were set."""

from dataclasses import dataclass

import numpy as np
from known import Known
from nature import Floats, Indicator, Nature
from numpy.random import Generator
from numpy.typing import NDArray
from rates import (
    BEHIND,
    COARSE_AT_MOST,
    COARSE_CLERKS,
    FIGURES_MISSING,
    LATE_STARTERS,
    METERS,
    PHYSICAL_MISSING,
    POWER_CUTS,
    PUSHES,
)
from shocks import Decoy, shake

STEPS = 0.35
"""How far a stock steps in a month, in shares of its noise."""
METER_ECHO, LEAST_METERED = 0.3, 0.3
"""How much of a meter's noise carries over to the next month; what it counts where nothing happens."""
FOLLOWED = 0.8
"""How much of what a year reported too much (or too little) the next target takes over: offices add to what they were
told (the ratchet of Bevan & Hood 2006) and know some of it to be a one-off."""
NOTICED, NOTICED_POINTS = 0.02, 0.5
"""From which difference on a wrong figure of a year moves the next target: less is lost in the office's own spread."""


@dataclass
class Figures:
    """Figures as reported and as linked (U, I, T), targets (U, I, Y), the steps they are rounded to (U, I)."""

    reported: Floats
    physical: Floats
    target: Floats
    grain: Floats
    known: Known


def draw_figures(
    rng: Generator, groups: NDArray[np.int64], indicators: tuple[Indicator, ...], years: int
) -> tuple[Figures, tuple[Decoy, ...]]:
    """Draw what happens in the county, then what its offices write down about it."""
    sizes = rng.normal(0, 0.55, groups.size)
    unrest = np.exp(rng.normal(0, 0.22, groups.size))
    drawn = [_draw(rng, one, groups, sizes, unrest, years * 12) for one in indicators]
    happens, expected = (np.stack(part, axis=1) for part in zip(*drawn, strict=True))
    happens, shared, lifted, decoys = shake(rng, happens, groups, indicators)
    target, asked = _targets(rng, happens, lifted, groups, indicators)
    decoys += _push(rng, happens, target, indicators)
    physical, meter, follows, disturbed = _physical(rng, happens, indicators)
    grain = _grains(rng, happens, indicators)
    reported = rounded(np.maximum(happens, 0.0), grain[:, :, None])
    _leave_out(rng, reported)
    known = Known(expected * shared, unrest, meter, follows, asked)
    return Figures(reported, physical, target, grain, known), decoys + disturbed


def rounded(values: Floats, grain: float | Floats) -> Floats:
    """Round to a step, without the trash that a product of floats leaves behind."""
    return np.round(np.round(values / grain) * grain, 6)


def of_year(months: Floats, indicator: Indicator) -> Floats:
    """Make the figure of each year from months (..., T): (..., Y). A missing month counts as the mean of the others."""
    by_year = months.reshape(*months.shape[:-1], -1, 12)
    if indicator.yearly == "last":
        return by_year[..., -1]
    there = ~np.isnan(by_year)
    mean = np.where(there, by_year, 0).sum(-1) / np.maximum(there.sum(-1), 1)
    return mean * 12 if indicator.yearly == "sum" else mean


def _echoing(rng: Generator, shape: tuple[int, int], echo: float) -> Floats:
    """Draw noise of variance 1 with heavy tails that carries over from month to month."""
    fresh = rng.standard_t(6, shape) * np.sqrt(4 / 6)
    noise = np.empty(shape)
    noise[:, 0] = fresh[:, 0]
    for month in range(1, shape[1]):
        noise[:, month] = echo * noise[:, month - 1] + np.sqrt(1 - echo**2) * fresh[:, month]
    return noise


def _draw(
    rng: Generator, one: Indicator, groups: NDArray[np.int64], sizes: Floats, unrest: Floats, months: int
) -> tuple[Floats, Floats]:
    """Draw what happens, and what would without chance."""
    count, time = groups.size, np.arange(months)
    by_group, by_unit = rng.normal(0, 1, groups.max() + 1)[groups], rng.normal(0, 1, count)
    noise = _echoing(rng, (count, months), one.echo) * one.noise * unrest[:, None]
    own_season = rng.normal(0, 0.03, (count, 12))[:, time % 12]
    if one.nature == Nature.PERCENT:
        level = one.scale + 1.5 * by_group + 3.0 * by_unit
        drift = (one.growth + 0.4 * rng.standard_normal(count))[:, None] * time / 12
        without = level[:, None] + drift + one.season[time % 12]
        return np.minimum(without + noise, 100.0), without
    level = one.scale * np.exp(0.2 * by_group + sizes + 0.35 * by_unit)
    growth = one.growth + 0.012 * rng.normal(0, 1, groups.max() + 1)[groups] + 0.022 * rng.standard_normal(count)
    if one.nature == Nature.STOCK:
        when = time // 3 * 3 if one.stepwise else time
        steps = np.cumsum(growth[:, None] / 12 + STEPS * noise, axis=1)[:, when]
        return level[:, None] * np.exp(steps), level[:, None] * np.exp(growth[:, None] * (when + 1) / 12)
    without = level[:, None] * np.exp(growth[:, None] * time / 12 + own_season) * one.season[time % 12]
    happens = without * np.exp(noise)
    return rng.poisson(happens).astype(float) if one.nature == Nature.COUNT else happens, without


def _targets(
    rng: Generator, happens: Floats, lifted: Floats, groups: NDArray[np.int64], indicators: tuple[Indicator, ...]
) -> tuple[Floats, Floats]:
    """Set targets as an office does: last year, without what was a one-off, and something on top; and without `own`."""
    count, places, months = happens.shape
    target = np.full((count, places, months // 12), np.nan)
    without = target.copy()
    for place, one in enumerate(indicators):
        if not one.with_target:
            continue
        known = rng.random((count, 1)) < 0.6
        year = of_year(np.where(known, happens[:, place] - lifted[:, place], happens[:, place]), one)
        asked = one.growth + rng.uniform(-0.02, 0.02) + 0.01 * rng.normal(0, 1, groups.max() + 1)[groups][:, None]
        own = one.spread * rng.standard_normal(year.shape)
        if one.nature == Nature.PERCENT:
            before = np.concatenate([year[:, :1] - one.growth, year[:, :-1]], axis=1)
            without[:, place] = np.minimum(before + 0.3, 100)
            target[:, place] = np.minimum(rounded(before + 0.3 + own, 0.1), 100)
        else:
            before = np.concatenate([year[:, :1] * np.exp(-one.growth), year[:, :-1]], axis=1)
            without[:, place] = before * np.exp(asked)
            target[:, place] = round_number(before * np.exp(asked + own))
    return target, without


def round_number(values: Floats) -> Floats:
    """Round as targets are: to three figures, counts below 100 to whole ones."""
    safe = np.maximum(values, 1.0)
    return np.maximum(rounded(values, np.maximum(10.0 ** (np.floor(np.log10(safe)) - 2), 1.0)), 1.0)


def _push(rng: Generator, happens: Floats, target: Floats, indicators: tuple[Indicator, ...]) -> tuple[Decoy, ...]:
    """Let a few units who are a little behind really work harder in autumn and get there; freight and power follow."""
    decoys = []
    for place, one in enumerate(indicators):
        if not (one.flows and one.with_target):
            continue
        year = of_year(happens[:, place], one)
        near = (year < target[:, place]) & (year > (1 - BEHIND) * target[:, place]) & (rng.random(year.shape) < PUSHES)
        for unit, which in np.argwhere(near):
            autumn = slice(which * 12 + 8, which * 12 + 12)
            missing = target[unit, place, which] * rng.uniform(1.0, 1.012) - year[unit, which]
            months = happens[unit, place, autumn]
            happens[unit, place, autumn] += missing * months / max(months.sum(), 1e-9)
            if one.nature == Nature.COUNT:
                happens[unit, place, autumn] = np.ceil(happens[unit, place, autumn])
            decoys.append(Decoy("real push", (int(unit),), (place,), tuple(range(autumn.start, autumn.stop))))
    return tuple(decoys)


def _physical(
    rng: Generator, happens: Floats, indicators: tuple[Indicator, ...]
) -> tuple[Floats, Floats, Floats, tuple[Decoy, ...]]:
    """Draw the linked figure: power, freight, water. It has a ratio of its own by unit, which drifts a little."""
    count, _, months = happens.shape
    noise, meter = np.ones(happens.shape), np.full(happens.shape, np.nan)
    time, follows = np.arange(months), np.full(len(indicators), np.nan)
    for place, one in enumerate(indicators):
        if one.physical is None:
            continue
        ratio = rng.uniform(0.2, 5) * np.exp(0.35 * rng.standard_normal((count, 1)))
        drift = np.exp((-0.015 + 0.012 * rng.standard_normal((count, 1))) * time / 12)
        noise[:, place] = np.exp(one.physical * _echoing(rng, (count, months), METER_ECHO))
        follows[place] = rng.uniform(0.85, 1.0)
        meter[:, place] = ratio * drift
    cut = _power_cut(rng, meter, indicators)
    physical = meter * noise * np.maximum(happens, LEAST_METERED) ** follows[:, None]
    decoys = (cut, *_meters(rng, physical, indicators))
    physical[rng.random(physical.shape) < PHYSICAL_MISSING] = np.nan
    return np.round(physical, 3), meter, follows, decoys


def _power_cut(rng: Generator, meter: Floats, indicators: tuple[Indicator, ...]) -> Decoy:
    """Leave less power for everybody in one dry month."""
    units, _, months = meter.shape
    linked = [place for place, one in enumerate(indicators) if one.physical is not None]
    month = int(rng.integers(months))
    meter[:, linked, month] *= rng.uniform(*POWER_CUTS, (units, 1))
    return Decoy("power cut", tuple(range(units)), tuple(linked), (month,))


def _meters(rng: Generator, physical: Floats, indicators: tuple[Indicator, ...]) -> tuple[Decoy, ...]:
    """Let a meter here and there read otherwise."""
    units, _, months = physical.shape
    decoys = []
    for place in [place for place, one in enumerate(indicators) if one.physical is not None]:
        for unit in np.flatnonzero(rng.random(units) < METERS * months / 12):
            start = int(rng.integers(3, months - 3))
            stop = min(months, start + int(rng.integers(2, 6)))
            physical[unit, place, start:stop] *= rng.choice([0.8, 0.88, 1.15])
            decoys.append(Decoy("meter", (int(unit),), (place,), tuple(range(start, stop))))
    return tuple(decoys)


def _grains(rng: Generator, happens: Floats, indicators: tuple[Indicator, ...]) -> Floats:
    """Round as offices do; a few clerks always leave out the last digit of money, where it says next to nothing."""
    grain = np.array([one.grain for one in indicators])
    coarse = (rng.random(happens.shape[0]) < COARSE_CLERKS)[:, None]
    money = np.array([one.nature == Nature.MONEY for one in indicators])
    little = grain * 10 <= COARSE_AT_MOST * np.median(happens, axis=2)
    return np.where(coarse & money & little, grain * 10, grain)


def _leave_out(rng: Generator, reported: Floats) -> None:
    """Lose a figure here and there; a few units began only in the second year."""
    reported[rng.random(reported.shape) < FIGURES_MISSING] = np.nan
    for unit in np.flatnonzero(rng.random(reported.shape[0]) < LATE_STARTERS):
        reported[unit, :, : int(rng.integers(3, 12))] = np.nan
