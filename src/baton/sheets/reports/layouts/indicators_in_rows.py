"""Tables with a row per indicator and a column per figure, all of one unit: individual goals."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from baton.engine.scheme.indicators import Indicator
from baton.sheets.cells import absent
from baton.sheets.cells.text import close
from baton.sheets.forms import Field
from baton.sheets.reports.context import Context
from baton.sheets.reports.file_name import stem_of
from baton.sheets.reports.layouts.above import reporter_in, says, texts_above
from baton.sheets.reports.layouts.units_in_rows import sheet_mapping
from baton.sheets.reports.mapping import TableRule
from baton.sheets.reports.model import FileTaken
from baton.sheets.reports.slots import Slot, SlotReader
from baton.sheets.reports.when import for_field, period_of
from baton.sheets.table import Column, Holds, Table, find_table
from baton.sheets.workbook import Sheet
from baton.words import Problem, Refused

KEY = "=indicator"


def read_indicators_in_rows(context: Context, sheet: Sheet, rule: TableRule, taken: FileTaken) -> None:
    """Read a table into what its file gave; the unit is the one that the lines above or the file's name name."""
    columns = [Column(KEY, rule.key, Holds.TEXT)]
    columns += [Column(heading, (heading,), Holds.TEXT, required=False) for heading in rule.columns]
    try:
        table = find_table(sheet, columns, sheet_mapping(context, rule, {}))
    except Refused as refusal:
        taken.problems += refusal.problems
        return
    taken.problems += table.problems
    taken.headers[sheet.name] = table.header[1]
    _Reading(context, sheet, rule, table, taken).read()


@dataclass(frozen=True, slots=True)
class _Reading:
    context: Context
    sheet: Sheet
    rule: TableRule
    table: Table
    taken: FileTaken

    def read(self) -> None:
        above = texts_above(self.sheet, self.table.header[0])
        place = self.sheet.place(self.table.header[0], self.table.columns[KEY].index)
        sources = [("表头", above), ("表名", [self.sheet.name]), ("文件名", [stem_of(self.taken.name)])]
        period = period_of(sources, self.rule.grain, place)
        if isinstance(period, Problem):
            self.taken.problems.append(period)
            return
        given = reporter_in(above, (self.rule.unit_from,)) or self._in_file_name(period)
        unit, problems = self.context.unit(given, period, place)
        self.taken.problems += problems
        if unit is None:
            return
        self.taken.who = self.context.label(unit)
        self.taken.units.add(unit)
        preliminary = says(above, self.context.mapping.preliminary_marks)
        slots = [slot for row in self.table.rows for slot in self._row(row, unit, period)]
        SlotReader(self.context, self.sheet, self.taken, preliminary=preliminary).read(slots)

    def _in_file_name(self, period: str) -> str:
        """Give the one part of the file name that names a unit, or nothing."""
        parts = stem_of(self.taken.name).replace("-", "_").split("_")
        named = [part for part in parts if self.context.unit(part, period, self.sheet.place(0, 0))[0] is not None]
        return named[0] if len(named) == 1 else ""

    def _row(self, row: int, unit: str, period: str) -> Iterator[Slot]:
        indicator = self._indicator(row, unit)
        if indicator is None:
            return
        for heading, own in self.rule.columns.items():
            if heading not in self.table.columns:
                continue
            field = self.context.fields.get((indicator.series_code, own.figure))
            column = self.table.columns[heading].index
            if field is None:
                self._not_of_indicator(row, heading, indicator)
                continue
            when = for_field(field, period, self.sheet.place(row, column))
            if isinstance(when, Problem):
                self.taken.problems.append(when)
            else:
                yield Slot.ruled(row, column, field, unit, when, own)

    def _not_of_indicator(self, row: int, heading: str, indicator: Indicator) -> None:
        raw = self.table.value(row, heading)
        if not (isinstance(raw, str) and absent(raw) is not None):
            params = {"given": raw, "indicator": indicator.name, "heading": heading}
            place = self.table.place(row, heading)
            self.taken.problems.append(Problem("sheets.figure_not_of_indicator", params, place))

    def _indicator(self, row: int, unit: str) -> Indicator | None:
        """Find the indicator of a row by code or name, among those the unit is assessed by."""
        given = str(self.table.value(row, KEY))
        found = [one for one in self.context.indicators.get(close(given), []) if self._asked(one, unit)]
        if len(found) == 1:
            return found[0]
        own = [one.name for one in self.context.scheme.indicators if self._asked(one, unit)]
        near = get_close_matches(given, own, n=2)
        params = {"given": given, "unit": self.context.label(unit), "near": "、".join(near) or "-"}
        self.taken.problems.append(Problem("sheets.unknown_indicator", params, self.table.place(row, KEY)))
        return None

    def _asked(self, indicator: Indicator, unit: str) -> bool:
        fields: Iterator[Field] = (
            field for (series, _), field in self.context.fields.items() if series == indicator.series_code
        )
        return any(self.context.asked(field, unit) for field in fields)
