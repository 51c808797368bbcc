"""The workbook of a department, with what is there already filled in."""

from collections.abc import Mapping
from io import BytesIO

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from baton.assessment.queries.desk.cells import Grid, GridCell
from baton.engine.scheme.model import Scheme
from baton.sheets.forms import Sort
from baton.sheets.forms.mark import FIELD_CODE, FIELD_ENTRY, SEARCHED_ROWS, UNIT_CODE, parse_field_code, parse_mark
from baton.sheets.templates import lead_template, unit_template
from baton.words import Language

_EXACT = 15
"""Digits that a workbook's numbers hold for certain; longer ones are written as text."""


def filled_template(scheme: Scheme, lead: str, period: str, grid: Grid, language: Language) -> bytes:
    """Write the workbook in which a department reports a month, as `baton template` does, with its figures so far.

    Raises `Refused` where it has nothing to report for the month.
    """
    book = openpyxl.load_workbook(BytesIO(lead_template(scheme, lead, period, language)))
    cells = {(one.cell.unit, one.cell.series, one.cell.figure): one for one in grid.cells if one.cell.period == period}
    for sheet in book.worksheets:
        _fill(sheet, cells)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def own_template(
    scheme: Scheme, unit: str, period: str, texts: Mapping[tuple[str, str], str], language: Language
) -> bytes:
    """Write the workbook in which a unit reports its own figures, with what its reports begin with (`texts`).

    Raises `Refused` where it has nothing to report itself.
    """
    book = openpyxl.load_workbook(BytesIO(unit_template(scheme, unit, period, language)))
    for sheet in book.worksheets:
        row = _marked_row(sheet)
        codes = {} if row is None else {sheet.cell(row, at).value: at for at in range(1, sheet.max_column + 1)}
        for line in range((row or 0) + 1, sheet.max_row + 1) if {FIELD_CODE, FIELD_ENTRY} <= set(codes) else ():
            key = parse_field_code(str(sheet.cell(line, codes[FIELD_CODE]).value or ""))
            text = texts.get(key, "") if key is not None else ""
            if text:
                sheet.cell(line, codes[FIELD_ENTRY]).value = _number_or_text(text)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _number_or_text(text: str) -> str | float:
    digits = text.replace(".", "", 1).removeprefix("-")
    return float(text) if digits.isdecimal() and len(digits) <= _EXACT else text


def _marked_row(sheet: Worksheet) -> int | None:
    return next((one for one in range(1, SEARCHED_ROWS + 1) if parse_mark(sheet.cell(one, 1).value) is not None), None)


def _fill(sheet: Worksheet, cells: dict[tuple[str, str, str], GridCell]) -> None:
    row = _marked_row(sheet)
    if row is None:
        return
    codes = {sheet.cell(row, column).value: column for column in range(1, sheet.max_column + 1)}
    fields = {column: found for code, column in codes.items() if (found := parse_field_code(str(code or "")))}
    for line in range(row + 1, sheet.max_row + 1) if UNIT_CODE in codes else ():
        unit = str(sheet.cell(line, codes[UNIT_CODE]).value or "")
        for column, (series, figure) in fields.items():
            one = cells.get((unit, series, figure))
            place = sheet.cell(line, column)
            if one is not None and not isinstance(place, MergedCell):
                place.value = _value(one)


def _value(one: GridCell) -> str | float | None:
    """Give what stands there, of totals what stood last time; numbers as numbers, so that Excel can add them."""
    text = one.last if one.carried and one.draft is None else one.entered
    digits = text.replace(".", "", 1).removeprefix("-")
    number = one.column.field.sort in (Sort.NUMBER, Sort.AMOUNT) and digits.isdecimal() and len(digits) <= _EXACT
    return float(text) if number else text or None
