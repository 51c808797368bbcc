"""Which weights matter: leave-one-out, one weight doubted alone, and first-order sensitivity indices of all."""

import numpy as np

from baton.engine.robustness.branch import Floats
from baton.engine.robustness.cube import Cube, Ints
from baton.engine.robustness.items import factors_of, items_of, moved
from baton.engine.robustness.ranks import compared, ranks, tie_places
from baton.engine.robustness.result import WeightRobustness
from baton.engine.robustness.settings import Progress, Settings, silent
from baton.engine.robustness.walk import base_scores

_AT_ONCE = 100_000


class Weighing:
    """A group's tree asked for base scores and ranks under other weights of its items."""

    def __init__(self, cube: Cube) -> None:
        self.cube, self.items = cube, items_of(cube)
        self._ties = tie_places(cube.standings)
        self.nominal = self.ranks(np.ones((1, len(self.items.codes))))[0]

    def base(self, weighing: Floats) -> Floats:
        """Base scores [draw, unit] when items weigh [draw, item] times as much."""
        block = max(1, _AT_ONCE // len(self.cube.units))
        parts = [weighing[first : first + block] for first in range(0, len(weighing), block)]
        shape = len(self.cube.units)
        found = [np.broadcast_to(base_scores(self.cube, self._factors(part)), (len(part), shape)) for part in parts]
        return np.concatenate(found)

    def ranks(self, weighing: Floats) -> Ints:
        """Ranks [draw, unit] likewise."""
        return ranks(compared(self.cube.plan.scheme, self.base(weighing), self.cube.adjusted), self._ties)

    def shifts(self, weighing: Floats) -> Floats:
        """Absolute rank shifts [draw, unit] against the scheme's own weights."""
        found: Floats = np.abs(self.ranks(weighing) - self.nominal).astype(np.float64)
        return found

    def _factors(self, weighing: Floats) -> dict[str, Floats]:
        return factors_of(self.cube, self.items, weighing)


def weights_that_matter(
    weighing: Weighing, settings: Settings, chance: np.random.Generator, progress: Progress = silent
) -> tuple[WeightRobustness, ...]:
    """Every item with what hangs on its weight, the most important first."""
    items, units = weighing.items, len(weighing.cube.units)
    every = np.arange(len(items.codes))
    without = weighing.shifts(moved(items, every, np.zeros(len(every))))
    up = items.weights * (1 + items.within * settings.doubt)
    down = items.weights * np.maximum(1 - items.within * settings.doubt, 0)
    shift = weighing.shifts(moved(items, every, up)) + weighing.shifts(moved(items, every, down))
    progress("robust.step_weights", 1, 2)
    indices = _importance(weighing, settings, chance)
    progress("robust.step_weights", 2, 2)
    half = 1 / (2 * units)
    found = [
        WeightRobustness(
            code=code,
            weight=float(items.weights[number]),
            importance=None if indices is None else float(indices[number]),
            shift=float(shift[number].sum() * half),
            without=float(without[number].sum() / units),
            most=int(without[number].max()),
            moved=weighing.cube.units[int(without[number].argmax())],
        )
        for number, code in enumerate(items.codes)
    ]
    return tuple(sorted(found, key=lambda one: (-one.shift, -(one.importance or 0.0), -one.without, one.code)))


def _importance(weighing: Weighing, settings: Settings, chance: np.random.Generator) -> Floats | None:
    """First-order indices of the weights for the mean absolute rank shift (None: ranks never move)."""
    items = weighing.items
    points = latin_hypercube(settings.points, len(items.codes), chance)
    reach = np.minimum(items.within * settings.doubt * np.sqrt(12), 2)
    drawn = 1 + reach * (points - 0.5)
    shift = weighing.shifts(drawn).sum(axis=1)
    return first_order(points, shift)


def latin_hypercube(points: int, inputs: int, chance: np.random.Generator) -> Floats:
    """Points [point, input] in the unit cube, one in each of equal slices of every input (McKay et al. 1979)."""
    places = chance.permuted(np.tile(np.arange(points), (inputs, 1)), axis=1).T
    found: Floats = (places + chance.random((points, inputs))) / points
    return found


def first_order(points: Floats, values: Floats) -> Floats | None:
    """First-order Sobol indices [input] from one sample: values [point] at points [point, input]; None: no variance.

    For each input, values are paired with their neighbour in the order of that input (Gamboa, Gremaud, Klein & Lagnoux
    2022), centred first: as many runs as points, whatever the number of inputs, where picking and freezing inputs
    (Saltelli 2010) takes inputs + 2 times as many.
    """
    count = len(values)
    apart = values - values.sum() / count
    variance = float((apart**2).sum())
    if variance == 0:
        return None
    ordered = apart[np.argsort(points, axis=0)]
    pairs = (ordered * np.roll(ordered, -1, axis=0)).sum(axis=0)
    found: Floats = np.clip(pairs / variance, 0.0, 1.0)
    return found
