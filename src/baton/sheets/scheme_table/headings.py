"""What stands in the header of an office's table of indicators, and what below it: for mapping it by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baton.sheets.table.column import NO_MAPPING
from baton.sheets.table.header import Names, label_at, read_block
from baton.sheets.workbook import Sheet, Workbook
from baton.words import Place, Problem, Refused

WINDOW = 15
"""Rows from the top in which the header is looked for."""
LONGEST = 24
"""Characters of a heading; what is longer is a title or a text."""
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """The header of a sheet: `rows` as Excel counts (`3`, `3-4`), labels by 0-based column, and samples below them."""

    sheet: str
    rows: str
    labels: Mapping[int, str]
    samples: Mapping[int, tuple[str, ...]]


def headings_of(workbook: Workbook, rows: str = "") -> Headings:
    """Read the header of the visible sheet with the most headings, in `rows` or where most short texts stand in a row.

    Raises `Refused` where no sheet has two headings.
    """
    found = [one for sheet in workbook.visible if sheet.rows and (one := _of(sheet, rows)) is not None]
    if not found:
        raise Refused([Problem("sheets.scheme_table_no_header", {}, Place(workbook.name, field="rows"))])
    return max(found, key=lambda one: len(one.labels))


def _of(sheet: Sheet, rows: str) -> Headings | None:
    top, bottom = _span(sheet, rows)
    labels = dict(read_block(sheet, top, bottom, Names((), NO_MAPPING)).labels.items())
    if len(labels) < 2:
        return None
    below = range(bottom + 1, min(sheet.end_row, bottom + 1 + SAMPLES))
    samples = {column: tuple(filter(None, (_shown(sheet, row, column) for row in below))) for column in labels}
    shown = str(top + 1) if top == bottom else f"{top + 1}-{bottom + 1}"
    return Headings(sheet.name, shown, labels, samples)


def _span(sheet: Sheet, rows: str) -> tuple[int, int]:
    first, _, last = rows.partition("-")
    if first.isdecimal() and len(rows) < 12 and (not last or last.isdecimal()):
        return int(first) - 1, int(last or first) - 1
    candidates: Sequence[int] = range(sheet.first_row, min(sheet.end_row, sheet.first_row + WINDOW))
    best = max(candidates, key=lambda row: (_count(sheet, row), -row))
    return best, best


def _count(sheet: Sheet, row: int) -> int:
    """Count the different short texts of a row; numbers are no headings."""
    values = [sheet.value(row, column) for column in range(sheet.first_column, sheet.end_column)]
    return len({value.strip() for value in values if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST})


def _shown(sheet: Sheet, row: int, column: int) -> str:
    spot = sheet.merged_from(row, column) or (row, column)
    return label_at(sheet, *spot)[:40]
