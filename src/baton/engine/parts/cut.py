"""Indicators cut into parts that fit into memory: all leaves that read a series are scored in one part."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from baton.engine.plan import Leaf
from baton.engine.plan.calendar import periods
from baton.engine.ready import Ready
from baton.engine.steps.portions import Portion, in_portions


@dataclass(frozen=True)
class Part:
    """Leaves, and the series that they read."""

    series: frozenset[str]
    leaves: tuple[Leaf, ...]

    def portions(self, ready: Ready, rows: int | None) -> tuple[Portion, ...]:
        """Cut the part further into what is scored at one time."""
        return in_portions(ready.plan, self.leaves, rows)

    def only(self, indicators: Collection[str]) -> "Part":
        """Give the leaves of some indicators."""
        return Part(self.series, tuple(leaf for leaf in self.leaves if leaf.indicator.code in indicators))


def parts(ready: Ready, rows: int) -> tuple[Part, ...]:
    """Cut a plan into parts of about so many rows, of figures or of leaves, whichever are more."""
    by_series: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in ready.plan.leaves:
        by_series[leaf.indicator.series_code].append(leaf)
    return tuple(
        Part(frozenset(series), tuple(leaf for one in series for leaf in by_series[one]))
        for series in _packed(_sizes(ready, by_series), rows)
    )


def _packed(sizes: dict[str, int], most: int) -> Iterator[list[str]]:
    taken: list[str] = []
    size = 0
    for series in sorted(sizes):
        if taken and size + sizes[series] > most:
            yield taken
            taken, size = [], 0
        taken.append(series)
        size += sizes[series]
    if taken:
        yield taken


def _sizes(ready: Ready, by_series: dict[str, list[Leaf]]) -> dict[str, int]:
    """About how many rows each series brings: figures of all units and periods, or leaves."""
    members = Counter(unit.group for unit in ready.plan.units)
    figures: dict[str, set[str]] = defaultdict(set)
    for row in ready.tables.feeds:
        figures[row.series].add(row.feed.figure)
    found = {}
    for series, leaves in by_series.items():
        reports = len(periods(ready.tables.series_frequency[series])) * max(1, len(figures[series]))
        scored = sum(members[leaf.group] * len(periods(leaf.frequency)) for leaf in leaves)
        found[series] = max(reports * len(ready.plan.units), scored)
    return found
