"""The engines that can carry the columns: Polars, DuckDB, Spark. Sessions are built by the caller, never here."""

from baton.engine.backends.base import Backend
from baton.engine.backends.duckdb import DuckDBBackend
from baton.engine.backends.polars import PolarsBackend
from baton.engine.backends.spark import SparkBackend

__all__ = ["Backend", "DuckDBBackend", "PolarsBackend", "SparkBackend"]
