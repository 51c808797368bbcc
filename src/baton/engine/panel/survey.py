"""One look at every row of a long table: the names that occur, and the decimals that each series needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

import polars as pl

from baton.engine.panel.coded import Coded
from baton.engine.panel.known import Known

MOST_DECIMALS = 12
LARGEST = 9 * 10**18
EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in a table with which nothing is wrong."""

    known: Known
    decimals: dict[str, int]
    preliminary: bool


def survey(rows: Coded, declared: Mapping[str, int]) -> Survey | None:
    """Look at a table once; None where some number cannot be used.

    A double x has the fewest decimals s for which floor(10^s x + 1/2) / 10^s is x again, which is exact below 2^53. The
    divisor is a column: Polars multiplies by the reciprocal of a scalar.
    """
    value = pl.col("value")
    kind = rows.table.schema["value"]
    most = max(declared.values(), default=0) if declared else MOST_DECIMALS
    places = range(most + 1) if kind.is_float() else ()
    off = {f"off_{s}": ((value * 10.0**s + 0.5).floor() / (value * 0.0 + 10.0**s) != value).any() for s in places}
    spot = pl.col("name_code").cast(pl.Int64) * len(rows.periods) + pl.col("period_code")
    by_spot = rows.table.lazy().group_by(spot=spot).agg(low=value.min(), high=value.max(), nan=_nan(kind), **off)
    by_unit = rows.table.lazy().select(pl.col("unit_code").unique())
    found, seen = by_spot.collect(engine="streaming"), by_unit.collect(engine="streaming")
    if found["nan"].any():
        return None
    names = _named(found, rows)
    scale = kind.scale if isinstance(kind, pl.Decimal) else 0
    decimals = _decimals(names, declared, places, scale)
    if decimals is None:
        return None
    largest = {
        (series, figure, period): max(abs(_whole(low, decimals[series])), abs(_whole(high, decimals[series])))
        for series, figure, period, low, high in names.select("series", "figure", "period", "low", "high").iter_rows()
    }
    units = frozenset(rows.units[code] for code in seen["unit_code"])
    return Survey(Known(units, largest), decimals, bool(rows.table["preliminary"].any()))


def _nan(kind: pl.DataType) -> pl.Expr:
    return pl.col("value").is_nan().any() if kind.is_float() else pl.lit(False).first()


def _named(found: pl.DataFrame, rows: Coded) -> pl.DataFrame:
    spots = [divmod(spot, len(rows.periods)) for spot in found["spot"]]
    names = [rows.names[name] for name, _ in spots]
    return found.with_columns(
        series=pl.Series([series for series, _ in names], dtype=pl.String),
        figure=pl.Series([figure for _, figure in names], dtype=pl.String),
        period=pl.Series([rows.periods[period] for _, period in spots], dtype=pl.String),
    )


def _whole(value: Any, decimals: int) -> int:
    """A number (float, int or Decimal) that was found to have so many decimals, in units of the last of them."""
    whole: int = floor(value * 10**decimals + type(value)(0.5))
    return whole


def _decimals(
    names: pl.DataFrame, declared: Mapping[str, int], places: range | tuple[int, ...], scale: int
) -> dict[str, int] | None:
    """The decimals of each series; None where some need more than is declared, or a number does not fit."""
    largest = pl.max_horizontal(pl.col("low").abs(), pl.col("high").abs()).max().cast(pl.Float64)
    by_series = names.group_by("series").agg(largest, *(pl.col(f"off_{s}").any() for s in places))
    found: dict[str, int] = {}
    for series, most, *off in by_series.sort("series").iter_rows():
        needed = off.index(False) if False in off else None if off else scale
        if needed is None or needed > declared.get(series, MOST_DECIMALS):
            return None
        if most * 10.0**needed > (EXACT if off else LARGEST):
            return None
        found[series] = needed
    return found
