"""A scheme looked up by code, safe for schemes that are wrong: cycles end, unknown codes lead nowhere."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.nodes import Node
from baton.engine.scheme.units import Unit

EVERY_GROUP = "*"


class Index:
    """Nodes, indicators, units and groups of a scheme by code, and who carries what."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.nodes = {node.code: node for node in scheme.nodes}
        self.indicators = {indicator.code: indicator for indicator in scheme.indicators}
        self.groups = {group.code: group for group in scheme.groups}
        self.units = {unit.code: unit for unit in scheme.units}

    @cached_property
    def members(self) -> dict[str, list[Unit]]:
        """The assessed units of each group."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.scheme.units:
            if unit.group is not None:
                found[unit.group].append(unit)
        return found

    @cached_property
    def child_nodes(self) -> dict[str, list[Node]]:
        """Child nodes by parent."""
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.scheme.nodes:
            if node.parent is not None:
                found[node.parent].append(node)
        return found

    @cached_property
    def child_indicators(self) -> dict[str, list[Indicator]]:
        """Indicators by parent."""
        found: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in self.scheme.indicators:
            found[indicator.parent].append(indicator)
        return found

    def ancestors(self, node: str | None) -> Iterator[str]:
        """Go from a node up through all above it; ends where a parent is unknown or the way comes round again."""
        seen: set[str] = set()
        while node in self.nodes and node not in seen:
            seen.add(node)
            yield node
            node = self.nodes[node].parent

    @cached_property
    def subtree(self) -> dict[str, frozenset[str]]:
        """The nodes of each group's tree, its root included."""
        found: dict[str, set[str]] = {code: set() for code in self.groups}
        roots: dict[str, list[str]] = defaultdict(list)
        for group in self.scheme.groups:
            roots[group.root].append(group.code)
        for code in self.nodes:
            for above in self.ancestors(code):
                for group_code in roots.get(above, ()):
                    found[group_code].add(code)
        return {group_code: frozenset(codes) for group_code, codes in found.items()}

    def points(self, indicator: Indicator, group: str) -> Decimal | None:
        """Give the points (or weight) an indicator has in a group; None if the group does not carry it."""
        share = indicator.points.get(group, indicator.points.get(EVERY_GROUP))
        return share if share is not None and indicator.parent in self.subtree.get(group, ()) else None

    def carriers(self, indicator: Indicator) -> tuple[str, ...]:
        """Name the groups that carry an indicator."""
        return tuple(group for group in self.groups if self.points(indicator, group) is not None)

    def carried_by(self, indicator: Indicator, unit: Unit) -> bool:
        """Whether a unit is assessed by an indicator: its group carries it and nothing takes the unit out."""
        if unit.group is None or self.points(indicator, unit.group) is None:
            return False
        if indicator.units and unit.code not in indicator.units:
            return False
        lifted = self.lifted.get(unit.code, frozenset())
        return indicator.code not in lifted and not lifted.intersection(self.ancestors(indicator.parent))

    def carrying(self, indicator: Indicator) -> list[Unit]:
        """Give the units that are assessed by an indicator, in the scheme's order."""
        groups = set(self.carriers(indicator))
        found = [unit for unit in self.scheme.units if unit.group in groups]
        return [
            unit
            for unit in found
            if (self.carried_by(indicator, unit) if unit.code in self.special else not indicator.units)
        ]

    @cached_property
    def special(self) -> frozenset[str]:
        """Units that may carry something else than the rest of their group: individual indicators, exemptions."""
        named = {unit for indicator in self.scheme.indicators for unit in indicator.units}
        return frozenset(named | set(self.lifted))

    def count_carrying(self, indicator: Indicator, groups: tuple[str, ...] | None = None) -> int:
        """Count the units of these groups (None: all) that are assessed by an indicator."""
        count = 0
        for group in self.carriers(indicator) if groups is None else groups:
            members = self.members.get(group, ())
            special = [unit for unit in members if unit.code in self.special]
            count += 0 if indicator.units else len(members) - len(special)
            count += sum(self.carried_by(indicator, unit) for unit in special)
        return count

    @cached_property
    def lifted(self) -> dict[str, frozenset[str]]:
        """What does not apply to each unit: codes of indicators and nodes."""
        found: dict[str, set[str]] = defaultdict(set)
        for exemption in self.scheme.exemptions:
            found[exemption.unit].add(exemption.indicator or exemption.node or "")
        return {unit: frozenset(codes) for unit, codes in found.items()}

    @cached_property
    def carrying_nodes(self) -> dict[str, frozenset[str]]:
        """For each group the nodes that have an indicator of the group below them."""
        found: dict[str, set[str]] = {code: set() for code in self.groups}
        for indicator in self.scheme.indicators:
            above = set(self.ancestors(indicator.parent))
            for group in self.carriers(indicator):
                found[group] |= above & self.subtree[group]
        return {group: frozenset(codes) for group, codes in found.items()}
