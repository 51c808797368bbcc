"""Several figures of a leaf side by side: value, target, numerator, denominator, base."""

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.steps.doubles import marks, refuse_doubles
from baton.engine.steps.keys import CELL, KEY, whole
from baton.engine.steps.tables import Tables

type Frame = nw.LazyFrame[Any]

SIDES = ("v", "t", "num", "den", "base")
_SIDE_OF = {"value": "v", "target": "t", "numerator": "num", "denominator": "den", "base": "base"}


def side_by_side(amounts: Frame, tables: Tables, backend: Backend, early: Iterable[str], doubles: bool) -> Frame:
    """u, leaf, at, v, t, num, den, base, early; a side of which a figure is missing is missing.

    `doubles`: some figure may stand in the table twice, and is refused.
    """
    rows = amounts.join(backend.frame(_contributions(tables)), on="feed", how="inner").with_columns(
        part=nw.when(nw.col("counts")).then(nw.col("unit")).otherwise(nw.col("amount"))
    )
    spread = {}
    for side in SIDES:
        here = nw.col("side") == side
        spread[f"{side}_sum"] = nw.when(here).then(nw.col("part")).otherwise(whole(0))
        spread[f"{side}_n"] = nw.when(here).then(whole(1)).otherwise(whole(0))
        spread[f"{side}_need"] = nw.when(here).then(nw.col("needed")).otherwise(whole(0))
    sums = [f"{side}_{what}" for side in SIDES for what in ("sum", "n")]
    merged = (
        rows.with_columns(**spread)
        .group_by(list(CELL))
        .agg(
            *(nw.col(name).sum() for name in sums),
            *(nw.col(f"{side}_need").max() for side in SIDES),
            *(nw.col(name).max() for name in early),
            **(marks(nw.col("marked").sum()) if doubles else {}),
        )
        .with_columns(nw.col(name).cast(nw.Int64) for name in sums)
    )
    if doubles:
        merged = refuse_doubles(tables.plan, merged, rows, CELL, "feed", backend)
    complete = {
        side: nw.when((nw.col(f"{side}_n") > 0) & (nw.col(f"{side}_n") >= nw.col(f"{side}_need"))).then(
            nw.col(f"{side}_sum")
        )
        for side in SIDES
    }
    return merged.with_columns(**complete).select(*CELL, *SIDES, *early)


def _contributions(tables: Tables) -> pl.DataFrame:
    """feed, side it adds to, whether its being there counts (as `unit`) or its amount, how many are needed.

    `bit` is one of its own for each figure of an entry, 0 (not `marked`) where the figure is read a second time.
    """
    rows: list[tuple[int, str, bool, int, int, int, int]] = []
    figures: dict[int, list[str]] = {}
    for row in tables.feeds:
        leaf = tables.leaf_of_entry[row.entry]
        unit = 10 ** tables.quotient_decimals(leaf)
        some_suffice = any(feed.role == "present" for feed in leaf.feeds)
        needed = 1 if some_suffice else sum(feed.role == row.feed.role for feed in leaf.feeds)
        mine = figures.setdefault(row.entry, [])
        bit = 0 if row.feed.figure in mine else 2 ** len(mine)
        figures[row.entry] = list(dict.fromkeys([*mine, row.feed.figure]))
        if row.feed.role == "present":
            rows.append((row.number, "den", True, int(row.feed.factor * unit), 1, bit, min(bit, 1)))
        else:
            rows.append((row.number, _SIDE_OF[row.feed.role], False, 0, needed, bit, min(bit, 1)))
    whole_numbers = dict.fromkeys(("unit", "needed", "bit", "marked"), pl.Int64)
    names = {"feed": KEY, "side": pl.String, "counts": pl.Boolean, **whole_numbers}
    return pl.DataFrame(rows, schema=names, orient="row")
