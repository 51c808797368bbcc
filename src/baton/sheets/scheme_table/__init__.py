"""Schemes out of tables of indicators as offices print them: levels, points, units and targets, by a mapping file."""

from baton.sheets.scheme_table.model import RowRule, SchemeTable, read_scheme_table_mapping
from baton.sheets.scheme_table.read import TableScheme, read_scheme_table

__all__ = ["RowRule", "SchemeTable", "TableScheme", "read_scheme_table", "read_scheme_table_mapping"]
