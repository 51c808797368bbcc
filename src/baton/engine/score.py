"""The one door of the engine: score a panel by a scheme."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import narwhals as nw

from baton.engine.adjust import Outcome, adjustments
from baton.engine.backends import Backend, PolarsBackend
from baton.engine.door import check_panel, frame_years
from baton.engine.matters import Matters
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.result.assemble import assemble
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.grades import HigherNode
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import check
from baton.engine.standing import UnitScores
from baton.engine.steps.cells import Cells
from baton.engine.steps.peers import fill_peers, refuse_stops
from baton.engine.steps.points import Facts, Points
from baton.engine.steps.room import refuse_overflow
from baton.engine.steps.statistics import statistics
from baton.engine.steps.sums import first_sums, most_points
from baton.engine.steps.tables import Tables
from baton.engine.steps.values import Values
from baton.engine.tree import NodeScore, walk
from baton.engine.tree.children import Spot
from baton.words import Refused, Severity

type Progress = Callable[[str], None]


def score(
    scheme: Scheme,
    panel: Panel,
    year: int | None = None,
    backend: Backend | None = None,
    progress: Progress = lambda step: None,
) -> ScoreSheet:
    """Score one year of a panel by a scheme, on the engine of `backend` (None: Polars).

    `year` None: the only year of the panel. `progress` is told the code of each step (`engine.step_...`).
    Raises `Refused` with every problem at once: of the scheme's structure, of the panel's keys, of figures that must be
    supplied, of denominators no policy covers.
    """
    chosen: Backend = backend or PolarsBackend()
    problems = [problem for problem in check(scheme) if problem.severity is Severity.ERROR]
    if problems:
        raise Refused(problems)
    plan = Plan(scheme, year if year is not None else frame_years(panel), panel.decimals)
    tables = Tables(plan)
    progress("engine.step_read")
    large = refuse_overflow(plan, tables, check_panel(plan, tables, panel, chosen))
    makes = Values(plan, tables, chosen)
    cells = Cells(plan, tables, panel, chosen)
    values = makes.frame(cells.frame(), cells.annual_targets())
    progress("engine.step_settle")
    matters = Matters(plan, panel.events)
    matters.read(values, chosen)
    outcome = adjustments(scheme, panel.events, matters.cost)
    values = matters.released(values, outcome, chosen)
    progress("engine.step_compare")
    found = statistics(plan, values, chosen)
    progress("engine.step_score")
    quotients = any(leaf.derived for leaf in plan.leaves)
    gaps, large = makes.has_gaps or cells.combines, large or makes.has_large
    facts = Facts(gaps, quotients, panel.has_preliminary, large, float(most_points(plan)))
    points = Points(plan, tables, makes.parameters, found, chosen, facts)
    rows = _leaf_scores(points, plan, values, matters, outcome, chosen)
    progress("engine.step_sum")
    nodes = walk(plan, first_sums(plan, rows, makes.parameters, chosen))
    sheet = assemble(plan, panel, rows, nodes, found, outcome, _unit_scores(plan, nodes, rows, chosen), chosen)
    return replace(sheet, engine=chosen.name)


def _leaf_scores(
    points: Points, plan: Plan, values: nw.LazyFrame[Any], matters: Matters, outcome: Outcome, backend: Backend
) -> nw.LazyFrame[Any]:
    rows = backend.keep(points.frame(values))
    refuse_stops(plan, rows, backend)
    rows = points.corrected(rows)
    rows = fill_peers(plan, rows, backend, matters.zeroed(outcome))
    return backend.keep(matters.flagged(rows, outcome, backend))


def _unit_scores(
    plan: Plan, nodes: dict[Spot, NodeScore], rows: nw.LazyFrame[Any], backend: Backend
) -> dict[str, UnitScores]:
    """The root's score of each unit, and the scores by code that parts and tie-breaks look at."""
    by_unit: dict[int, dict[str, int | None]] = {number: {} for number in range(len(plan.units))}
    for (unit, code, at), node in nodes.items():
        if at == _top(plan, unit):
            by_unit[unit][code] = node.score
    for unit, code, points in _wanted_leaves(plan, rows, backend):
        before = by_unit[unit].get(code)
        by_unit[unit][code] = points if before is None else before + points
    return {
        unit.code: UnitScores(by_unit[number].get(plan.roots[unit.group or ""]), by_unit[number])
        for number, unit in enumerate(plan.units)
    }


def _top(plan: Plan, unit: int) -> int:
    return plan.top_period(plan.units[unit].group or "")


def _wanted_leaves(plan: Plan, rows: nw.LazyFrame[Any], backend: Backend) -> list[tuple[int, str, int]]:
    """Points of indicators named by a tie-break, at the root's period."""
    named = {tie.node for tie in plan.scheme.ranking.tie_breaks if isinstance(tie, HigherNode)}
    wanted = {leaf.key: leaf.indicator.code for leaf in plan.leaves if leaf.indicator.code in named}
    if not wanted:
        return []
    named_rows = rows.filter(nw.col("leaf").is_in(list(wanted)) & ~nw.col("points").is_null())
    here = named_rows.select("u", "leaf", "at", "points")
    return [(u, wanted[key], points) for u, key, at, points in backend.collect(here).iter_rows() if at == _top(plan, u)]
