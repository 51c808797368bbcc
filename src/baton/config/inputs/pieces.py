"""Parquet tables too large to be read at once: cut into pieces of rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from baton.config.inputs.long_parquet import plain_table

ROWS = 2_000_000
"""Rows of a piece: some 150 MB while they are looked at."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some rows of a file."""

    path: Path
    first: int
    rows: int

    def read(self) -> pl.LazyFrame:
        """Give the rows under the names of our columns; raises ValueError where the file was changed meanwhile."""
        table = plain_table(self.path)
        if table is None:
            raise ValueError(f"{self.path} was changed while it was read")
        return table.slice(self.first, self.rows)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some spans that are looked at together, and the series that occur in them."""

    spans: tuple[Span, ...]
    series: frozenset[str] = frozenset()

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(span.rows for span in self.spans)

    def read(self) -> pl.LazyFrame:
        """Give its rows."""
        return pl.concat([span.read() for span in self.spans], how="diagonal_relaxed")


def rows_in(path: Path) -> int:
    """Count the rows of a file by what its end says; raises OSError or ValueError where it is no Parquet."""
    return int(pq.read_metadata(path).num_rows)


def cut(paths: Iterable[Path], rows: int = ROWS) -> Iterator[Piece]:
    """Cut files into pieces of at most so many rows; small files come together."""
    taken: list[Span] = []
    size = 0
    for span in _spans(paths, rows):
        if taken and size + span.rows > rows:
            yield Piece(tuple(taken))
            taken, size = [], 0
        taken.append(span)
        size += span.rows
    if taken:
        yield Piece(tuple(taken))


def _spans(paths: Iterable[Path], rows: int) -> Iterator[Span]:
    for path in paths:
        count = rows_in(path)
        for first in range(0, count, rows):
            yield Span(path, first, min(rows, count - first))
