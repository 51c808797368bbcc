"""What is found in all tests together: a unit of which much else is found is asked about sooner, the others later."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import fsum, inf, isinf

import numpy as np

from baton.engine.integrity.robust import discoveries, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_ROUNDS = 2
_HABITS = frozenset({FlagKind.ROUNDED})
"""Kinds that an honest unit has everywhere: whoever accounts in round units does so for all indicators."""
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

    Manipulation gathers in few units, and units have their ways. Each chance is divided by the weight of its kind and
    unit before the false discovery rate is held (weights of mean one keep it: Genovese, Roeder & Wasserman, Biometrika
    93, 2006). A cell's weight is told by the unit's other indicators only, so it never speaks for itself.
    `carried` (I, U): which series there are.
    """
    chances = [test.chance for test in tests]  # the first round weighs nobody
    for _ in range(_ROUNDS):
        found = [discoveries(chance, share).any(axis=-1) for chance in chances]
        weights = _weights([test.kind for test in tests], np.stack(found), carried)
        chances = [_weighed(*pair) for pair in zip(tests, weights, strict=True)]
    for test, weight, chance in zip(tests, weights, chances, strict=True):
        for i, u, y in np.argwhere(discoveries(chance, share)).tolist():
            for flag in test.flags(i, u, y):
                gain = zeros(float(chance[i, u, y])) - zeros(float(test.chance[i, u, y]))
                evidence = {**flag.evidence, "unit_weight": float(weight[i, u])}
                yield replace(flag, strength=max(flag.strength + gain, 0.0), evidence=evidence)


def _weighed(test: Tested, weights: Floats) -> Floats:
    """Chances divided by weights whose mean over the cells asked about is one."""
    chance = test.chance
    asked = ~np.isnan(chance)
    each = np.broadcast_to(weights[..., None], chance.shape)
    # Sorted before they are added, so that the order of the units changes nothing.
    mean = float(np.sort(each[asked]).sum()) / int(asked.sum()) if asked.any() else 1.0
    found: Floats = np.where(chance >= 1.0, 1.0, np.minimum(chance * mean / each, 1.0))
    return np.where(asked, found, chance)


def _weights(kinds: Sequence[FlagKind], flagged: np.ndarray, carried: np.ndarray) -> list[Floats]:
    """How much likelier than usual each kind is to be found in a series (I, U), told by the unit's other indicators.

    First how much is found of the unit at all; then, beside that, how much of the kind: units have their ways. Both are
    Poisson with a rate that is gamma between units (Robbins 1956, by moments): where units differ no more than chance
    makes them, all weights are one.
    """
    series = carried.sum(axis=0)
    others = np.maximum(series - carried, 0)
    found = flagged.any(axis=0)
    rate = _share(found, series)
    at_all = _drawn(found.sum(axis=0) - found, rate * others, _shape([(found.sum(axis=0), rate * series)]))
    usual = np.sort(at_all, axis=0)[len(at_all) // 2]
    shape = _shape([(one.sum(axis=0), _share(one, series) * series * usual) for one in flagged])
    weights = []
    for kind, one in zip(kinds, flagged, strict=True):
        leaning = _drawn(one.sum(axis=0) - one, _share(one, series) * others * at_all, shape)
        weights.append(np.clip(at_all if kind in _HABITS else at_all * leaning, _LEAST, _MOST))
    return weights


def _share(found: np.ndarray, series: np.ndarray) -> float:
    """Share of the series in which something is found."""
    return float(found.sum()) / max(float(series.sum()), 1.0)


def _shape(counts: list[tuple[np.ndarray, Floats]]) -> float:
    """Shape of the gamma of rates around what is expected; endless where units differ by chance only."""
    beyond = fsum(fsum((count - expected) ** 2 - expected) for count, expected in counts)
    squared = fsum(fsum(expected**2) for _, expected in counts)
    return squared / beyond if beyond > 0 and squared > 0 else inf


def _drawn(count: np.ndarray, expected: Floats, shape: float) -> Floats:
    """Rate told by what was counted, drawn towards what is expected; one is usual."""
    if isinf(shape):
        return np.ones(expected.shape)
    found: Floats = (shape + count) / (shape + expected)
    return found
