"""DuckDB: the same scores inside an analyst's database. The connection is the caller's."""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl


@dataclass(frozen=True)
class DuckDBBackend:
    """DuckDB relations of one connection (`duckdb.connect(...)`)."""

    connection: Any
    name: str = "duckdb"
    portion: int | None = None

    def frame(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Bring a Polars table into the engine."""
        made: nw.LazyFrame[Any] = nw.from_native(self.connection.from_arrow(table.to_arrow()))
        return made

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once and hold it."""
        made: nw.LazyFrame[Any] = nw.from_native(self.connection.from_arrow(frame.to_native().to_arrow_table()))
        return made

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Bring a frame home."""
        home = pl.from_arrow(frame.to_native().to_arrow_table())
        return home if isinstance(home, pl.DataFrame) else home.to_frame()
