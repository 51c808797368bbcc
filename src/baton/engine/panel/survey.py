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
_ONE_IN = 97
"""A prime, so that rows in some order of months or series are not all of one of them."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in a table with which nothing is wrong."""

    known: Known
    decimals: dict[str, int]
    preliminary: bool


def survey(rows: Coded, declared: Mapping[str, int]) -> Survey | None:
    """Look at a table once; None where some number cannot be used.

    A double x has the fewest decimals s for which floor(10^s x + 1/2) / 10^s is x again, which is exact below 2^53. The
    divisor is a column: Polars multiplies by the reciprocal of a scalar. A few rows tell the fewest decimals that a
    series can have; all rows tell whether these suffice.
    """
    value = pl.col("value")
    kind = rows.table.schema["value"]
    spot = pl.col("name_code").cast(pl.Int64) * len(rows.periods) + pl.col("period_code")
    least = _least(rows, declared) if kind.is_float() else None
    off = pl.lit(False).first() if least is None else _off(_power(rows, least)).any()
    by_spot = rows.table.lazy().group_by(spot=spot).agg(low=value.min(), high=value.max(), nan=_nan(kind), off=off)
    by_unit = rows.table.lazy().select(pl.col("unit_code").unique())
    found, seen = by_spot.collect(engine="streaming"), by_unit.collect(engine="streaming")
    if found["nan"].any():
        return None
    names = _named(found, rows)
    if least is None:
        scale = kind.scale if isinstance(kind, pl.Decimal) else 0
        needed = dict.fromkeys(names["series"].unique(), scale)
    else:
        needed = _needed(rows, names, least, declared)
    if not _fit(names, needed, declared, EXACT if kind.is_float() else LARGEST):
        return None
    decimals = {series: needed[series] for series in names["series"].unique().sort()}
    largest = {
        (series, figure, period): max(abs(_whole(low, decimals[series])), abs(_whole(high, decimals[series])))
        for series, figure, period, low, high in names.select("series", "figure", "period", "low", "high").iter_rows()
    }
    units = frozenset(rows.units[code] for code in seen["unit_code"])
    return Survey(Known(units, largest), decimals, bool(rows.table["preliminary"].any()))


def _off(power: pl.Expr) -> pl.Expr:
    """Whether a double is no whole number of 1 / power; `power` is 10^s, above and below the line."""
    value = pl.col("value")
    return (value * power + 0.5).floor() / (value * 0.0 + power) != value


def _power(rows: Coded, decimals: Mapping[str, int]) -> pl.Expr:
    """10^decimals of each row's series."""
    powers = [10.0 ** decimals.get(series, 0) for series, _ in rows.names]
    same = len(set(powers)) == 1
    return pl.lit(powers[0]) if same else pl.lit(pl.Series(powers)).gather(pl.col("name_code"))


def _least(rows: Coded, declared: Mapping[str, int]) -> dict[str, int]:
    """The fewest decimals that every series can have, by one row in `_ONE_IN`; one more than the most where none do."""
    places = range(max(declared.values(), default=0) + 1) if declared else range(MOST_DECIMALS + 1)
    sample = rows.table.gather_every(_ONE_IN)
    off = sample.group_by("name_code").agg(_off(pl.lit(10.0**s)).any().alias(str(s)) for s in places)
    found: dict[str, int] = {}
    for name, *wrong in off.iter_rows():
        series = rows.names[name][0]
        found[series] = max(wrong.index(False) if False in wrong else len(places), found.get(series, 0))
    return found


def _needed(rows: Coded, names: pl.DataFrame, least: Mapping[str, int], declared: Mapping[str, int]) -> dict[str, int]:
    """The decimals each series needs; more than it may have where those do not suffice."""
    needed = {series: least.get(series, 0) for series in names["series"].unique()}
    open_ = set(names.filter(pl.col("off"))["series"])
    while open_:
        for series in open_:
            needed[series] += 1
        codes = [code for code, (series, _) in enumerate(rows.names) if series in open_]
        mine = rows.table.lazy().filter(pl.col("name_code").is_in(codes))
        off = mine.group_by("name_code").agg(off=_off(_power(rows, needed)).any()).collect(engine="streaming")
        wrong = {rows.names[code][0] for code in off.filter(pl.col("off"))["name_code"]}
        open_ = {series for series in wrong if needed[series] <= declared.get(series, MOST_DECIMALS)}
    return needed


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


def _fit(names: pl.DataFrame, needed: Mapping[str, int], declared: Mapping[str, int], room: int) -> bool:
    """Whether no series needs more decimals than it may have, or numbers larger than there is room for."""
    largest = pl.max_horizontal(pl.col("low").abs(), pl.col("high").abs()).max().cast(pl.Float64)
    return all(
        needed[series] <= declared.get(series, MOST_DECIMALS) and most * 10.0 ** needed[series] <= room
        for series, most in names.group_by("series").agg(largest).iter_rows()
    )
