"""Find the header on a sheet, and say what is missing, double or unknown in it."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from baton.sheets.address import a1
from baton.sheets.cells.text import close
from baton.sheets.table.column import Column, SheetMapping
from baton.sheets.table.header import DEEPEST, WIDEST, Block, Found, Names, read_block
from baton.sheets.table.label import split_unit
from baton.sheets.workbook import Sheet
from baton.words import Place, Problem, Severity

WINDOW = 40
"""Rows from the first used one in which a header is looked for."""
NEAR = 0.6
"""Likeness (difflib) from which a label is suggested."""
_HARMLESS = frozenset({"序号", "编号", "序", "no", "no.", "备注", "说明", "备注说明", "填表说明", "错误说明"})


def locate(sheet: Sheet, columns: Sequence[Column], mapping: SheetMapping) -> Block | None:
    """Give the best header block of a sheet; None when not one column that is looked for is there."""
    names = Names(columns, mapping)
    required = frozenset(column.key for column in columns if column.required)
    best: Block | None = None
    for top, bottom in _spans(sheet, names, mapping):
        block = read_block(sheet, top, bottom, names)
        if block.found and (best is None or block.score(required) > best.score(required)):
            best = block
        if best is not None and len(best.found) == len(columns) and all(f[0].exact for f in best.found.values()):
            break
    return best


def _spans(sheet: Sheet, names: Names, mapping: SheetMapping) -> Iterator[tuple[int, int]]:
    """Give the spans of rows that may be the header: shallow ones first, each with at least one known label."""
    if mapping.header_row:
        first, _, last = mapping.header_row.partition("-")
        yield int(first) - 1, int(last or first) - 1
        return
    end = min(sheet.end_row, sheet.first_row + WINDOW)
    hits = {
        row
        for row, values in enumerate(sheet.rows[:WINDOW], sheet.first_row)
        if any(isinstance(value, str) and value and names.hit("".join(value.split())) for value in values[:WIDEST])
    }
    for depth in range(DEEPEST):
        for top in range(sheet.first_row, end - depth):
            if any(row in hits for row in range(top, top + depth + 1)):
                yield top, top + depth


def choose(
    sheet: Sheet, block: Block, columns: Sequence[Column], mapping: SheetMapping
) -> tuple[dict[str, Found], list[Problem]]:
    """Take one header cell per column; report columns that are missing or double, and headers nobody asked for."""
    chosen: dict[str, Found] = {}
    problems: list[Problem] = []
    taken = {found.column for several in block.found.values() for found in several}
    free = {column: label for column, label in block.labels.items() if column not in taken}
    for column in columns:
        several = block.found.get(column.key, [])
        exact = [found for found in several if found.exact] or several
        if len(exact) > 1:
            params = {
                "header": _title(column),
                "cells": ", ".join(a1(block.bottom, one.column) for one in exact),
            }
            problems.append(Problem("sheets.column_twice", params, sheet.place(block.bottom, exact[1].column)))
        elif exact:
            chosen[column.key] = exact[0]
        elif column.required:
            problems.append(_missing(sheet, block, column, free))
    ignored = _HARMLESS | {close(label) for label in mapping.ignore}
    problems += [
        _unknown(sheet, block, column, label, columns)
        for column, label in free.items()
        if close(label.rpartition("/")[2]) not in ignored and close(label) not in ignored
    ]
    return chosen, problems


def _title(column: Column) -> str:
    return column.headers[0] if column.headers else column.key


def _missing(sheet: Sheet, block: Block, column: Column, free: dict[int, str]) -> Problem:
    near = get_close_matches(split_unit(close(_title(column)))[0], [close(label) for label in free.values()], 1, NEAR)
    params = {
        "header": _title(column),
        "row": block.bottom + 1,
        "near": near[0] if near else "-",
        "headers": "、".join(list(block.labels.values())[:20]),
    }
    return Problem("sheets.column_missing", params, Place(sheet.file, sheet.name, f"A{block.bottom + 1}"))


def _unknown(sheet: Sheet, block: Block, column: int, label: str, columns: Sequence[Column]) -> Problem:
    titles = {close(header): header for wanted in columns for header in wanted.headers}
    near = get_close_matches(split_unit(close(label))[0], list(titles), 1, NEAR)
    params = {"header": label, "near": titles[near[0]] if near else "-"}
    return Problem("sheets.column_unknown", params, sheet.place(block.bottom, column), Severity.WARNING)
