"""The header block: its rows joined to one path per column, and the columns found in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from baton.sheets.address import column_number
from baton.sheets.cells.measure import is_unit
from baton.sheets.cells.text import close
from baton.sheets.table.column import Column, SheetMapping
from baton.sheets.table.label import names_of
from baton.sheets.workbook import Sheet

DEEPEST = 4
"""Most rows that a header may have."""
WIDEST = 1_000
"""Columns from the first used one in which labels are looked for; a damaged file may claim tens of thousands."""


@dataclass(frozen=True, slots=True)
class Found:
    """A header cell that answers to a column: its 0-based place, its whole label, the unit it states (may be empty)."""

    column: int
    label: str
    unit: str
    exact: bool


@dataclass(slots=True)
class Block:
    """A candidate for the header: rows `top` to `bottom`, 0-based, and what was found in them by key."""

    top: int
    bottom: int
    labels: Mapping[int, str]
    found: dict[str, list[Found]] = field(default_factory=dict)

    def score(self, required: frozenset[str]) -> tuple[int, int, int, int]:
        """Rank candidates: more required columns, more columns, fewer rows, nearer to the top."""
        return len(required & self.found.keys()), len(self.found), self.top - self.bottom, -self.top


class Names:
    """All labels that are looked for, in comparison form, with the columns they belong to."""

    def __init__(self, columns: Sequence[Column], mapping: SheetMapping) -> None:
        self.columns = {column.key: column for column in columns}
        self.keys: dict[str, list[str]] = {}
        self.fixed: dict[int, str] = {}
        for column in columns:
            own = mapping.columns.get(column.key)
            headers = {column.key, *column.headers, *(own.headers if own else ())}
            for header in {"/".join(map(close, header.split("/"))) for header in headers}:
                self.keys.setdefault(header, []).append(column.key)
            if own and own.at:
                self.fixed[column_number(own.at)] = column.key
        self.units = {column.unit for column in columns} | {own.unit for own in mapping.columns.values()}
        self.tails = {name.rpartition("/")[2] for name in self.keys}

    def matches(self, label: str) -> Iterator[tuple[str, str]]:
        """Give the keys that a label answers to, each with the unit that the label states."""
        for unit in self.units:
            for name, stated in names_of(label, unit):
                for key in self.keys.get(name, ()):
                    if not stated or is_unit(stated) or self.columns[key].unit == unit:
                        yield key, stated

    def hit(self, label: str) -> bool:
        """Tell whether a single cell could be part of a header."""
        return any(name in self.tails for unit in self.units for name, _ in names_of(label, unit))


def read_block(sheet: Sheet, top: int, bottom: int, names: Names) -> Block:
    """Join the rows of a block to labels and look the columns up; blank cells and repeated parts are left out."""
    width = range(sheet.first_column, min(sheet.end_column, sheet.first_column + WIDEST))
    paths = {column: _path(sheet, top, bottom, column) for column in width}
    block = Block(top, bottom, {column: "/".join(path) for column, path in paths.items() if path})
    for column, path in paths.items():
        if column in names.fixed:
            block.found.setdefault(names.fixed[column], []).append(Found(column, "/".join(path), "", True))
        elif path:
            _look_up(block, column, path, names)
    return block


def _look_up(block: Block, column: int, path: tuple[str, ...], names: Names) -> None:
    """Try the whole path, then its ends: 固投/累计 before 累计; a last part that is only a unit is taken off first."""
    unit = ""
    if len(path) > 1 and is_unit(path[-1]):
        *rest, unit = path
        path = tuple(rest)
    for start in range(len(path)):
        matches = dict(names.matches("/".join(path[start:])))
        if matches:
            for key, stated in matches.items():
                block.found.setdefault(key, []).append(Found(column, "/".join(path), stated or unit, start == 0))
            return


def _path(sheet: Sheet, top: int, bottom: int, column: int) -> tuple[str, ...]:
    parts: list[str] = []
    seen: set[tuple[int, int]] = set()
    for row in range(top, bottom + 1):
        spot = sheet.merged_from(row, column) or (row, column)
        text = label_at(sheet, *spot)
        if not text and row < bottom and not sheet.facts.merged:
            text = _from_the_left(sheet, row, column, bottom)
        if text and spot not in seen and text not in parts[-1:]:
            parts.append(text)
        seen.add(spot)
    return tuple(parts)


def _from_the_left(sheet: Sheet, row: int, column: int, bottom: int) -> str:
    """Spread a group's label to the right where a file knows no merged cells, as long as the row below has labels."""
    for left in range(column, sheet.first_column - 1, -1):
        text = label_at(sheet, row, left)
        if text or not label_at(sheet, bottom, left):
            return text
    return ""


def label_at(sheet: Sheet, row: int, column: int) -> str:
    """Give a header cell's text without any blanks and line ends; a number is written as it stands."""
    value = sheet.value(row, column)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "".join(str(value).split())
