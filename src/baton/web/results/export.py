"""League tables as a workbook: a sheet per group, as the page has them."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from baton.assessment.queries.looking import League, Shown
from baton.web.templatetags.results import points, rank
from baton.web.templatetags.words import page_language
from baton.words import text

_HEADS = (
    "results.rank",
    "results.unit",
    "results.score",
    "results.light",
    "results.movement",
    "results.mean",
    "results.mean_rank",
)
_RANGE = ("results.range_best", "results.range_worst")
_WIDTHS = (8, 28, 12, 12, 16, 14, 10, 16, 16)
_LONGEST_NAME = 31


def league_workbook(shown: Shown, tables: Sequence[League]) -> bytes:
    """Write the tables; numbers are numbers, with as many decimals as the page shows."""
    language, made = page_language(), BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        two = book.add_format({"num_format": "0.00"})
        for place, table in enumerate(tables, 1):
            clean = "".join(letter for letter in table.name if letter not in "[]:*?/\\")
            sheet = book.add_worksheet(f"{place} {clean}"[:_LONGEST_NAME])
            sheet.freeze_panes(1, 2)
            for column, (code, width) in enumerate(zip((*_HEADS, *_RANGE), _WIDTHS, strict=True)):
                sheet.write_string(0, column, text(code, language), bold)
                sheet.set_column(column, column, width)
            for line, row in enumerate(table.rows, 1):
                sheet.write(line, 0, rank(row.rank))
                sheet.write_string(line, 1, row.unit.name)
                _number(sheet, line, 2, points(row.score), two)
                sheet.write_string(line, 3, text(f"results.light_{row.light}", language))
                sheet.write_string(line, 4, text(f"results.movement_{row.movement}", language))
                _number(sheet, line, 5, points(row.mean), two)
                sheet.write(line, 6, rank(row.mean_rank))
                for column, value in ((7, row.best), (8, row.worst)):
                    if value is not None:
                        sheet.write_number(line, column, value)
        if not tables:
            book.add_worksheet(shown.month.period)
    return made.getvalue()


def _number(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, words: str, form: object) -> None:
    if words:
        sheet.write_number(line, column, float(words), form)
