"""The tree of a unit's group with what each node gives."""

from collections.abc import Iterator, Mapping

from baton.engine.explain.explanation import NodeExplanation
from baton.engine.explain.flags import flag_lines
from baton.engine.explain.line import Line, percent
from baton.engine.explain.reading import LeafKey, NodeRow, UnitRows
from baton.engine.plan import Plan
from baton.engine.plan.calendar import YEAR, period_text, periods
from baton.engine.plan.leaf import for_group
from baton.engine.quantum import to_points
from baton.engine.scheme.nodes import MinimumPenalised, Node


def explain_nodes(plan: Plan, rows: UnitRows, shares: Mapping[LeafKey, int]) -> Iterator[NodeExplanation]:
    """Go through the nodes of the unit's tree, parents first, in the scheme's order."""
    given: dict[str, int] = {}
    parents = {indicator.code: indicator.parent for indicator in plan.scheme.indicators}
    for key, quanta in shares.items():
        at: str | None = parents[key.indicator]
        while at is not None:
            given[at] = given.get(at, 0) + quanta
            at = plan.nodes[at].parent
    yield from _below(plan, rows, given, plan.nodes[plan.roots[rows.group]], 0)


def _below(plan: Plan, rows: UnitRows, given: Mapping[str, int], node: Node, depth: int) -> Iterator[NodeExplanation]:
    decimals = plan.scheme.decimals
    parent = plan.nodes[node.parent] if node.parent and depth else None
    own = {period_text(plan.year, at) for at in periods(node.frequency)}
    scores = {period: found for (code, period), found in rows.nodes.items() if code == node.code}
    if not scores:
        return
    counted = period_text(plan.year, plan.top_period(rows.group))
    score, full, flags = scores.get(counted, NodeRow(None, 0, 0))
    yield NodeExplanation(
        code=node.code,
        name=node.name,
        depth=depth,
        weight=None if parent is None or parent.combine.kind == "sum" else for_group(node.weight, rows.group),
        score=None if score is None else to_points(score, decimals),
        full=to_points(full, decimals),
        contribution=to_points(given.get(node.code, 0), decimals),
        combine=tuple(_combine(node, parent)),
        periods=tuple(
            (period, None if found.score is None else to_points(found.score, decimals))
            for period, found in scores.items()
            if period in own and period != period_text(plan.year, YEAR)
        ),
        flags=flag_lines(flags),
    )
    for child in plan.scheme.nodes:
        if child.parent == node.code:
            yield from _below(plan, rows, given, child, depth + 1)


def _combine(node: Node, parent: Node | None) -> Iterator[Line]:
    if isinstance(node.combine, MinimumPenalised):
        yield Line("engine.explain_node_minimum_penalised", {"penalty": percent(node.combine.penalty)})
    else:
        yield Line(f"engine.explain_node_{node.combine.kind}")
    if node.renormalise:
        yield Line("engine.explain_node_renormalised")
    if node.when_incomplete == "exclude":
        yield Line("engine.explain_node_whole")
    if parent is not None and parent.frequency is not node.frequency:
        yield Line(f"engine.explain_periods_{node.over_periods}")
    if not node.in_total:
        yield Line("engine.explain_node_not_counted")
