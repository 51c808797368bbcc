"""The numbers by which rows are known (unit, leaf, period, feed), in 32 bits: half the memory of a column."""

import narwhals as nw
import polars as pl

KEY = pl.Int32
CELL = ("u", "leaf", "at")


def key(number: int) -> nw.Expr:
    """Give one such number as a column."""
    return nw.lit(number, dtype=nw.Int32)


def whole(number: int | None) -> nw.Expr:
    """Give a whole number of 64 bits as a column."""
    return nw.lit(number, dtype=nw.Int64)
