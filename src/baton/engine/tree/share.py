"""What one point of a leaf is worth at the root."""

from fractions import Fraction

from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import QUARTERS, YEAR, frequency_of, last_month, parts_of
from baton.engine.plan.leaf import for_group
from baton.engine.scheme.nodes import Node, Sum
from baton.engine.terms import Frequency
from baton.engine.tree.applies import Applicable


def share_of_total(plan: Plan, leaf: Leaf, unit: int, at: int) -> Fraction:
    """Points of the total that one point of a unit's leaf in a period is worth: weights, full marks, months of a year.

    As if nothing were missing; every mean is taken for an arithmetic one, as its slope depends on the other scores.
    """
    return _Way(plan, leaf, unit).share(at)


class _Way:
    """The way from a leaf to the root of its group."""

    def __init__(self, plan: Plan, leaf: Leaf, unit: int) -> None:
        self.plan, self.leaf, self.unit = plan, leaf, unit
        self.tree = Applicable(plan, leaf.group)

    def share(self, at: int) -> Fraction:
        """Go up, node by node."""
        node = self.leaf.node
        share = self._in(node, Fraction(self.leaf.weight or 0), Fraction(self.leaf.points) * self.tree.quanta)
        while node.parent is not None and node.code != self.plan.roots[self.leaf.group]:
            if not node.in_total:
                return Fraction(0)
            parent = self.plan.nodes[node.parent]
            above = _enclosing(at, parent.frequency)
            share *= _of_periods(node, at, above) * self._in(parent, self._weight(node), Fraction(self._full(node)))
            node, at = parent, above
        return share if at == self.plan.top_period(self.leaf.group) else Fraction(0)

    def _in(self, node: Node, weight: Fraction, full: Fraction) -> Fraction:
        """What a point of a child is worth in a node."""
        leaves = [
            leaf
            for key, leaf in self.tree.leaves.items()
            if leaf.node.code == node.code and key not in self.tree.lifted.get(self.unit, ())
        ]
        children = self.tree.counted(node, self.unit)
        if isinstance(node.combine, Sum):
            if not node.renormalise:
                return Fraction(1)
            given = sum((Fraction(leaf.points) for leaf in leaves), Fraction(0)) * self.tree.quanta
            return self._full(node) / (given + sum(self._full(child) * child.times_in(node) for child in children))
        weights = sum((Fraction(leaf.weight or 0) for leaf in leaves), Fraction(0))
        weights += sum((self._weight(child) for child in children), Fraction(0))
        return weight / weights * self._full(node) / full if weights and full else Fraction(0)

    def _full(self, node: Node) -> Fraction:
        return Fraction(self.tree.full(node, self.unit))

    def _weight(self, node: Node) -> Fraction:
        own = for_group(node.weight, self.leaf.group)
        return Fraction(1) if own is None else Fraction(own)


def _enclosing(at: int, frequency: Frequency) -> int:
    """The period of a frequency that a period lies in."""
    if frequency is Frequency.YEAR:
        return YEAR
    if frequency is frequency_of(at):
        return at
    return next(quarter for quarter in QUARTERS if last_month(quarter) >= last_month(at))


def _of_periods(node: Node, at: int, above: int) -> Fraction:
    """What a period of a node counts in the period of its parent."""
    parts = parts_of(above, node.frequency)
    if node.over_periods == "mean":
        return Fraction(1, len(parts))
    return Fraction(at == parts[-1]) if node.over_periods == "last" else Fraction(1)
