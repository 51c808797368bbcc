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
from baton.engine.steps.room import EXACT, ROOM
from baton.engine.tree.children import Children, LeafScore

type Frame = nw.LazyFrame[Any]

_ROOM = 2**51
"""For sums of full marks with their factors; a thousand times as much still fits 64 bits (see `most_points`)."""


def first_sums(plan: Plan, rows: Frame, parameters: pl.DataFrame, backend: Backend) -> Children:
    """What the leaves give to the nodes right above them, by unit, node and period."""
    found = Children()
    linear, others = _split(plan, found)
    if linear:
        _linear(plan, rows, linear, found, backend)
    if others:
        keys = [leaf.key for leaf in others]
        wanted = ("u", "leaf", "at", "points")
        for u, key, at, points in backend.collect(rows.filter(nw.col("leaf").is_in(keys)).select(*wanted)).iter_rows():
            leaf = plan.by_key[key]
            weight = Fraction(leaf.weight if leaf.weight is not None else 0)
            score = LeafScore(leaf.indicator.code, leaf.part, points, Fraction(leaf.points), weight)
            found.single[u, leaf.node.code, at].append(score)
        for scores in found.single.values():
            scores.sort(key=lambda score: (score.indicator, score.part))
    return found


def most_points(plan: Plan) -> Fraction:
    """The most points one leaf may be given, so that no sum up the tree overflows, months of a year included."""
    leaves = max((len(leaves) for leaves in plan.by_group.values()), default=1)
    linear, _ = _split(plan, Children())
    several = Counter((share.leaf.group, share.leaf.node.code) for share in linear)
    crowded = max((share.factor * several[share.leaf.group, share.leaf.node.code] for share in linear), default=1)
    quanta = min(EXACT, ROOM // max(crowded, len(MONTHS) * leaves))
    return Fraction(quanta, 10**plan.scheme.decimals)


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


def _linear(plan: Plan, rows: Frame, shares: list[_Share], found: Children, backend: Backend) -> None:
    """Sum of points and of full points under a sum; of weighted shares and of weights under a mean."""
    numbers = {node: n for n, node in enumerate(sorted(plan.nodes))}
    names = {n: node for node, n in numbers.items()}
    table = [(one.leaf.key, numbers[one.leaf.node.code], one.factor, one.weight) for one in shares]
    schema = {"leaf": pl.Int64, "node": pl.Int64, "factor": pl.Int64, "weight": pl.Int64}
    joined = rows.join(backend.frame(pl.DataFrame(table, schema=schema, orient="row")), on="leaf", how="inner")
    here = ~nw.col("points").is_null()
    zero = nw.lit(0, dtype=nw.Int64)
    counted = joined.select(
        "u",
        "node",
        "at",
        part=nw.when(here).then(nw.col("points") * nw.col("factor")).otherwise(zero),
        full="full",
        weight=nw.when(here).then(nw.col("weight")).otherwise(zero),
        here=nw.when(here).then(nw.lit(1, dtype=nw.Int64)).otherwise(zero),
        all_full=nw.lit(1, dtype=nw.Int64),
    )
    sums = counted.group_by("u", "node", "at").agg(
        *(nw.col(name).sum() for name in ("part", "full", "weight", "here", "all_full"))
    )
    for u, node, at, part, full, weight, here_n, all_n in backend.collect(sums).iter_rows():
        found.linear[u, names[node], at] = (int(part), int(full), int(weight), int(here_n), int(all_n))


def _by_node(leaves: Iterable[Leaf]) -> dict[tuple[str, str], list[Leaf]]:
    found: dict[tuple[str, str], list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        found[leaf.group, leaf.node.code].append(leaf)
    return found


def _whole(numbers: list[Fraction]) -> tuple[list[int], int]:
    """Whole numbers in the same proportions, and what they were multiplied with."""
    common = lcm(*(number.denominator for number in numbers))
    return [int(number * common) for number in numbers], common
