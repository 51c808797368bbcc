"""Leaves in portions: what is scored at one time, with leaves that ask for the same things side by side.

Totals of portions merge in any order, because everything after the rounding of a leaf is whole numbers.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import periods
from baton.engine.rules import KINDS, Needs
from baton.engine.steps.keys import KEY

_KIND_ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Portion:
    """Leaves that are scored together. `whole`: they are all leaves of the plan; `full`: and no other key can occur."""

    leaves: tuple[Leaf, ...]
    whole: bool = True
    full: bool = False

    @cached_property
    def keys(self) -> list[int]:
        """Keys of the leaves."""
        return [leaf.key for leaf in self.leaves]

    @cached_property
    def quotients(self) -> bool:
        """Whether some leaf divides figures."""
        return any(leaf.derived for leaf in self.leaves)

    @cached_property
    def targets(self) -> bool:
        """Whether some leaf asks for a target."""
        return bool(self.that(Needs.TARGET)) or any(
            feed.role == "target" for leaf in self.leaves for feed in leaf.feeds
        )

    def that(self, need: Needs) -> list[Leaf]:
        """Leaves whose rule has a need, or one of several."""
        return [leaf for leaf in self.leaves if need & leaf.rule.needs()]

    def of(self, frame: nw.LazyFrame[Any], backend: Backend) -> nw.LazyFrame[Any]:
        """Give the rows of these leaves."""
        if self.whole and self.full:
            return frame
        if not self.whole:
            return frame.filter(nw.col("leaf").is_in(self.keys))
        keys = backend.frame(pl.DataFrame({"leaf": self.keys}, schema={"leaf": KEY}))
        return frame.join(keys, on="leaf", how="semi")


def portions(plan: Plan, rows: int | None) -> tuple[Portion, ...]:
    """Cut the leaves of a plan into portions of about so many rows; None: all leaves at once."""
    full = len(plan.leaves) == len(plan.groups) * len(plan.entries)
    if rows is None or sum(_sizes(plan, plan.leaves).values()) <= rows:
        return (Portion(plan.leaves, full=full),)
    return in_portions(plan, plan.leaves, rows)


def in_portions(plan: Plan, leaves: Iterable[Leaf], rows: int | None) -> tuple[Portion, ...]:
    """Cut some leaves of a plan into portions of about so many rows; None: all of them at once."""
    alike = sorted(leaves, key=_likeness)
    if rows is None:
        return (Portion(tuple(alike), whole=False),)
    sizes = _sizes(plan, alike)
    return tuple(Portion(tuple(some), whole=False) for some in _cut(alike, sizes, rows))


def _sizes(plan: Plan, leaves: Iterable[Leaf]) -> dict[int, int]:
    members = Counter(unit.group for unit in plan.units)
    return {leaf.key: members[leaf.group] * len(periods(leaf.frequency)) for leaf in leaves}


def _cut(leaves: Iterable[Leaf], sizes: dict[int, int], most: int) -> Iterable[list[Leaf]]:
    """Cut where the most is reached, or sooner where another kind begins and at least half is."""
    taken: list[Leaf] = []
    size = 0
    for leaf in leaves:
        other_kind = bool(taken) and type(taken[-1].rule) is not type(leaf.rule)
        if taken and (size + sizes[leaf.key] > most or (other_kind and 2 * size >= most)):
            yield taken
            taken, size = [], 0
        taken.append(leaf)
        size += sizes[leaf.key]
    if taken:
        yield taken


def _likeness(leaf: Leaf) -> tuple[bool, int, int, int]:
    return leaf.derived, leaf.rule.needs().value, _KIND_ORDER[type(leaf.rule)], leaf.key
