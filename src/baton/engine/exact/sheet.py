"""A whole score sheet from the oracle: figures, matters, leaves, tree and standings without columns of any engine.

What it shares with the engine is the plan of the scheme, the treatment of figures, the settling of events, the walk
from the nodes right above the leaves to the root (whole-number arithmetic) and the rules' `exact`. Figures are merged,
policies applied, units compared and leaves added up on a way of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import polars as pl

from baton.engine.adjust import adjustments
from baton.engine.door import frame_years
from baton.engine.exact.figures import Figures
from baton.engine.exact.outcome import Verdict
from baton.engine.exact.panel import Leaves, Spot, exact_figures, score_figures
from baton.engine.exact.treated import treated_figures
from baton.engine.matters import Matters
from baton.engine.panel import Observation
from baton.engine.panel.panel import COLUMNS, Panel
from baton.engine.plan import Plan
from baton.engine.result.assemble import assemble
from baton.engine.result.scores import unit_scores
from baton.engine.result.sheet import ScoreSheet
from baton.engine.rules import Needs
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.nodes import Sum
from baton.engine.scheme.structure import check
from baton.engine.steps.parameters import full_quanta
from baton.engine.steps.peers import stopped
from baton.engine.treatment.told import refuse_events, told
from baton.engine.tree import Children, LeafScore, walk
from baton.words import Refused, Severity

_CODES = {
    Verdict.REQUIRED: "engine.figure_required",
    Verdict.ZERO: "engine.zero_denominator",
    Verdict.NEGATIVE: "engine.negative_target",
    Verdict.LARGE: "engine.too_many_points",
}


def exact_sheet(scheme: Scheme, panel: Panel, year: int | None = None) -> ScoreSheet:
    """Score one year of a panel in exact decimals; some 10,000 leaves a second, so for small panels.

    The same sheet as `engine.score.score` gives, digest included, but for the flags of leaves, which stay 0. Raises
    `Refused` with what is wrong with the scheme or the events and with what no policy covers; the panel's keys are
    `score`'s to check.
    """
    problems = [problem for problem in check(scheme) if problem.severity is Severity.ERROR]
    if problems:
        raise Refused(problems)
    asked = year if year is not None else frame_years(panel)
    plan = Plan(scheme, asked, panel.decimals, reading=bool(scheme.treatment))
    figures, treated = exact_figures(plan, figures_of(panel)), None
    if scheme.treatment:
        figures, treated = treated_figures(plan, figures)
        refuse_events(treated, panel.events)
        plan = treated.plan
    matters = Matters(plan, panel.events)
    matters.take((*spot, found.x, found.t) for spot, found in figures.items())
    outcome = adjustments(scheme, panel.events, matters.cost)
    for spot, less in matters.less(outcome).items():
        figures[spot] = replace(figures[spot], x=(figures[spot].x or 0) - less)
    leaves = score_figures(plan, figures, matters.zeroed(outcome))
    if leaves.stops:
        raise Refused(stopped(plan, stop.spot, _CODES[stop.verdict]) for stop in leaves.stops)
    nodes = walk(plan, _children(plan, leaves.points))
    rows = [_table(plan, figures, leaves)]
    scores = unit_scores(plan, nodes, rows)
    sheet = assemble(plan, panel, rows, nodes, leaves.statistics, outcome, scores)
    if treated is not None:
        sheet = replace(sheet, standings=told(treated, sheet.standings))
    return replace(sheet, engine="exact")


def figures_of(panel: Panel) -> Iterator[Observation]:
    """Give the figures of a panel one by one, each the one that counts."""
    table = panel.frame.collect("polars")
    for unit, series, figure, period, value, preliminary in table.select(*COLUMNS).iter_rows():
        yield Observation(unit, series, figure, period, Decimal(value).scaleb(-panel.decimals[series]), preliminary)


def _children(plan: Plan, points: Mapping[Spot, int | None]) -> Children:
    """Give every node its leaves: added up under a sum, one by one under a mean."""
    found = Children()
    wholes = full_quanta(plan)
    for (unit, key, at), own in sorted(points.items()):
        leaf = plan.by_key[key]
        spot = (unit, leaf.node.code, at)
        if isinstance(leaf.node.combine, Sum):
            score, full, weight, here, everything = found.linear.get(spot, (0, 0, 0, 0, 0))
            there = own is not None
            score, full = score + (own or 0), full + (wholes[key] if there else 0)
            found.linear[spot] = (score, full, weight, here + there, everything + 1)
        else:
            weight_of = Fraction(leaf.weight or 0)
            found.single[spot].append(LeafScore(leaf.indicator.code, leaf.part, own, Fraction(leaf.points), weight_of))
    return found


def _table(plan: Plan, figures: Mapping[Spot, Figures], leaves: Leaves) -> pl.DataFrame:
    """u, leaf, at, x, t, points, full, flags (0)."""
    wholes = full_quanta(plan)
    wants_target = {
        leaf.key
        for leaf in plan.leaves
        if Needs.TARGET in leaf.rule.needs() or any(feed.role == "target" for feed in leaf.feeds)
    }
    rows = [
        (*spot, figures[spot].x, figures[spot].t if spot[1] in wants_target else None, own, wholes[spot[1]], 0)
        if own is not None
        else (*spot, figures[spot].x, figures[spot].t if spot[1] in wants_target else None, None, 0, 0)
        for spot, own in leaves.points.items()
    ]
    names = dict.fromkeys(("u", "leaf", "at", "x", "t", "points", "full", "flags"), pl.Int64)
    return pl.DataFrame(rows, schema=names, orient="row")
