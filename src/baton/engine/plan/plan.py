"""A scheme made ready for one year: units, leaves, who carries what, and the tree of each group."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b

from baton.engine.plan.calendar import MONTHS, QUARTERS, first_month, last_month, periods
from baton.engine.plan.leaf import DERIVED_DECIMALS, MEAN_DECIMALS, Entry, Leaf, entries, for_group, is_derived
from baton.engine.plan.treated import denominators, treated_decimals
from baton.engine.rules import Needs
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.nodes import Node, Sum
from baton.engine.scheme.units import Unit
from baton.engine.terms import Aggregation


@dataclass(frozen=True)
class Plan:
    """A scheme for a year. Unit numbers and leaf keys follow the order of codes, so that results sort alike.

    `decimals` is the scale of each reported series (whole numbers of 10^-decimals). `reading`: values are scaled as
    they are reported, before any treatment. `screened`: numbers of the units that a screen leaves out.
    """

    scheme: Scheme
    year: int
    decimals: Mapping[str, int]
    reading: bool = False
    screened: frozenset[int] = frozenset()

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units assessed in the year, by code."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        assessed = [
            unit
            for unit in self.scheme.units
            if unit.group is not None
            and (unit.valid_from is None or unit.valid_from <= last)
            and (unit.valid_to is None or unit.valid_to >= first)
        ]
        return tuple(sorted(assessed, key=lambda unit: unit.code))

    @cached_property
    def unit_numbers(self) -> dict[str, int]:
        """Number of each unit by its code."""
        return {unit.code: number for number, unit in enumerate(self.units)}

    @cached_property
    def unit_marks(self) -> tuple[int, ...]:
        """40 bits of a digest of each unit's code: a sum of them tells whether every unit is there once."""
        return tuple(int.from_bytes(blake2b(unit.code.encode(), digest_size=5).digest(), "big") for unit in self.units)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by code of every unit of the scheme, assessed or not."""
        return {unit.code: unit.name for unit in self.scheme.units}

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Group codes in order."""
        return tuple(sorted(group.code for group in self.scheme.groups))

    @cached_property
    def group_numbers(self) -> dict[str, int]:
        """Number of each group by its code."""
        return {code: number for number, code in enumerate(self.groups)}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Nodes by code."""
        return {node.code: node for node in self.scheme.nodes}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Indicators and parts in the order of their codes."""
        found = [entry for indicator in self.scheme.indicators for entry in entries(indicator)]
        return tuple(sorted(found, key=lambda entry: (entry.indicator.code, entry.part)))

    @cached_property
    def roots(self) -> dict[str, str]:
        """The root node of each group."""
        return {group.code: group.root for group in self.scheme.groups}

    def under(self, node: str, root: str) -> bool:
        """Whether a node is the root or lies below it."""
        at: str | None = node
        while at is not None:
            if at == root:
                return True
            at = self.nodes[at].parent
        return False

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every leaf of every group, by key."""
        made = []
        for group in self.groups:
            for number, entry in enumerate(self.entries):
                share = for_group(entry.indicator.points, group)
                if share is None or not self.under(entry.indicator.parent, self.roots[group]):
                    continue
                made.append(self._leaf(self.group_numbers[group] * len(self.entries) + number, group, entry, share))
        return tuple(made)

    def _leaf(self, key: int, group: str, entry: Entry, share: Decimal) -> Leaf:
        node = self.nodes[entry.indicator.parent]
        in_sum = isinstance(node.combine, Sum)
        own = entry.indicator.decimals_of_points
        whole = share if in_sum else entry.indicator.full or node.full or Decimal(100)
        return Leaf(
            key=key,
            group=group,
            indicator=entry.indicator,
            part=entry.part,
            node=node,
            rule=entry.rule,
            value=entry.value,
            figures=entry.figures,
            points=entry.points(whole),
            weight=None if in_sum else entry.points(share),
            decimals=self.scale(entry),
            rounding=min(own, self.scheme.decimals) if own is not None else self.scheme.decimals,
        )

    def scale(self, entry: Entry) -> int:
        """Decimals of a leaf's value and target: enough for the reports, the factors, the thresholds, the treatment."""
        reported = self._reported(entry)
        treated = None if self.reading else treated_decimals(self.scheme, entry, self._denominators)
        if treated is None:
            return reported
        asked, divided = treated
        if not divided or Needs.TARGET in entry.rule.needs():
            return max(asked, reported)
        return max([asked, *(_places(number) for number in entry.rule.thresholds())])

    @cached_property
    def _denominators(self) -> frozenset[str]:
        return denominators(self.scheme)

    def _reported(self, entry: Entry) -> int:
        if is_derived(entry):
            return DERIVED_DECIMALS
        feeds = entry.rule.feeds()
        factors = [feed.factor for feed in feeds] or list(getattr(entry.value, "terms", {}).values())
        fixed = [number for number in (entry.indicator.target.value, *entry.rule.thresholds()) if number is not None]
        reported = self.decimals.get(entry.indicator.series_code, entry.indicator.decimals or 0)
        if entry.indicator.aggregation is Aggregation.MEAN:
            reported = max(reported, MEAN_DECIMALS)
        with_factors = reported + max((_places(factor) for factor in factors), default=0)
        return max(with_factors, *(_places(number) for number in fixed)) if fixed else with_factors

    @cached_property
    def by_key(self) -> dict[int, Leaf]:
        """Leaves by key."""
        return {leaf.key: leaf for leaf in self.leaves}

    def top_period(self, group: str) -> int:
        """The period of the group's total: that of its root, the last one where the root is finer than a year."""
        return periods(self.nodes[self.roots[group]].frequency)[-1]

    @cached_property
    def not_carried(self) -> frozenset[tuple[int, int]]:
        """Pairs of unit number and leaf key that do not apply: exemptions, and indicators of other units."""
        exempt: dict[str, set[str]] = defaultdict(set)
        for exemption in self.scheme.exemptions:
            exempt[exemption.unit].add(exemption.indicator or exemption.node or "")
        found = set()
        for number, unit in enumerate(self.units):
            leaves = self.by_group.get(unit.group or "", ())
            lifted = exempt.get(unit.code)
            for leaf in leaves if lifted else self._individual.get(unit.group or "", ()):
                if self._lifted(unit.code, leaf, lifted or set()):
                    found.add((number, leaf.key))
        return frozenset(found)

    @cached_property
    def absent(self) -> frozenset[tuple[int, int]]:
        """Pairs of unit number and period in which the unit did not exist; nothing is due from it then."""
        found = set()
        for number, unit in enumerate(self.units):
            first, last = (_month(unit.valid_from or date.min), _month(unit.valid_to or date.max))
            for at in (*MONTHS, *QUARTERS):
                if first > (self.year, last_month(at)) or last < (self.year, first_month(at)):
                    found.add((number, at))
        return frozenset(found)

    @cached_property
    def by_group(self) -> dict[str, tuple[Leaf, ...]]:
        """Leaves of each group."""
        found: dict[str, list[Leaf]] = defaultdict(list)
        for leaf in self.leaves:
            found[leaf.group].append(leaf)
        return {group: tuple(leaves) for group, leaves in found.items()}

    @cached_property
    def _individual(self) -> dict[str, tuple[Leaf, ...]]:
        return {group: tuple(x for x in leaves if x.indicator.units) for group, leaves in self.by_group.items()}

    def _lifted(self, unit: str, leaf: Leaf, exempt: set[str]) -> bool:
        if leaf.indicator.units and unit not in leaf.indicator.units:
            return True
        if leaf.indicator.code in exempt:
            return True
        return any(self.under(leaf.node.code, code) for code in exempt & set(self.nodes))


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
