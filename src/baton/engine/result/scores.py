"""What ranks and tie-breaks look at: the root's score of each unit, and scores by code at the root's period."""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from baton.engine.plan import Leaf, Plan
from baton.engine.scheme.grades import HigherNode
from baton.engine.standing import UnitScores
from baton.engine.tree import NodeScore
from baton.engine.tree.children import Spot


def unit_scores(plan: Plan, nodes: Mapping[Spot, NodeScore], leaves: Iterable[pl.DataFrame]) -> dict[str, UnitScores]:
    """The root's score of each unit, and the scores by code that parts and tie-breaks look at.

    `leaves` are the leaves' scores in portions (u, leaf, at, points); those that no tie-break names may be left out.
    """
    by_unit: dict[int, dict[str, int | None]] = {number: {} for number in range(len(plan.units))}
    tops = [plan.top_period(unit.group or "") for unit in plan.units]
    for (unit, code, at), node in nodes.items():
        if at == tops[unit]:
            by_unit[unit][code] = node.score
    for unit, code, at, points in _named_leaves(plan, leaves):
        if at == tops[unit]:
            before = by_unit[unit].get(code)
            by_unit[unit][code] = points if before is None else before + points
    return {
        unit.code: UnitScores(by_unit[number].get(plan.roots[unit.group or ""]), by_unit[number])
        for number, unit in enumerate(plan.units)
    }


def _named_leaves(plan: Plan, leaves: Iterable[pl.DataFrame]) -> Iterator[tuple[int, str, int, int]]:
    """Points of indicators named by a tie-break."""
    codes = {leaf.key: leaf.indicator.code for leaf in tie_breaking(plan)}
    for portion in leaves if codes else ():
        here = portion.filter(pl.col("leaf").is_in(list(codes)) & pl.col("points").is_not_null())
        for u, key, at, points in here.select("u", "leaf", "at", "points").iter_rows():
            yield u, codes[key], at, points


def tie_breaking(plan: Plan) -> list[Leaf]:
    """Leaves of indicators named by a tie-break."""
    named = {tie.node for tie in plan.scheme.ranking.tie_breaks if isinstance(tie, HigherNode)}
    return [leaf for leaf in plan.leaves if leaf.indicator.code in named]
