"""Manipulating a target (避高就低), and a year against its target."""

from typing import Any

import numpy as np
from cell import Bool, Cell, Done, Strength, Way, between, for_indicators, limit, not_first, whole_years
from figures import of_year, round_number, rounded
from nature import Floats, Nature
from numpy.random import Generator
from numpy.typing import NDArray

from baton.engine.integrity.series import FlagKind

WEAK, MIDDLING, STRONG = Strength
MISSING = {WEAK: (0.972, 0.998), MIDDLING: (0.93, 0.972), STRONG: (0.84, 0.93)}
AHEAD = {WEAK: (0.05, 0.10), MIDDLING: (0.10, 0.20), STRONG: (0.20, 0.45)}
ASKED = {WEAK: (0.86, 0.93), MIDDLING: (0.74, 0.86), STRONG: (0.50, 0.74)}
FEWER_POINTS = {WEAK: (2.0, 4.0), MIDDLING: (4.0, 8.0), STRONG: (8.0, 20.0)}
MOST_LIFTED, LONGEST_KEPT = 1.8, 8
WINDOWS = {"december": 1, "quarter": 3, "half": 6, "since spring": 9}


def completion(panel: Any) -> Floats:
    """Give the year's figure over its target, 1 being reached: (U, I, Y)."""
    each = [of_year(panel.reported[:, place], one) for place, one in enumerate(panel.indicators)]
    done: Floats = np.stack(each, axis=1) / panel.target
    return done


def can_nudge(panel: Any, strength: Strength) -> Bool:
    """Where the year would end a little below its target."""
    low, high = MISSING[strength]
    done = completion(panel)
    return whole_years(panel) & (done >= low) & (done < high)


def nudge(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done | None:
    """Write so much more that the year just gets there: in December, or spread over months, which hides better."""
    unit, place, year = cell
    (one, honest, grain), target = panel.at(cell), panel.target[cell]
    length = WINDOWS[str(rng.choice(list(WINDOWS), p=[0.3, 0.3, 0.25, 0.15]))]
    window = np.arange(year * 12 + 12 - length, year * 12 + 12)
    months = honest.copy()
    due = target * (1 + between(rng, {strength: (0.0, 0.014)}, strength))
    share = np.linspace(1 / length, 1, length) if one.yearly == "last" else _shares(rng, months[window])
    for _ in range(4):  # rounding and the ceiling of a percentage leave something over
        lacking = due - of_year(months, one)[year]
        if one.yearly == "mean":
            lacking *= 12
        if lacking <= 0:
            break
        more = np.ceil(lacking * share / grain) * grain
        months[window] = limit(rounded(months[window] + more, grain), one.nature)
    if not target <= of_year(months, one)[year] < target * 1.03:
        return None
    panel.reported[unit, place] = months
    return Done(tuple(window.tolist()))


def _shares(rng: Generator, months: Floats) -> Floats:
    weight = (months + 1e-9) * rng.uniform(0.6, 1.4, months.size)
    shares: Floats = weight / weight.sum()
    return shares


def can_hold_back(panel: Any, strength: Strength) -> Bool:
    """Where a year that adds up reaches its target by itself, and is not further ahead than this strength goes."""
    done, most = completion(panel), 1 + AHEAD[strength][1]
    return whole_years(panel) & for_indicators(panel, lambda one: one.flows) & (done >= 0.99) & (done < most)


def hold_back(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done | None:
    """Have a good year, write down only what the target asks for, and keep the rest for next year."""
    unit, place, year = cell
    (one, honest, grain), target = panel.at(cell), panel.target[cell]
    months = honest.copy()
    good = np.arange(year * 12 + int(rng.integers(1, 5)), year * 12 + 12)
    reached, (low, high) = of_year(months, one)[year], AHEAD[strength]
    wanted = target * (1 + rng.uniform(max(low, reached / target - 1), high))
    lift = 1 + (wanted - reached) / max(months[good].sum(), 1e-9)
    if lift > MOST_LIFTED:
        return None
    months[good] = rounded(months[good] * lift, grain)
    kept = of_year(months, one)[year] - target * rng.uniform(1.0, 1.028)
    late = _late(rng, months[year * 12 : year * 12 + 12], kept) + year * 12
    if kept <= grain or not late.size:
        return None
    months[late] = rounded(months[late] * (1 - kept / months[late].sum()), grain)
    later = [(unit, place, year + 1)] if year + 1 < panel.size[2] and rng.random() < 0.6 else []
    if later:
        spring = np.arange(year * 12 + 12, year * 12 + 12 + int(rng.integers(1, 4)))
        months[spring] = rounded(months[spring] + kept * rng.uniform(0.5, 1.0) / spring.size, grain)
    panel.physical[unit, place, good] *= lift ** panel.known.follows[place]
    panel.reported[unit, place] = months
    return Done(tuple(late.tolist()), tuple(later))


def _late(rng: Generator, months: Floats, kept: float) -> NDArray[np.int64]:
    """Choose the last months from which this much can be kept: begin earlier where there is more to keep."""
    most = rng.uniform(0.7, 0.88)
    for length in range(int(rng.integers(2, 5)), LONGEST_KEPT + 1):
        if kept <= most * months[-length:].sum():
            return np.arange(12 - length, 12)
    return np.arange(0)


def can_ask_less(panel: Any, strength: Strength) -> Bool:
    """Where a target follows a year that is known."""
    known = whole_years(panel)
    before = np.concatenate([known[:, :, :1], known[:, :, :-1]], axis=2)
    return known & before & not_first(panel) & ~np.isnan(panel.target) & (panel.target > 15)


def ask_less(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done | None:
    """Talk the office into a target that the year will reach by itself."""
    _, place, _ = cell
    target = float(panel.target[cell])
    if panel.indicators[place].nature == Nature.PERCENT:
        lower = rounded(np.array(target - between(rng, FEWER_POINTS, strength)), 0.1)
    else:
        lower = round_number(np.array(target * between(rng, ASKED, strength)))
    panel.target[cell] = float(lower)
    return Done(tuple(range(cell[2] * 12, cell[2] * 12 + 12)))


TARGETS = {
    FlagKind.JUST_ABOVE: Way(can_nudge, nudge),
    FlagKind.HELD_BACK: Way(can_hold_back, hold_back, wide=True),
    FlagKind.LOW_TARGET: Way(can_ask_less, ask_less, shows="target"),
}
