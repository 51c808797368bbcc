"""PySpark: the same scores on a cluster. The session is the caller's."""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl


@dataclass(frozen=True)
class SparkBackend:
    """Spark data frames of one session (`SparkSession.builder...getOrCreate()`).

    `kept_at`: where executors hold a frame that is kept (a `pyspark.StorageLevel`; None: in memory and on the disk of
    one executor). A kept frame has no lineage: on a cluster whose workers may fail it must be held by two.
    """

    session: Any
    name: str = "spark"
    portion: int | None = None
    kept_at: Any = None

    def frame(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Bring a Polars table into the engine."""
        made: nw.LazyFrame[Any] = nw.from_native(self.session.createDataFrame(table.to_arrow()))
        return made

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once and hold it on the executors."""
        made: nw.LazyFrame[Any] = nw.from_native(frame.to_native().localCheckpoint(True, self.kept_at))
        return made

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Bring a frame home."""
        home = pl.from_arrow(frame.to_native().toArrow())
        return home if isinstance(home, pl.DataFrame) else home.to_frame()
