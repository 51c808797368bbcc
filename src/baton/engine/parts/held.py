"""Where leaves are while they are scored part by part: held by indicators, asked for by units, and then put down.

The engine knows no files. Whoever calls it says where rows are held and where the table of leaves goes.
"""

from typing import Any, Protocol

import narwhals as nw
import polars as pl


class Held(Protocol):
    """Holds the rows of portions, and takes the table of leaves piece by piece."""

    def hold(self, rows: pl.DataFrame) -> None:
        """Hold the ranked rows of a portion, sorted by `u` (see `engine.result.leaves.ranked`)."""
        ...

    def of_units(self, first: int, last: int) -> list[pl.DataFrame]:
        """Give of everything held the rows of units with first <= u < last."""
        ...

    def put(self, leaves: nw.DataFrame[Any]) -> None:
        """Take the next piece of the table of leaves (see `ScoreSheet.leaves`), in the order of the keys."""
        ...


class InMemory:
    """Holds everything in memory, for panels that were large only while they were scored, and for tests."""

    def __init__(self) -> None:
        self._rows: list[pl.DataFrame] = []
        self.pieces: list[pl.DataFrame] = []

    def hold(self, rows: pl.DataFrame) -> None:
        """Hold the rows of a portion."""
        self._rows.append(rows)

    def of_units(self, first: int, last: int) -> list[pl.DataFrame]:
        """Give the rows of some units."""
        return [rows.filter((pl.col("u") >= first) & (pl.col("u") < last)) for rows in self._rows]

    def put(self, leaves: nw.DataFrame[Any]) -> None:
        """Take a piece of the table of leaves."""
        self.pieces.append(leaves.to_native())
