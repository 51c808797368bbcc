"""One look at every row of a long table: the names that occur, and the decimals that each series needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

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


def survey(rows: Coded, declared: Mapping[str, int]) -> tuple[Survey, Coded] | None:
    """Look at a table, and give it with whole numbers of 10^-decimals as values; None where some cannot be used.

    A double x has the fewest decimals s for which floor(10^s x + 1/2) / 10^s is x again, which is exact below 2^53. The
    divisor is a column: Polars multiplies by the reciprocal of a scalar. A few rows tell the fewest decimals that a
    series can have; all rows tell whether these suffice.
    """
    kind = rows.table.schema["value"]
    if kind.is_float():
        decimals = _least(rows, declared)
        checked = _in_whole(rows, decimals, off=_off(_power(rows, decimals)))
        if checked["value"].null_count():
            return None
        wrong = checked.filter(pl.col("off"))["name_code"].unique()
        whole = checked.drop("off")
        if wrong.len():
            decimals |= _needed(rows, {rows.names[code][0] for code in wrong}, decimals, declared)
            whole = _in_whole(rows, decimals)
    else:
        scale = kind.scale if isinstance(kind, pl.Decimal) else 0
        least, most = (Decimal(str(end or 0)) for end in (rows.table["value"].min(), rows.table["value"].max()))
        if max(-least, most) * 10**scale > LARGEST:
            return None
        decimals = dict.fromkeys((series for series, _ in rows.names), scale)
        whole = rows.table.with_columns((pl.col("value") * 10**scale).cast(pl.Int64))
    if whole["value"].null_count():
        return None
    spot = pl.col("name_code").cast(pl.Int64) * len(rows.periods) + pl.col("period_code")
    by_spot = whole.lazy().group_by(spot=spot).agg(low=pl.col("value").min(), high=pl.col("value").max())
    by_unit = whole.lazy().select(pl.col("unit_code").unique())
    found, seen = pl.collect_all([by_spot, by_unit], engine="streaming")
    largest = {_names(rows, spot): max(abs(low), abs(high)) for spot, low, high in found.sort("spot").iter_rows()}
    if not _fit(largest, decimals, declared, EXACT if kind.is_float() else LARGEST):
        return None
    occurring = sorted({series for series, _, _ in largest})
    units = frozenset(rows.units[code] for code in seen["unit_code"])
    early = bool(whole["preliminary"].any())
    told = Survey(Known(units, largest), {series: decimals[series] for series in occurring}, early)
    return told, replace(rows, table=whole)


def _in_whole(rows: Coded, decimals: Mapping[str, int], **more: pl.Expr) -> pl.DataFrame:
    """Doubles as whole numbers of 10^-decimals; null for what is no finite number or too large to be one."""
    whole = (pl.col("value") * _power(rows, decimals) + 0.5).floor().cast(pl.Int64, strict=False)
    return rows.table.lazy().with_columns(value=whole, **more).collect(engine="streaming")


def _off(power: pl.Expr) -> pl.Expr:
    """Whether a double is no whole number of 1 / power; `power` is 10^s, above and below the line."""
    value = pl.col("value")
    return (value * power + 0.5).floor() / (value * 0.0 + power) != value


def _power(rows: Coded, decimals: Mapping[str, int]) -> pl.Expr:
    """10^decimals of each row's series."""
    powers = [10.0 ** decimals[series] for series, _ in rows.names]
    same = len(set(powers)) == 1
    return pl.lit(powers[0]) if same else pl.lit(pl.Series(powers)).gather(pl.col("name_code"))


def _least(rows: Coded, declared: Mapping[str, int]) -> dict[str, int]:
    """The fewest decimals that every series can have, by one row in `_ONE_IN`; one more than the most where none do."""
    places = range(max(declared.values(), default=0) + 1) if declared else range(MOST_DECIMALS + 1)
    sample = rows.table.gather_every(_ONE_IN)
    off = sample.group_by("name_code").agg(_off(pl.lit(10.0**s)).any().alias(str(s)) for s in places)
    found = dict.fromkeys((series for series, _ in rows.names), 0)
    for name, *wrong in off.iter_rows():
        series = rows.names[name][0]
        found[series] = max(wrong.index(False) if False in wrong else len(places), found[series])
    return found


def _needed(rows: Coded, series: set[str], least: Mapping[str, int], declared: Mapping[str, int]) -> dict[str, int]:
    """The decimals that these series need, for which the least do not suffice; more than they may have if none do."""
    needed = dict(least)
    open_ = set(series)
    while open_:
        for one in open_:
            needed[one] += 1
        codes = [code for code, (name, _) in enumerate(rows.names) if name in open_]
        mine = rows.table.lazy().filter(pl.col("name_code").is_in(codes))
        off = mine.group_by("name_code").agg(off=_off(_power(rows, needed)).any()).collect(engine="streaming")
        wrong = {rows.names[code][0] for code in off.filter(pl.col("off"))["name_code"]}
        open_ = {one for one in wrong if needed[one] <= declared.get(one, MOST_DECIMALS)}
    return needed


def _names(rows: Coded, spot: int) -> tuple[str, str, str]:
    """Series, figure and period of a number of both."""
    name, period = divmod(spot, len(rows.periods))
    return (*rows.names[name], rows.periods[period])


def _fit(
    largest: Mapping[tuple[str, str, str], int], decimals: Mapping[str, int], declared: Mapping[str, int], room: int
) -> bool:
    """Whether no series needs more decimals than it may have, or numbers larger than there is room for."""
    return all(
        decimals[series] <= declared.get(series, MOST_DECIMALS) and most <= room
        for (series, _, _), most in largest.items()
    )
