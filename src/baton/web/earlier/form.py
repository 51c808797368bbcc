"""The form of a table of results: a row per unit, the headings by which it is read again."""

from io import BytesIO

import xlsxwriter

from baton.assessment.rules.earlier import HEADINGS
from baton.engine.scheme.model import Scheme
from baton.words import Language, text

_WIDTHS = {"单位": 32, "期间": 12, "组": 28, "等次": 10}
_ORDER = ("单位", "期间", "得分", "满分", "名次", "组", "等次")


def results_workbook(scheme: Scheme, language: Language) -> bytes:
    """Write the form with the units of a scheme that are assessed; headings are Chinese in both languages."""
    made = BytesIO()
    groups = {group.code: group.name for group in scheme.groups}
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        bold, hint = book.add_format({"bold": True, "bottom": 1}), book.add_format({"font_color": "#566473"})
        sheet = book.add_worksheet(text("earlier.sheet", language))
        sheet.write_string(0, 0, text("earlier.form_line", language), hint)
        for column, head in enumerate(one for one in _ORDER if one in HEADINGS):
            sheet.write_string(1, column, head, bold)
            sheet.set_column(column, column, _WIDTHS.get(head, 10))
        assessed = [unit for unit in scheme.units if unit.group is not None]
        for line, unit in enumerate(assessed, 2):
            sheet.write_string(line, 0, unit.name)
            sheet.write_string(line, _ORDER.index("组"), groups.get(unit.group or "", ""))
        sheet.freeze_panes(2, 1)
    return made.getvalue()
