"""Rows put in the order of their series on the disk, where files hold them otherwise."""

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from baton.config.inputs.pieces import ROWS, Piece, Span


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
