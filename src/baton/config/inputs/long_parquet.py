"""Long tables as Parquet: millions of figures, checked and scaled to whole numbers in columns, never row by row.

Plain tables of numbers of one type stay lazy (`engine.panel.frame`). Tables with versions or numbers written as texts
are read whole, and so is a table in which the lazy way found something wrong: only then can the rows be named.
"""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import narwhals as nw
import polars as pl

from baton.config.inputs.headings import FIGURES, OPTIONAL, columns_of
from baton.config.inputs.hive import with_folders
from baton.config.inputs.long_values import SHOWN, UNIT, some, whole
from baton.engine.panel import Observation
from baton.engine.panel.frame import panel_of_frame
from baton.engine.panel.panel import Panel
from baton.engine.panel.survey import LARGEST, MOST_DECIMALS
from baton.engine.scheme.model import Scheme
from baton.reports.store.provenance import sha256_of
from baton.words import Place, Problem, Refused

_KEY = ("unit", "series", "figure", "period")
_PERIOD = r"^[12]\d{3}(-(0[1-9]|1[0-2])|-Q[1-4])?$"


def read_parquet(path: Path) -> pl.DataFrame:
    """Read one file: unit, series, figure, period, value (Int128 of 10^-12), preliminary, version; nulls only in value.

    Raises `Refused` with the columns it lacks or up to ten of the rows that cannot be used.
    """
    place = Place(file=path.name)
    try:
        table = with_folders(pl.read_parquet(path, hive_partitioning=False), path)
    except pl.exceptions.PolarsError as error:
        raise Refused([Problem("config.parquet_broken", {"detail": str(error).partition("\n")[0]}, place)]) from error
    found = columns_of(table.columns, FIGURES)
    lacking = sorted(set(FIGURES) - OPTIONAL - found.keys())
    if lacking:
        raise Refused([Problem("config.long_columns", {"lacking": "、".join(lacking)}, place)])
    frame = _typed(table.select(pl.nth(column).alias(name) for name, column in found.items()), place)
    value = whole(frame["value"], path.name)
    _refuse_rows(frame, path)
    return frame.with_columns(value.alias("value"))


def panel_of(paths: Sequence[Path], scheme: Scheme) -> tuple[Panel, int]:
    """Make the panel of Parquet files, and count its rows; its data digest is made of the files' own SHA-256.

    Raises `Refused` with what is wrong in every file, and with the series whose numbers do not fit 64 bits.
    """
    digest = digest_of_files(sha256_of(path) for path in paths)
    frames = [frame for frame in map(plain_table, paths) if frame is not None]
    if len(frames) < len(paths) or not of_one_type(frames):
        return _whole_panel(paths, digest)
    frame = pl.concat(frames, how="diagonal_relaxed")
    try:
        panel = panel_of_frame(frame, scheme, digest)
    except Refused:
        return _whole_panel(paths, digest)
    return panel, frame.select(pl.col("value").count()).collect().item()


def digest_of_files(digests: Iterable[str]) -> str:
    """Name the data of several files by the SHA-256 of each."""
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def plain_table(path: Path) -> pl.LazyFrame | None:
    """Give a table whose values are numbers and which has no versions; None for any other, or a broken file."""
    try:
        frame = with_folders(pl.scan_parquet(path, hive_partitioning=False), path)
        schema = frame.collect_schema()
    except pl.exceptions.PolarsError:
        return None
    found = columns_of(schema.names(), FIGURES)
    if set(FIGURES) - OPTIONAL - found.keys() or "version" in found:
        return None
    wanted = [name for name in (*_KEY, "value", "preliminary") if name in found]
    named = frame.select(pl.nth(found[name]).alias(name) for name in wanted)
    kinds = named.collect_schema()
    return named if kinds["value"].is_numeric() and kinds.get("preliminary", pl.Boolean) == pl.Boolean else None


def of_one_type(frames: Iterable[pl.LazyFrame]) -> bool:
    """Tell whether nothing is lost by putting the values one below the other: an integer beside a float would round."""
    kinds = {frame.collect_schema()["value"] for frame in frames}
    return len(kinds) == 1 or all(kind.is_float() for kind in kinds) or all(kind.is_signed_integer() for kind in kinds)


def _whole_panel(paths: Sequence[Path], digest: str) -> tuple[Panel, int]:
    """Make the panel of tables read whole; raises `Refused` with the rows that cannot be used."""
    tables: list[pl.DataFrame] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            tables.append(read_parquet(path))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    frame = pl.concat(tables)
    has_preliminary = bool(frame["preliminary"].any())
    if has_preliminary or frame["version"].max() != 0:
        frame = _current(frame)
    kept = frame.drop("version").filter(pl.col("value").is_not_null())
    decimals = _decimals(kept)
    periods = kept["period"].unique().to_list()
    panel = Panel(
        nw.from_native(_fitted(kept, decimals).lazy()),
        decimals,
        digest,
        years=tuple(sorted({int(period[:4]) for period in periods})),
        has_quarters=any("Q" in period for period in periods),
        has_preliminary=has_preliminary,
    )
    return panel, len(kept)


