"""Factors by node, when items weigh more or less than they do."""

import numpy as np

from baton.engine.robustness.branch import Branch, Floats, Ints
from baton.engine.robustness.cube import Cube
from baton.engine.robustness.items import INNER, Items, proportion

MOST_WEIGHT = 0.999
"""A weight is moved up to here; at 1 nothing else would count."""


def factors_of(cube: Cube, items: Items, weighing: Floats) -> dict[str, Floats]:
    """Factors by node [draw, child] when items weigh [draw, item] times as much as they do, before adding up to 1."""
    found: dict[str, Floats] = {}
    _ratios(cube.root, items, weighing, found)
    return found


def _ratios(branch: Branch, items: Items, weighing: Floats, found: dict[str, Floats]) -> Floats:
    """How much more a node weighs [draw], from what its children do."""
    ratios = np.ones((len(weighing), len(branch.sizes)))
    for number, item in enumerate(items.children[branch.node.code]):
        if item != INNER:
            ratios[:, number] = weighing[:, item]
        else:
            ratios[:, number] = _ratios(branch.children[number - len(branch.leaves)], items, weighing, found)
    shares = np.array([proportion(branch, number) for number in range(len(branch.sizes))])
    whole = ratios @ shares
    found[branch.node.code] = np.divide(ratios, whole[:, None], out=np.ones_like(ratios), where=whole[:, None] > 0)
    rise: Floats = whole
    return rise


def moved(items: Items, item: Ints | int, weight: Floats) -> Floats:
    """What each item weighs times its own weight [draw, item], when one has a new weight and the others keep theirs.

    item: its number, or one per draw. weight: its new share of the total [draw], from 0 to `MOST_WEIGHT`; the shares of
    the others shrink or grow in proportion.
    """
    weight = np.minimum(weight, MOST_WEIGHT)
    found = np.ones((len(weight), len(items.codes)))
    own = items.weights[item]
    found[np.arange(len(weight)), item] = weight * (1 - own) / (own * (1 - weight))
    return found
