"""Scores again, in exact decimals, what lies within a few units in the last place of a rounding boundary.

So a logarithm that two engines compute differently can never give two results.
"""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.exact.leaf import exact_case, exact_points
from baton.engine.plan import Plan
from baton.engine.plan.statistic import Statistic
from baton.engine.quantum import NUDGE
from baton.engine.steps.keys import CELL, KEY
from baton.engine.steps.points.state import FORMULA
from baton.engine.steps.room import EXACT

type Frame = nw.LazyFrame[Any]

_NEAR = 2.0**-48


def corrected(
    plan: Plan, rows: Frame, found: Mapping[tuple[int, int], Statistic], large: bool, backend: Backend
) -> Frame:
    """Score again exactly what lies at a rounding boundary, or is too large to be compared in Float64.

    `large`: some value or target may be that large.
    """
    shifted = nw.col("scaled") + (0.5 + NUDGE)
    off = shifted - shifted.floor()
    reach = shifted.abs() * _NEAR
    near = (off < reach) | (off > 1.0 - reach)
    if large:
        near = near | (nw.col("x").abs() > EXACT) | nw.coalesce(nw.col("t").abs() > EXACT, nw.lit(False))
    near = near & (nw.col("state") == FORMULA)
    wanted = (*CELL, "x", "t", "rank", "numerator", "denominator", "points")
    changed = []
    for u, key, at, x, t, rank, *sides, points in backend.collect(rows.filter(near).select(*wanted)).iter_rows():
        leaf = plan.by_key[key]
        right = exact_points(plan, leaf, exact_case(leaf, at, x, t, found.get((key, at), Statistic()), rank, *sides))
        if right != points:
            changed.append((u, key, at, right))
    if not changed:
        return rows
    names = {**dict.fromkeys(CELL, KEY), "right": pl.Int64}
    table = backend.frame(pl.DataFrame(changed, schema=names, orient="row"))
    joined = rows.join(table, on=list(CELL), how="left")
    return joined.with_columns(points=nw.coalesce("right", "points")).drop("right")
