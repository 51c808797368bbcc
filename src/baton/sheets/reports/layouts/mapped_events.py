"""Events in an office's own table, by the headings of a mapping file."""

from baton.sheets.reports.context import Context
from baton.sheets.reports.layouts.events import read_events
from baton.sheets.reports.layouts.units_in_rows import sheet_mapping
from baton.sheets.reports.mapping import TableRule
from baton.sheets.reports.model import FileTaken
from baton.sheets.table import Column, Holds, find_table
from baton.sheets.workbook import Sheet
from baton.words import Refused


def read_mapped_events(context: Context, sheet: Sheet, rule: TableRule, taken: FileTaken) -> None:
    """Read a table of events into what its file gave."""
    named = {heading: own.field for heading, own in rule.columns.items()}
    columns = [
        Column(part, (heading,), Holds.UNIT if part == "unit" else Holds.TEXT, required=part in ("unit", "item"))
        for heading, part in named.items()
    ]
    try:
        table = find_table(sheet, columns, sheet_mapping(context, rule, {}))
    except Refused as refusal:
        taken.problems += refusal.problems
        return
    taken.problems += table.problems
    taken.headers[sheet.name] = table.header[1]
    if "unit" in table.columns and "item" in table.columns:
        places = {part: located.index for part, located in table.columns.items()}
        read_events(context, sheet, places, table.rows, taken)
