"""Values for gaps: the last known figure of the year, or the one the scheme assumes."""

from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.steps.keys import CELL, whole
from baton.engine.steps.portions import Portion
from baton.engine.terms import Missing

type Frame = nw.LazyFrame[Any]


def last_known(values: Frame, portion: Portion, quotients: bool) -> Frame:
    """Fill gaps of leaves whose policy is the last known figure from the latest earlier period of the year."""
    leaves = [x.key for x in portion.leaves if x.indicator.missing is Missing.LAST_KNOWN]
    if not leaves:
        return values
    copied = [name for name in ("t", "numerator", "denominator") if name in values.collect_schema().names()]
    earlier = {f"earlier_{name}": name for name in copied}
    mine = values.filter(nw.col("leaf").is_in(leaves))
    gap = _open(quotients)
    known = mine.filter(~nw.col("x").is_null()).select("u", "leaf", before="at", earlier="x", **earlier)
    pairs = mine.filter(gap).select(*CELL).join(known, on=["u", "leaf"], how="inner")
    latest = pairs.filter(nw.col("before") < nw.col("at")).group_by(list(CELL)).agg(before=nw.col("before").max())
    filled = latest.join(known, on=["u", "leaf", "before"], how="inner").select(*CELL, "earlier", *earlier)
    taken = {"t": ("t", "earlier_t")}
    taken |= {name: (f"earlier_{name}", name) for name in ("numerator", "denominator")}
    joined = values.join(filled, on=list(CELL), how="left").with_columns(
        known=nw.when(~nw.col("earlier").is_null()).then(whole(1)).otherwise(nw.col("known")),
        x=nw.coalesce("x", "earlier"),
        **{name: nw.coalesce(*taken[name]) for name in copied},
    )
    return joined.drop("earlier", *earlier)


def assumed(values: Frame, portion: Portion, quotients: bool, parameters: pl.DataFrame, backend: Backend) -> Frame:
    """Put the assumed value where the policy is to assume one; `known` becomes 2."""
    leaves = [x.key for x in portion.leaves if x.indicator.missing is Missing.ASSUMED]
    if not leaves:
        return values
    table = parameters.filter(pl.col("leaf").is_in(leaves)).select(
        "leaf", "assumed", one=pl.col("scale").cast(pl.Int64)
    )
    joined = values.join(backend.frame(table), on="leaf", how="left")
    open_ = _open(quotients) & ~nw.col("assumed").is_null()
    sides = {"numerator": "assumed", "denominator": "one"} if quotients else {}
    filled = joined.with_columns(
        known=nw.when(open_).then(whole(2)).otherwise(nw.col("known")),
        x=nw.when(open_).then(nw.col("assumed")).otherwise(nw.col("x")),
        **{name: nw.when(open_).then(nw.col(by)).otherwise(nw.col(name)) for name, by in sides.items()},
    )
    return filled.drop("assumed", "one")


def _open(quotients: bool) -> nw.Expr:
    """Where a figure that is due is missing, and not only a denominator zero."""
    gap = nw.col("x").is_null() & (nw.col("idle") == 0)
    return gap & (nw.col("zero_value") == 0) if quotients else gap
