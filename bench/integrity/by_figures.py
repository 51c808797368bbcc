"""Manipulating the figures themselves: guessed, copied, smoothed, borrowed, counted more widely."""

from typing import Any

import numpy as np
from cell import (
    Bool,
    Cell,
    Done,
    Strength,
    Way,
    between,
    for_indicators,
    limit,
    not_first,
    run_of,
    some,
    steps_high,
    whole_years,
)
from figures import FOLLOWED, of_year, round_number, rounded
from nature import Floats, Nature
from numpy.random import Generator

from baton.engine.integrity.series import FlagKind

WEAK, MIDDLING, STRONG = Strength
BORROWED = {WEAK: (1.25, 1.5), MIDDLING: (1.5, 2.1), STRONG: (2.1, 3.3)}
BORROWED_STOCK = {WEAK: (1.05, 1.10), MIDDLING: (1.10, 1.22), STRONG: (1.22, 1.5)}
UNREST_LEFT = {WEAK: (0.25, 0.45), MIDDLING: (0.08, 0.25), STRONG: (0.0, 0.06)}
MONTHS_COPIED = {WEAK: (3, 4), MIDDLING: (5, 7), STRONG: (8, 12)}
COPIED_WITH = (1.02, 1.03, 1.05, 1.08, 1.1)
MONTHS_TWINNED = {WEAK: (4, 5), MIDDLING: (6, 8), STRONG: (10, 12)}
NEIGHBOURS_APART = {Nature.MONEY: 0.3, Nature.COUNT: 0.3, Nature.PERCENT: 0.03, Nature.STOCK: 0.1}
MONTHS_GUESSED = {WEAK: (6, 7), MIDDLING: (8, 10), STRONG: (11, 12)}
GUESSED_TO = {WEAK: 0.02, MIDDLING: 0.05, STRONG: 0.10}
ROUND = 5
"""How many steps of the clerk's own rounding make a figure a round one: it ends on 5 or 0."""
STANDS_STILL = 3
"""How many times its usual move a figure must be rounded to for it to stand still in most months."""
GUESSED_TO_POINTS = {WEAK: 0.5, MIDDLING: 1.0, STRONG: 5.0}
MONTHS_INFLATED = {WEAK: (6, 8), MIDDLING: (8, 10), STRONG: (11, 12)}
INFLATED = {WEAK: (1.10, 1.18), MIDDLING: (1.18, 1.35), STRONG: (1.35, 1.8)}
INFLATED_STOCK = {WEAK: (1.04, 1.07), MIDDLING: (1.07, 1.13), STRONG: (1.13, 1.3)}


def can_borrow(panel: Any, strength: Strength) -> Bool:
    """Where a year has a December that can be made larger."""
    return whole_years(panel) & for_indicators(panel, lambda one: one.nature != Nature.PERCENT)


