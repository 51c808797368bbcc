"""A table that was found: its rows and columns, every value with its exact place, read typed column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from baton.sheets.address import a1
from baton.sheets.cells import Grain, NumberColumn, Wanted, read_numbers, read_period
from baton.sheets.table.column import Column
from baton.sheets.workbook import Sheet, Value
from baton.words import Place, Problem


@dataclass(frozen=True, slots=True)
class Located:
    """A column on its sheet: 0-based `index`, its whole `label`, and what its figures are wanted in."""

    column: Column
    index: int
    label: str
    wanted: Wanted


@dataclass(frozen=True)
class Table:
    """A table on a sheet: `rows` and `totals` are 0-based row numbers, `header` first and last row of the header.

    `problems` are those of finding it; cells report theirs when they are read.
    """

    sheet: Sheet
    header: tuple[int, int]
    columns: Mapping[str, Located]
    rows: Sequence[int]
    totals: Sequence[int] = ()
    notes: Sequence[tuple[int, str]] = ()
    problems: Sequence[Problem] = ()
    year: int | None = None

    def place(self, row: int, key: str) -> Place:
        """Give the place of a cell: file, sheet and A1 reference."""
        return self.sheet.place(row, self.columns[key].index)

    def value(self, row: int, key: str) -> Value:
        """Give the value of a cell; a cell inside a merged range has the value of its first cell, as people see it."""
        column = self.columns[key].index
        value = self.sheet.value(row, column)
        if value == "" and self.sheet.facts.merged:
            anchor = self.sheet.merged_from(row, column)
            return self.sheet.value(*anchor) if anchor else value
        return value

    def values(self, key: str, rows: Sequence[int] | None = None) -> list[Value]:
        """Give a column's values for `rows` (default: the details) as they stand."""
        place, first, lines = self.columns[key].index - self.sheet.first_column, self.sheet.first_row, self.sheet.rows
        chosen = self.rows if rows is None else rows
        if chosen and chosen[-1] - chosen[0] + 1 == len(chosen):
            return list(map(itemgetter(place), lines[chosen[0] - first : chosen[-1] - first + 1]))
        return [lines[row - first][place] for row in chosen]

    def texts(self, key: str) -> list[str]:
        """Give a column's values as text; a whole number loses its .0, as codes are often numbers by accident."""
        return [_as_text(self.value(row, key)) for row in self.rows]

    def numbers(self, key: str, rows: Sequence[int] | None = None) -> NumberColumn:
        """Read a column of figures for `rows` (default: the details); all its problems come with it."""
        located = self.columns[key]
        chosen = self.rows if rows is None else rows
        trouble = self._unreadable(located.index) | self._spread_out(located.index)
        return read_numbers(
            self.values(key, chosen),
            located.wanted,
            lambda index: self.place(chosen[index], key),
            self._formats(located.index, chosen),
            {index: trouble[row] for index, row in enumerate(chosen) if row in trouble} if trouble else {},
        )

    def periods(self, key: str, grain: Grain | None = None) -> tuple[list[str | None], list[Problem]]:
        """Read a column of periods; None where there is none, and the problems beside it."""
        column = self.columns[key].index
        found: list[str | None] = []
        trouble = self._unreadable(column)
        problems = [trouble[row] for row in self.rows if row in trouble]
        for row in self.rows:
            value = self.value(row, key)
            shown = self.sheet.number_format(row, column) if isinstance(value, float) else ""
            period = read_period(value, grain, self.year, shown, self.place(row, key))
            problems += [period] if isinstance(period, Problem) else []
            found.append(None if isinstance(period, Problem) else period)
        return found, problems

    def _formats(self, column: int, rows: Sequence[int]) -> dict[int, str]:
        formats = self.sheet.facts.formats
        if not formats:
            return {}
        return {index: formats[row, column] for index, row in enumerate(rows) if (row, column) in formats}

    def _unreadable(self, column: int) -> dict[int, Problem]:
        """List a column's error values and formulas without a result by row."""
        facts, place = self.sheet.facts, self.sheet.place
        found = {
            row: Problem("sheets.formula_without_value", {}, place(row, at))
            for row, at in facts.uncalculated
            if at == column
        }
        for (row, at), error in facts.errors.items():
            if at == column:
                found[row] = Problem("sheets.error_value", {"given": error}, place(row, at))
        return found

    def _spread_out(self, column: int) -> dict[int, Problem]:
        """List a column's figures that stand in cells merged over several rows or over several columns of the table."""
        found = {}
        for top, left, bottom, right in self.sheet.facts.merged:
            if left <= column <= right and self.sheet.value(top, left) != "":
                covered = [one for one in self.columns.values() if left <= one.index <= right]
                if bottom > top or len(covered) > 1:
                    params = {"range": f"{a1(top, left)}:{a1(bottom, right)}"}
                    found[top] = Problem("sheets.merged_figure", params, self.sheet.place(top, column))
        return found


def _as_text(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.strip() if isinstance(value, str) else str(value)
