"""Sums inside a table: equations row by row, and totals that must be the sum of the rows above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.sheets.cells.figure import written
from baton.sheets.cells.text import close
from baton.sheets.reports.checks import check_row, parse_check
from baton.sheets.reports.context import Context
from baton.sheets.reports.mapping import ColumnRule, TableRule
from baton.sheets.reports.slots import SlotReader
from baton.sheets.table import Holds, Table
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of one table; `figures` are those that were read, by row and column."""

    context: Context
    rule: TableRule
    rules: Mapping[str, ColumnRule]
    table: Table
    reader: SlotReader
    figures: Mapping[tuple[int, int], Decimal]

    def check(self, rows: Sequence[int]) -> None:
        """Check all sums of the rows; nothing is compared with a cell that could not be read."""
        problems = self.reader.taken.problems
        unread = {problem.place for problem in problems}
        for row in rows:
            for check in self.rule.checks:
                self._equation(row, check)
        wanted = {close(name) for name in self.context.mapping.total_rows}
        for row in self.table.totals:
            if close(self._name(row)) in wanted:
                for key, own in self.rules.items():
                    if own.adds and key in self.table.columns:
                        above = [one for one in rows if one < row]
                        if not any(self.table.place(one, key) in unread for one in self.table.rows):
                            self._total(row, key, own, above)

    def _equation(self, row: int, check: str) -> None:
        parts = parse_check(check)
        values = {heading: self._number(row, heading) for heading in parts}
        left = self.rule.columns[parts[0]].key(parts[0])
        if left in self.table.columns:
            failed = check_row(check, values, self.table.place(row, left))
            self.reader.taken.problems += [failed] if failed else []

    def _number(self, row: int, heading: str) -> Decimal | None:
        own = self.rule.columns[heading]
        located = self.table.columns.get(own.key(heading))
        if located is None:
            return None
        if own.role == "check":
            return self.reader.count(row, located.index)
        return self.figures.get((row, located.index))

    def _name(self, row: int) -> str:
        """Give the name of a totals row, which may stand left of the units."""
        unit = next(one.index for one in self.table.columns.values() if one.column.holds is Holds.UNIT)
        sheet = self.table.sheet
        named = (sheet.value(row, column) for column in (unit, *range(sheet.first_column, unit)))
        return next((str(value) for value in named if value != ""), "")

    def _total(self, row: int, key: str, own: ColumnRule, rows: Sequence[int]) -> None:
        located = self.table.columns[key]
        field = self.context.by_key[own.figure]
        given = self.reader.total(row, located.index, field, located.wanted.stated or own.stated, own.percent)
        parts = [self.figures[one, located.index] for one in rows if (one, located.index) in self.figures]
        if given is None or not parts:
            return
        expected = sum(parts, Decimal(0))
        if expected != given:
            params = {"given": written(given), "sum": written(expected)}
            self.reader.taken.problems.append(Problem("sheets.total_differs", params, self.table.place(row, key)))
