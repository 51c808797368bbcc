"""A workbook as read: the reader's lists of values, and what it does not tell in sparse tables beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from baton.sheets.address import a1
from baton.sheets.workbook.kind import Kind
from baton.words import Place, Problem

type Value = int | float | str | bool | date | datetime | time | timedelta
"""What a cell can hold; an empty cell is the empty text."""
type Position = tuple[int, int]
"""0-based row and column on the sheet."""
type Area = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, 0-based, ends included."""


class Visibility(StrEnum):
    """Whether a sheet is shown; `very_hidden` cannot be shown from Excel's own menus."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


@dataclass(slots=True)
class Facts:
    """What the value reader does not tell about a sheet.

    `errors`: cells with an error value such as #DIV/0! (the reader shows them as empty); `uncalculated`: formulas
    without a stored result (shown as empty, too); `formats`: only number formats that change what a number means
    (percent, a unit, a scale); `format_at` looks up any cell's format when somebody asks.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Sequence[Area] = ()
    formats: Mapping[Position, str] = field(default_factory=dict)
    errors: Mapping[Position, str] = field(default_factory=dict)
    uncalculated: frozenset[Position] = frozenset()
    has_formulas: bool = False
    format_at: Callable[[int, int], str] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with all that is known about it; made on demand, never stored."""

    value: Value
    text: str
    number_format: str
    hidden_row: bool
    hidden_column: bool
    error: str
    formula_without_value: bool
    merged_from: Position | None


@dataclass(slots=True)
class Sheet:
    """A sheet: `rows` hold the values from (`first_row`, `first_column`) on, as lists of equal length."""

    name: str
    visibility: Visibility
    rows: list[list[Value]]
    first_row: int = 0
    first_column: int = 0
    facts: Facts = field(default_factory=Facts)
    file: str = ""
    _anchors: dict[Position, Position] | None = None

    @property
    def end_row(self) -> int:
        """The row after the last one with a value, 0-based."""
        return self.first_row + len(self.rows)

    @property
    def end_column(self) -> int:
        """The column after the last one with a value, 0-based."""
        return self.first_column + (len(self.rows[0]) if self.rows else 0)

    def value(self, row: int, column: int) -> Value:
        """Give the value at a 0-based position of the sheet; outside the used area it is the empty text."""
        if self.first_row <= row < self.end_row and self.first_column <= column < self.end_column:
            return self.rows[row - self.first_row][column - self.first_column]
        return ""

    def number_format(self, row: int, column: int) -> str:
        """Give the number format of a cell; empty where the kind of file does not tell."""
        known = self.facts.formats.get((row, column))
        if known is not None:
            return known
        return self.facts.format_at(row, column) if self.facts.format_at else ""

    def merged_from(self, row: int, column: int) -> Position | None:
        """Give the top left cell of the merged range that covers a cell, None for its top left cell and others."""
        if self._anchors is None:
            self._anchors = self._spread()
        return self._anchors.get((row, column))

    def _spread(self) -> dict[Position, Position]:
        anchors: dict[Position, Position] = {}
        room = len(self.rows) * max(self.end_column - self.first_column, 1)
        for top, left, bottom, right in self.facts.merged:
            if len(anchors) > room:  # ranges may not overlap, so more than the sheet's area is a hostile file
                break
            for row in range(top, min(bottom + 1, self.end_row)):
                for column in range(left, min(right + 1, self.end_column)):
                    anchors[row, column] = (top, left)
            anchors.pop((top, left), None)
        return anchors

    def cell(self, row: int, column: int) -> Cell:
        """Give everything known about one cell."""
        value = self.value(row, column)
        spot = (row, column)
        return Cell(
            value=value,
            text=value if isinstance(value, str) else str(value),
            number_format=self.number_format(row, column),
            hidden_row=row in self.facts.hidden_rows,
            hidden_column=column in self.facts.hidden_columns,
            error=self.facts.errors.get(spot, ""),
            formula_without_value=spot in self.facts.uncalculated,
            merged_from=self.merged_from(row, column),
        )

    def place(self, row: int, column: int) -> Place:
        """Give the place of a cell as problems name it."""
        return Place(file=self.file, sheet=self.name, cell=a1(row, column))


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read: its kind, SHA-256 (hex), sheets in their order, and what a person should know about it.

    `problems` holds warnings and notices only: a file with errors is refused instead. `encoding` and `separator` are
    those of a text file.
    """

    name: str
    kind: Kind
    digest: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    separator: str = ""

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that are shown."""
        return tuple(sheet for sheet in self.sheets if sheet.visibility is Visibility.VISIBLE)

    def sheet(self, name: str) -> Sheet | None:
        """Give a sheet by its name, None if there is none of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
