"""A score sheet as tables of numbers: units by indicators, one table per group and period."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from baton.engine.plan.calendar import last_month, texts
from baton.engine.result.sheet import ScoreSheet

type Numbers = NDArray[np.float64]
type There = NDArray[np.bool_]
type Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Numbers of units (rows) by columns. `there`: where there is one; elsewhere `numbers` is 0."""

    group: str
    period: str
    units: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: Numbers
    there: There


def last_rows(sheet: ScoreSheet) -> list[Row]:
    """The rows of leaves in the last period in which each indicator is scored."""
    known = texts(sheet.year)
    rows = list(sheet.leaves.iter_rows(named=True))
    last: dict[tuple[str, str], str] = {}
    for row in rows:
        key = row["group"], row["indicator"]
        if key not in last or last_month(known[last[key]]) < last_month(known[row["period"]]):
            last[key] = row["period"]
    return [row for row in rows if last[row["group"], row["indicator"]] == row["period"]]


def name_of(row: Row) -> str:
    """An indicator by its code, a part of one as `code/part`."""
    return f"{row['indicator']}/{row['part']}" if row["part"] else str(row["indicator"])


def tables(rows: list[Row], of: Literal["value", "points"]) -> Iterator[Table]:
    """Make tables of values or of points (as shares of the full points, so that more is better)."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["group"], row["period"]].append(row)
    for (group, period), mine in sorted(found.items()):
        cells = {(row["unit"], name_of(row)): number for row in mine if (number := _number(row, of)) is not None}
        units = tuple(sorted({row["unit"] for row in mine}))
        columns = tuple(sorted({name_of(row) for row in mine}))
        yield table(group, period, units, columns, cells)


def table(
    group: str, period: str, units: tuple[str, ...], columns: tuple[str, ...], cells: dict[tuple[str, str], float]
) -> Table:
    """Put numbers by unit and column side by side."""
    numbers = np.zeros((len(units), len(columns)))
    there = np.zeros((len(units), len(columns)), dtype=np.bool_)
    for row, unit in enumerate(units):
        for column, name in enumerate(columns):
            if (unit, name) in cells:
                numbers[row, column], there[row, column] = cells[unit, name], True
    return Table(group, period, units, columns, numbers, there)


def _number(row: Row, of: str) -> float | None:
    if of == "value":
        return None if row["value"] is None else float(row["value"] / 10 ** row["decimals"])
    return None if row["points"] is None or not row["full"] else float(row["points"] / row["full"])
