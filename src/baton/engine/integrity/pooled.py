"""What is found in all tests together: a unit of which much else is found is believed sooner, the others later."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import fsum

import numpy as np

from baton.engine.integrity.robust import discoveries, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_ROUNDS = 2
_LEAST, _MOST = 0.1, 10.0
"""Bounds of the weight of a unit, so that no number of flags decides alone and no unit is out of sight."""


@dataclass(frozen=True, eq=False)
class Tested:
    """What a detector makes of every cell of indicator, unit and year.

    chance (I, U, Y): of such a figure over honest ones; a gap where nothing was asked. flags: writes the flags of a
    cell, should it be a finding.
    """

    kind: FlagKind
    chance: Floats
    flags: Callable[[int, int, int], Iterable[Flag]]


def found_in(tests: Sequence[Tested], carried: np.ndarray, share: float) -> Iterator[Flag]:
    """Write the flags of what is found while at most `share` of a kind are false.

    Manipulation gathers in few units. Each chance is divided by its unit's weight before the false discovery rate is
    held (weights of mean one keep it: Genovese, Roeder & Wasserman, Biometrika 93, 2006). A cell's weight is told by
    the unit's other indicators only, so it never speaks for itself. `carried` (I, U): which series there are.
    """
    weights: Floats = np.ones(carried.shape)
    for _ in range(_ROUNDS):
        found = [discoveries(_weighed(test.chance, weights), share) for test in tests]
        weights = _weights(np.any([one.any(axis=-1) for one in found], axis=0), carried)
    for test in tests:
        chance = _weighed(test.chance, weights)
        for i, u, y in np.argwhere(discoveries(chance, share)).tolist():
            for flag in test.flags(i, u, y):
                gain = zeros(float(chance[i, u, y])) - zeros(float(test.chance[i, u, y]))
                evidence = {**flag.evidence, "unit_weight": float(weights[i, u])}
                yield replace(flag, strength=max(flag.strength + gain, 0.0), evidence=evidence)


def _weighed(chance: Floats, weights: Floats) -> Floats:
    """Chances divided by weights whose mean over the cells asked about is one."""
    asked = ~np.isnan(chance)
    each = np.broadcast_to(weights[..., None], chance.shape)
    # Sorted before they are added, so that the order of the units changes nothing.
    mean = float(np.sort(each[asked]).sum()) / int(asked.sum()) if asked.any() else 1.0
    found: Floats = np.where(chance >= 1.0, 1.0, np.minimum(chance * mean / each, 1.0))
    return np.where(asked, found, chance)


def _weights(flagged: np.ndarray, carried: np.ndarray) -> Floats:
    """How much likelier than usual something is to be found in a series (I, U), told by the unit's other indicators.

    Flagged indicators of a unit are Poisson with a rate that is gamma between units (Robbins 1956, by moments): where
    units differ no more than chance makes them, all weights are one.
    """
    count, series = flagged.sum(axis=0), carried.sum(axis=0)
    usual = float(count.sum()) / max(float(series.sum()), 1.0)
    expected = usual * series
    beyond = fsum((count - expected) ** 2 - expected)
    if usual == 0 or beyond <= 0:
        return np.ones(carried.shape)
    shape = fsum(expected**2) / beyond
    others = count - flagged
    found: Floats = (shape + others) / (shape + usual * np.maximum(series - carried, 0))
    return np.clip(found, _LEAST, _MOST)
