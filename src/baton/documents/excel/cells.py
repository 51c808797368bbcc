"""Writing one value into one cell, exactly."""

import datetime
from decimal import Decimal
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from baton.documents.excel.content import Column, Formula, Light, Link, Noted, Plain, Value
from baton.documents.excel.formats import Formats, places_of
from baton.documents.excel.names import quoted
from baton.documents.measure import ems
from baton.words import Language, text

SIGNIFICANT_DIGITS: Final = 15
_FIRST_YEAR: Final = 1900
_NOTE_PX: Final = 280
_NOTE_LINE_EM: Final = 20
_NOTE_LINE_PX: Final = 17


def fits_excel(number: Decimal) -> bool:
    """Say whether Excel can hold a number exactly as given: finite, of at most 15 significant digits."""
    if not number.is_finite():
        return False
    digits = number.as_tuple().digits
    return len(digits) <= SIGNIFICANT_DIGITS or not any(digits[SIGNIFICANT_DIGITS:])


class Pen:
    """Writes values into a sheet, with the formats of its workbook and the names its links lead to."""

    def __init__(self, sheet: Worksheet, formats: Formats, targets: dict[str, str], language: Language) -> None:
        self._sheet = sheet
        self._formats = formats
        self._targets = targets
        self._language = language

    def write(
        self, at: tuple[int, int], value: Value, column: Column, *, bold: bool = False, boxed: bool = True
    ) -> None:
        """Write a value, a note with it, in the look of its column."""
        if isinstance(value, Noted):
            note(self._sheet, at, value.note)
            value = value.value
        places = places_of(column, value)
        look = self._formats.cell(column, places, bold=bold, link=isinstance(value, Link), boxed=boxed)
        self._put(at, value, look)

    def _put(self, at: tuple[int, int], value: Plain, look: Format) -> None:
        match value:
            case None:
                self._sheet.write_blank(*at, None, look)
            case bool():
                self._sheet.write_string(
                    *at, text("documents.truth" if value else "documents.falsehood", self._language), look
                )
            case int() | Decimal():
                self._number(at, Decimal(value), look)
            case datetime.date():
                self._date(at, value, look)
            case Link():
                target = f"internal:{quoted(self._targets[value.sheet])}!{value.cell}"
                self._sheet.write_url(*at, target, look, value.text)
            case Formula():
                known = float(value.value) if isinstance(value.value, int | Decimal) else value.value
                self._sheet.write_formula(*at, value.expression, look, known)
            case str() | Light():
                self._sheet.write_string(*at, str(value), look)

    def _number(self, at: tuple[int, int], value: Decimal, look: Format) -> None:
        if fits_excel(value):
            self._sheet.write_number(*at, float(value), look)
        else:
            self._sheet.write_string(*at, f"{value:f}", look)

    def _date(self, at: tuple[int, int], value: datetime.date, look: Format) -> None:
        if value.year < _FIRST_YEAR:
            self._sheet.write_string(*at, value.isoformat(), look)
        else:
            self._sheet.write_datetime(*at, value, look)


def note(sheet: Worksheet, at: tuple[int, int], words: str) -> None:
    """Put a note on a cell, as high as its words need."""
    lines = sum(max(1, -(-int(ems(line)) // _NOTE_LINE_EM)) for line in words.split("\n"))
    size = {"width": _NOTE_PX, "height": _NOTE_LINE_PX * (lines + 1)}
    sheet.write_comment(*at, words, {**size, "font_size": 9, "font_name": "宋体"})
