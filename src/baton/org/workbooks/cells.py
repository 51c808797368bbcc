"""Cells of the office's own tables: texts, days and choices, each problem at its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from baton.sheets.cells import read_moment
from baton.sheets.cells.absent import absent
from baton.sheets.cells.text import close, plain
from baton.sheets.limits import Limits
from baton.sheets.table import Column, Table, find_table_in
from baton.sheets.workbook import read_workbook
from baton.words import Place, Problem

LIMITS = Limits(file_bytes=8 << 20, unpacked_bytes=64 << 20, cells=400_000)
"""A county's units and people fit many times; what is larger is no such table."""


@dataclass
class Rows:
    """The rows of one table; problems gather while cells are read."""

    table: Table
    problems: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[int]:
        """Go through the rows."""
        return iter(self.table.rows)

    def has(self, key: str) -> bool:
        """Whether the table has a column."""
        return key in self.table.columns

    def place(self, row: int, key: str) -> Place:
        """Give the place of a cell."""
        return self.table.place(row, key)

    def say(self, problem: str, row: int, key: str, /, **params: object) -> None:
        """Note a problem at a cell, by its code of the catalogue."""
        self.problems.append(Problem(problem, params, self.place(row, key)))

    def text(self, row: int, key: str) -> str:
        """Give a cell as text without outer blanks; a whole number loses its .0, a mark such as — is nothing."""
        if not self.has(key):
            return ""
        value = self.table.value(row, key)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        given = plain(str(value))
        return "" if absent(given) is not None else given

    def needed(self, row: int, key: str, code: str) -> str:
        """Give a cell that must not be empty; where it is, `code` says so."""
        given = self.text(row, key)
        if not given:
            self.say(code, row, key)
        return given

    def day(self, row: int, key: str) -> date | None:
        """Give a cell as a day, None where it is empty or no day."""
        if not self.has(key):
            return None
        found = read_moment(self.table.value(row, key))
        if found is False:
            self.say("org.not_a_day", row, key, given=self.text(row, key))
        return date.fromisoformat(found[:10]) if found else None

    def chosen(self, row: int, key: str, choices: Mapping[str, str], code: str) -> str:
        """Give what a word of a drop-down stands for; `code` says which words there are where it is none of them."""
        given = self.text(row, key)
        found = {close(words): value for words, value in choices.items()}.get(close(given), "")
        if given and not found:
            self.say(code, row, key, given=given, choices="、".join(choices))
        return found


def rows_of(content: bytes, name: str, columns: Sequence[Column]) -> Rows:
    """Find the table of a file with these columns; raises `Refused` where the file is none or has no such table."""
    workbook = read_workbook(content, name, LIMITS)
    table = find_table_in(workbook, columns)
    found = Rows(table, [*workbook.problems, *table.problems])
    facts = table.sheet.facts
    rows, taken = set(table.rows), {one.index for one in table.columns.values()}
    for (row, column), error in sorted(facts.errors.items()):
        if row in rows and column in taken:
            found.problems.append(Problem("sheets.error_value", {"given": error}, table.sheet.place(row, column)))
    for row, column in sorted(facts.uncalculated):
        if row in rows and column in taken:
            found.problems.append(Problem("sheets.formula_without_value", {}, table.sheet.place(row, column)))
    return found
