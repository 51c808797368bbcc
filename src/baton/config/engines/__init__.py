"""Sessions of the engines, built here and handed down: Polars, DuckDB, Spark."""

from baton.config.engines.choose import EngineName, carried, open_engine

__all__ = ["EngineName", "carried", "open_engine"]
