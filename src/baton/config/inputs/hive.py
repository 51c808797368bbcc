"""Tables cut into folders whose names say what all their rows hold: `series=I001/part-0.parquet` (Hive's layout)."""

from pathlib import Path
from urllib.parse import unquote

import polars as pl

_NOTHING = "__HIVE_DEFAULT_PARTITION__"


def told_by_folders(path: Path) -> dict[str, str]:
    """Give the columns that the folders above a file tell, by name."""
    named = (part.partition("=") for part in path.parts[:-1] if "=" in part)
    return {name: unquote(value) for name, _, value in named if name and value and value != _NOTHING}


def with_folders[T: (pl.DataFrame, pl.LazyFrame)](table: T, path: Path) -> T:
    """Give a table the columns that its folders tell and it does not hold itself."""
    held = set(table.lazy().collect_schema().names())
    told = {name: value for name, value in told_by_folders(path).items() if name not in held}
    return table.with_columns(**{name: pl.lit(value) for name, value in told.items()}) if told else table
