"""What has a weight of its own: indicators, the individual goals of a node together, nodes that stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from baton.engine.robustness.branch import Branch, Floats
from baton.engine.robustness.cube import Cube
from baton.engine.scheme.nodes import Copeland

INNER = -1
"""The number of a child that is no item but an inner node."""


@dataclass(frozen=True)
class Items:
    """The items of a group's tree.

    codes: of the indicator, or of the node whose leaves are goals of single units, or that compares units in pairs.
    weights: shares of the total, 1 in all. children: by node, the item each child belongs to, -1 for an inner node.
    within: relative standard deviation of each weight per unit of doubt, as in `draws.weight_factors`.
    """

    codes: tuple[str, ...]
    weights: Floats
    within: Floats
    children: dict[str, tuple[int, ...]]


def items_of(cube: Cube) -> Items:
    """Find what has a weight in a group's tree."""
    found: dict[str, float] = {}
    within: dict[str, float] = {}
    children: dict[str, tuple[int, ...]] = {}
    for branch, worth in _with_worth(cube.root, 1.0):
        numbers = []
        for code, share, deviation in _codes(branch):
            if code:
                within.setdefault(code, deviation)
                found[code] = max(found.get(code, 0.0), 0.0) + worth * share
            numbers.append(list(found).index(code) if code else INNER)
        children[branch.node.code] = tuple(numbers)
    weights = np.array(list(found.values()))
    return Items(tuple(found), weights / weights.sum(), np.array(list(within.values())), children)


def _with_worth(branch: Branch, worth: float) -> Iterator[tuple[Branch, float]]:
    yield branch, worth
    for number, child in enumerate(branch.children):
        if not isinstance(child.node.combine, Copeland):
            yield from _with_worth(child, worth * proportion(branch, len(branch.leaves) + number))


def proportion(branch: Branch, number: int) -> float:
    """What a child weighs of its node, where goals of single units share what is theirs."""
    total = float(branch.shares.sum())
    return float(branch.shares[number]) / total if total else 0.0


def _codes(branch: Branch) -> Iterator[tuple[str, float, float]]:
    """For each child: the code of its item ("" for an inner node), its share of the node, how far doubt moves it."""
    count = max(1, int(np.count_nonzero(branch.shares)) - 1)
    for number in range(len(branch.sizes)):
        share = proportion(branch, number)
        deviation = float(np.sqrt((1 - share) / share / count)) if share > 0 else 0.0
        if number < len(branch.leaves):
            leaf = branch.leaves[number]
            yield (branch.node.code if leaf.indicator.units else leaf.indicator.code), share, deviation
        else:
            child = branch.children[number - len(branch.leaves)].node
            yield (child.code if isinstance(child.combine, Copeland) else ""), share, deviation
