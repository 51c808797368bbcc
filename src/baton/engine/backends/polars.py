"""Polars, the default: columns in memory, all cores, streaming where it can."""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl


@dataclass(frozen=True)
class PolarsBackend:
    """Polars lazy frames. `streaming` runs plans in batches, with less memory.

    `portion`: 750,000 rows are some 200 MB while they are scored, and enough to keep all cores busy.
    """

    streaming: bool = True
    portion: int | None = 750_000
    name: str = "polars"

    def frame(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Bring a Polars table into the engine."""
        return nw.from_native(table.lazy())

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once and hold it."""
        return nw.from_native(self.collect(frame).lazy())

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Bring a frame home."""
        native: pl.LazyFrame = frame.to_native()
        return native.collect(engine="streaming" if self.streaming else "in-memory")
