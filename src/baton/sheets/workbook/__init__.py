"""Files of any spreadsheet kind read into sheets of values, with what the value reader leaves out beside them."""

from baton.sheets.workbook.kind import Kind
from baton.sheets.workbook.model import Cell, Facts, Position, Sheet, Value, Visibility, Workbook
from baton.sheets.workbook.number_format import Shown, shown_by
from baton.sheets.workbook.read import read_workbook

__all__ = [
    "Cell",
    "Facts",
    "Kind",
    "Position",
    "Sheet",
    "Shown",
    "Value",
    "Visibility",
    "Workbook",
    "read_workbook",
    "shown_by",
]
