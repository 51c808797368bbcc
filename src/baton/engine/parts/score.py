"""Score a panel that does not fit into memory: the steps of `engine.score.score`, taken part by part.

A leaf needs its own series and nothing else, and everything above leaves is whole-number sums, merged in any order.
So parts of indicators are scored one after the other. Their leaves are held by indicators and then gone over by ranges
of units, which is the order of their keys: the digest and the table of leaves are made in pieces.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from baton.engine.adjust import Outcome, adjustments
from baton.engine.backends import Backend, PolarsBackend
from baton.engine.door import only_year
from baton.engine.matters import Matters
from baton.engine.parts.cut import Part, parts
from baton.engine.parts.held import Held
from baton.engine.parts.panel import PartedPanel
from baton.engine.plan.statistic import Statistic
from baton.engine.ready import Ready, ready, refuse_errors
from baton.engine.result.assemble import without_leaves
from baton.engine.result.digest import ResultDigest
from baton.engine.result.leaves import in_order, ranked
from baton.engine.result.scores import tie_breaking, unit_scores
from baton.engine.result.sheet import Summary
from baton.engine.scheme.model import Scheme
from baton.engine.steps.cells import Cells
from baton.engine.steps.statistics import statistics
from baton.engine.steps.values import Valued, Values
from baton.engine.tree import Children, walk
from baton.words import Problem, Refused

type Progress = Callable[[str, int, int], None]
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
    treatment: that looks at all indicators at once.
    """
    chosen: Backend = backend or PolarsBackend()
    refuse_errors(scheme)
    if scheme.treatment:
        raise Refused([Problem("engine.parts_treatment")])
    asked = year if year is not None else only_year(panel.years)
    run = _Run(ready(scheme, asked, panel.decimals, panel.known), panel, chosen)
    cut = parts(run.ready, rows)
    outcome = run.settled(cut)
    sums = run.scored(cut, outcome, held, progress)
    plan, hashed = run.ready.plan, ResultDigest()
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


@dataclass
class _Run:
    """One score in the making. rows: how many leaves there are; found: what rules compared with; named: tie-breaks."""

    ready: Ready
    panel: PartedPanel
    backend: Backend
    rows: int = 0
    found: dict[tuple[int, int], Statistic] = field(default_factory=dict)
    named: list[pl.DataFrame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.matters = Matters(self.ready.plan, self.panel.events)
        self.tie_breaking = [leaf.key for leaf in tie_breaking(self.ready.plan)]

    def settled(self, cut: Sequence[Part]) -> Outcome:
        """Settle the events, for which the figures that they point at are read first."""
        items = {event.item for event in self.panel.events}
        try:
            for part in (part.only(items) for part in cut):
                for one in self._values(part) if part.leaves else ():
                    self.matters.read(one.complete(), self.backend)
            outcome = adjustments(self.ready.plan.scheme, self.panel.events, self.matters.cost)
            self.matters.less(outcome)
        except Refused:
            self._refuse_values(cut)
            raise
        return outcome

    def scored(self, cut: Sequence[Part], outcome: Outcome, held: Held, progress: Progress) -> Children:
        """Score part by part; leaves go to `held`. Gives the first sums."""
        scores = self.ready.leaf_scores(self.backend)
        for done, part in enumerate(cut):
            progress("engine.step_parts", done, len(cut))
            try:
                values = self._values(part)
            except Refused:
                self._refuse_values(cut)
                raise
            while values:
                one = values.pop(0)
                one = replace(one, frame=self.matters.released(one.frame, outcome, self.backend))
                found = statistics(self.ready.plan, one, self.backend)
                self.found |= found
                rows = scores.add(one, found, self.matters, outcome)
                if rows is not None:
                    self._keep(rows, held)
        progress("engine.step_parts", len(cut), len(cut))
        return scores.result()

    def _values(self, part: Part) -> list[Valued]:
        made, portions = self.ready, part.portions(self.ready, self.backend.portion)
        cells = Cells(made.tables, self.panel.read(part.series), self.backend, apart=len(portions) > 1)
        return Values(made.plan, made.parameters, cells, made.large, self.backend).of_all(portions)

    def _refuse_values(self, cut: Sequence[Part]) -> None:
        """Raise `Refused` with what is wrong with the values of all parts; `score` finds that before anything else."""
        problems: list[Problem] = []
        for part in cut:
            try:
                self._values(part)
            except Refused as refused:
                problems += refused.problems
        if problems:
            raise Refused(problems)

    def _keep(self, rows: pl.DataFrame, held: Held) -> None:
        if self.tie_breaking:
            self.named.append(rows.filter(pl.col("leaf").is_in(self.tie_breaking)))
        self.rows += len(rows)
        held.hold(ranked(rows).sort("u"))


def _ranges(units: int, pieces: int) -> list[tuple[int, int]]:
    """Cut unit numbers into about so many ranges."""
    step = max(1, -(-units // max(1, pieces)))
    return [(first, first + step) for first in range(0, max(1, units), step)]
