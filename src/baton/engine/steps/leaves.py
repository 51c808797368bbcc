"""The scores of leaves, portion by portion: what is kept of each is the rows of the result and the first sums."""

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.adjust import Outcome
from baton.engine.backends import Backend
from baton.engine.matters import Matters
from baton.engine.plan import Plan
from baton.engine.plan.statistic import Statistic
from baton.engine.steps.keys import CELL
from baton.engine.steps.peers import Stop, fill_peers, refuse, stops
from baton.engine.steps.points import Points, corrected
from baton.engine.steps.sums import FirstSums, most_points
from baton.engine.steps.tables import Tables
from baton.engine.steps.values import Valued
from baton.engine.tree.children import Children

type Frame = nw.LazyFrame[Any]

ROW = (*CELL, "x", "t", "points", "full", "flags")


class LeafScores:
    """Scores portions."""

    def __init__(self, plan: Plan, tables: Tables, parameters: pl.DataFrame, backend: Backend) -> None:
        self.plan, self.backend = plan, backend
        self.points = Points(tables, parameters, float(most_points(plan)), backend)
        self.sums = FirstSums(plan, backend)
        self._stops: list[Stop] = []

    def add(
        self,
        valued: Valued,
        found: Mapping[tuple[int, int], Statistic],
        matters: Matters,
        outcome: Outcome,
        marked: Callable[[Frame], Frame] | None = None,
    ) -> pl.DataFrame | None:
        """Score one portion, with what vetoes and matters do to its leaves, and what `marked` adds to flags.

        Gives its rows (u, leaf, at, x, t, points, full, flags); None once something stops the score.
        """
        rows = self.backend.keep(self.points.of(valued, found))
        stopped = stops(rows, self.backend)
        self._stops += stopped
        if self._stops:
            return None
        rows = corrected(self.plan, rows, found, valued.large, self.backend)
        rows = fill_peers(valued.portion, rows, self.backend, matters.zeroed(outcome))
        rows = matters.flagged(rows, outcome, self.backend)
        if marked is not None:
            rows = marked(rows)
        rows = rows.with_columns(flags=nw.col("flags").cast(nw.Int32))
        rows = self.backend.keep(rows.select(*ROW))
        self.sums.add(valued.portion, rows)
        return self.backend.collect(rows)

    def result(self) -> Children:
        """The first sums of all portions.

        Raises `Refused` with everything that stops the score.
        """
        refuse(self.plan, self._stops)
        return self.sums.result()
