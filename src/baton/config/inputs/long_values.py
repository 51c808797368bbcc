"""The values of a long Parquet table as whole numbers of 10^-12, exactly, whatever type they were stored in."""

import polars as pl

from baton.engine.panel.survey import EXACT, LARGEST, MOST_DECIMALS
from baton.words import Place, Problem, Refused

UNIT = 10**MOST_DECIMALS
SHOWN = 10
_NUMBER = rf"^[+-]?(0*\d{{1,19}}(\.\d{{0,{MOST_DECIMALS}}})?|\.\d{{1,{MOST_DECIMALS}}})$"


def whole(value: pl.Series, file: str) -> pl.Series:
    """Give values as Int128, in units of 10^-12; nulls stay.

    Raises `Refused` with up to ten of the rows that are not finite, have more than twelve decimals, or exceed 9 10^18.
    """
    kind = value.dtype
    if kind.is_integer() or kind == pl.Boolean:
        return _of_scaled(value, value.cast(pl.Int128), 0, file)
    if isinstance(kind, pl.Decimal):
        return _of_scaled(value, value.to_physical().cast(pl.Int128), kind.scale, file)
    if kind.is_float():
        return _of_floats(value.cast(pl.Float64), file)
    if kind == pl.String:
        _refuse(value, value.is_not_null() & ~value.str.contains(_NUMBER), file)
        exact = value.cast(pl.Decimal(38, MOST_DECIMALS))
        return _of_scaled(value, exact.to_physical().cast(pl.Int128), MOST_DECIMALS, file)
    raise Refused([Problem("config.parquet_type", {"type": str(kind)}, Place(file=file))])


def some(rows: pl.Series) -> dict[str, object]:
    """Name rows for a problem: the first ten as people count them, and how many there are."""
    return {"rows": "、".join(str(row + 1) for row in rows.head(SHOWN).to_list()), "count": len(rows)}


def _of_scaled(value: pl.Series, scaled: pl.Series, scale: int, file: str) -> pl.Series:
    """Take whole numbers of 10^-scale. Within the bound no product is larger than 9 10^30, and 128 bits hold 10^38."""
    column, finer = pl.col("v"), _int128(10 ** max(scale - MOST_DECIMALS, 0))
    bad = (column.abs() > _int128(LARGEST * 10**scale)) if LARGEST * 10**scale < 10**38 else pl.lit(False)
    _refuse(value, _by(scaled, bad | (column % finer != 0)), file)
    return _by(scaled, column // finer * _int128(10 ** max(MOST_DECIMALS - scale, 0)))


def _of_floats(value: pl.Series, file: str) -> pl.Series:
    """Take a float for the shortest decimal that reads back as it: the least s with round(x 10^s) / 10^s = x.

    Exact because 10^s (s <= 12) and whole numbers below 2^53 are floats themselves and division rounds correctly. The
    divisor is a column: a literal one would be turned into a multiplication by its reciprocal.
    """
    _refuse(value, ~value.is_finite(), file)
    found = pl.Series([None], dtype=pl.Int128).new_from_index(0, len(value))
    for scale in range(MOST_DECIMALS + 1):
        factor = pl.repeat(float(10**scale), len(value), dtype=pl.Float64, eager=True)
        near = (value * factor).round(0)
        exact = (near / factor == value) & (near.abs() < EXACT)
        made = pl.when("exact").then(pl.col("near").cast(pl.Int128) * _int128(10 ** (MOST_DECIMALS - scale)))
        near = near.set(~exact.fill_null(False), None)
        table = pl.DataFrame({"found": found, "near": near, "exact": exact})
        found = table.select(pl.coalesce("found", made)).to_series()
        if found.null_count() == value.null_count():
            break
    _refuse(value, found.is_null() & value.is_not_null(), file)
    return found


def _int128(number: int) -> pl.Expr:
    return pl.lit(number, pl.Int128)


def _by(values: pl.Series, expression: pl.Expr) -> pl.Series:
    return pl.DataFrame({"v": values}).select(expression.alias("v")).to_series()


def _refuse(value: pl.Series, bad: pl.Series, file: str) -> None:
    rows = bad.fill_null(False).arg_true()
    if len(rows):
        params = {**some(rows), "given": str(value[int(rows[0])]), "most": MOST_DECIMALS}
        raise Refused([Problem("config.parquet_values", params, Place(file=file))])
