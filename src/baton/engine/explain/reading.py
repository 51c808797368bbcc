"""What a score sheet says of single units, read from its frames without computing anything."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import narwhals as nw

from baton.engine.result.sheet import ScoreSheet

type Row = Mapping[str, Any]


class LeafKey(NamedTuple):
    """A leaf of a unit: indicator, part (empty: the whole indicator) and period (`2025-06`)."""

    indicator: str
    part: str
    period: str


class NodeRow(NamedTuple):
    """A node in a period: score (None: none) and full mark in quanta, and its flags."""

    score: int | None
    full: int
    flags: int


@dataclass(slots=True)
class UnitRows:
    """Leaves and nodes of one unit; nodes by code and period."""

    unit: str
    group: str
    leaves: dict[LeafKey, Row] = field(default_factory=dict)
    nodes: dict[tuple[str, str], NodeRow] = field(default_factory=dict)


def rows_of(sheet: ScoreSheet, units: Collection[str] | None = None) -> dict[str, UnitRows]:
    """Read the rows of these units (None: all that stand in the sheet)."""
    groups = {standing.unit: standing.group for standing in sheet.standings}
    wanted = [unit for unit in groups if units is None or unit in units]
    found = {unit: UnitRows(unit, groups[unit]) for unit in wanted}
    leaves, nodes = sheet.leaves, sheet.nodes
    if units is not None:
        leaves = leaves.filter(nw.col("unit").is_in(wanted))
        nodes = nodes.filter(nw.col("unit").is_in(wanted))
    for row in leaves.iter_rows(named=True):
        found[row["unit"]].leaves[LeafKey(row["indicator"], row["part"], row["period"])] = row
    for row in nodes.iter_rows(named=True):
        found[row["unit"]].nodes[row["node"], row["period"]] = NodeRow(row["score"], row["full"], row["flags"])
    return found
