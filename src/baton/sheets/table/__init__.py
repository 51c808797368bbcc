"""Tables on sheets as offices draw them: titles above, headers of several rows, totals, notes below."""

from baton.sheets.table.column import NO_MAPPING, Column, ColumnMapping, HiddenRows, Holds, SheetMapping, read_mapping
from baton.sheets.table.find import check_totals, find_table, find_table_in
from baton.sheets.table.model import Located, Table

__all__ = [
    "NO_MAPPING",
    "Column",
    "ColumnMapping",
    "HiddenRows",
    "Holds",
    "Located",
    "SheetMapping",
    "Table",
    "check_totals",
    "find_table",
    "find_table_in",
    "read_mapping",
]
