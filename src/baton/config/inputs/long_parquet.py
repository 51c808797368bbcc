"""Long tables as Parquet: millions of figures, checked and scaled to whole numbers in columns, never row by row.

Plain tables of numbers stay lazy (`engine.panel.frame`). Tables with versions or numbers written as texts are read
whole, and so is a table in which the lazy way found something wrong: only then can the rows be named.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import narwhals as nw
import polars as pl

from baton.config.inputs.headings import FIGURES, OPTIONAL, columns_of
from baton.config.store.provenance import sha256_of
from baton.engine.panel import Observation
from baton.engine.panel.frame import panel_of_frame
from baton.engine.panel.panel import Panel
from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem, Refused

MOST_DECIMALS = 12
_KEY = ("unit", "series", "figure", "period")
_NUMBER = r"^[+-]?(\d+(\.\d{0,12})?|\.\d{1,12})$"
_PERIOD = r"^[12]\d{3}(-(0[1-9]|1[0-2])|-Q[1-4])?$"
_LARGEST = 9 * 10**18
_SHOWN = 10
_TEN = pl.lit(10, pl.Int128)


@dataclass(frozen=True)
class LongTable:
    """Figures in columns: unit, series, figure, period, value (Int64 of 10^-decimals), preliminary, version.

    There are no nulls but in value.
    """

    frame: pl.DataFrame
    decimals: int


def read_parquet(path: Path) -> LongTable:
    """Read one file; raises `Refused` with the columns it lacks or up to ten of the rows that cannot be used."""
    place = Place(file=path.name)
    try:
        table = pl.read_parquet(path)
    except pl.exceptions.PolarsError as error:
        raise Refused([Problem("config.parquet_broken", {"detail": str(error).partition("\n")[0]}, place)]) from error
    found = columns_of(table.columns, FIGURES)
    lacking = sorted(set(FIGURES) - OPTIONAL - found.keys())
    if lacking:
        raise Refused([Problem("config.long_columns", {"lacking": "、".join(lacking)}, place)])
    named = table.select(pl.nth(column).alias(name) for name, column in found.items())
    frame = _typed(named)
    value, decimals = _whole(frame["value"], path)
    _refuse_rows(frame, path)
    return LongTable(frame.with_columns(value.alias("value")), decimals)


def panel_of(paths: Sequence[Path], scheme: Scheme) -> tuple[Panel, int]:
    """Make the panel of Parquet files, and count its rows; its data digest is made of the files' own SHA-256."""
    digest = hashlib.sha256("".join(sorted(sha256_of(path) for path in paths)).encode()).hexdigest()
    lazy = [_plain(path) for path in paths]
    frames = [frame for frame in lazy if frame is not None]
    if len(frames) == len(paths):
        frame = pl.concat(frames, how="diagonal_relaxed")
        try:
            panel = panel_of_frame(frame, scheme, digest)
        except Refused:
            return _whole_panel(paths, digest)
        return panel, frame.select(pl.col("value").count()).collect().item()
    return _whole_panel(paths, digest)


def _plain(path: Path) -> pl.LazyFrame | None:
    """Give a table whose values are numbers and which has no versions; None for any other, or a broken file."""
    try:
        frame = pl.scan_parquet(path)
        schema = frame.collect_schema()
    except pl.exceptions.PolarsError:
        return None
    found = columns_of(schema.names(), FIGURES)
    if set(FIGURES) - OPTIONAL - found.keys() or "version" in found:
        return None
    wanted = [name for name in (*_KEY, "value", "preliminary") if name in found]
    named = frame.select(pl.nth(found[name]).alias(name) for name in wanted)
    return named if named.collect_schema()["value"].is_numeric() else None


def _whole_panel(paths: Sequence[Path], digest: str) -> tuple[Panel, int]:
    """Make the panel of tables read whole; raises `Refused` with the rows that cannot be used."""
    tables = [read_parquet(path) for path in paths]
    decimals = max(table.decimals for table in tables)
    frame = pl.concat(table.frame.with_columns(pl.col("value") * 10 ** (decimals - table.decimals)) for table in tables)
    has_preliminary = bool(frame["preliminary"].any())
    if has_preliminary or frame["version"].max() != 0:
        frame = _current(frame)
    kept = frame.drop("version").filter(pl.col("value").is_not_null())
    periods = kept["period"].unique().to_list()
    panel = Panel(
        nw.from_native(kept.lazy()),
        dict.fromkeys(kept["series"].unique().to_list(), decimals),
        digest,
        years=tuple(sorted({int(period[:4]) for period in periods})),
        has_quarters=any("Q" in period for period in periods),
        has_preliminary=has_preliminary,
    )
    return panel, len(kept)


def observations_of(path: Path) -> list[Observation]:
    """Give the figures of a small file one by one, to be put together with those of workbooks."""
    table = read_parquet(path)
    scale = -table.decimals
    return [
        Observation(
            *(row["unit"], row["series"], row["figure"], row["period"]),
            None if row["value"] is None else Decimal(row["value"]).scaleb(scale),
            *(row["preliminary"], row["version"]),
        )
        for row in table.frame.iter_rows(named=True)
    ]


