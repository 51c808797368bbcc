"""Score a panel that does not fit into memory: the steps of `engine.score.score`, taken part by part.

A leaf needs its own series and nothing else, and everything above leaves is whole-number sums, merged in any order.
So parts of indicators are scored one after the other. Their leaves are held by indicators and then gone over by ranges
of units, which is the order of their keys: the digest and the table of leaves are made in pieces.
"""

from dataclasses import replace

from baton.engine.backends import Backend, PolarsBackend
from baton.engine.door import only_year
from baton.engine.parts.cut import parts
from baton.engine.parts.held import Held
from baton.engine.parts.panel import PartedPanel
from baton.engine.parts.run import Progress, Run
from baton.engine.ready import ready, refuse_errors
from baton.engine.result.assemble import without_leaves
from baton.engine.result.digest import ResultDigest
from baton.engine.result.leaves import in_order
from baton.engine.result.scores import unit_scores
from baton.engine.result.sheet import Summary
from baton.engine.scheme.model import Scheme
from baton.engine.tree import walk
from baton.words import Problem, Refused

ROWS = 1_500_000
"""Rows of a part: with what is made of them some 500 MB in Polars, and enough to keep all cores busy."""


def score_in_parts(
    scheme: Scheme,
    panel: PartedPanel,
    held: Held,
    year: int | None = None,
    backend: Backend | None = None,
    progress: Progress = lambda step, done, total: None,
    rows: int = ROWS,
) -> Summary:
    """Score one year of a panel by a scheme, holding about so many rows at a time.

    The result is that of `engine.score.score`, digest included; its leaves go to `held`. `progress` is told the code of
    a step, how many of its parts are done, and of how many. Raises `Refused` as `score` does, and for a scheme with a
    treatment: that may look at several indicators at once.
    """
    chosen: Backend = backend or PolarsBackend()
    refuse_errors(scheme)
    if scheme.treatment:
        raise Refused([Problem("engine.parts_treatment")])
    asked = year if year is not None else only_year(panel.years)
    run = Run(ready(scheme, asked, panel.decimals, panel.known), panel, chosen)
    cut = parts(run.made, rows)
    outcome = run.settled(cut)
    sums = run.scored(cut, outcome, held, progress)
    plan, hashed = run.made.plan, ResultDigest()
    ranges = _ranges(len(plan.units), -(-run.rows // rows))
    for done, (first, last) in enumerate(ranges):
        progress("engine.step_order", done, len(ranges))
        leaves = in_order(plan, held.of_units(first, last))
        hashed.add_leaves(leaves)
        held.put(leaves)
    progress("engine.step_sum", 0, 0)
    nodes = walk(plan, sums)
    scores = unit_scores(plan, nodes, run.named)
    made = without_leaves(plan, panel.digest, hashed, nodes, run.found, outcome, scores)
    return replace(made, engine=chosen.name)


def _ranges(units: int, pieces: int) -> list[tuple[int, int]]:
    """Cut unit numbers into about so many ranges."""
    step = max(1, -(-units // max(1, pieces)))
    return [(first, first + step) for first in range(0, max(1, units), step)]
