"""Tables with a column per month and several rows per unit: planned, executed, validated and the like."""

from collections.abc import Iterator
from dataclasses import dataclass

from baton.sheets.address import a1
from baton.sheets.cells.text import close
from baton.sheets.reports.context import Context
from baton.sheets.reports.layouts.above import says, texts_above
from baton.sheets.reports.layouts.units_in_rows import UNIT, sheet_mapping
from baton.sheets.reports.mapping import TableRule
from baton.sheets.reports.model import FileTaken
from baton.sheets.reports.slots import Slot, SlotReader
from baton.sheets.reports.when import for_field
from baton.sheets.table import Column, Holds, Table, find_table
from baton.sheets.workbook import Sheet
from baton.words import Problem, Refused

KEY = "=holds"


def read_months_in_columns(context: Context, sheet: Sheet, rule: TableRule, taken: FileTaken) -> None:
    """Read a table into what its file gave; the year is the one that the mapping file names."""
    columns = [Column(UNIT, context.mapping.unit_headings, Holds.UNIT), Column(KEY, rule.key, Holds.TEXT)]
    columns += [Column(f"={number}", (heading,)) for number, heading in enumerate(rule.months, 1)]
    if context.mapping.year is None:
        taken.problems.append(Problem("sheets.mapping_without_year", {}, sheet.place(sheet.first_row, 0)))
        return
    try:
        table = find_table(sheet, columns, sheet_mapping(context, rule, {}))
    except Refused as refusal:
        taken.problems += refusal.problems
        return
    taken.problems += table.problems
    taken.headers[sheet.name] = table.header[1]
    if table.columns.keys() == {column.key for column in columns}:
        _Reading(context, sheet, rule, table, taken, context.mapping.year).read()


@dataclass(frozen=True, slots=True)
class _Reading:
    context: Context
    sheet: Sheet
    rule: TableRule
    table: Table
    taken: FileTaken
    year: int

    def read(self) -> None:
        above = texts_above(self.sheet, self.table.header[0])
        preliminary = says(above, self.context.mapping.preliminary_marks)
        slots = [slot for row, unit, word in self._rows() for slot in self._slots(row, unit, word)]
        SlotReader(self.context, self.sheet, self.taken, preliminary=preliminary).read(slots)

    def _rows(self) -> Iterator[tuple[int, str, str]]:
        """Go through the rows whose word the mapping file knows: row, unit, word."""
        known = {close(word): word for word in self.rule.columns}
        passed = {close(word) for word in (*self.rule.ignore, *self.context.mapping.ignore)}
        first: dict[tuple[str, str], int] = {}
        for row in self.table.rows:
            given = str(self.table.value(row, KEY))
            if close(given) in passed:
                continue
            if close(given) not in known:
                params = {"given": given, "allowed": "、".join(self.rule.columns)}
                self.taken.problems.append(Problem("sheets.row_word_unknown", params, self.table.place(row, KEY)))
                continue
            place = self.table.place(row, UNIT)
            unit, problems = self.context.unit(str(self.table.value(row, UNIT)), str(self.year), place)
            self.taken.problems += problems
            if unit is None:
                continue
            before = first.setdefault((unit, given), row)
            if before != row:
                params = {"given": self.context.label(unit), "first": a1(before, self.table.columns[UNIT].index)}
                self.taken.problems.append(Problem("sheets.unit_twice", params, place))
                continue
            self.taken.units.add(unit)
            yield row, unit, known[close(given)]

    def _slots(self, row: int, unit: str, word: str) -> Iterator[Slot]:
        own = self.rule.columns[word]
        field = self.context.by_key[own.figure]
        for month in range(1, len(self.rule.months) + 1):
            column = self.table.columns[f"={month}"].index
            when = for_field(field, f"{self.year}-{month:02}", self.sheet.place(row, column))
            if isinstance(when, Problem):
                self.taken.problems.append(when)
            else:
                yield Slot.ruled(row, column, field, unit, when, own)
