"""From reported figures to cells: one value and target per unit, leaf and scored period, whole numbers throughout.

A figure reported for the scored period itself counts; otherwise those of the finer periods in its window are merged
by the indicator's aggregation. Missing figures stay missing: a sum over nothing is no figure.
"""

from functools import cached_property
from typing import Any

import narwhals as nw

from baton.engine.backends import Backend
from baton.engine.panel.panel import Panel
from baton.engine.steps.cells.amounts import Amounts
from baton.engine.steps.cells.sides import SIDES, side_by_side
from baton.engine.steps.keys import CELL, whole
from baton.engine.steps.portions import Portion
from baton.engine.steps.tables import FeedRow, Tables

type Frame = nw.LazyFrame[Any]


class Cells:
    """Reads a panel by a plan. A cell: u, leaf, at, v (Int64), with `early` where a figure can be preliminary.

    Where some value is made of several figures also t, num, den, base (Int64, null: not there). `apart`: cells are
    taken by several portions, so that they are computed once and kept.
    """

    def __init__(self, tables: Tables, panel: Panel, backend: Backend, apart: bool) -> None:
        self.tables, self.backend, self.apart = tables, backend, apart
        self.amounts = Amounts(tables, panel, backend)

    def of(self, portion: Portion) -> Frame:
        """All cells of a portion for which at least one figure was reported."""
        simple, combined = self._asked(portion)
        if simple and combined:
            nothing = {side: whole(None) for side in SIDES[1:]}
            beside = self._simple.with_columns(**nothing).select(*CELL, *SIDES, *self.amounts.early)
            return nw.concat([portion.of(beside, self.backend), portion.of(self._combined, self.backend)])
        return portion.of(self._combined if combined else self._simple, self.backend)

    def combines(self, portion: Portion) -> bool:
        """Whether some value is made of several figures, so that a row can be there and its value missing."""
        return self._asked(portion)[1]

    def annual_targets(self) -> Frame | None:
        """u, leaf, annual, annual_early: targets that stand beside every period of the year; None if none is read."""
        return self.amounts.annual_targets()

    def _asked(self, portion: Portion) -> tuple[bool, bool]:
        """Whether cells of one figure and cells of several figures are asked for."""
        entries = {key % len(self.tables.plan.entries) for key in portion.keys}
        combined = {row.entry for row in self._feeds(simple=False)}
        return bool(entries - combined) or not combined, bool(entries & combined)

    def _feeds(self, simple: bool) -> list[FeedRow]:
        alone = self._alone
        return [row for row in self.tables.feeds if row.way != "annual_target" and (row.number in alone) is simple]

    @cached_property
    def _alone(self) -> set[int]:
        """Feeds of entries that read one figure and nothing else but an annual or fixed target."""
        by_entry: dict[int, list[int]] = {}
        for row in self.tables.feeds:
            if row.way != "annual_target":
                by_entry.setdefault(row.entry, []).append(row.number)
        leaves = self.tables.leaf_of_entry
        return {numbers[0] for entry, numbers in by_entry.items() if len(numbers) == 1 and not leaves[entry].derived}

    @cached_property
    def _simple(self) -> Frame:
        amounts = self.amounts.of(self._feeds(simple=True))
        return self._held(amounts.select(*CELL, *self.amounts.early, v="amount"))

    @cached_property
    def _combined(self) -> Frame:
        feeds = self._feeds(simple=False)
        cells = side_by_side(
            self.amounts.of(feeds), self.tables, self.backend, self.amounts.early, self.amounts.panel.has_doubles
        )
        return self._held(cells)

    def _held(self, frame: Frame) -> Frame:
        return self.backend.keep(frame) if self.apart else frame
