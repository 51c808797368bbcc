"""What of a group's tree applies to each of its units, and the full marks of its nodes.

A group carries the nodes above its own indicators; a node that only serves other groups is no child whose score is
missing. Of the group's nodes a unit lacks those of which it carries nothing, by exemption or because they hold the
individual goals of others.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from baton.engine.plan import Leaf, Plan
from baton.engine.quantum import half_up
from baton.engine.scheme.nodes import Node, Sum

_HUNDRED = 100
_NOTHING: frozenset[int] = frozenset()


class Applicable:
    """The tree of one group as it applies to its units; units go by their numbers."""

    def __init__(self, plan: Plan, group: str) -> None:
        self.plan, self.root = plan, plan.roots[group]
        self.quanta: int = 10**plan.scheme.decimals
        self.leaves = {leaf.key: leaf for leaf in plan.by_group.get(group, ())}
        self.lifted: dict[int, frozenset[int]] = _by_unit(plan.not_carried)
        self.of_others: dict[int, frozenset[int]] = _by_unit(
            (unit, key) for unit, key in plan.not_carried if self._of_others(unit, key)
        )
        self._carrying: dict[frozenset[int], frozenset[str]] = {}
        self._fulls: dict[tuple[str, frozenset[int]], int] = {}
        self.below: dict[str, list[Node]] = defaultdict(list)
        for node in plan.scheme.nodes:
            if node.parent and node.code in self._without(_NOTHING):
                self.below[node.parent].append(node)

    def _of_others(self, unit: int, key: int) -> bool:
        """Whether a leaf holds individual goals, and not this unit's."""
        leaf = self.leaves.get(key)
        return (
            leaf is not None and bool(leaf.indicator.units) and self.plan.units[unit].code not in leaf.indicator.units
        )

    def _without(self, keys: frozenset[int]) -> frozenset[str]:
        """The nodes that carry something when these leaves are gone."""
        if keys not in self._carrying:
            self._carrying[keys] = frozenset(self._above(leaf for key, leaf in self.leaves.items() if key not in keys))
        return self._carrying[keys]

    def _above(self, leaves: Iterable[Leaf]) -> set[str]:
        found: set[str] = set()
        for leaf in leaves:
            code: str | None = leaf.node.code
            while code is not None and code not in found:
                found.add(code)
                code = None if code == self.root else self.plan.nodes[code].parent
        return found

    def applies(self, unit: int, node: str) -> bool:
        """Whether the unit carries some indicator below the node."""
        return node in self._without(self.lifted.get(unit, _NOTHING))

    def counted(self, node: Node, unit: int) -> list[Node]:
        """The child nodes that count into a node's score for a unit."""
        return [child for child in self.below[node.code] if child.in_total and self.applies(unit, child.code)]

    def lightened(self, node: Node, unit: int) -> bool:
        """Whether an exemption takes something right below a node from the unit, so that the rest weighs more."""
        lifted, others = self.lifted.get(unit, _NOTHING), self.of_others.get(unit, _NOTHING)
        if any(self.leaves[key].node.code == node.code for key in lifted - others if key in self.leaves):
            return True
        gone = self._without(others) - self._without(lifted)
        return any(child.code in gone and child.in_total for child in self.below[node.code])

    def full(self, node: Node, unit: int) -> int:
        """The declared full mark in quanta, or what the leaves below can give: the group's, and the unit's own."""
        others = self.of_others.get(unit, _NOTHING)
        if (node.code, others) not in self._fulls:
            self._fulls[node.code, others] = self._full(node, unit, others)
        return self._fulls[node.code, others]

    def _full(self, node: Node, unit: int, others: frozenset[int]) -> int:
        if node.full is not None:
            return half_up(Fraction(node.full) * self.quanta)
        if not isinstance(node.combine, Sum):
            return _HUNDRED * self.quanta
        mine = (leaf for key, leaf in self.leaves.items() if leaf.node.code == node.code and key not in others)
        leaves = sum((Fraction(leaf.points) for leaf in mine), Fraction(0))
        nodes = (self.full(x, unit) * x.times_in(node) for x in self.below[node.code] if x.in_total)
        return half_up(leaves * self.quanta) + sum(nodes)

    def shared_out_above(self, node: Node) -> bool:
        """Whether a sum above, with nothing but sums between, shares out the points of what a sum lacks."""
        while node.code != self.root and node.parent is not None:
            node = self.plan.nodes[node.parent]
            if not isinstance(node.combine, Sum):
                return False
            if node.renormalise:
                return True
        return False


def _by_unit(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for unit, key in pairs:
        found[unit].add(key)
    return {unit: frozenset(keys) for unit, keys in found.items()}