def borrow(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done:
    """Make December large, in half the cases at the cost of January; a stock goes back after the count."""
    unit, place, year = cell
    (one, months, grain), december = panel.at(cell), year * 12 + 11
    stock = one.nature == Nature.STOCK
    more = months[december] * (between(rng, BORROWED_STOCK if stock else BORROWED, strength) - 1)
    months[december] = np.ceil((months[december] + more) / grain) * grain
    months[december] = rounded(months[december], grain)
    if year + 1 < panel.size[2] and not stock and rng.random() < 0.5:
        january = months[december + 1]
        months[december + 1] = rounded(max(january - more * rng.uniform(0.3, 0.9), 0.25 * january), grain)
        return Done((december,), ((unit, place, year + 1),))
    return Done((december,))


def can_smooth(panel: Any, strength: Strength) -> Bool:
    """Where an honest figure would move from month to month."""

    def moves(one: Any) -> bool:
        return (one.flows and one.noise > 0.045) or (one.nature == Nature.PERCENT and one.noise > 5 * one.grain)

    return whole_years(panel) & for_indicators(panel, moves)


def smooth(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done:
    """Divide what the year should be over the months by the usual season, a little uneven so that it looks alive."""
    (one, months, grain), span = panel.at(cell), slice(cell[2] * 12, cell[2] * 12 + 12)
    left = between(rng, UNREST_LEFT, strength)
    whole = of_year(months, one)[cell[2]]
    uneven = left * one.noise * rng.standard_normal(12)
    if one.nature == Nature.PERCENT:
        made = whole + one.season - one.season.mean() + uneven
    else:
        even = strength == STRONG and rng.random() < 0.4
        shape = np.exp(uneven + one.growth * (np.arange(12) - 5.5) / 12) * (1.0 if even else one.season)
        made = whole * rng.uniform(1.0, 1.03) * shape / shape.sum()
    months[span] = limit(rounded(made, grain), one.nature)
    return Done(tuple(range(span.start, span.stop)))


def can_copy(panel: Any, strength: Strength) -> Bool:
    """Where equal months would not be equal by themselves: figures of some length that move every month."""
    told = whole_years(panel) & _moves_by_steps(panel)
    before = np.concatenate([told[:, :, :1], told[:, :, :-1]], axis=2)
    return told & before & not_first(panel)


def _moves_by_steps(panel: Any) -> Bool:
    """Where a month differs from the month before by some steps of rounding, usually."""
    moves: Bool = _moves(panel) >= 3 * panel.grain[:, :, None]
    return moves & (steps_high(panel) >= 40)


def _moves(panel: Any) -> Floats:
    """How far a month is from the month before, in the middle of a year: (U, I, Y)."""
    by_year = panel.reported.reshape(*panel.reported.shape[:-1], -1, 12)
    moves: Floats = np.median(np.abs(np.diff(by_year, axis=-1)), axis=-1)
    return moves


def copy(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done:
    """Send last year's months again, as they are or with one rate on all, or one month again and again."""
    unit, place, year = cell
    one, months, grain = panel.at(cell)
    chosen = run_of(rng, year, some(rng, MONTHS_COPIED, strength))
    how, source = rng.random(), ((unit, place, year - 1),)
    if one.nature == Nature.STOCK or how < 0.25:
        months[chosen] = months[chosen[0] - 1]
        return Done(tuple(chosen), source if chosen[0] % 12 == 0 else ())
    # A percentage is sent as it was: a rate would lift it to 100, where honest ones stand still too.
    rate = 1.0 if how < 0.8 or one.nature == Nature.PERCENT else float(rng.choice(COPIED_WITH))
    months[chosen] = rounded(months[np.array(chosen) - 12] * rate, grain)
    return Done(tuple(chosen), source)


def can_guess(panel: Any, strength: Strength) -> Bool:
    """Where figures are long enough for a round one to be a choice, and move enough for round ones to move too.

    Strengths meet the same figures.
    """
    fine = panel.grain * ROUND <= GUESSED_TO_POINTS[WEAK]
    moving = _moves(panel) * STANDS_STILL >= panel.grain[:, :, None] * ROUND
    points = for_indicators(panel, lambda one: one.nature == Nature.PERCENT)
    long = np.where(points, fine[:, :, None], steps_high(panel) * GUESSED_TO[WEAK] >= ROUND)
    return whole_years(panel) & moving & long


def guess(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done:
    """Write round figures near the truth; rounder than it moves would be to send one figure all the year (`copy`)."""
    (one, months, _), moves = panel.at(cell), float(_moves(panel)[cell])
    year = np.arange(cell[2] * 12, cell[2] * 12 + 12)
    chosen = np.sort(rng.choice(year, size=some(rng, MONTHS_GUESSED, strength), replace=False))
    percent, middle = one.nature == Nature.PERCENT, float(np.median(months[year]))
    wanted = GUESSED_TO_POINTS[strength] if percent else GUESSED_TO[strength] * middle
    step = _round_step(min(wanted, STANDS_STILL * moves))
    # Who guesses is about 3 % out, half a point; nobody is further out than a slow figure moves.
    out = rng.normal(0, 1, chosen.size) * (0.5 if percent else min(0.03 * middle, moves))
    near = months[chosen] * (1.01 if one.flows else 1.0) + out
    months[chosen] = limit(rounded(near, step), one.nature)
    return Done(tuple(int(month) for month in chosen))


def _round_step(size: float) -> float:
    """Give the largest of 5, 10, 50, 100, ... that is not above a size."""
    ten = 10.0 ** np.floor(np.log10(size))
    return float(max(step for step in (0.5, 1, 5) if step * ten <= size * (1 + 1e-9)) * ten)


def can_inflate(panel: Any, strength: Strength) -> Bool:
    """Where a physical figure is linked."""
    return whole_years(panel) & for_indicators(panel, lambda one: one.physical is not None)


def inflate(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done:
    """Report more than was done, in all months alike or more and more; the meter goes on counting what was."""
    _, months, grain = panel.at(cell)
    chosen = run_of(rng, cell[2], some(rng, MONTHS_INFLATED, strength))
    factor = between(rng, INFLATED, strength)
    by_month = np.full(len(chosen), factor)
    if rng.random() < 0.4:
        by_month = np.linspace(1 + (factor - 1) * 0.4, 1 + (factor - 1) * 1.4, len(chosen))
    months[chosen] = rounded(months[chosen] * by_month * np.exp(rng.normal(0, 0.02, len(chosen))), grain)
    return Done(tuple(chosen))


def can_twin(panel: Any, strength: Strength) -> Bool:
    """Where figures are long enough not to be the neighbour's by chance."""
    return whole_years(panel) & _moves_by_steps(panel)


def twin(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done | None:
    """Send the figures of another unit of the group that is about as large, here and there with another last digit."""
    unit, place, year = cell
    span = slice(year * 12, year * 12 + 12)
    level = panel.reported[:, place, span].mean(-1)
    (one, _, grain), chosen = panel.at(cell), run_of(rng, year, some(rng, MONTHS_TWINNED, strength))
    apart = np.abs(np.log((level + 1e-9) / (level[unit] + 1e-9)))
    near = (apart < NEIGHBOURS_APART[one.nature]) & (panel.groups == panel.groups[unit])
    near[unit] = False
    if not near.any():
        return None
    other = int(rng.choice(np.flatnonzero(near)))
    taken = panel.reported[other, place, chosen].copy()
    if strength == WEAK:
        taken[int(rng.integers(len(chosen)))] += grain
    panel.reported[unit, place, chosen] = limit(rounded(taken, grain), one.nature)
    return Done(tuple(chosen), ((other, place, year),))


def can_widen(panel: Any, strength: Strength) -> Bool:
    """Where there is a past that was counted otherwise."""
    return whole_years(panel) & not_first(panel) & for_indicators(panel, lambda one: one.nature != Nature.PERCENT)


def widen(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done | None:
    """Count more under the same name from some month on, at once or step by step; later targets follow most of it."""
    unit, place, year = cell
    one, months, grain = panel.at(cell)
    start = year * 12 + int(rng.integers(0, 8))
    if np.isnan(months[start:]).all():
        return None
    factor = between(rng, INFLATED_STOCK if one.nature == Nature.STOCK else INFLATED, strength)
    ramp = int(rng.choice([1, 1, 3, 6]))
    level = 1 + (factor - 1) * np.minimum((np.arange(months.size - start) + 1) / ramp, 1)
    months[start:] = rounded(months[start:] * level, grain)
    later = range(year + 1, panel.size[2])
    panel.target[unit, place, list(later)] = round_number(panel.target[unit, place, list(later)] * factor**FOLLOWED)
    return Done(tuple(range(start, year * 12 + 12)), tuple((unit, place, after) for after in later))


FIGURES = {
    FlagKind.LAST_MONTH: Way(can_borrow, borrow, wide=True),
    FlagKind.TOO_SMOOTH: Way(can_smooth, smooth),
    FlagKind.COPIED: Way(can_copy, copy, wide=True),
    FlagKind.ROUNDED: Way(can_guess, guess),
    FlagKind.OUT_OF_LINE: Way(can_inflate, inflate),
    FlagKind.TWIN: Way(can_twin, twin, wide=True),
    FlagKind.DRIFT: Way(can_widen, widen, wide=True),
}
