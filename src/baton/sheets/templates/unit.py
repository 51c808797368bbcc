"""The workbook of one unit: its own figures, a row each, grouped by indicator."""

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from baton.engine.scheme.model import Scheme
from baton.engine.terms import Reporter
from baton.sheets.forms import Field, Sort, fields_of, grain_of, period_words
from baton.sheets.forms.mark import FIELD_CODE, FIELD_ENTRY, Mark, Shape, field_code
from baton.sheets.templates.book import Book
from baton.sheets.templates.entry import hint, restrict, style_of
from baton.sheets.templates.explain import explain, general_lines
from baton.words import Language, Problem, Refused

MARK_ROW, HEAD_ROW, FIRST_ROW = 2, 3, 4
NUMBER, CODE, INDICATOR, FIGURE, ENTRY, HINT, NOTE = range(7)
_WIDTHS = (6, 14, 44, 28, 18, 40, 28)
DEFAULT = frozenset({Reporter.UNIT})


def units_reporting(scheme: Scheme, period: str, reporters: frozenset[Reporter] = DEFAULT) -> tuple[str, ...]:
    """Name the units that report something themselves for a period."""
    asked = {code for field in _asked(scheme, period, reporters) for code in field.units}
    return tuple(unit.code for unit in scheme.units if unit.code in asked)


def unit_template(
    scheme: Scheme,
    unit: str,
    period: str,
    language: Language = Language.CHINESE,
    reporters: frozenset[Reporter] = DEFAULT,
) -> bytes:
    """Write the workbook in which a unit reports its own figures of a month, a quarter or a year.

    `reporters`: whose figures it asks for. Raises `Refused` where the unit has nothing to report for the period.
    """
    names = {one.code: one.name for one in scheme.units}
    fields = [field for field in _asked(scheme, period, reporters) if unit in field.units]
    if not fields:
        known = "、".join(names[code] for code in units_reporting(scheme, period, reporters)) or "-"
        params = {"lead": names.get(unit, unit), "period": period_words(period), "known": known}
        raise Refused([Problem("sheets.nothing_to_report", params)])
    book, words = Book(language), period_words(period)
    sheet = book.sheet(words, _WIDTHS)
    line = book.words("sheets.line_report", who=names[unit], period=words)
    book.title(sheet, book.words("sheets.title_unit", unit=names[unit], period=words), line, len(_WIDTHS))
    codes = {0: Mark(Shape.FIELDS, scheme.code, period, unit).text(), CODE: FIELD_CODE, ENTRY: FIELD_ENTRY}
    book.codes(sheet, MARK_ROW, codes)
    _rows(book, sheet, fields)
    sheet.set_column(CODE, CODE, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST_ROW, FIGURE)
    explain(book, scheme, fields, general_lines(book, Reporter.UNIT, names[unit]))
    return book.finish()


def _asked(scheme: Scheme, period: str, reporters: frozenset[Reporter]) -> list[Field]:
    grain = grain_of(period)
    return [
        field
        for field in fields_of(scheme).values()
        if field.frequency is grain and field.sort is not Sort.VOTES and field.reporter in reporters
    ]


def _rows(book: Book, sheet: Worksheet, fields: Sequence[Field]) -> None:
    for column, code in enumerate(("number", "code", "indicator", "figure", "entry", "hint", "note")):
        sheet.write_string(HEAD_ROW, column, book.words(f"sheets.head_{code}"), book.style("head"))
    sheet.set_row(HEAD_ROW, 26)
    for row, field in enumerate(fields, FIRST_ROW):
        sheet.write_string(row, CODE, field_code(field.series, field.figure), book.style("code"))
        sheet.write_number(row, NUMBER, row - FIRST_ROW + 1, book.style("number"))
        sheet.write_string(row, FIGURE, field.heading, book.style("label"))
        sheet.write_blank(row, ENTRY, None, book.style(style_of(field)))
        sheet.write_string(row, HINT, hint(book, field), book.style("label"))
        sheet.write_blank(row, NOTE, None, book.style("words"))
        sheet.set_row(row, 30)
        restrict(book, sheet, (row, ENTRY, row, ENTRY), field)
    row = FIRST_ROW
    for _, found in groupby(fields, key=lambda field: field.indicator.code):
        group = list(found)
        indicator = group[0].indicator
        area = (row, INDICATOR, row + len(group) - 1, INDICATOR)
        book.merged(sheet, area, f"{indicator.code} {indicator.name}", "label")
        row += len(group)
