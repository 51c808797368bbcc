"""Explained changes of years as a workbook: a row per unit, and a sheet with every piece, with all decimals."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from baton.assessment.models import AnnualChange
from baton.assessment.queries.annual.why import AnnualMoved, steps_of
from baton.web.annual.asked_years import AskedYears, words
from baton.web.templatetags.annual import piece_words, step_words
from baton.web.templatetags.words import page_language
from baton.web.why.export import add_sheet, write_numbers
from baton.words import text


def why_years_workbook(asked: AskedYears, change: AnnualChange, rows: Sequence[AnnualMoved]) -> bytes:
    """Write what the page says; numbers are numbers, and every row's parts add up to its change."""
    language, made = page_language(), BytesIO()
    unit, piece = text("objections.unit", language), text("why.piece", language)
    steps = [step_words(step) for step in steps_of(change)]
    heads = [words(asked.first), words(asked.second), text("objections.difference", language), *steps]
    places = text("objections.places_won", language)
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        units = add_sheet(book, text("objections.sheet_units", language), [unit, *heads, places])
        lines = add_sheet(book, text("why.by_piece", language), [unit, piece, *heads])
        for number, row in enumerate(rows, 1):
            one = row.change
            units.write_string(number, 0, row.unit.name)
            won = [] if row.places_won is None else [row.places_won]
            write_numbers(units, number, 1, [one.before, one.after, one.difference, *one.parts, *won])
        named = [(row.unit.name, one) for row in rows for one in row.change.pieces]
        for number, (name, own) in enumerate(named, 1):
            lines.write_string(number, 0, name)
            lines.write_string(number, 1, piece_words(own))
            write_numbers(lines, number, 2, [own.before, own.after, own.difference, *own.parts])
    return made.getvalue()
