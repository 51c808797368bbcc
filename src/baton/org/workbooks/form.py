"""Forms that the office fills in: a heading, rows with drop-downs, and the lists behind them on a hidden sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from baton.sheets.address import column_letters
from baton.sheets.table import Column
from baton.sheets.templates.book import Book
from baton.words import Language

HEAD_ROW = 2
SPARE = 200
"""Empty rows below what is known, with borders and drop-downs."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a column of a form looks: width in characters, cell format, and the entries of its drop-down.

    `strict`: nothing else may be typed.
    """

    width: float
    style: str = "words"
    entries: Sequence[str] = ()
    strict: bool = True


def form(
    columns: Sequence[Column],
    looks: Mapping[str, Look],
    title: str,
    line: str,
    rows: Sequence[Sequence[str]] = (),
    language: Language = Language.CHINESE,
) -> bytes:
    """Write a form. Headings are Chinese in both languages: it is by them that the table is known again.

    `title` and `line` are codes of the catalogue; `rows` are what is known already.
    """
    book = Book(language)
    sheet = book.sheet(book.words(title), [looks[column.key].width for column in columns])
    book.title(sheet, book.words(title), book.words(line), len(columns))
    sheet.set_row(1, 48)
    for number, column in enumerate(columns):
        sheet.write_string(HEAD_ROW, number, column.headers[0], book.style("head"))
    last = HEAD_ROW + len(rows) + SPARE
    for row in range(HEAD_ROW + 1, last + 1):
        known = rows[row - HEAD_ROW - 1] if row - HEAD_ROW - 1 < len(rows) else ()
        for number, column in enumerate(columns):
            words = known[number] if number < len(known) else ""
            style = book.style(looks[column.key].style)
            if words:
                sheet.write_string(row, number, words, style)
            else:
                sheet.write_blank(row, number, None, style)
    _lists(book, sheet, columns, looks, last)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.repeat_rows(HEAD_ROW)
    return book.finish()


def _lists(book: Book, sheet: Worksheet, columns: Sequence[Column], looks: Mapping[str, Look], last: int) -> None:
    """Put the drop-downs on the columns; Excel bounds lists in a rule, so the entries stand on a hidden sheet."""
    chosen = [(number, looks[column.key]) for number, column in enumerate(columns) if looks[column.key].entries]
    if not chosen:
        return
    hidden = book.file.add_worksheet(book.words("sheets.sheet_lists"))
    hidden.hide()
    for at, (number, look) in enumerate(chosen):
        for row, entry in enumerate(look.entries):
            hidden.write_string(row, at, entry)
        letters = column_letters(at)
        source = f"='{hidden.get_name()}'!${letters}$1:${letters}${len(look.entries)}"
        rule = {"validate": "list", "source": source, "error_type": "stop" if look.strict else "warning"}
        sheet.data_validation(HEAD_ROW + 1, number, last, number, rule)
