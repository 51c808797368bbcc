"""The workbooks that units bring in on the last day: the house's own forms of the month, filled in."""

import random
from io import BytesIO
from pathlib import Path

import openpyxl
from plan import NOW, Plan

from baton.sheets.forms.mark import SEARCHED_ROWS, UNIT_CODE, parse_field_code, parse_mark
from baton.sheets.templates import lead_template
from baton.words import Language


def make_workbooks(plan: Plan, folder: Path) -> dict[str, str]:
    """Fill in the form of every unit's first indicator; give the names of the files by the unit's code."""
    scheme, chance = plan.scheme(), random.Random(7)
    made = {}
    for number, code in enumerate(plan.codes):
        book = openpyxl.load_workbook(BytesIO(lead_template(scheme, code, NOW, Language.CHINESE)))
        _fill(book, f"I{number:03d}", chance)
        name = f"{NOW}_{code}.xlsx"
        book.save(folder / name)
        made[code] = name
    return made


def _fill(book: openpyxl.Workbook, wanted: str, chance: random.Random) -> None:
    for sheet in book.worksheets:
        row = next(
            (one for one in range(1, SEARCHED_ROWS + 1) if parse_mark(sheet.cell(one, 1).value) is not None), None
        )
        if row is None:
            continue
        codes = {sheet.cell(row, column).value: column for column in range(1, sheet.max_column + 1)}
        for code, column in codes.items():
            field = parse_field_code(str(code or ""))
            if field is None or field[0] != wanted:
                continue
            for line in range(row + 1, sheet.max_row + 1):
                if sheet.cell(line, codes[UNIT_CODE]).value:
                    sheet.cell(line, column).value = round(chance.uniform(82, 108), 2)
