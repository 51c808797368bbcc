"""The parts of a unit's total: the nodes just below the root, each with the leaves below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from baton.engine.explain import Explanation, IndicatorExplanation, LeafExplanation, NodeExplanation
from baton.engine.plan import Leaf
from baton.reports.results import Results


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaf as the scheme has it, its indicator explained, and what became of it period by period."""

    leaf: Leaf
    indicator: IndicatorExplanation
    periods: tuple[LeafExplanation, ...]

    def title(self, results: Results) -> str:
        """Give code and name of the indicator, and of its part."""
        name = f"{self.indicator.code} {self.indicator.name}"
        return name + results.say("reports.of_part", part=self.periods[0].part_name) if self.leaf.part else name


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the total: its node with the entries scored once a year, and those scored more often."""

    node: NodeExplanation
    yearly: tuple[Entry, ...]
    periodic: tuple[Entry, ...]


def sections(results: Results, explained: Explanation) -> Iterator[Section]:
    """Go through the parts in the scheme's order; indicators just below the root make a part of their own."""
    entries = list(_entries(results, explained))
    roots = {group.code: group.root for group in results.groups}
    root = roots[explained.group]
    for node in explained.nodes:
        if node.depth > 1:
            continue
        own = [entry for entry in entries if _top(results, entry, root) == node.code]
        yearly = tuple(entry for entry in own if len(entry.periods) == 1)
        periodic = tuple(entry for entry in own if len(entry.periods) > 1)
        if own:
            yield Section(node, yearly, periodic)


def _entries(results: Results, explained: Explanation) -> Iterator[Entry]:
    leaves = {(leaf.indicator.code, leaf.part): leaf for leaf in results.plan.by_group[explained.group]}
    for indicator in explained.indicators:
        for part in dict.fromkeys(leaf.part for leaf in indicator.leaves):
            periods = tuple(leaf for leaf in indicator.leaves if leaf.part == part)
            yield Entry(leaves[indicator.code, part], indicator, periods)


def _top(results: Results, entry: Entry, root: str) -> str:
    at = entry.leaf.node.code
    while at != root and results.nodes[at].parent not in (None, root):
        at = results.nodes[at].parent or root
    return at
