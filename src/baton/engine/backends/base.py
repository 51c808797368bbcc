"""What the engine asks of a carrier of columns beyond Narwhals: bring a table in, keep one, bring it home."""

from typing import Any, Protocol

import narwhals as nw
import polars as pl


class Backend(Protocol):
    """A carrier of columns.

    `frame` brings a small Polars table into the engine; `keep` computes a frame once and for all, so that what is
    read twice is not computed twice; `collect` brings a frame home as Polars.
    """

    @property
    def name(self) -> str:
        """The engine's name in a result."""
        ...

    @property
    def portion(self) -> int | None:
        """About how many rows are scored at a time, which bounds the memory; None: the carrier bounds its own."""
        ...

    def frame(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """Bring a Polars table into the engine."""
        ...

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Compute a frame once and hold it."""
        ...

    def collect(self, frame: nw.LazyFrame[Any]) -> pl.DataFrame:
        """Bring a frame home."""
        ...
