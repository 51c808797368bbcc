"""The digest of a result: SHA-256 of its canonical rows, which anybody can compute again from the published files.

Rows are CSV lines, sorted by their keys, numbers as whole quanta:
`leaf,<unit>,<indicator>,<part>,<period>,<points or empty>,<full>`, then
`node,<unit>,<node>,<period>,<score or empty>,<full>`, then
`total,<group>,<unit>,<total or empty>,<rank or empty>,<grade or empty>`.
"""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.result.sheet import Standing
from baton.engine.terms import plain

_SLICE = 500_000


def result_digest(leaves: nw.DataFrame[Any], nodes: nw.DataFrame[Any], standings: Sequence[Standing]) -> str:
    """SHA-256 over leaves, nodes and standings; frames must be sorted by their keys."""
    digest = ResultDigest()
    digest.add_leaves(leaves)
    return digest.of(nodes, standings)


class ResultDigest:
    """A digest in the making: first leaves, all at once or in pieces in the order of their keys, then the rest."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add_leaves(self, leaves: nw.DataFrame[Any]) -> None:
        """Add leaves that come after those added before."""
        self._add("leaf", leaves.to_native().select("unit", "indicator", "part", "period", "points", "full"))

    def of(self, nodes: nw.DataFrame[Any], standings: Sequence[Standing]) -> str:
        """Add nodes and standings, and give the digest as 64 hexadecimal digits."""
        self._add("node", nodes.to_native().select("unit", "node", "period", "score", "full"))
        for one in sorted(standings, key=lambda standing: (standing.group, standing.unit)):
            total = "" if one.total is None else plain(one.total)
            rank = "" if one.rank is None else plain(one.rank)
            self._hash.update(f"total,{one.group},{one.unit},{total},{rank},{one.grade or ''}\n".encode())
        return self._hash.hexdigest()

    def _add(self, kind: str, table: pl.DataFrame) -> None:
        labelled = table.select(pl.lit(kind).alias("kind"), pl.all())
        for part in labelled.iter_slices(_SLICE):
            target = BytesIO()
            part.write_csv(target, include_header=False, quote_style="never")
            self._hash.update(target.getbuffer())
