"""The first sums up the tree: under sums and arithmetic means the leaves of a node become whole-number totals.

Everything above is whole-number arithmetic on the small table, in `engine.tree`.
"""

from collections import defaultdict
from fractions import Fraction
from math import lcm
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Leaf, Plan
from baton.engine.scheme.nodes import Arithmetic, Sum
from baton.engine.tree.children import Children, LeafScore

type Frame = nw.LazyFrame[Any]


def first_sums(plan: Plan, rows: Frame, parameters: pl.DataFrame, backend: Backend) -> Children:
    """What the leaves give to the nodes right above them, by unit, node and period."""
    linear, others = _split(plan)
    found = Children()
    if linear:
        _linear(plan, rows, linear, found, backend)
    if others:
        keys = [leaf.key for leaf in others]
        wanted = ("u", "leaf", "at", "points", "full")
        for u, key, at, points, full in backend.collect(
            rows.filter(nw.col("leaf").is_in(keys)).select(*wanted)
        ).iter_rows():
            leaf = plan.by_key[key]
            weight = Fraction(leaf.weight if leaf.weight is not None else 0)
            score = LeafScore(leaf.indicator.code, leaf.part, points if full else None, Fraction(leaf.points), weight)
            found.single[u, leaf.node.code, at].append(score)
    return found


def _split(plan: Plan) -> tuple[list[Leaf], list[Leaf]]:
    linear = [leaf for leaf in plan.leaves if isinstance(leaf.node.combine, Sum | Arithmetic)]
    return linear, [leaf for leaf in plan.leaves if not isinstance(leaf.node.combine, Sum | Arithmetic)]


def _linear(plan: Plan, rows: Frame, leaves: list[Leaf], found: Children, backend: Backend) -> None:
    """Sum of points and of full points under a sum; of weighted shares and of weights under a mean."""
    numbers = {node: n for n, node in enumerate(sorted(plan.nodes))}
    names = {n: node for node, n in numbers.items()}
    table = []
    for (group, node), mine in _by_node(leaves).items():
        is_mean = isinstance(plan.nodes[node].combine, Arithmetic)
        factors, common = _factors(mine) if is_mean else ([1] * len(mine), 1)
        weights, weight_unit = _whole([leaf.weight or 0 for leaf in mine]) if is_mean else ([0] * len(mine), 1)
        found.common[group, node] = (common, weight_unit)
        for leaf, factor, weight in zip(mine, factors, weights, strict=True):
            table.append((leaf.key, numbers[node], factor, weight))
    schema = {"leaf": pl.Int64, "node": pl.Int64, "factor": pl.Int64, "weight": pl.Int64}
    joined = rows.join(backend.frame(pl.DataFrame(table, schema=schema, orient="row")), on="leaf", how="inner")
    here = nw.col("full") != 0
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


def _by_node(leaves: list[Leaf]) -> dict[tuple[str, str], list[Leaf]]:
    found: dict[tuple[str, str], list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        found[leaf.group, leaf.node.code].append(leaf)
    return found


def _factors(leaves: list[Leaf]) -> tuple[list[int], int]:
    """Whole factors proportional to weight / full points, and the number they are all multiples of 1 / of."""
    exact = [Fraction(leaf.weight or 0) / Fraction(leaf.points) for leaf in leaves]
    common = lcm(*(share.denominator for share in exact))
    return [int(share * common) for share in exact], common


def _whole(numbers: list[Any]) -> tuple[list[int], int]:
    exact = [Fraction(number) for number in numbers]
    common = lcm(*(share.denominator for share in exact))
    return [int(share * common) for share in exact], common
