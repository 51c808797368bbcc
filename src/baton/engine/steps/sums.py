"""The first sums up the tree: under sums and arithmetic means the leaves of a node become whole-number totals.

Everything above is whole-number arithmetic on the small table, in `engine.tree`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import MONTHS
from baton.engine.scheme.nodes import Arithmetic, Sum
from baton.engine.steps.keys import CELL, KEY, whole
from baton.engine.steps.portions import Portion
from baton.engine.steps.room import EXACT, ROOM
from baton.engine.tree.children import Children, LeafScore

type Frame = nw.LazyFrame[Any]

_ROOM = 2**51
"""For sums of full marks with their factors; a thousand times as much still fits 64 bits (see `most_points`)."""


class FirstSums:
    """Adds up what the leaves give to the nodes right above them; portions of leaves come in any order."""

    def __init__(self, plan: Plan, backend: Backend) -> None:
        self.plan, self.backend = plan, backend
        self.children = Children()
        self.linear, self.others = _split(plan, self.children)
        self.numbers = {node: number for number, node in enumerate(sorted(plan.nodes))}
        self.totals: list[pl.DataFrame] = []

    def add(self, portion: Portion, rows: Frame) -> None:
        """Add the scores of a portion (u, leaf, at, points, full)."""
        keys = set(portion.keys)
        linear = [one for one in self.linear if one.leaf.key in keys]
        others = [leaf.key for leaf in self.others if leaf.key in keys]
        if linear:
            self.totals.append(self.backend.collect(self._summed(rows, linear)))
            if len(self.totals) > _MOST_TABLES:
                self.totals = [self._merged()]
        if others:
            wanted = rows.filter(nw.col("leaf").is_in(others)).select(*CELL, "points")
            for u, key, at, points in self.backend.collect(wanted).iter_rows():
                leaf = self.plan.by_key[key]
                weight = Fraction(leaf.weight if leaf.weight is not None else 0)
                score = LeafScore(leaf.indicator.code, leaf.part, points, Fraction(leaf.points), weight)
                self.children.single[u, leaf.node.code, at].append(score)

    def result(self) -> Children:
        """The sums by unit, node and period."""
        names = {number: node for node, number in self.numbers.items()}
        if self.totals:
            for u, node, at, *sums in self._merged().iter_rows():
                part, full, weight, here, everything = map(int, sums)
                self.children.linear[u, names[node], at] = (part, full, weight, here, everything)
        for scores in self.children.single.values():
            scores.sort(key=lambda score: (score.indicator, score.part))
        return self.children

    def _merged(self) -> pl.DataFrame:
        """The sums of all portions so far in one table."""
        if len(self.totals) == 1:
            return self.totals[0]
        return pl.concat(self.totals).group_by("u", "node", "at").agg(pl.col(name).sum() for name in _SUMS)

    def _summed(self, rows: Frame, shares: list["_Share"]) -> Frame:
        """Sum of points and of full points under a sum; of weighted shares and of weights under a mean."""
        table = [(one.leaf.key, self.numbers[one.leaf.node.code], one.factor, one.weight) for one in shares]
        schema = {"leaf": KEY, "node": KEY, "factor": pl.Int64, "weight": pl.Int64}
        places = self.backend.frame(pl.DataFrame(table, schema=schema, orient="row"))
        joined = rows.join(places, on="leaf", how="inner")
        here = ~nw.col("points").is_null()
        counted = joined.select(
            "u",
            "node",
            "at",
            "full",
            part=nw.when(here).then(nw.col("points") * nw.col("factor")).otherwise(whole(0)),
            weight=nw.when(here).then(nw.col("weight")).otherwise(whole(0)),
            here=nw.when(here).then(whole(1)).otherwise(whole(0)),
            all_full=whole(1),
        )
        return counted.group_by("u", "node", "at").agg(nw.col(name).sum() for name in _SUMS)


_SUMS = ("part", "full", "weight", "here", "all_full")


def most_points(plan: Plan) -> Fraction:
    """The most points one leaf may be given, so that no sum up the tree overflows, months of a year included."""
    leaves = max((len(leaves) for leaves in plan.by_group.values()), default=1)
    linear, _ = _split(plan, Children())
    several = Counter((share.leaf.group, share.leaf.node.code) for share in linear)
    crowded = max((share.factor * several[share.leaf.group, share.leaf.node.code] for share in linear), default=1)
    quanta = min(EXACT, ROOM // max(crowded, len(MONTHS) * leaves))
    return Fraction(quanta, 10**plan.scheme.decimals)


_MOST_TABLES = 8
"""Tables of sums that wait to be added up: each can be as large as all nodes of all units."""


@dataclass(frozen=True, slots=True)
class _Share:
    """What a leaf adds to its node: factor x points, and its weight, both whole numbers."""

    leaf: Leaf
    factor: int
    weight: int


def _split(plan: Plan, found: Children) -> tuple[list[_Share], list[Leaf]]:
    """Leaves that the engine can add up in 64 bits, and leaves that are taken one by one."""
    linear: list[_Share] = []
    others: list[Leaf] = []
    for (group, node), mine in _by_node(plan.leaves).items():
        combine = plan.nodes[node].combine
        if isinstance(combine, Sum):
            linear += [_Share(leaf, 1, 0) for leaf in mine]
        elif isinstance(combine, Arithmetic):
            weighing = [leaf for leaf in mine if leaf.weight]
            if not weighing:
                continue
            factors, common = _whole([Fraction(leaf.weight or 0) / Fraction(leaf.points) for leaf in weighing])
            weights, weight_unit = _whole([Fraction(leaf.weight or 0) for leaf in weighing])
            largest = max(Fraction(x.points) * f for x, f in zip(weighing, factors, strict=True))
            if max(largest * 10**plan.scheme.decimals, *weights) * len(weighing) < _ROOM:
                found.common[group, node] = (common, weight_unit)
                linear += [_Share(*share) for share in zip(weighing, factors, weights, strict=True)]
            else:
                others += weighing
        else:
            others += mine
    return linear, others


def _by_node(leaves: Iterable[Leaf]) -> dict[tuple[str, str], list[Leaf]]:
    found: dict[tuple[str, str], list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        found[leaf.group, leaf.node.code].append(leaf)
    return found


def _whole(numbers: list[Fraction]) -> tuple[list[int], int]:
    """Whole numbers in the same proportions, and what they were multiplied with."""
    common = lcm(*(number.denominator for number in numbers))
    return [int(number * common) for number in numbers], common
