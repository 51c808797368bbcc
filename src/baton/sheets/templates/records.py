"""The workbook 填报记录: one row per monthly figure, to be filled in with entry, deadline and evidence."""

from collections.abc import Iterator, Sequence

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Frequency
from baton.sheets.forms import grain_of, period_words, periods_of_year
from baton.sheets.records import COLUMNS, DUE, ENTERED, EVIDENCE
from baton.sheets.templates.book import Book
from baton.words import Language

HEAD_ROW = 2
_WIDTHS = (24, 34, 12, 20, 20, 44)
_FIRST_ENTRY = 3


def records_template(scheme: Scheme, period: str, language: Language = Language.CHINESE) -> bytes:
    """Write the table of records of a month, or of all months of a year; empty where nothing is reported by month.

    The headings are Chinese in both languages: it is by them that the table is known again.
    """
    book = Book(language)
    sheet = book.sheet(book.words("sheets.sheet_records"), _WIDTHS)
    title = book.words("sheets.title_records", period=period_words(period))
    book.title(sheet, title, book.words("sheets.line_records"), len(COLUMNS))
    for column, one in enumerate(COLUMNS):
        sheet.write_string(HEAD_ROW, column, one.headers[0], book.style("head"))
    styles = {ENTERED: "moment", DUE: "moment", EVIDENCE: "words"}
    row = HEAD_ROW
    for row, known in enumerate(_rows(scheme, period), HEAD_ROW + 1):
        for column, words in enumerate(known):
            sheet.write_string(row, column, words, book.style("label"))
        for column, one in enumerate(COLUMNS[_FIRST_ENTRY:], _FIRST_ENTRY):
            sheet.write_blank(row, column, None, book.style(styles[one.key]))
    sheet.freeze_panes(HEAD_ROW + 1, _FIRST_ENTRY)
    sheet.repeat_rows(HEAD_ROW)
    sheet.autofilter(HEAD_ROW, 0, max(row, HEAD_ROW + 1), len(COLUMNS) - 1)
    return book.finish()


def _rows(scheme: Scheme, period: str) -> Iterator[Sequence[str]]:
    """Name the figures: months in their order, indicators as the scheme has them, the units that carry each."""
    months = periods_of_year(int(period), Frequency.MONTH) if grain_of(period) is Frequency.YEAR else (period,)
    monthly = [one for one in scheme.indicators if one.frequency is Frequency.MONTH]
    for month in months:
        for indicator in monthly:
            for unit in _carriers(scheme, indicator):
                yield unit, f"{indicator.code} {indicator.name}", month


def _carriers(scheme: Scheme, indicator: Indicator) -> Iterator[str]:
    for unit in scheme.units:
        carried = unit.group is not None and bool({unit.group, "*"} & indicator.points.keys())
        if carried and (not indicator.units or unit.code in indicator.units):
            yield unit.name