def _decimals(frame: pl.DataFrame) -> dict[str, int]:
    """Give the decimals each series needs: the least s for which all its numbers are whole in 10^-s."""
    rest = (pl.col("value") % pl.lit(UNIT, pl.Int128)).cast(pl.Int64)
    needed = [(pl.col("rest") % 10 ** (MOST_DECIMALS - s) != 0).any().cast(pl.Int64) for s in range(MOST_DECIMALS)]
    table = frame.select("series", rest=rest).group_by("series").agg(places=pl.sum_horizontal(needed))
    return dict(table.sort("series").iter_rows())


def _fitted(frame: pl.DataFrame, decimals: dict[str, int]) -> pl.DataFrame:
    """Give values as Int64 in the decimals of their series; raises `Refused` with each series that has no room."""
    steps = {series: 10 ** (MOST_DECIMALS - places) for series, places in decimals.items()}
    step = pl.col("series").replace_strict(steps, return_dtype=pl.Int64).cast(pl.Int128)
    made = frame.with_columns(value=pl.col("value") // step)
    large = made.group_by("series").agg(pl.col("value").abs().max()).filter(pl.col("value") > LARGEST).sort("series")
    problems = []
    for series, value in large.iter_rows():
        places = decimals[series]
        params = {"series": series, "value": _exact(value * 10 ** (MOST_DECIMALS - places)), "places": places}
        problems.append(Problem("engine.frame_too_large", params, Place(field=f"value[{series}]")))
    if problems:
        raise Refused(problems)
    return made.with_columns(pl.col("value").cast(pl.Int64))


def observations_of(path: Path) -> list[Observation]:
    """Give the figures of a small file one by one, to be put together with those of workbooks."""
    return [
        Observation(
            *(row["unit"], row["series"], row["figure"], row["period"]),
            None if row["value"] is None else _exact(row["value"]),
            *(row["preliminary"], row["version"]),
        )
        for row in read_parquet(path).iter_rows(named=True)
    ]


def _exact(value: int) -> Decimal:
    """Give a whole number of 10^-12 as a decimal; by its digits, because arithmetic would round to 28 of them."""
    whole_part, rest = divmod(abs(value), UNIT)
    digits = f"{whole_part}.{rest:0{MOST_DECIMALS}}".rstrip("0").rstrip(".")
    return Decimal(f"-{digits}" if value < 0 else digits)


def _typed(table: pl.DataFrame, place: Place) -> pl.DataFrame:
    """Give every column its type; a year or a code may be a number, a category or a text."""
    kinds = {**dict.fromkeys(_KEY, pl.String()), "preliminary": pl.Boolean(), "version": pl.Int64()}
    absent = {"figure": "actual", "preliminary": False, "version": 0}
    columns, problems = [table["value"]], []
    for name, kind in kinds.items():
        given = table[name] if name in table.columns else pl.Series(name, [None], kind).new_from_index(0, len(table))
        try:
            columns.append(given.cast(kind))
        except pl.exceptions.PolarsError:
            problems.append(Problem("config.parquet_column", {"column": name, "type": str(given.dtype)}, place))
    if problems:
        raise Refused(problems)
    typed = pl.DataFrame(columns).with_columns(pl.col(name).fill_null(value) for name, value in absent.items())
    return typed.select(*_KEY, "value", "preliminary", "version")


def _refuse_rows(frame: pl.DataFrame, path: Path) -> None:
    """Refuse rows without a key and periods that are none."""
    keyless = pl.any_horizontal(pl.col(name).is_null() | (pl.col(name) == "") for name in ("unit", "series"))
    strange = frame["period"].unique().filter(~frame["period"].unique().str.contains(_PERIOD).fill_null(False))
    problems = []
    rows = frame.select(pl.arg_where(keyless)).to_series()
    if len(rows):
        problems.append(Problem("config.parquet_empty", some(rows), Place(file=path.name)))
    problems += [
        Problem("config.long_not_a_period", {"given": given, "column": "period"}, Place(file=path.name))
        for given in strange.head(SHOWN).to_list()
    ]
    if problems:
        raise Refused(problems)


def _current(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep of each key the figure that counts: final before preliminary, then the highest version.

    Equals stay, and the engine refuses them.
    """
    standing = pl.col("version") + pl.when(pl.col("preliminary")).then(0).otherwise(1 << 40)
    return frame.filter(standing == standing.max().over(*_KEY))
