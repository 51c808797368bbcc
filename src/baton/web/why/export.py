"""Explained changes as a workbook: a row per unit, and a sheet with every indicator, with all decimals."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import xlsxwriter

from baton.assessment.queries.looking.why import Moved
from baton.engine.compare.months import FACTORS
from baton.engine.scheme.indicators import Indicator
from baton.web.templatetags.words import page_language
from baton.words import text

_WIDE, _NARROW = 28, 14


def why_workbook(sides: tuple[str, str], indicators: Mapping[str, Indicator], rows: Sequence[Moved]) -> bytes:
    """Write what the page says; numbers are numbers, and every row's parts add up to its change.

    `sides`: how the two results are named; `indicators`: by code.
    """
    language, made = page_language(), BytesIO()

    def say(code: str) -> str:
        return text(code, language)

    factors = [text(f"objections.factor_{one.value}", language) for one in FACTORS]
    unit = say("objections.unit")
    heads = [*sides, say("objections.difference"), *factors]
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        units = add_sheet(book, say("objections.sheet_units"), [unit, *heads, say("objections.places_won")])
        lines = add_sheet(book, say("objections.sheet_lines"), [unit, say("objections.indicator"), *heads])
        line = 0
        for number, row in enumerate(rows, 1):
            change = row.change
            units.write_string(number, 0, row.unit.name)
            won = [] if row.places_won is None else [row.places_won]
            write_numbers(units, number, 1, [change.before, change.after, change.difference, *change.parts, *won])
            for piece in change.pieces:
                line += 1
                one = indicators.get(piece.indicator)
                name = "" if one is None else f"{one.code} {one.name} {one.rule.part_name(piece.part)}".strip()
                lines.write_string(line, 0, row.unit.name)
                lines.write_string(line, 1, name or say("objections.rest"))
                write_numbers(lines, line, 2, [piece.before, piece.after, piece.difference, *piece.parts])
    return made.getvalue()


def add_sheet(book: xlsxwriter.Workbook, name: str, heads: Sequence[str]) -> xlsxwriter.worksheet.Worksheet:
    """Add a sheet with its headings."""
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet.freeze_panes(1, 1)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, _NARROW if column > 1 else _WIDE)
    return sheet


def write_numbers(sheet: xlsxwriter.worksheet.Worksheet, line: int, first: int, values: Iterable[object]) -> None:
    """Write numbers beside each other."""
    for column, value in enumerate(values, first):
        sheet.write_number(line, column, float(str(value)))
