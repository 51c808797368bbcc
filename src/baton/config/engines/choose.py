"""Open the engine that was asked for, and give it the panel."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from importlib.metadata import version

import duckdb
import narwhals as nw
import polars as pl

from baton.config.engines.spark import held_twice, spark_session
from baton.engine.backends import Backend, DuckDBBackend, PolarsBackend, SparkBackend
from baton.engine.panel.panel import Panel


class EngineName(StrEnum):
    """The engines that give the same result."""

    POLARS = "polars"
    DUCKDB = "duckdb"
    SPARK = "spark"


_LIBRARIES = {EngineName.POLARS: "polars", EngineName.DUCKDB: "duckdb", EngineName.SPARK: "pyspark"}


@contextmanager
def open_engine(name: EngineName, spark_master: str = "") -> Iterator[Backend]:
    """Give a backend with a session of its own, closed afterwards; raises `Unavailable` where the machine lacks it."""
    if name is EngineName.POLARS:
        yield PolarsBackend()
    elif name is EngineName.DUCKDB:
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield DuckDBBackend(connection)
    else:
        with spark_session(spark_master) as session:
            yield SparkBackend(session, kept_at=held_twice(spark_master))


def carried(panel: Panel, backend: Backend) -> Panel:
    """Give the panel in the engine's own frames; a Polars panel stays as it is."""
    if isinstance(backend, PolarsBackend):
        return panel
    native: pl.LazyFrame = nw.to_native(panel.frame)
    return replace(panel, frame=backend.frame(native.collect()), coded=None)


def library_version(name: EngineName) -> str:
    """Give the version of the engine's library, for the provenance."""
    return version(_LIBRARIES[name])
