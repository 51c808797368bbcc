"""Annotate a file that is no xlsx, or whose layout cannot be kept: a new xlsx with its values and the same marks."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from baton.sheets.address import column_letters
from baton.sheets.annotate.marks import (
    ERROR_FILL,
    ERROR_INK,
    ERROR_WIDTH,
    WARNING_FILL,
    WIDTHS,
    Line,
    Mark,
    clean,
    height,
    label,
    line_height,
    row_words,
    severity_label,
    summary_head,
)
from baton.sheets.workbook import Sheet, Value, Visibility, Workbook
from baton.words import Language, Severity

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # a fixed time: the same input gives the same bytes
_NAME = 31


def annotate_anew(
    workbook: Workbook | None,
    marks: Mapping[str, Sequence[Mark]],
    lines: Sequence[Line],
    headers: Mapping[str, int],
    language: Language,
) -> bytes:
    """Write a new xlsx with a summary sheet and, where the file could be read, its values with the marks on them."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _CREATED})
        names = _sheet_names(workbook, label("mark_summary", language))
        _summary(book, book.add_worksheet(label("mark_summary", language)), lines, names, language)
        for sheet in workbook.sheets if workbook else ():
            _sheet(book, sheet, names[sheet.name], marks.get(sheet.name, ()), headers.get(sheet.name), language)
    return stream.getvalue()


def _sheet_names(workbook: Workbook | None, summary: str) -> dict[str, str]:
    """Give each sheet a name that xlsx allows; other kinds allow longer ones and other signs."""
    names: dict[str, str] = {}
    taken = {summary.lower()}
    for sheet in workbook.sheets if workbook else ():
        base = "".join("_" if sign in "[]:*?/\\" else sign for sign in clean(sheet.name)).strip("'")[:_NAME] or "sheet"
        name, number = base, 2
        while name.lower() in taken:
            suffix = f"~{number}"
            name, number = base[: _NAME - len(suffix)] + suffix, number + 1
        taken.add(name.lower())
        names[sheet.name] = name
    return names


def _sheet(
    book: xlsxwriter.Workbook, sheet: Sheet, name: str, marks: Sequence[Mark], header: int | None, language: Language
) -> None:
    target = book.add_worksheet(name)
    if sheet.visibility is not Visibility.VISIBLE:
        target.hide()
    formats = _Formats(book)
    fills = {(mark.row, mark.column): mark.severity for mark in marks}
    for row, values in enumerate(sheet.rows, sheet.first_row):
        for column, value in enumerate(values, sheet.first_column):
            _write(target, row, column, value, formats.of(value, fills.pop((row, column), None)))
    for (row, column), severity in fills.items():
        target.write_blank(row, column, None, formats.of("", severity))
    for mark in marks:
        words = f"{label('mark_comment', language)}\n{mark.words}"
        target.write_comment(mark.row, mark.column, words, {"author": "Baton", "x_scale": 2.5, "y_scale": 1.5})
    if marks:
        _error_column(book, target, sheet.end_column, marks, header, language)


class _Formats:
    """The few formats of a new workbook, made once each."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._known: dict[tuple[str, Severity | None], Format | None] = {("", None): None}

    def of(self, value: Value, severity: Severity | None) -> Format | None:
        """Give the format of a value: its kind of date, and the colour of its severity."""
        shown = _date_format(value)
        if (shown, severity) not in self._known:
            colour = {Severity.ERROR: ERROR_FILL, Severity.WARNING: WARNING_FILL}.get(severity or Severity.NOTICE)
            properties = ({"num_format": shown} if shown else {}) | ({"bg_color": f"#{colour}"} if colour else {})
            self._known[shown, severity] = self._book.add_format(properties)
        return self._known[shown, severity]


def _date_format(value: Value) -> str:
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm:ss"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, (time, timedelta)):
        return "[h]:mm:ss"
    return ""


def _write(sheet: Worksheet, row: int, column: int, value: Value, style: Format | None) -> None:
    if isinstance(value, str):
        if value or style:
            sheet.write_string(row, column, clean(value), style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, date) and value.year < 1900:
        sheet.write_string(row, column, value.isoformat(), style)
    else:
        sheet.write_datetime(row, column, value, style)


def _error_column(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    column: int,
    marks: Sequence[Mark],
    header: int | None,
    language: Language,
) -> None:
    style = book.add_format({"font_color": f"#{ERROR_INK}", "text_wrap": True, "valign": "top"})
    rows = row_words(marks, [column_letters(mark.column) for mark in marks])
    title = header if header is not None else max(min(rows) - 1, 0)
    sheet.set_column(column, column, ERROR_WIDTH)
    sheet.write_string(title, column, label("mark_column", language), book.add_format({"bold": True}))
    for row, words in rows.items():
        if row != title:
            sheet.set_row(row, height(words, ERROR_WIDTH))
            sheet.write_string(row, column, words, style)


def _summary(
    book: xlsxwriter.Workbook, sheet: Worksheet, lines: Sequence[Line], names: Mapping[str, str], language: Language
) -> None:
    heading, columns = summary_head(lines, language)
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    colours = {Severity.ERROR: ERROR_FILL, Severity.WARNING: WARNING_FILL, Severity.NOTICE: "FFFFFF"}
    fills = {
        severity: book.add_format({"bg_color": f"#{colour}", "valign": "top"}) for severity, colour in colours.items()
    }
    sheet.write_string(0, 0, heading, book.add_format({"bold": True, "font_size": 14}))
    for column, (name, width) in enumerate(zip(columns, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, book.add_format({"bold": True, "bg_color": "#D9E1F2"}))
    for number, line in enumerate(lines, 1):
        row = number + 1
        sheet.set_row(row, line_height(line))
        sheet.write_number(row, 0, number, plain)
        sheet.write_string(row, 1, severity_label(line.severity, language), fills[line.severity])
        for column, words in enumerate((line.sheet, line.cell, line.given, line.what, line.mend), 2):
            sheet.write_string(row, column, words, plain)
        if line.cell and line.sheet in names:
            quoted = names[line.sheet].replace("'", "''")
            sheet.write_url(row, 3, f"internal:'{quoted}'!{line.cell}", link, line.cell)
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
