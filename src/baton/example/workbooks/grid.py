"""A sheet before it is written: cells with a style each, merged ranges, hidden rows, and where each figure stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from baton.sheets.address import a1
from baton.sheets.forms import Field

type Content = str | int | float | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure in a cell: whose it is, which field, and its true value (None: none is reported)."""

    unit: str
    field: Field
    value: Decimal | None


@dataclass
class Grid:
    """Cells by 0-based row and column: content and style (title, line, head, text, left, number, percent, note)."""

    name: str
    cells: dict[tuple[int, int], tuple[Content, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    spots: dict[tuple[int, int], Spot] = field(default_factory=dict)
    unit_cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    totals: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    wide_columns: set[int] = field(default_factory=set)
    width: int = 0

    def put(self, row: int, column: int, content: Content, style: str) -> None:
        """Write a cell, over what is there."""
        self.cells[row, column] = (content, style)
        self.width = max(self.width, column + 1)

    def merge(self, top: int, left: int, bottom: int, right: int, content: Content, style: str) -> None:
        """Write a cell that spans a range; a range of one cell is just written."""
        self.put(top, left, content, style)
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))
            self.width = max(self.width, right + 1)

    def rows(self) -> Iterator[list[Content]]:
        """Give the contents row by row, blanks filled with None."""
        for row in range(max(row for row, _ in self.cells) + 1):
            yield [self.cells.get((row, column), (None, ""))[0] for column in range(self.width)]

    def address(self, row: int, column: int) -> str:
        """Write a cell's place as Excel does."""
        return a1(row, column)
