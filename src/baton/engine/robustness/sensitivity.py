"""First-order sensitivity indices from one sample, and the points to take it at."""

import numpy as np

from baton.engine.robustness.branch import Floats


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
