"""Leaves on the disk while a score is made part by part, and their table as a folder of Parquet files.

Portions are held by indicators, sorted by units, in small row groups: a range of units is read without the rest. The
table is cut by units, in the order of the keys: its files one after the other are the table that one file would hold.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from baton.reports.store.provenance import Slot
from baton.reports.store.save import write_table

_GROUP = 16_384
_SCRATCH = ".scratch"


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Give an empty folder inside another one, gone when the block ends."""
    place = folder / _SCRATCH
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


class OnDisk:
    """Holds rows in a scratch folder and writes `results.parquet/part-*.parquet` into the folder of results."""

    def __init__(self, folder: Path, place: Path) -> None:
        self._table, self._place = folder / Slot.LEAVES, place
        self._table.mkdir()
        self._held: list[Path] = []
        self.pieces = self.leaves = 0

    def hold(self, rows: pl.DataFrame) -> None:
        """Hold the rows of a portion; raises OSError."""
        path = self._place / f"held-{len(self._held):05d}.parquet"
        write_table(path, rows, compression="lz4", row_group_size=_GROUP, statistics=True)
        self._held.append(path)

    def of_units(self, first: int, last: int) -> list[pl.DataFrame]:
        """Give the rows of some units."""
        inside = (pl.col("u") >= first) & (pl.col("u") < last)
        return [pl.scan_parquet(self._held).filter(inside).collect(engine="streaming")]

    def put(self, leaves: nw.DataFrame[Any]) -> None:
        """Write the next file of the table; raises OSError."""
        write_table(self._table / f"part-{self.pieces:05d}.parquet", leaves.to_native())
        self.pieces += 1
        self.leaves += len(leaves)
