"""The workbook of a lead department: all its units, a row each, a column per figure under the name of its indicator."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from xlsxwriter.worksheet import Worksheet

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.units import Unit
from baton.engine.terms import Frequency, Reporter
from baton.sheets.forms import Field, Sort, fields_of, grain_of, period_words
from baton.sheets.forms.mark import UNIT_CODE, UNIT_NAME, Mark, Shape, field_code
from baton.sheets.templates.book import Book
from baton.sheets.templates.entry import restrict, style_of
from baton.sheets.templates.explain import explain, general_lines
from baton.words import Language, Problem, Refused

MARK_ROW, INDICATOR_ROW, FIGURE_ROW, FIRST_ROW = 2, 3, 4, 5
NUMBER, CODE, GROUP, UNIT, FIRST_COLUMN = range(5)
_NARROWEST, _WIDEST, _LONGEST_UNIT = 14, 24, 40
DEFAULT = frozenset({Reporter.LEAD_DEPARTMENT})


def leads_of(scheme: Scheme, period: str, reporters: frozenset[Reporter] = DEFAULT) -> tuple[str, ...]:
    """Name the lead departments that have something to report for a period."""
    asked = _asked(scheme, period, reporters)
    return tuple(dict.fromkeys(field.lead for field in asked if field.lead is not None))


def lead_template(
    scheme: Scheme,
    lead: str,
    period: str,
    language: Language = Language.CHINESE,
    reporters: frozenset[Reporter] = DEFAULT,
) -> bytes:
    """Write the workbook in which a lead department reports a month, quarter or year (`2025-06`, `2025-Q2`, `2025`).

    A year's workbook has a sheet for the annual targets of what is reported more often, and one for the year's own
    figures. Votes have a workbook of their own. `reporters`: whose figures it asks for; figures of other modules and
    systems are left out unless named. Raises `Refused` where the department has nothing to report for the period.
    """
    fields = [field for field in _asked(scheme, period, reporters) if field.lead == lead]
    names = {unit.code: unit.name for unit in scheme.units}
    if not fields:
        known = "、".join(names.get(code, code) for code in leads_of(scheme, period, reporters)) or "-"
        params = {"lead": names.get(lead, lead), "period": period_words(period), "known": known}
        raise Refused([Problem("sheets.nothing_to_report", params)])
    book, who = Book(language), names.get(lead, lead)
    for target, found in ((True, [f for f in fields if f.target]), (False, [f for f in fields if not f.target])):
        if found:
            _sheet(book, scheme, who, period, found, target)
    explain(book, scheme, fields, general_lines(book, Reporter.LEAD_DEPARTMENT, who))
    return book.finish()


def _asked(scheme: Scheme, period: str, reporters: frozenset[Reporter]) -> list[Field]:
    grain: Frequency = grain_of(period)
    return [
        field
        for field in fields_of(scheme).values()
        if field.frequency is grain and field.sort is not Sort.VOTES and field.reporter in reporters and field.units
    ]


def _sheet(book: Book, scheme: Scheme, who: str, period: str, fields: Sequence[Field], target: bool) -> None:
    words = period_words(period)
    name = book.words("sheets.sheet_targets", period=words) if target else words
    widths = [max(_NARROWEST, min(_WIDEST, 2 * len(field.heading) + 2)) for field in fields]
    units = list(_units(scheme, fields))
    names = min(_LONGEST_UNIT, max(2 * len(unit.name) + 4 for unit in units))
    sheet = book.sheet(name, (6, 8, 20, names, *widths, 20))
    columns = FIRST_COLUMN + len(fields) + 1
    title = "sheets.title_targets" if target else "sheets.title_report"
    line = book.words("sheets.line_report", who=who, period=words)
    book.title(sheet, book.words(title, period=words), line, columns)
    codes = {n: field_code(field.series, field.figure) for n, field in enumerate(fields, FIRST_COLUMN)}
    codes |= {CODE: UNIT_CODE, UNIT: UNIT_NAME}
    book.codes(sheet, MARK_ROW, {0: Mark(Shape.UNITS, scheme.code, period).text(), **codes})
    _headings(book, sheet, fields)
    _rows(book, sheet, scheme, units, fields)
    for column, field in enumerate(fields, FIRST_COLUMN):
        restrict(book, sheet, (FIRST_ROW, column, FIRST_ROW + len(units) - 1, column), field)
    sheet.set_column(CODE, CODE, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    sheet.repeat_rows(INDICATOR_ROW, FIGURE_ROW)


def _headings(book: Book, sheet: Worksheet, fields: Sequence[Field]) -> None:
    labels = ("sheets.head_number", "sheets.head_code", "sheets.head_group", "sheets.head_unit")
    for column, code in enumerate(labels):
        book.merged(sheet, (INDICATOR_ROW, column, FIGURE_ROW, column), book.words(code), "head")
    column = FIRST_COLUMN
    for _, found in groupby(fields, key=lambda field: field.indicator.code):
        group = list(found)
        indicator = group[0].indicator
        area = (INDICATOR_ROW, column, INDICATOR_ROW, column + len(group) - 1)
        book.merged(sheet, area, f"{indicator.code} {indicator.name}", "head")
        for field in group:
            sheet.write_string(FIGURE_ROW, column, field.heading, book.style("head"))
            column += 1
    book.merged(sheet, (INDICATOR_ROW, column, FIGURE_ROW, column), book.words("sheets.head_note"), "head")
    sheet.set_row(INDICATOR_ROW, 48)
    sheet.set_row(FIGURE_ROW, 34)


def _units(scheme: Scheme, fields: Sequence[Field]) -> Iterator[Unit]:
    asked = {code for field in fields for code in field.units}
    return (unit for unit in scheme.units if unit.code in asked)


def _rows(book: Book, sheet: Worksheet, scheme: Scheme, units: Sequence[Unit], fields: Sequence[Field]) -> None:
    groups = {group.code: group.name for group in scheme.groups}
    asked = [frozenset(field.units) for field in fields]
    note = FIRST_COLUMN + len(fields)
    for row, unit in enumerate(units, FIRST_ROW):
        sheet.write_number(row, NUMBER, row - FIRST_ROW + 1, book.style("number"))
        sheet.write_string(row, CODE, unit.code, book.style("code"))
        sheet.write_string(row, GROUP, groups.get(unit.group or "", ""), book.style("label"))
        sheet.write_string(row, UNIT, unit.name, book.style("label"))
        for column, (field, carriers) in enumerate(zip(fields, asked, strict=True), FIRST_COLUMN):
            sheet.write_blank(row, column, None, book.style(style_of(field) if unit.code in carriers else "unused"))
        sheet.write_blank(row, note, None, book.style("words"))
        sheet.set_row(row, 22)
    _merge_groups(book, sheet, [groups.get(unit.group or "", "") for unit in units])


def _merge_groups(book: Book, sheet: Worksheet, names: Sequence[str]) -> None:
    """Merge the name of a group over its units."""
    edges = [n for n, name in enumerate(names) if n == 0 or names[n - 1] != name] + [len(names)]
    for first, end in pairwise(edges):
        book.merged(sheet, (FIRST_ROW + first, GROUP, FIRST_ROW + end - 1, GROUP), names[first], "label")
