"""Which weights matter: leave-one-out, one weight doubted alone, and first-order sensitivity indices of all."""

import numpy as np

from baton.engine.robustness.branch import Floats
from baton.engine.robustness.factors import moved
from baton.engine.robustness.result import WeightRobustness
from baton.engine.robustness.sensitivity import first_order, latin_hypercube
from baton.engine.robustness.settings import Progress, Settings, silent
from baton.engine.robustness.weighing import Weighing


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
