"""A published table read: every cell that says something of a unit, with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from baton.engine.compare import Published
from baton.engine.scheme.model import Scheme
from baton.sheets.cells import Wanted, read_number
from baton.sheets.cells.text import close
from baton.sheets.published.model import PublishedColumn, PublishedMapping
from baton.sheets.reports.context import Context
from baton.sheets.table import Column, Holds, Table, find_table_in
from baton.sheets.workbook import read_workbook
from baton.words import Problem, Refused, Severity

UNIT, PERIOD = "=unit", "=period"


def read_published(source: Path, scheme: Scheme, mapping: PublishedMapping) -> tuple[Published, ...]:
    """Read every published figure of a table; the scheme says which units there are.

    Raises `Refused` with every problem of the file: headings that are not there, unknown units, cells without a number.
    """
    workbook = read_workbook(source, source.name)
    table = find_table_in(workbook, list(_columns(mapping)))
    # The table is somebody else's: most of its headings are none of our business.
    unfit = [one for one in table.problems if one.severity is Severity.ERROR]
    if unfit:
        raise Refused(unfit)
    reading = _Reading(Context(scheme), mapping, table)
    found = tuple(reading.figures())
    if reading.problems:
        raise Refused(reading.problems)
    return found


def _columns(mapping: PublishedMapping) -> Iterator[Column]:
    yield Column(UNIT, mapping.unit_headings, Holds.UNIT)
    if not mapping.period:
        yield Column(PERIOD, mapping.period_headings, Holds.PERIOD)
    named = dict.fromkeys(mapping.columns, Holds.NUMBER)
    others = {heading for columns in mapping.columns.values() for one in columns for heading in one.rows}
    for heading, holds in (*named.items(), *dict.fromkeys(sorted(others - named.keys()), Holds.TEXT).items()):
        yield Column(heading, (heading,), holds)


@dataclass
class _Reading:
    context: Context
    mapping: PublishedMapping
    table: Table
    problems: list[Problem] = field(default_factory=list)

    def figures(self) -> Iterator[Published]:
        """Go through the rows."""
        periods = self._periods()
        passed = {close(name) for name in self.mapping.passed_rows}
        for row, period in zip(self.table.rows, periods, strict=True):
            given = str(self.table.value(row, UNIT))
            if close(given) in passed or period is None:
                continue
            unit, problems = self.context.unit(given, period, self.table.place(row, UNIT))
            self.problems += [one for one in problems if one.severity is Severity.ERROR]
            if unit is not None:
                yield from self._row(row, unit, period)

    def _periods(self) -> list[str | None]:
        if self.mapping.period:
            return [self.mapping.period] * len(self.table.rows)
        found, problems = self.table.periods(PERIOD)
        self.problems += problems
        return found

    def _row(self, row: int, unit: str, period: str) -> Iterator[Published]:
        for heading, columns in self.mapping.columns.items():
            for column in columns:
                if all(close(str(self.table.value(row, one))) == close(word) for one, word in column.rows.items()):
                    yield from self._cell(row, unit, period, heading, column)

    def _cell(self, row: int, unit: str, period: str, heading: str, column: PublishedColumn) -> Iterator[Published]:
        place = self.table.place(row, heading)
        read = read_number(self.table.value(row, heading), Wanted(rounded=True), "", place)
        if isinstance(read, Problem):
            self.problems.append(read)
        else:
            yield Published(
                unit=unit,
                figure=column.figure,
                period=period,
                value=read.value,
                of=column.of,
                within=column.within,
                decimals=column.decimals,
                silent=read.value is None and column.blank == "skip",
                name=heading,
                place=place,
            )
