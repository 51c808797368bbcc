"""One look at every row of a long table: the names that occur, and the decimals that each series needs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

import polars as pl

from baton.engine.panel.known import Known
from baton.engine.panel.observation import PERIOD

MOST_DECIMALS = 12
LARGEST = 9 * 10**18
EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in a table with which nothing is wrong."""

    known: Known
    decimals: dict[str, int]
    preliminary: bool


def survey(named: pl.LazyFrame, declared: Mapping[str, int]) -> Survey | None:
    """Look at a table (unit, series, figure, period, value, preliminary) once; None where some row cannot be used.

    A double x has the fewest decimals s for which floor(10^s x + 1/2) / 10^s is x again, which is exact below 2^53. The
    divisor is a column: Polars multiplies by the reciprocal of a scalar.
    """
    value = pl.col("value")
    kind = named.collect_schema()["value"]
    most = max(declared.values(), default=0) if declared else MOST_DECIMALS
    places = range(most + 1) if kind.is_float() else ()
    off = {f"off_{s}": ((value * 10.0**s + 0.5).floor() / (value * 0.0 + 10.0**s) != value).any() for s in places}
    nan = value.is_nan().any() if kind.is_float() else pl.lit(False).first()
    by_name = named.group_by("series", "figure", "period").agg(
        there=value.count(),
        low=value.min(),
        high=value.max(),
        preliminary=(value.is_not_null() & pl.col("preliminary")).any(),
        nan=nan,
        **off,
    )
    by_unit = named.group_by("unit").agg(there=value.count())
    names, units = pl.collect_all([by_name, by_unit], engine="streaming")
    if _keyless(names, "series", "figure", "period") or _keyless(units, "unit") or bool(names["nan"].any()):
        return None
    if not all(re.match(PERIOD, period) for period in names["period"].unique()):
        return None
    names = names.filter(pl.col("there") > 0)
    scale = kind.scale if isinstance(kind, pl.Decimal) else 0
    decimals = _decimals(names, declared, places, scale)
    if decimals is None:
        return None
    largest = {
        (series, figure, period): max(abs(_whole(low, decimals[series])), abs(_whole(high, decimals[series])))
        for series, figure, period, low, high in names.select("series", "figure", "period", "low", "high").iter_rows()
    }
    seen = units.filter(pl.col("there") > 0)["unit"]
    return Survey(Known(frozenset(seen), largest), decimals, bool(names["preliminary"].any()))


def _whole(value: Any, decimals: int) -> int:
    """A number (float, int or Decimal) that was found to have so many decimals, in units of the last of them."""
    whole: int = floor(value * 10**decimals + type(value)(0.5))
    return whole


def _keyless(table: pl.DataFrame, *names: str) -> bool:
    return any(bool((table[name].is_null() | (table[name] == "")).any()) for name in names)


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
