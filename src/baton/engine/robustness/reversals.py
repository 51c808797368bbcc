"""Reversal points: by how much one weight must move, all others in proportion, until two neighbours change places."""

import numpy as np

from baton.engine.robustness.branch import Floats, Ints
from baton.engine.robustness.factors import MOST_WEIGHT, moved
from baton.engine.robustness.result import Reversal
from baton.engine.robustness.settings import Progress, silent
from baton.engine.robustness.weighing import Weighing

_STEPS = 24
_MOST_WORK = 5_000_000
_MOST_HALVED = 250_000
"""Pairs x units up to which pieces are halved; beyond, the straight line through a piece of the grid is taken."""
_HALVINGS = 12


def reversals(weighing: Weighing, progress: Progress = silent) -> tuple[Reversal, ...]:
    """For each pair of neighbours with different totals, the smallest move of one weight that makes them equal.

    Where totals are weighted sums, in closed form from the totals with and without each indicator; elsewhere along a
    grid of weights, and by halving the piece in which the sign changes.
    """
    cube = weighing.cube
    ahead = [n for n in range(len(cube.units) - 1) if cube.standings[n].compared != cube.standings[n + 1].compared]
    if not ahead:
        return ()
    first = np.array(ahead)
    needed = _closed_form(weighing, first) if cube.linear else _along_grid(weighing, first)
    progress("robust.step_reversals", 1, 1)
    return tuple(_nearest(weighing, number, row) for number, row in zip(ahead, needed, strict=True))


def _nearest(weighing: Weighing, number: int, needed: Floats) -> Reversal:
    """The smallest of the moves of one pair; infinite where a weight never reverses it."""
    items, units = weighing.items, weighing.cube.units
    move = np.abs(needed - items.weights)
    item = int(move.argmin())
    if not np.isfinite(move[item]):
        return Reversal(units[number], units[number + 1], "", None, None)
    now, then = float(items.weights[item]), float(needed[item])
    return Reversal(units[number], units[number + 1], items.codes[item], now, then)


def _apart(weighing: Weighing, first: Ints, weights: Floats) -> Floats:
    """How far each pair is apart [draw, pair], adjustments included."""
    totals = weighing.base(weights) + weighing.cube.adjusted
    found: Floats = totals[:, first] - totals[:, first + 1]
    return found


def _closed_form(weighing: Weighing, first: Ints) -> Floats:
    """Needed weights [pair, item]: totals are straight lines in the weight of an item."""
    items = weighing.items
    every = np.arange(len(items.codes))
    now = _apart(weighing, first, np.ones((1, len(every))))
    without = _apart(weighing, first, moved(items, every, np.zeros(len(every))))
    slope = without - now
    needed = np.divide(without * items.weights[:, None], slope, out=np.full_like(slope, np.inf), where=slope != 0)
    return np.where((needed >= 0) & (needed <= 1), needed, np.inf).T


def _along_grid(weighing: Weighing, first: Ints) -> Floats:
    """Needed weights [pair, item] where totals are curves: nearest change of sign, made exact for the nearest item."""
    items = weighing.items
    steps = int(min(_STEPS, max(4, _MOST_WORK // (len(weighing.cube.units) * len(items.codes)))))
    found = np.full((len(first), len(items.codes)), np.inf)
    pieces = np.full((len(first), len(items.codes), 2), np.inf)
    bend = np.linspace(0, 1, steps // 2 + 1) ** 2
    own = items.weights[:, None]
    sides = np.concatenate([own * (1 - bend), own + (MOST_WEIGHT - own) * bend], axis=1).reshape(len(own), 2, len(bend))
    every = np.repeat(np.arange(len(own)), 2 * len(bend))
    apart = _apart(weighing, first, moved(items, every, sides.ravel())).reshape(*sides.shape, len(first))
    for item in range(len(own)):
        for side in range(2):
            _first_change(sides[item, side], apart[item, side], found[:, item], pieces[:, item], float(own[item, 0]))
    best = np.abs(found - items.weights).argmin(axis=1)
    pairs = np.flatnonzero(np.isfinite(found[np.arange(len(first)), best]))
    exact = found[pairs, best[pairs]]
    if 0 < len(pairs) * len(weighing.cube.units) <= _MOST_HALVED:
        exact = _halved(weighing, first, pairs, best[pairs], pieces[pairs, best[pairs]])
    found[:] = np.inf
    found[pairs, best[pairs]] = exact
    return found


def _first_change(side: Floats, apart: Floats, found: Floats, sides: Floats, own: float) -> None:
    """Where the first change of sign lies, by a straight line between the two points of the grid."""
    changed = (apart[1:] <= 0) & (apart[0] > 0)
    hit = changed.any(axis=0)
    at = changed.argmax(axis=0)
    pair = np.arange(apart.shape[1])
    one, two = apart[at, pair], apart[at + 1, pair]
    step = np.divide(one, one - two, out=np.zeros_like(one), where=one != two)
    where = side[at] + step * (side[at + 1] - side[at])
    nearer = hit & (np.abs(where - own) < np.abs(found - own))
    found[nearer] = where[nearer]
    sides[nearer, 0], sides[nearer, 1] = side[at][nearer], side[at + 1][nearer]


def _halved(
    weighing: Weighing,
    first: Ints,
    pairs: Ints,
    item: Ints,
    sides: Floats,
) -> Floats:
    """Halve the pieces [pair, 2] in which pairs change places, all pairs at once."""
    keeps, turns = sides[:, 0].copy(), sides[:, 1].copy()
    each = np.arange(len(pairs))
    for _ in range(_HALVINGS):
        middle = (keeps + turns) * 0.5
        ahead = _apart(weighing, first[pairs], moved(weighing.items, item, middle))[each, each] > 0
        keeps, turns = np.where(ahead, middle, keeps), np.where(ahead, turns, middle)
    return turns
