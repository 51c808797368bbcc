"""Schemes out of tables of indicators as offices print them: levels, points, units and targets, by a mapping file."""

from baton.sheets.scheme_table.headings import Headings, headings_of
from baton.sheets.scheme_table.model import RowRule, SchemeTable, read_scheme_table_mapping
from baton.sheets.scheme_table.read import TableScheme, read_scheme_table

__all__ = [
    "Headings",
    "RowRule",
    "SchemeTable",
    "TableScheme",
    "headings_of",
    "read_scheme_table",
    "read_scheme_table_mapping",
]
