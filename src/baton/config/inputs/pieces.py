"""Parquet tables too large to be read at once: cut into pieces of rows, and put in the order of their series."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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


def scattered(pieces: Sequence[Piece], most: int = 3) -> bool:
    """Tell whether reading series after series would go over the pieces much more often than once.

    A run of series as large as a piece is read at a time; `most`: how often each row may be gone over.
    """
    total = sum(piece.rows for piece in pieces)
    series = frozenset().union(*(piece.series for piece in pieces))
    together = max(1.0, len(series) / max(1, len(pieces)))
    return sum(piece.rows * len(piece.series) for piece in pieces) / together > most * total


def by_series(
    pieces: Sequence[Piece], folder: Path, rows: int = ROWS, told: Callable[[int, int], None] = lambda done, total: None
) -> list[Piece]:
    """Write the rows of pieces anew, so that each file holds a run of series; `told` hears how many pieces are done."""
    series = sorted(frozenset().union(*(piece.series for piece in pieces)))
    runs = max(1, -(-sum(piece.rows for piece in pieces) // rows))
    step = -(-len(series) // runs)
    run_of = {code: number // step for number, code in enumerate(series)}
    spans: dict[int, list[Span]] = {run: [] for run in range(-(-len(series) // step))}
    for number, piece in enumerate(pieces):
        told(number, len(pieces))
        code = pl.col("series").cast(pl.String).replace_strict(run_of, return_dtype=pl.Int32)
        table = piece.read().with_columns(run=code).collect(engine="streaming")
        for (run,), part in table.partition_by("run", as_dict=True, include_key=False).items():
            path = folder / f"run-{run:04d}-{number:05d}.parquet"
            part.write_parquet(path, compression="lz4", statistics=False)
            spans[run].append(Span(path, 0, len(part)))
    held = {run: frozenset(code for code in series if run_of[code] == run) for run in spans}
    return [Piece(tuple(of_run), held[run]) for run, of_run in spans.items() if of_run]
