"""Manipulating what is kept beside the figures: the past, the files, the time of entry."""

from typing import Any

import numpy as np
from cell import Bool, Cell, Done, Strength, Way, between, for_indicators, limit, run_of, some, steps_high, whole_years
from figures import rounded
from nature import Nature
from numpy.random import Generator
from records import DAY, Change, in_office

from baton.engine.integrity.series import FlagKind

WEAK, MIDDLING, STRONG = Strength
MONTHS_RESTATED = {WEAK: (3, 4), MIDDLING: (5, 8), STRONG: (10, 12)}
RESTATED = {WEAK: (0.035, 0.07), MIDDLING: (0.07, 0.13), STRONG: (0.13, 0.32)}
MONTHS_LATE = {WEAK: (2, 3), MIDDLING: (4, 5), STRONG: (6, 9)}
DAYS_LATE = {WEAK: (2, 5), MIDDLING: (5, 15), STRONG: (12, 50)}
BETTERED, BETTERED_STOCK = (1.02, 1.10), (1.005, 1.02)
"""What figures gain by being entered when others' are known; a stock that moves by a third of a percent, less."""
MONTHS_PROVED = {WEAK: (2, 2), MIDDLING: (3, 5), STRONG: (7, 12)}


def can_restate(panel: Any, strength: Strength) -> Bool:
    """Where figures are fine enough to be changed by a few percent; strengths meet the same figures."""
    figures = for_indicators(panel, lambda one: one.nature != Nature.PERCENT)
    return whole_years(panel) & figures & (steps_high(panel) * RESTATED[WEAK][0] >= 1.5)


def restate(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done:
    """Lower the past, so that this year has grown; or raise a year's months once all others are in."""
    unit, place, year = cell
    _, months, grain = panel.at(cell)
    chosen = run_of(rng, year, some(rng, MONTHS_RESTATED, strength))
    by, last = between(rng, RESTATED, strength), panel.size[2] - 1
    down = year < last and rng.random() < 0.8
    changes = [change for change in panel.records.changes.get((unit, place), []) if change.month not in chosen]
    made = min(year * 12 + int(rng.integers(13, 19)), months.size - 1) if down else year * 12 + 11
    for month in chosen:
        factor = 1 + (-by if down else by) * rng.uniform(0.8, 1.2)
        before = float(months[month])
        months[month] = rounded(months[month] * factor, grain)
        if months[month] != before:
            changes.append(Change(month, before, float(months[month]), max(made, month)))
    panel.records.changes[unit, place] = sorted(changes, key=lambda change: change.month)
    return Done(tuple(chosen), ((unit, place, year + 1),) if year < last else (), made)


def can_enter_late(panel: Any, strength: Strength) -> Bool:
    """Any year that was reported."""
    return whole_years(panel)


def enter_late(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done:
    """Change figures after the deadline, when others' are known; some sit down one evening and change all of them."""
    unit, place, year = cell
    one, months, grain = panel.at(cell)
    count = some(rng, MONTHS_LATE, strength)
    chosen = np.sort(rng.choice(12, size=count, replace=False)) + year * 12
    if rng.random() < 0.5:
        chosen = np.array(run_of(rng, year, count))
    deadline, (first, most) = panel.records.deadline[place], DAYS_LATE[strength]
    late = deadline[chosen] + rng.integers(first, most + 1, count) * DAY
    entered = in_office(rng, late)
    if rng.random() < 0.35:
        entered = np.maximum(entered, entered[-1] - np.arange(count)[::-1] * int(rng.integers(1, 6)))
    panel.records.entered[unit, place, chosen] = entered
    if one.nature == Nature.PERCENT:
        better = months[chosen] + rng.uniform(0.2, 1.5, count)
    else:
        low_high = BETTERED_STOCK if one.nature == Nature.STOCK else BETTERED
        better = months[chosen] * rng.uniform(*low_high)
    months[chosen] = limit(rounded(better, grain), one.nature)
    return Done(tuple(int(month) for month in chosen))


def can_prove_twice(panel: Any, strength: Strength) -> Bool:
    """Where units hand in files of their own."""
    return whole_years(panel) & for_indicators(panel, lambda one: one.evidence == "own")


def prove_twice(panel: Any, rng: Generator, cell: Cell, strength: Strength) -> Done:
    """Hand in one file for several months."""
    unit, place, year = cell
    files = panel.records.evidence[unit, place]
    chosen = np.sort(rng.choice(12, size=some(rng, MONTHS_PROVED, strength), replace=False)) + year * 12
    given = [file for file in files[chosen] if file]
    files[chosen] = given[0] if given else rng.bytes(32).hex()
    return Done(tuple(int(month) for month in chosen))


RECORDS = {
    FlagKind.RESTATED: Way(can_restate, restate, wide=True),
    FlagKind.BACKDATED: Way(can_enter_late, enter_late),
    FlagKind.SAME_EVIDENCE: Way(can_prove_twice, prove_twice, shows="evidence"),
}
