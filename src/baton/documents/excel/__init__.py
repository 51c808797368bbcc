"""Excel workbooks: typed sheets, tables, facts, lights and links in, bytes of an xlsx out."""

from baton.documents.excel.content import (
    Column,
    Fact,
    Formula,
    Group,
    Kind,
    Level,
    Light,
    Link,
    Noted,
    Sheet,
    Table,
    Value,
    Workbook,
)
from baton.documents.excel.names import sheet_names
from baton.documents.excel.places import Places, letters
from baton.documents.excel.write import write

__all__ = [
    "Column",
    "Fact",
    "Formula",
    "Group",
    "Kind",
    "Level",
    "Light",
    "Link",
    "Noted",
    "Places",
    "Sheet",
    "Table",
    "Value",
    "Workbook",
    "letters",
    "sheet_names",
    "write",
]
