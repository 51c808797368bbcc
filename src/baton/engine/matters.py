"""What an indicator loses by a matter, and the figures and scores that adjustments change before the tree is summed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.adjust import Outcome
from baton.engine.backends import Backend
from baton.engine.exact.leaf import compares, exact_case, exact_points
from baton.engine.flags import Happened
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.leaf import for_group
from baton.engine.plan.statistic import Statistic
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.nodes import Sum

type Frame = nw.LazyFrame[Any]


@dataclass
class Matters:
    """Figures of a year that belong to matters, read once: (unit, indicator) -> (leaf, period, x, target) rows."""

    plan: Plan
    events: Sequence[Event]
    rows: dict[tuple[str, str], list[tuple[Leaf, int, int, int | None]]] = field(default_factory=dict)

    def read(self, values: Frame, backend: Backend) -> None:
        """Collect the figures that events point at."""
        wanted = {(event.unit, event.item) for event in self.events}
        leaves = [leaf for leaf in self.plan.leaves if any(leaf.indicator.code == item for _, item in wanted)]
        units = [self.plan.unit_numbers[unit] for unit, _ in wanted if unit in self.plan.unit_numbers]
        if not leaves or not units:
            return
        here = values.filter(nw.col("leaf").is_in([leaf.key for leaf in leaves]) & nw.col("u").is_in(units))
        for u, key, at, x, t in backend.collect(here.select("u", "leaf", "at", "x", "t")).iter_rows():
            leaf = self.plan.by_key[key]
            if x is not None:
                target = t if t is not None else _fixed(leaf)
                spot = (self.plan.units[u].code, leaf.indicator.code)
                self.rows.setdefault(spot, []).append((leaf, at, x, target))

    def cost(self, unit: str, indicator: str, quantity: Decimal) -> Decimal:
        """Points of the total that an indicator loses because `quantity` is in its figure.

        Measured on the unit's own leaf with and without the quantity, times the leaf's share of the total when nothing
        is excluded. An indicator whose rule compares units has no cost of its own: it gives way.
        """
        lost = Fraction(0)
        for leaf, at, x, t in self.rows.get((unit, indicator), ()):
            if compares(leaf) or t == 0:
                continue
            without = x - self._whole(unit, leaf, quantity)
            with_it, relieved = (self._points(leaf, at, value, t) for value in (x, without))
            lost += (relieved - with_it) * share_of_total(self.plan, leaf)
        points = lost / 10**self.plan.scheme.decimals
        return Decimal(points.numerator) / Decimal(points.denominator)

    def _points(self, leaf: Leaf, at: int, x: int, t: int | None) -> int:
        return exact_points(self.plan, leaf, exact_case(leaf, at, x, t, Statistic(), None))

    def _whole(self, unit: str, leaf: Leaf, quantity: Decimal) -> int:
        """The quantity in the leaf's whole value; the event's `level` names the figure where there are several."""
        named = {event.level for event in self.events if (event.unit, event.item) == (unit, leaf.indicator.code)}
        feeds = [feed for feed in leaf.feeds if feed.role == "value"]
        chosen = next((feed for feed in feeds if feed.figure in named), feeds[0] if feeds else None)
        factor = chosen.factor if chosen else Decimal(1)
        return int((quantity * factor).scaleb(leaf.decimals))

    def released(self, values: Frame, outcome: Outcome, backend: Backend) -> Frame:
        """Take released quantities out of the figures."""
        table = [
            (self.plan.unit_numbers[unit], leaf.key, at, self._whole(unit, leaf, quantity))
            for unit, indicator, quantity in outcome.released
            for leaf, at, _, _ in self.rows.get((unit, indicator), ())
        ]
        if not table:
            return values
        names = dict.fromkeys(("u", "leaf", "at", "less"), pl.Int64)
        joined = values.join(
            backend.frame(pl.DataFrame(table, schema=names, orient="row")), on=["u", "leaf", "at"], how="left"
        )
        less = nw.coalesce("less", nw.lit(0, dtype=nw.Int64))
        return joined.with_columns(x=nw.col("x") - less).drop("less")

    def flagged(self, rows: Frame, outcome: Outcome, backend: Backend) -> Frame:
        """Set to zero what a veto zeroes, and mark what a matter released."""
        marks: dict[tuple[int, int], int] = {}
        for leaf in self.plan.leaves:
            for unit, indicator in outcome.zeroed:
                if leaf.indicator.code == indicator:
                    spot = (self.plan.unit_numbers[unit], leaf.key)
                    marks[spot] = marks.get(spot, 0) | int(Happened.ZEROED_BY_VETO)
            for unit, indicator, _ in outcome.released:
                if leaf.indicator.code == indicator:
                    spot = (self.plan.unit_numbers[unit], leaf.key)
                    marks[spot] = marks.get(spot, 0) | int(Happened.SAME_MATTER)
        if not marks:
            return rows
        zeroed = int(Happened.ZEROED_BY_VETO)
        table = [(u, key, mark, 0 if mark & zeroed else 1) for (u, key), mark in marks.items()]
        names = dict.fromkeys(("u", "leaf", "mark", "keep"), pl.Int64)
        joined = rows.join(backend.frame(pl.DataFrame(table, schema=names, orient="row")), on=["u", "leaf"], how="left")
        return joined.with_columns(
            points=nw.col("points") * nw.coalesce("keep", nw.lit(1, dtype=nw.Int64)),
            flags=nw.col("flags") + nw.coalesce("mark", nw.lit(0, dtype=nw.Int64)),
        ).drop("mark", "keep")


def _fixed(leaf: Leaf) -> int | None:
    target = leaf.indicator.target.value
    return None if target is None else int(target.scaleb(leaf.decimals))


def share_of_total(plan: Plan, leaf: Leaf) -> Fraction:
    """What one point of a leaf is worth at the root when nothing is excluded: weights and full marks on the way up."""
    share = Fraction(1)
    node = leaf.node
    if not isinstance(node.combine, Sum):
        siblings = [x for x in plan.by_group[leaf.group] if x.node.code == node.code]
        weights = sum((Fraction(x.weight or 0) for x in siblings), Fraction(0))
        share = Fraction(leaf.weight or 0) / weights * Fraction(node.full or 100) / Fraction(leaf.points)
    while node.parent is not None and node.code != plan.roots[leaf.group]:
        parent = plan.nodes[node.parent]
        if not isinstance(parent.combine, Sum):
            own = for_group(node.weight, leaf.group)
            siblings_of = [x for x in plan.scheme.nodes if x.parent == parent.code and x.in_total]
            total = sum((Fraction(for_group(x.weight, leaf.group) or 1) for x in siblings_of), Fraction(0))
            share *= (
                Fraction(1 if own is None else own) / total * Fraction(parent.full or 100) / Fraction(node.full or 100)
            )
        node = parent
    return share
