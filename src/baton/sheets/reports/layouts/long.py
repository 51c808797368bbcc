"""Long tables: one figure a row, or a row of figures of several periods; unit, series, figure and period in columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from baton.sheets.cells import Grain, read_period
from baton.sheets.cells.text import close
from baton.sheets.forms import Field
from baton.sheets.reports.context import Context
from baton.sheets.reports.layouts.units_in_rows import sheet_mapping
from baton.sheets.reports.mapping import ColumnRule, TableRule
from baton.sheets.reports.model import FileTaken
from baton.sheets.reports.slots import Slot, SlotReader
from baton.sheets.reports.when import EXAMPLES, for_field
from baton.sheets.table import Column, Holds, Table, find_table
from baton.sheets.workbook import Sheet
from baton.words import Problem, Refused

ACTUAL = "actual"


def read_long(context: Context, sheet: Sheet, rule: TableRule, taken: FileTaken) -> None:
    """Read a long table into what its file gave."""
    columns = [
        Column(heading, (), _HOLDS.get(own.field, Holds.TEXT), required=True) for heading, own in rule.columns.items()
    ]
    try:
        table = find_table(sheet, columns, sheet_mapping(context, rule, rule.columns))
    except Refused as refusal:
        taken.problems += refusal.problems
        return
    taken.problems += table.problems
    taken.headers[sheet.name] = table.header[1]
    if len(table.columns) == len(columns):
        _Reading(context, sheet, rule, table, taken).read()


_HOLDS = {"unit": Holds.UNIT, "period": Holds.PERIOD, "value": Holds.NUMBER}


@dataclass(frozen=True, slots=True)
class _Reading:
    context: Context
    sheet: Sheet
    rule: TableRule
    table: Table
    taken: FileTaken

    def read(self) -> None:
        parts = {own.field: (heading, own) for heading, own in self.rule.columns.items() if own.field != "value"}
        values = [(heading, own) for heading, own in self.rule.columns.items() if own.field == "value"]
        passed = {close(name) for name in self.context.mapping.passed_rows}
        slots: list[Slot] = []
        for row in self.table.rows:
            given = self._given(row, "unit", parts)
            if close(given) not in passed:
                slots += self._row(row, given, parts, values)
        SlotReader(self.context, self.sheet, self.taken).read(slots)

    def _given(self, row: int, part: str, parts: Mapping[str, tuple[str, ColumnRule]]) -> str:
        """Give the text of a part: from its column through `codes`, else what the mapping file fixes."""
        if part not in parts:
            return next((given for name, given in self.rule.fixed.items() if name == part), "")
        heading, own = parts[part]
        raw = self.table.value(row, heading)
        text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()
        codes = {close(word): code for word, code in own.codes.items()}
        return codes.get(close(text), text)

    def _row(
        self,
        row: int,
        given: str,
        parts: Mapping[str, tuple[str, ColumnRule]],
        values: list[tuple[str, ColumnRule]],
    ) -> Iterator[Slot]:
        for heading, own in values:
            period = own.period or self._period(row, parts)
            field = self._field(row, parts, own) if period else None
            if field is None or not period:
                continue
            place = self.table.place(row, parts["unit"][0] if "unit" in parts else heading)
            unit, problems = self.context.unit(given, period, place)
            self.taken.problems += [one for one in problems if one not in self.taken.problems]
            when = for_field(field, period, self.table.place(row, heading))
            if isinstance(when, Problem):
                self.taken.problems.append(when)
            elif unit is not None:
                self.taken.units.add(unit)
                column = self.table.columns[heading].index
                yield Slot.ruled(row, column, field, unit, when, own)

    def _period(self, row: int, parts: Mapping[str, tuple[str, ColumnRule]]) -> str:
        if "period" not in parts:
            return self.rule.fixed.get("period", "")
        heading = parts["period"][0]
        place = self.table.place(row, heading)
        grain = Grain(self.rule.grain.value)
        shown = self.sheet.number_format(row, self.table.columns[heading].index)
        read = read_period(self.table.value(row, heading), grain, self.context.mapping.year, shown, place)
        if isinstance(read, str):
            return read
        self.taken.problems.append(read or Problem("sheets.no_period", {"example": EXAMPLES[self.rule.grain]}, place))
        return ""

    def _field(self, row: int, parts: Mapping[str, tuple[str, ColumnRule]], own: ColumnRule) -> Field | None:
        """Find the figure of a row: of a series by its code, or of an indicator by code or name."""
        series, figure = self._given(row, "series", parts), own.figure or self._given(row, "figure", parts) or ACTUAL
        field = self.context.by_key.get(series) if series in self.context.by_key else None
        field = field or self.context.fields.get((series, figure))
        if field is None:
            named = self.context.indicators.get(close(series), [])
            field = self.context.fields.get((named[0].series_code, figure)) if len(named) == 1 else None
        if field is None:
            near = get_close_matches(f"{series}.{figure}", list(self.context.by_key), n=3)
            params = {"given": f"{series}.{figure}", "near": "、".join(near) or "-"}
            named_in = [parts[name][0] for name in ("series", "figure") if name in parts]
            part = named_in[0] if named_in else next(iter(self.rule.columns))
            self.taken.problems.append(Problem("sheets.unknown_figure", params, self.table.place(row, part)))
        return field
