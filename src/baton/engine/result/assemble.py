"""Put the pieces of a score together: frames with codes instead of numbers, standings, digests."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import narwhals as nw
import polars as pl

from baton import __version__
from baton.engine.adjust import Outcome
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.plan.calendar import period_text
from baton.engine.plan.statistic import Statistic
from baton.engine.result.digest import ResultDigest
from baton.engine.result.leaves import PERIOD_ORDER, leaf_table
from baton.engine.result.sheet import ScoreSheet, Summary
from baton.engine.rules import Needs
from baton.engine.scheme.digest import digest
from baton.engine.standing import UnitScores, standings
from baton.engine.terms import plain
from baton.engine.tree import NodeScore
from baton.engine.tree.children import Spot


def assemble(
    plan: Plan,
    panel: Panel,
    rows: list[pl.DataFrame],
    nodes: Mapping[Spot, NodeScore],
    found: Mapping[tuple[int, int], Statistic],
    outcome: Outcome,
    scores: Mapping[str, UnitScores],
) -> ScoreSheet:
    """Make the score sheet of a year. `rows` are the leaves' scores in portions; the list is emptied."""
    hashed = ResultDigest()

    def table() -> nw.DataFrame[Any]:
        leaves = leaf_table(plan, rows)
        hashed.add_leaves(leaves)
        return leaves

    with ThreadPoolExecutor(1) as beside:
        leaves = beside.submit(table)
        made = without_leaves(plan, panel.digest, hashed, nodes, found, outcome, scores, leaves.result)
    return made.with_leaves(leaves.result())


def without_leaves(
    plan: Plan,
    data_digest: str,
    hashed: ResultDigest,
    nodes: Mapping[Spot, NodeScore],
    found: Mapping[tuple[int, int], Statistic],
    outcome: Outcome,
    scores: Mapping[str, UnitScores],
    hashed_leaves: Callable[[], object] = lambda: None,
) -> Summary:
    """Make what a score sheet holds beside its leaves; `hashed_leaves` returns when the digest has seen them all."""
    node_table = _nodes(plan, nodes)
    standing = standings(plan.scheme, scores, outcome)
    scheme_digest = digest(plan.scheme)
    hashed_leaves()
    return Summary(
        scheme=plan.scheme,
        year=plan.year,
        nodes=node_table,
        statistics=_statistics(plan, found),
        standings=standing,
        adjustments=outcome.adjustments,
        scheme_digest=scheme_digest,
        data_digest=data_digest,
        engine_version=__version__,
        digest=hashed.of(node_table, standing),
    )


def _nodes(plan: Plan, nodes: Mapping[Spot, NodeScore]) -> nw.DataFrame[Any]:
    spots = sorted(nodes, key=lambda spot: (spot[0], spot[1], PERIOD_ORDER[spot[2]]))
    units = [plan.units[unit] for unit, _, _ in spots]
    table = pl.DataFrame(
        {
            "unit": [unit.code for unit in units],
            "group": [unit.group for unit in units],
            "node": [node for _, node, _ in spots],
            "period": [period_text(plan.year, at) for _, _, at in spots],
            "score": [nodes[spot].score for spot in spots],
            "full": [nodes[spot].full for spot in spots],
            "flags": [int(nodes[spot].flags) for spot in spots],
        },
        schema={
            **dict.fromkeys(("unit", "group", "node", "period"), pl.String),
            **dict.fromkeys(("score", "full", "flags"), pl.Int64),
        },
    )
    return nw.from_native(table, eager_only=True)


def _statistics(plan: Plan, found: Mapping[tuple[int, int], Statistic]) -> nw.DataFrame[Any]:
    spots = sorted(found, key=lambda spot: (spot[0], PERIOD_ORDER[spot[1]]))
    rows = [
        (
            plan.by_key[leaf].group,
            plan.by_key[leaf].indicator.code,
            plan.by_key[leaf].part,
            period_text(plan.year, at),
            found[leaf, at].count,
            *_compared_with(plan.by_key[leaf].rule.needs(), found[leaf, at]),
        )
        for leaf, at in spots
    ]
    names = dict.fromkeys(("group", "indicator", "part", "period"), pl.String)
    texts = dict.fromkeys(("best", "worst", "mean", "deviation"), pl.String)
    table = pl.DataFrame(rows, schema={**names, "count": pl.Int64, **texts}, orient="row")
    return nw.from_native(table, eager_only=True)


def _compared_with(needs: Needs, statistic: Statistic) -> tuple[str, str, str, str]:
    """Give best, worst, mean and deviation as text; empty where the rule does not compare with it."""
    ends = Needs.EXTREMES in needs
    mean, deviation = bool(needs & (Needs.MEAN | Needs.DEVIATION)), Needs.DEVIATION in needs
    return (
        plain(statistic.best) if ends else "",
        plain(statistic.worst) if ends else "",
        plain(statistic.mean) if mean else "",
        plain(statistic.deviation) if deviation else "",
    )
