"""The steps of a score over parts: events settled, values made, leaves scored and held, sums added up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from baton.engine.adjust import Outcome, adjustments
from baton.engine.backends import Backend
from baton.engine.matters import Matters
from baton.engine.parts.cut import Part
from baton.engine.parts.held import Held
from baton.engine.parts.panel import PartedPanel
from baton.engine.plan.statistic import Statistic
from baton.engine.ready import Ready
from baton.engine.result.leaves import ranked
from baton.engine.result.scores import tie_breaking
from baton.engine.steps.cells import Cells
from baton.engine.steps.statistics import statistics
from baton.engine.steps.values import Valued, Values
from baton.engine.tree import Children
from baton.words import Problem, Refused

type Progress = Callable[[str, int, int], None]


@dataclass
class Run:
    """One score in the making.

    rows: how many leaves there are; found: what rules compared with; named: tie-breaks.
    """

    made: Ready
    panel: PartedPanel
    backend: Backend
    rows: int = 0
    found: dict[tuple[int, int], Statistic] = field(default_factory=dict)
    named: list[pl.DataFrame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.matters = Matters(self.made.plan, self.panel.events)
        self.tie_breaking = [leaf.key for leaf in tie_breaking(self.made.plan)]

    def settled(self, cut: Sequence[Part]) -> Outcome:
        """Settle the events, for which the figures that they point at are read first."""
        items = {event.item for event in self.panel.events}
        try:
            for part in (part.only(items) for part in cut):
                for one in self._values(part) if part.leaves else ():
                    self.matters.read(one.complete(), self.backend)
            outcome = adjustments(self.made.plan.scheme, self.panel.events, self.matters.cost)
            self.matters.less(outcome)
        except Refused:
            self._refuse_values(cut)
            raise
        return outcome

    def scored(self, cut: Sequence[Part], outcome: Outcome, held: Held, progress: Progress) -> Children:
        """Score part by part; leaves go to `held`. Gives the first sums."""
        scores = self.made.leaf_scores(self.backend)
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
                found = statistics(self.made.plan, one, self.backend)
                self.found |= found
                rows = scores.add(one, found, self.matters, outcome)
                if rows is not None:
                    self._keep(rows, held)
        progress("engine.step_parts", len(cut), len(cut))
        return scores.result()

    def _values(self, part: Part) -> list[Valued]:
        made, portions = self.made, part.portions(self.made, self.backend.portion)
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
