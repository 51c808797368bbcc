"""What is wrong with a workbook before it is written: every problem at once, with sheet and field."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from baton.documents.excel.content import Fact, Formula, Link, Noted, Sheet, Table, Value, Workbook
from baton.documents.excel.names import is_name
from baton.words import Place, Problem

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
LONGEST_TEXT: Final = 32_767  # characters in a cell; Excel specifications and limits
LONGEST_FORMULA: Final = 8_192


def problems(workbook: Workbook) -> list[Problem]:
    """Find rows of wrong length, texts and tables too large, names Excel refuses or twice used, links to no sheet."""
    keys = Counter(sheet.key or sheet.name for sheet in workbook.sheets)
    found = [] if workbook.sheets else [Problem("documents.no_sheets")]
    found += [Problem("documents.sheet_twice", {"key": key}, Place(sheet=key)) for key, n in keys.items() if n > 1]
    found += _of_names(workbook)
    for sheet in workbook.sheets:
        for table_index, table in enumerate(sheet.tables):
            found += _of_table(sheet, table, f"tables[{table_index}]", keys)
        for index, fact in enumerate(sheet.facts):
            found += _of_value(fact.value, Place(sheet=sheet.name, field=f"facts[{index}]"), keys)
    return found


def _of_names(workbook: Workbook) -> Iterator[Problem]:
    named: list[tuple[str, Sheet]] = []
    for sheet in workbook.sheets:
        parts: tuple[Fact | Table, ...] = (*sheet.facts, *sheet.tables)
        named += [(part.name, sheet) for part in parts if part.name]
    counts = Counter(name.casefold() for name, _ in named)
    for name, sheet in named:
        if not is_name(name):
            yield Problem("documents.bad_name", {"name": name}, Place(sheet=sheet.name))
        elif counts[name.casefold()] > 1:
            yield Problem("documents.name_twice", {"name": name}, Place(sheet=sheet.name))


def _of_table(sheet: Sheet, table: Table, path: str, keys: Counter[str]) -> Iterator[Problem]:
    width = len(table.columns)
    if len(table.rows) + table.blank_rows > MOST_ROWS // 2 or width > MOST_COLUMNS:
        params = {"rows": len(table.rows), "columns": width, "most_rows": MOST_ROWS // 2, "most_columns": MOST_COLUMNS}
        yield Problem("documents.table_too_large", params, Place(sheet=sheet.name, field=path))
    if sum(group.columns for group in table.groups) not in (0, width):
        yield Problem("documents.header_spans", {"expected": width}, Place(sheet=sheet.name, field=f"{path}.groups"))
    for index, row in enumerate(table.rows):
        if len(row) != width:
            params = {"given": len(row), "expected": width, "row": index + 1}
            yield Problem("documents.row_length", params, Place(sheet=sheet.name, field=f"{path}.rows[{index}]"))
        for column, value in enumerate(row):
            if type(value) in _CHECKED:
                field = f"{path}.rows[{index}][{column}]"
                yield from _of_value(value, Place(sheet=sheet.name, field=field), keys)


def _of_value(value: Value, place: Place, keys: Counter[str]) -> Iterator[Problem]:
    match value:
        case Noted():
            yield from _of_value(value.note, place, keys)
            yield from _of_value(value.value, place, keys)
        case Link():
            if value.sheet not in keys:
                yield Problem("documents.unknown_sheet", {"key": value.sheet, "text": value.text}, place)
        case Formula(expression=expression):
            if not expression.startswith("=") or len(expression) > LONGEST_FORMULA:
                params = {"given": expression[:60], "longest": LONGEST_FORMULA}
                yield Problem("documents.bad_formula", params, place)
        case str():
            if len(value) > LONGEST_TEXT:
                params = {"given": len(value), "longest": LONGEST_TEXT, "text": value[:30]}
                yield Problem("documents.text_too_long", params, place)


_CHECKED: Final = frozenset({Noted, Link, Formula, str})
