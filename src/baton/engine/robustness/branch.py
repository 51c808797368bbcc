"""The tree of a group as arrays: what weighs how much in which node, for which unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import periods
from baton.engine.plan.leaf import for_group
from baton.engine.scheme.nodes import Arithmetic, Copeland, Node, Sum
from baton.engine.tree.applies import Applicable

type Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
type Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
type Bools = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Branch:
    """A node with what counts into it: first its leaves, then its child nodes, each with a number.

    sizes: [child, unit]: what a child weighs for a unit where nothing is missing, 0 where it holds the goals of others:
      full points under a sum, weights under a mean. whole: [unit] full mark of the node. applies: [unit] whether the
      unit carries something of it. absent: [period, unit] whether the unit did not exist yet, or any more.
    over: how many full marks of it its parent adds up (1 unless its periods are summed).
    """

    node: Node
    leaves: tuple[Leaf, ...]
    children: tuple["Branch", ...]
    sizes: Floats
    whole: Floats
    applies: Bools
    absent: Bools
    shared_out_above: bool
    over: int

    @cached_property
    def shares(self) -> Floats:
        """What each child weighs of its node, as for a unit that carries it; 1 in all, were no goals individual."""
        totals = self.sizes.sum(axis=0)
        shares: Floats = np.divide(self.sizes, totals, out=np.zeros_like(self.sizes), where=totals > 0).max(axis=1)
        return shares

    @cached_property
    def even(self) -> bool:
        """Whether its children weigh the same for every unit."""
        return bool((self.sizes == self.sizes[:, :1]).all())

    @property
    def linear(self) -> bool:
        """Whether its score is a weighted sum of its children's, were nothing missing."""
        bounded = self.node.floor is not None or self.node.cap is not None
        merged = self.node.over_periods in ("mean", "sum", "last")
        return isinstance(self.node.combine, Sum | Arithmetic) and not bounded and merged

    def below(self) -> Iterator["Branch"]:
        """Go through it and all branches below it."""
        yield self
        if not isinstance(self.node.combine, Copeland):
            for child in self.children:
                yield from child.below()


def grow(plan: Plan, group: str, units: tuple[int, ...]) -> Branch:
    """Make the tree of a group for some of its units, by their numbers in the plan."""
    return _Grower(plan, group, units).branch(plan.nodes[plan.roots[group]], 1)


class _Grower:
    def __init__(self, plan: Plan, group: str, units: tuple[int, ...]) -> None:
        self.plan, self.group, self.units = plan, group, units
        self.tree = Applicable(plan, group)
        self.quanta = float(self.tree.quanta)

    def branch(self, node: Node, over: int) -> Branch:
        summed = isinstance(node.combine, Sum)
        leaves = tuple(
            leaf for leaf in self.tree.leaves.values() if leaf.node.code == node.code and (summed or leaf.weight)
        )
        below = [child for child in self.tree.below[node.code] if child.in_total and (summed or self._weight(child))]
        children = tuple(self.branch(child, child.times_in(node) if summed else 1) for child in below)
        sizes = [self._leaf_sizes(leaf, float(leaf.points if summed else leaf.weight or 0)) for leaf in leaves]
        sizes += [self._node_sizes(child, float(self._weight(child.node)), summed) for child in children]
        return Branch(
            node=node,
            leaves=leaves,
            children=children,
            sizes=np.array(sizes, dtype=np.float64).reshape(len(sizes), len(self.units)),
            whole=np.array([self.tree.full(node, unit) for unit in self.units]) / self.quanta,
            applies=np.array([self.tree.applies(unit, node.code) for unit in self.units], dtype=np.bool_),
            absent=np.array([[(u, at) in self.plan.absent for u in self.units] for at in periods(node.frequency)]),
            shared_out_above=self.tree.shared_out_above(node),
            over=over,
        )

    def _weight(self, node: Node) -> float:
        own = for_group(node.weight, self.group)
        return 1.0 if own is None else float(own)

    def _leaf_sizes(self, leaf: Leaf, size: float) -> list[float]:
        return [0.0 if leaf.key in self.tree.of_others.get(unit, ()) else size for unit in self.units]

    def _node_sizes(self, child: Branch, weight: float, summed: bool) -> list[float]:
        carried = child.sizes.sum(axis=0) > 0
        size = child.whole * child.over if summed else np.full(len(self.units), weight)
        return [float(one) for one in np.where(carried, size, 0.0)]
