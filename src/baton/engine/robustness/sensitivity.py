"""First-order sensitivity indices from one sample, and the points to take it at."""

import numpy as np

from baton.engine.robustness.branch import Floats, Ints

_NEIGHBOURS = 0.25
"""Neighbours to pair with, in roots of the number of points: more of them blur quick changes, fewer leave noise."""
_ROUNDS = 2
"""Further rounds change nothing: effects of inputs drawn by themselves are all but uncorrelated."""
_SMOOTHED = 3
"""An effect is smoothed over so many times the neighbours that are paired."""
_CHANCE = 2.0
"""An index of less than two standard errors of an input without any effect is taken for chance."""


def latin_hypercube(points: int, inputs: int, chance: np.random.Generator) -> Floats:
    """Points [point, input] in the unit cube, one in each of equal slices of every input (McKay et al. 1979)."""
    places = chance.permuted(np.tile(np.arange(points), (inputs, 1)), axis=1).T
    found: Floats = (places + chance.random((points, inputs))) / points
    return found


def first_order(points: Floats, values: Floats) -> Floats | None:
    """First-order Sobol indices [input] from one sample: values [point] at points [point, input]; None: no variance.

    For each input, values are paired with their neighbours in the order of that input (Gamboa, Gremaud, Klein & Lagnoux
    2022; several neighbours: Lin & Han, Biometrika 110, 2023), centred first: as many runs as points, whatever the
    number of inputs, where picking and freezing inputs (Saltelli 2010) takes inputs + 2 times as many. What blurs the
    pairs of one input is what the others do. So their own effects, smoothed over neighbours (backfitting: Friedman &
    Stuetzle 1981), are taken away before its pairs are made, in so far as they are more than chance.
    """
    count, inputs = points.shape
    apart = values - values.sum() / count
    variance = float((apart**2).sum())
    if variance == 0:
        return None
    order = np.argsort(points, axis=0)
    neighbours = max(2, int(_NEIGHBOURS * np.sqrt(count)))
    least = _CHANCE / float(np.sqrt(count * neighbours))
    effects = np.zeros((count, inputs))
    found = _paired(apart[order], neighbours) / variance
    for _ in range(_ROUNDS):
        for number in np.flatnonzero(found > least):
            alone = apart - effects.sum(axis=1) + effects[:, number]
            effects[order[:, number], number] = _smooth(alone[order[:, number]], _SMOOTHED * neighbours)
        effects[:, found <= least] = 0.0
        alone = (apart - effects.sum(axis=1))[:, None] + effects
        found = _paired(np.take_along_axis(alone, order, axis=0), neighbours) / variance
    clipped: Floats = np.clip(found, 0.0, 1.0)
    return clipped


def _paired(ordered: Floats, neighbours: int) -> Floats:
    """Sum over points of the mean product with neighbours [input]; at the end those on the other side stand in."""
    count = len(ordered)
    places = np.arange(count)
    total = np.zeros(ordered.shape[1])
    for step in range(1, neighbours + 1):
        other: Ints = np.where(places + step < count, places + step, places - step)
        total += (ordered * ordered[other]).sum(axis=0)
    return total / neighbours


def _smooth(ordered: Floats, reach: int) -> Floats:
    """Mean of the neighbours up to `reach` on each side, the point itself left out; centred."""
    count = len(ordered)
    places = np.arange(count)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    first, last = np.maximum(places - reach, 0), np.minimum(places + reach + 1, count)
    smoothed = (sums[last] - sums[first] - ordered) / (last - first - 1)
    found: Floats = smoothed - smoothed.sum() / count
    return found