def _typed(table: pl.DataFrame) -> pl.DataFrame:
    """Give every column its type; a year or a code may be a number, a category or a text."""
    names = table.columns
    made = [pl.col(name).cast(pl.String) for name in ("unit", "series", "period")]
    figure = pl.col("figure").cast(pl.String).fill_null("actual") if "figure" in names else pl.lit("actual")
    preliminary = pl.col("preliminary").cast(pl.Boolean).fill_null(False) if "preliminary" in names else pl.lit(False)
    version = pl.col("version").cast(pl.Int64).fill_null(0) if "version" in names else pl.lit(0, pl.Int64)
    return table.select(
        *made, figure.alias("figure"), "value", preliminary.alias("preliminary"), version.alias("version")
    ).select(*_KEY, "value", "preliminary", "version")


def _refuse_rows(frame: pl.DataFrame, path: Path) -> None:
    """Refuse rows without a key and periods that are none."""
    keyless = pl.any_horizontal(pl.col(name).is_null() | (pl.col(name) == "") for name in ("unit", "series"))
    strange = frame["period"].unique().filter(~frame["period"].unique().str.contains(_PERIOD).fill_null(False))
    problems = []
    rows = frame.select(pl.arg_where(keyless)).to_series()
    if len(rows):
        problems.append(Problem("config.parquet_empty", _some(rows, len(rows)), Place(file=path.name)))
    problems += [
        Problem("config.long_not_a_period", {"given": given, "column": "period"}, Place(file=path.name))
        for given in strange.head(_SHOWN).to_list()
    ]
    if problems:
        raise Refused(problems)


def _some(rows: pl.Series, count: int) -> dict[str, object]:
    return {"rows": "、".join(str(row + 1) for row in rows.head(_SHOWN).to_list()), "count": count}


def _whole(value: pl.Series, path: Path) -> tuple[pl.Series, int]:
    """Give values as whole numbers of 10^-decimals, exactly; refuses what has no such form."""
    kind = value.dtype
    if kind.is_integer():
        return value.cast(pl.Int64), 0
    if kind == pl.Boolean:
        return value.cast(pl.Int64), 0
    if isinstance(kind, pl.Decimal):
        return _of_decimals(value, path)
    if kind.is_float():
        return _of_floats(value.cast(pl.Float64), path)
    if kind == pl.String:
        bad = value.is_not_null() & ~value.str.contains(_NUMBER)
        _refuse_values(value, bad, path)
        return _of_decimals(value.cast(pl.Decimal(38, MOST_DECIMALS)), path)
    raise Refused([Problem("config.parquet_type", {"type": str(kind)}, Place(file=path.name))])


def _of_decimals(value: pl.Series, path: Path) -> tuple[pl.Series, int]:
    """Take trailing zeros off, so that a text and a decimal of the same value give the same panel."""
    scale = value.dtype.scale if isinstance(value.dtype, pl.Decimal) else 0
    wide = value.to_physical().cast(pl.Int128)
    while scale and bool(_by(wide, pl.col("v") % _TEN == 0).all()):
        wide, scale = _by(wide, pl.col("v") // _TEN), scale - 1
    if scale > MOST_DECIMALS:
        _refuse_values(value, _by(wide, pl.col("v") % _TEN != 0), path)
    _refuse_values(value, _by(wide, pl.col("v").abs() > pl.lit(_LARGEST, pl.Int128)), path)
    return wide.cast(pl.Int64), scale


def _by(values: pl.Series, expression: pl.Expr) -> pl.Series:
    return pl.DataFrame({"v": values}).select(expression.alias("v")).to_series()


def _of_floats(value: pl.Series, path: Path) -> tuple[pl.Series, int]:
    """Take a float for the shortest decimal that reads back as it: the least s with round(x 10^s) / 10^s = x.

    Exact because 10^s (s <= 12) and whole numbers below 2^53 are floats themselves and division rounds correctly. The
    divisor is a column: a literal one would be turned into a multiplication by its reciprocal.
    """
    _refuse_values(value, ~value.is_finite(), path)
    for scale in range(MOST_DECIMALS + 1):
        factor = pl.repeat(float(10**scale), len(value), dtype=pl.Float64, eager=True)
        whole = (value * factor).round(0)
        exact = (whole / factor == value) & (whole.abs() < 2**53)
        if bool(exact.fill_null(True).all()):
            return whole.cast(pl.Int64), scale
    _refuse_values(value, ~exact, path)
    return whole.cast(pl.Int64), MOST_DECIMALS


def _refuse_values(value: pl.Series, bad: pl.Series, path: Path) -> None:
    rows = bad.fill_null(False).arg_true()
    if len(rows):
        params = {**_some(rows, len(rows)), "given": str(value[int(rows[0])]), "most": MOST_DECIMALS}
        raise Refused([Problem("config.parquet_values", params, Place(file=path.name))])


def _current(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep of each key the figure that counts: final before preliminary, then the highest version.

    Equals stay, and the engine refuses them.
    """
    standing = pl.col("version") + pl.when(pl.col("preliminary")).then(0).otherwise(1 << 40)
    return frame.filter(standing == standing.max().over(*_KEY))
