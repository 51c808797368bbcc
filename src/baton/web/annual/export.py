"""The tables of a year as a workbook: a sheet per group, as the page has them."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from baton.assessment.models import AnnualRun
from baton.assessment.queries.annual.run import AnnualTable
from baton.web.templatetags.results import points, rank
from baton.web.templatetags.words import page_language
from baton.words import text

_HEADS = (
    ("results.rank", 8),
    ("results.unit", 30),
    ("annual.total", 12),
    ("annual.base", 12),
    ("annual.bonus", 10),
    ("annual.deduction", 10),
    ("annual.suggested", 12),
    ("annual.grade", 12),
    ("annual.reason", 40),
)
_LONGEST_NAME = 31


def annual_workbook(run: AnnualRun, tables: Sequence[AnnualTable]) -> bytes:
    """Write the tables; numbers are numbers, with as many decimals as the page shows."""
    language, made = page_language(), BytesIO()
    grades = {grade.code: grade.name for grade in run.scheme.scheme.grading.grades}
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        two = book.add_format({"num_format": "0.00"})
        for place, table in enumerate(tables, 1):
            clean = "".join(letter for letter in table.name if letter not in "[]:*?/\\")
            sheet = book.add_worksheet(f"{place} {clean}"[:_LONGEST_NAME])
            sheet.freeze_panes(1, 2)
            for column, (code, width) in enumerate(_HEADS):
                sheet.write_string(0, column, text(code, language), bold)
                sheet.set_column(column, column, width)
            for line, row in enumerate(table.rows, 1):
                one = row.result
                sheet.write(line, 0, rank(one.rank))
                sheet.write_string(line, 1, one.unit.name)
                for column, value in enumerate((one.compared, one.base, one.bonus, one.deduction), 2):
                    if value is not None:
                        sheet.write_number(line, column, float(points(value)), two)
                if table.graded:
                    sheet.write_string(line, 6, grades.get(one.grade, ""))
                if row.decided is not None and table.graded:
                    sheet.write_string(line, 7, grades.get(row.decided.grade, ""))
                    sheet.write_string(line, 8, row.decided.reason)
    return made.getvalue()
