"""The scores of a portion's leaves, before rows at a rounding boundary are settled and peers' means filled in."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan.statistic import Statistic
from baton.engine.quantum import quantise
from baton.engine.rules import Columns
from baton.engine.steps.keys import CELL, whole
from baton.engine.steps.parameters import KIND_NUMBER
from baton.engine.steps.points.joined import (
    chain,
    kinds_of,
    looks_further,
    with_light,
    with_natural_units,
    with_parameters,
    with_ranks,
    with_statistics,
    with_tables,
)
from baton.engine.steps.points.state import EQUAL, EXCLUDE, FORMULA, FULL, NOTHING, STOP_LARGE, Facts, flags, state
from baton.engine.steps.portions import Portion
from baton.engine.steps.tables import Tables
from baton.engine.steps.values import Valued

type Frame = nw.LazyFrame[Any]


class Points:
    """Scores values. Rows are parted and put together again, for ranks and tables, while they are narrow.

    Rows: u, leaf, at, x, t, state, scaled (points in quanta of the leaf, not yet rounded), points and full (Int64
    quanta), rank, numerator, denominator, flags. `most`: no leaf may be given so many points.
    """

    def __init__(self, tables: Tables, parameters: pl.DataFrame, most: float, backend: Backend) -> None:
        self.tables, self.parameters, self.most, self.backend = tables, parameters, most, backend

    def of(self, valued: Valued, found: Mapping[tuple[int, int], Statistic]) -> Frame:
        """The scores of a portion; `found` are the statistics of its leaves."""
        portion = valued.portion
        facts = Facts(valued.gaps, valued.quotients, portion.targets, valued.early, bool(found))
        rows = with_light(valued.frame, portion, self.parameters, self.backend)
        early = looks_further(portion)
        if early:
            rows = with_statistics(rows, found, self.backend)
        rows = with_tables(with_ranks(rows, portion), portion, valued.gaps, self.backend)
        compared = None if early else found
        rows = with_parameters(valued.completed(rows), portion, self.parameters, compared, self.backend)
        rows = with_natural_units(rows, portion, self.tables, self.backend)
        rows = rows.with_columns(state=state(facts))
        most = self.most if _unbounded(portion) else None
        return _rounded(rows.with_columns(raw=_formula(portion)), facts, most)


def _formula(portion: Portion) -> nw.Expr:
    kinds = kinds_of(portion.leaves)
    cases = [(KIND_NUMBER[kind], kind.formula(Columns(kind.PARAMETERS))) for kind in kinds]
    return nw.when(nw.col("state") == FORMULA).then(chain(cases) if cases else nw.lit(0.0))


def _unbounded(portion: Portion) -> bool:
    """Whether some rule may give any number of points."""
    bounds = (leaf.rule.bounds(leaf.points) for leaf in portion.leaves)
    return any(one.floor is None or one.cap is None for one in bounds)


def _rounded(rows: Frame, facts: Facts, most: float | None) -> Frame:
    """Bounds, and then the one rounding; what is not less than `most` stops."""
    decided = nw.col("state")
    raw = nw.when(decided == FORMULA).then(nw.col("raw")).when(decided == FULL).then(nw.col("points_full"))
    raw = raw.when(decided == EQUAL).then(nw.col("equal_points")).when(decided == NOTHING).then(nw.lit(0.0))
    bounded = rows.with_columns(raw=raw)
    formula = decided == FORMULA
    below = formula & (nw.col("raw") < nw.col("floor"))
    above = formula & (nw.col("raw") > nw.col("cap"))
    clipped = nw.when(below).then(nw.col("floor")).when(above).then(nw.col("cap")).otherwise(nw.col("raw"))
    fits: nw.Expr = clipped
    if most is not None:
        too_large = formula & (clipped.abs() >= most)
        fits = nw.when(~too_large).then(clipped)
        decided = nw.when(too_large).then(nw.lit(STOP_LARGE)).otherwise(decided)
    scaled = bounded.with_columns(scaled=fits * nw.col("quanta"), flags=flags(facts, below, above), state=decided)
    decided = nw.col("state")
    return scaled.select(
        *CELL,
        "scaled",
        "rank",
        "numerator",
        "denominator",
        "flags",
        x="xi",
        t="ti",
        state=decided.cast(nw.Int64),
        points=quantise(nw.col("scaled")) * nw.col("step"),
        full=nw.when(decided != EXCLUDE).then(nw.col("full")).otherwise(whole(0)),
    )
