"""Panels out of figures kept as text: a county's year read by columns, to the same panel that `Panel.of` makes."""

import hashlib
from collections.abc import Mapping
from io import BytesIO

import narwhals as nw
import polars as pl

from baton.engine.panel.known import Known
from baton.engine.panel.observation import PERIOD
from baton.engine.panel.panel import COLUMNS, Panel

_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_MOST_DECIMALS, _MOST_DIGITS = 12, 18
_AT_ONCE = 100_000
_KEYS = ("unit", "series", "figure", "period")


def panel_of_texts(table: pl.DataFrame) -> Panel | None:
    """Make a panel of rows with one per unit, series, figure and period.

    Columns: unit, series, figure, period, value (plain decimals as text), preliminary. Decimals, digest and names are
    those that `Panel.of` gives. None for what deserves a closer look: a value that is no plain decimal or has more than
    18 digits, a period that is none, a key that comes twice; `Panel.of` then says what is wrong with which figure.
    """
    rows = _read(table)
    if rows is None:
        return None
    decimals: Mapping[str, int] = dict(rows.group_by("series").agg(pl.col("places").max()).iter_rows())
    most = pl.col("series").replace_strict(decimals, return_dtype=pl.Int64) if decimals else pl.lit(0)
    rows = rows.with_columns(shift=most - pl.col("places"))
    if rows.filter(pl.col("digits") + pl.col("shift") > _MOST_DIGITS).height:
        return None
    whole = pl.col("text").str.replace(".", "", literal=True).cast(pl.Int64)
    power = pl.lit(10, pl.Int64).pow(pl.col("shift").cast(pl.UInt32))
    made = rows.with_columns(value=whole * power).sort(_KEYS)
    periods = made["period"].unique()
    return Panel(
        nw.from_native(made.select(COLUMNS).lazy()),
        decimals,
        _digest(made),
        years=tuple(sorted({int(period[:4]) for period in periods})),
        has_quarters=bool(periods.str.contains("Q", literal=True).any()),
        has_preliminary=bool(made["preliminary"].any()),
        has_doubles=False,
        known=_known(made),
    )


def _read(table: pl.DataFrame) -> pl.DataFrame | None:
    """Give `text` without trailing zeros, its `places` and `digits`; None where something is out of the ordinary."""
    value = pl.col("value")
    ordinary = value.str.contains(_NUMBER) & pl.col("period").str.contains(PERIOD)
    if not table.select(ordinary.all()).item() or table.select(_KEYS).is_duplicated().any():
        return None
    bare = value.str.strip_chars_end("0").str.strip_chars_end(".")
    text = pl.when(value.str.contains(".", literal=True)).then(bare).otherwise(value)
    rows = table.with_columns(text=pl.when(text == "-0").then(pl.lit("0")).otherwise(text))
    length, point = pl.col("text").str.len_chars().cast(pl.Int64), pl.col("text").str.find(".", literal=True)
    rows = rows.with_columns(places=(length - point.cast(pl.Int64) - 1).fill_null(0))
    signs = pl.col("text").str.starts_with("-").cast(pl.Int64) + point.is_not_null().cast(pl.Int64)
    rows = rows.with_columns(digits=length - signs)
    wide = (pl.col("places") > _MOST_DECIMALS) | (pl.col("digits") > _MOST_DIGITS)
    return None if rows.filter(wide).height else rows


def _known(made: pl.DataFrame) -> Known:
    largest = made.group_by("series", "figure", "period").agg(pl.col("value").abs().max())
    return Known(
        frozenset(made["unit"].unique()), {(one, figure, at): most for one, figure, at, most in largest.iter_rows()}
    )


def _digest(made: pl.DataFrame) -> str:
    """SHA-256 of the canonical rows, as `panel.digest_of` makes it."""
    kind = pl.when("preliminary").then(pl.lit("p")).otherwise(pl.lit("f"))
    lines = made.select(line=pl.concat_str([*_KEYS, pl.col("text"), kind], separator=","))["line"].sort()
    digest = hashlib.sha256()
    for some in lines.to_frame().iter_slices(_AT_ONCE):
        target = BytesIO()
        some.write_csv(target, include_header=False, quote_style="never")
        digest.update(target.getbuffer())
    return digest.hexdigest()
