"""A reader of the example's tables made of cells, tables and the mapping file: the judge of the generator."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

import yaml

from baton.engine.scheme.model import Scheme
from baton.engine.terms import Frequency
from baton.sheets.cells import Figure, Percent, read_period
from baton.sheets.cells.text import close
from baton.sheets.forms import fields_of, read_cell
from baton.sheets.table import Column, ColumnMapping, Holds, SheetMapping, Table, check_totals, find_table_in
from baton.sheets.workbook import Workbook, read_workbook
from baton.words import Problem

_PERIOD = re.compile(r"(?:期间：)?(20\d\d(?:年度|年\d{1,2}月|年第.季度|[-./]?(?:0[1-9]|1[0-2])))")


@dataclass
class Taken:
    """What one file gave: figures by unit, series, figure and period; cells with errors by address."""

    figures: dict[tuple[str, str, str, str], Decimal] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class Reader:
    """Reads workbooks with units in rows by the mapping file."""

    def __init__(self, scheme: Scheme, mapping: str) -> None:
        self.mapping: dict[str, Any] = yaml.safe_load(mapping)
        self.fields = {f"{series}.{figure}": f for (series, figure), f in fields_of(scheme).items()}
        self.names: dict[str, set[str]] = {}
        for unit in scheme.units:
            for name in {unit.name, unit.short_name or unit.name, *unit.aliases}:
                targets = unit.successors if unit.group is None else (unit.code,)
                self.names.setdefault(close(name), set()).update(targets)

    def tables(self, stem: str) -> list[dict[str, Any]]:
        """The entries of the mapping file for a file."""
        return [t for t in self.mapping["tables"] if any(fnmatchcase(stem, glob) for glob in t["files"])]

    def read(self, path: str, data: bytes) -> Taken:
        """Read one file."""
        stem = path.rpartition("/")[2].rpartition(".")[0]
        book, taken = read_workbook(data, path), Taken()
        for entry in self.tables(stem):
            if entry["layout"] == "units_in_rows":
                self._table(book, entry, taken)
        return taken

    def _table(self, book: Workbook, entry: dict[str, Any], taken: Taken) -> None:
        heads: dict[str, list[str]] = {}
        for head, what in entry["columns"].items():
            if "figure" in what:
                heads.setdefault(what["figure"], []).append(head)
        options = {what["figure"]: what for what in entry["columns"].values() if "figure" in what}
        columns = [
            Column("unit", tuple(self.mapping["unit_headings"]), Holds.UNIT),
            Column("period", tuple(self.mapping["period_headings"]), Holds.PERIOD, required=False),
            *(Column(k, tuple(v), unit=self.fields[k].unit, required=False) for k, v in heads.items()),
        ]
        own = {key: ColumnMapping(percent=options[key].get("percent", "as_shown")) for key in heads}
        checked = [head for head, what in entry["columns"].items() if what.get("role") == "check"]
        ignore = (*self.mapping["ignore"], *checked)
        table = find_table_in(book, columns, SheetMapping(sheet=entry.get("sheet", ""), columns=own, ignore=ignore))
        assert not table.problems, table.problems
        units = list(self._units(table, taken))
        for key in heads:
            if key in table.columns:
                self._column(table, key, options[key], units, taken)
        adding = [key for key in heads if key in table.columns and options[key].get("adds")]
        for problem in check_totals(table, adding):
            taken.errors[problem.place.cell] = problem.code

    def _units(self, table: Table, taken: Taken) -> Iterator[tuple[int, str, str]]:
        """Rows with their unit and period."""
        above = next((m[1] for row in table.sheet.rows[:4] for cell in row if (m := _PERIOD.search(str(cell)))), "")
        seen: set[str] = set()
        for row in table.rows:
            given = str(table.value(row, "unit"))
            found = self.names.get(close(given), set())
            at = table.place(row, "unit").cell
            if len(found) != 1:
                taken.errors[at] = "unit"
                continue
            (unit,) = found
            if unit in seen:
                taken.errors[at] = "twice"
                continue
            seen.add(unit)
            raw = table.value(row, "period") if "period" in table.columns else above
            period = read_period(raw)
            assert isinstance(period, str), (table.sheet.file, raw, period)
            yield row, unit, period

    def _column(
        self, table: Table, key: str, option: dict[str, Any], units: list[tuple[int, str, str]], taken: Taken
    ) -> None:
        field, located = self.fields[key], table.columns[key]
        words = {close(word): Decimal(str(amount)) for word, amount in option.get("words", {}).items()}
        for row, unit, period in units:
            read = read_cell(
                table.value(row, key),
                field,
                table.place(row, key),
                number_format=table.sheet.number_format(row, located.index),
                stated=located.wanted.stated,
                percent=Percent(option.get("percent", "as_shown")),
                words=words,
            )
            if isinstance(read, Problem):
                taken.errors[table.place(row, key).cell] = read.code
            elif isinstance(read, Figure) and read.value is not None:
                when = period[:4] if field.frequency is Frequency.YEAR else period
                taken.figures[unit, field.series, field.figure, when] = read.value
