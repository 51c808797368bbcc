"""Tables with a row per unit and a column per figure, as a mapping file describes them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from baton.sheets.cells import Grain
from baton.sheets.cells.text import close
from baton.sheets.forms import Field, Sort
from baton.sheets.reports.context import Context
from baton.sheets.reports.file_name import stem_of
from baton.sheets.reports.layouts.above import reporter_in, says, texts_above
from baton.sheets.reports.layouts.sums import Sums
from baton.sheets.reports.mapping import ColumnRule, TableRule
from baton.sheets.reports.model import FileTaken
from baton.sheets.reports.slots import Slot, SlotReader, twice
from baton.sheets.reports.when import EXAMPLES, for_field, period_of
from baton.sheets.table import Column, ColumnMapping, Holds, SheetMapping, Table, find_table
from baton.sheets.workbook import Sheet
from baton.words import Place, Problem, Refused, Severity

UNIT, PERIOD = "=unit", "=period"


def read_units_in_rows(context: Context, sheet: Sheet, rule: TableRule, taken: FileTaken) -> None:
    """Read a table into what its file gave."""
    by_key: dict[str, list[tuple[str, ColumnRule]]] = {}
    for heading, own in rule.columns.items():
        by_key.setdefault(own.key(heading), []).append((heading, own))
    columns = [
        Column(UNIT, context.mapping.unit_headings, Holds.UNIT),
        Column(PERIOD, context.mapping.period_headings, Holds.PERIOD, required=rule.period == "column"),
    ]
    rules = {key: several[0][1] for key, several in by_key.items()}
    columns += [_column(context, key, [heading for heading, _ in by_key[key]], own) for key, own in rules.items()]
    try:
        table = find_table(sheet, columns, sheet_mapping(context, rule, rules))
    except Refused as refusal:
        taken.problems += refusal.problems
        return
    taken.problems += [_stricter(problem) for problem in table.problems]
    taken.headers[sheet.name] = table.header[1]
    if UNIT not in table.columns:
        return
    if not any(key in table.columns for key in rules):
        headings = "、".join(list(rule.columns)[:12])
        place = sheet.place(table.header[1], table.columns[UNIT].index)
        taken.problems.append(Problem("sheets.no_table", {"headers": headings}, place))
        return
    _Reading(context, sheet, rule, rules, table, taken).read()


def sheet_mapping(context: Context, rule: TableRule, rules: Mapping[str, ColumnRule]) -> SheetMapping:
    """Say to the table finder what the mapping file says of a table; `rules` by the keys of the columns."""
    own = {key: ColumnMapping(percent=column.percent) for key, column in rules.items()}
    ignored = (*context.mapping.ignore, *rule.ignore)
    return SheetMapping(columns=own, ignore=ignored, year=context.mapping.year)


def _column(context: Context, key: str, headings: list[str], own: ColumnRule) -> Column:
    field = context.by_key.get(own.figure)
    number = field is None or field.sort in (Sort.NUMBER, Sort.VOTES)
    holds = Holds.NUMBER if number and not own.words else Holds.TEXT
    return Column(key, tuple(headings), holds, field.unit if field and number else "", required=False)


def _stricter(problem: Problem) -> Problem:
    """Make a heading that the mapping file does not know an error: it might be a figure."""
    return replace(problem, severity=Severity.ERROR) if problem.code == "sheets.column_unknown" else problem


@dataclass(frozen=True, slots=True)
class _Reading:
    """A table being read; `rules` by the keys of its columns."""

    context: Context
    sheet: Sheet
    rule: TableRule
    rules: Mapping[str, ColumnRule]
    table: Table
    taken: FileTaken

    def read(self) -> None:
        above = texts_above(self.sheet, self.table.header[0])
        self.taken.who = self.taken.who or reporter_in(above)
        preliminary = says(above, self.context.mapping.preliminary_marks)
        rows = twice(self.context, self.taken, self._rows(above), self.sheet, self.table.columns[UNIT].index)
        reader = SlotReader(self.context, self.sheet, self.taken, preliminary=preliminary)
        figures = reader.read([slot for key in self.rules for slot in self._slots(key, rows)])
        Sums(self.context, self.rule, self.rules, self.table, reader, figures).check([row for row, _, _ in rows])

    def _rows(self, above: list[str]) -> Iterator[tuple[int, str, str]]:
        """Go through the rows: unit and period of each."""
        periods = self._periods(above)
        passed = {close(name) for name in self.context.mapping.passed_rows}
        for row in self.table.rows:
            given = str(self.table.value(row, UNIT))
            period = periods.get(row, "")
            if close(given) in passed or not period:
                continue
            unit, problems = self.context.unit(given, period, self.table.place(row, UNIT))
            self.taken.problems += problems
            if unit is not None:
                yield row, unit, period

    def _periods(self, above: list[str]) -> Mapping[int, str]:
        """Give the period of each row; rows whose period cannot be read are left out, with a problem."""
        if PERIOD in self.table.columns and self.rule.period != "above":
            return self._period_column()
        place = self.sheet.place(self.table.header[0], self.table.columns[UNIT].index)
        sources = [("表头", above), ("表名", [self.sheet.name]), ("文件名", [stem_of(self.taken.name)])]
        period = period_of(sources, self.rule.grain, place)
        if isinstance(period, Problem):
            self.taken.problems.append(period)
            return {}
        return dict.fromkeys(self.table.rows, period)

    def _period_column(self) -> Mapping[int, str]:
        found, problems = self.table.periods(PERIOD, Grain(self.rule.grain.value))
        self.taken.problems += problems
        said = {problem.place for problem in problems}
        for row, period in zip(self.table.rows, found, strict=True):
            place: Place = self.table.place(row, PERIOD)
            if period is None and place not in said:
                self.taken.problems.append(Problem("sheets.no_period", {"example": EXAMPLES[self.rule.grain]}, place))
        return {row: period for row, period in zip(self.table.rows, found, strict=True) if period is not None}

    def _slots(self, key: str, rows: list[tuple[int, str, str]]) -> Iterator[Slot]:
        own = self.rules[key]
        field = self.context.by_key.get(own.figure)
        if field is None or key not in self.table.columns:
            return
        located = self.table.columns[key]
        stated = located.wanted.stated
        held: dict[str, str | Problem] = {}
        for row, unit, period in rows:
            if period not in held:
                held[period] = self._held(field, period, row, key)
            when = held[period]
            if isinstance(when, str):
                yield Slot.ruled(row, located.index, field, unit, when, own, stated)

    def _held(self, field: Field, period: str, row: int, key: str) -> str | Problem:
        found = for_field(field, period, self.table.place(row, key))
        if isinstance(found, Problem):
            self.taken.problems.append(found)
        return found
