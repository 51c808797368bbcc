"""The doors to tables: find one on a sheet or in a workbook, and check its totals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from baton.sheets.cells import Wanted, measure, ratio
from baton.sheets.cells.figure import written
from baton.sheets.cells.text import close
from baton.sheets.table.column import NO_MAPPING, Column, ColumnMapping, HiddenRows, Holds, SheetMapping
from baton.sheets.table.header import Block, Found, label_at
from baton.sheets.table.label import stated_units
from baton.sheets.table.locate import choose, locate
from baton.sheets.table.model import Located, Table
from baton.sheets.table.rows import Body, read_body
from baton.sheets.workbook import Sheet, Workbook
from baton.words import Place, Problem, Refused, Severity

_SUMS = frozenset({"合计", "总计", "共计", "全县合计", "全县总计"})


def find_table(sheet: Sheet, columns: Sequence[Column], mapping: SheetMapping = NO_MAPPING) -> Table:
    """Find the table with these columns on a sheet; its problems (missing, double, unknown columns) come with it.

    Raises Refused when not one of the columns is there, or when the mapping names a header row outside the sheet.
    """
    block = locate(sheet, columns, mapping)
    if block is None:
        raise Refused([_no_table(sheet, columns)])
    return _table(sheet, block, columns, mapping)


def find_table_in(workbook: Workbook, columns: Sequence[Column], mapping: SheetMapping = NO_MAPPING) -> Table:
    """Find the one visible sheet with the table, or the sheet that the mapping names (then it may be hidden).

    Raises Refused when there is no such sheet, no table, or the same table on several sheets.
    """
    place = Place(workbook.name)
    if mapping.sheet:
        sheet = workbook.sheet(mapping.sheet)
        if sheet is None:
            params = {"given": mapping.sheet, "sheets": "、".join(one.name for one in workbook.sheets)}
            raise Refused([Problem("sheets.no_such_sheet", params, place)])
        return find_table(sheet, columns, mapping)
    blocks = [(sheet, locate(sheet, columns, mapping)) for sheet in workbook.visible if sheet.rows]
    most = max((len(block.found) for _, block in blocks if block), default=0)
    best = [(sheet, block) for sheet, block in blocks if block is not None and len(block.found) == most]
    if not best:
        raise Refused([_no_table(sheet, columns) for sheet in workbook.visible[:1]] or [_all_hidden(workbook)])
    if len(best) > 1:
        params = {"sheets": "、".join(sheet.name for sheet, _ in best)}
        raise Refused([Problem("sheets.several_tables", params, place)])
    return _table(*best[0], columns, mapping)


def _no_table(sheet: Sheet, columns: Sequence[Column]) -> Problem:
    wanted = "、".join(column.headers[0] if column.headers else column.key for column in columns[:12])
    return Problem("sheets.no_table", {"headers": wanted}, Place(sheet.file, sheet.name))


def _all_hidden(workbook: Workbook) -> Problem:
    return Problem("sheets.all_hidden", {}, Place(workbook.name))


def _table(sheet: Sheet, block: Block, columns: Sequence[Column], mapping: SheetMapping) -> Table:
    chosen, problems = choose(sheet, block, columns, mapping)
    block = replace(block, bottom=_with_units_row(sheet, block, chosen))
    above = _units_above(sheet, block)
    located: dict[str, Located] = {}
    for column in columns:
        if column.key in chosen:
            own = mapping.columns.get(column.key, ColumnMapping())
            located[column.key] = _located(sheet, block, column, own, chosen[column.key], above, problems)
    body = read_body(sheet, block, _key_column(located), [one.index for one in located.values() if _is_figure(one)])
    problems += body.problems
    rows = _hidden(sheet, body, located, mapping, problems)
    return Table(
        sheet, (block.top, block.bottom), located, rows, body.totals, body.notes, tuple(problems), mapping.year
    )


def _is_figure(located: Located) -> bool:
    return located.column.holds is Holds.NUMBER


def _key_column(located: Mapping[str, Located]) -> int:
    """Choose the column that says what a row is about: units before texts before whatever comes first."""
    order = (Holds.UNIT, Holds.TEXT, Holds.PERIOD, Holds.NUMBER)
    return min(located.values(), key=lambda one: (order.index(one.column.holds), one.index)).index if located else 0


def _with_units_row(sheet: Sheet, block: Block, chosen: Mapping[str, Found]) -> int:
    """Give the last header row, one lower when the row below names nothing but units of measure."""
    below = [label_at(sheet, block.bottom + 1, found.column) for found in chosen.values()]
    named = [text for text in below if text]
    return block.bottom + 1 if named and all(stated_units(f"单位：{text}") for text in named) else block.bottom


def _units_above(sheet: Sheet, block: Block) -> tuple[str, ...]:
    """Collect the units that lines above the header state."""
    cells = (
        value
        for row in sheet.rows[: max(block.top - sheet.first_row, 0)]
        for value in row
        if isinstance(value, str) and "单位" in value
    )
    return tuple(unit for text in cells for unit in stated_units(text))


def _located(
    sheet: Sheet,
    block: Block,
    column: Column,
    own: ColumnMapping,
    found: Found,
    above: tuple[str, ...],
    problems: list[Problem],
) -> Located:
    """Settle what a column's figures are stated in: the mapping file, then the header, then a line above the table."""
    below = label_at(sheet, block.bottom, found.column)
    header_unit = found.unit or (below if stated_units(f"单位：{below}") else "")
    stated = own.unit or header_unit or next((unit for unit in above if _fits(unit, column.unit)), "")
    if column.holds is Holds.NUMBER and stated and column.unit and not _fits(stated, column.unit):
        params = {"header": found.label, "stated": stated, "unit": column.unit}
        problems.append(Problem("sheets.header_unit_does_not_fit", params, sheet.place(block.bottom, found.column)))
        stated = ""
    if found.column in sheet.facts.hidden_columns:
        params = {"header": found.label}
        place = sheet.place(block.bottom, found.column)
        problems.append(Problem("sheets.column_hidden", params, place, Severity.WARNING))
    return Located(column, found.column, found.label, Wanted(column.unit or stated, stated, own.percent))


def _fits(stated: str, unit: str) -> bool:
    given, wanted = measure(stated), measure(unit)
    return stated == unit or (given is not None and wanted is not None and ratio(given, wanted) is not None)


def _hidden(
    sheet: Sheet, body: Body, located: Mapping[str, Located], mapping: SheetMapping, problems: list[Problem]
) -> Sequence[int]:
    """Name the hidden rows of the table in one warning; leave them out where the mapping says so."""
    hidden = [row for row in body.rows if row in sheet.facts.hidden_rows] if sheet.facts.hidden_rows else []
    if not hidden:
        return body.rows
    skip = mapping.hidden_rows is HiddenRows.SKIP
    code = "sheets.hidden_rows_left_out" if skip else "sheets.hidden_rows_read"
    params = {"rows": "、".join(str(row + 1) for row in hidden[:20]), "count": len(hidden)}
    place = sheet.place(hidden[0], _key_column(located))
    problems.append(Problem(code, params, place, Severity.WARNING))
    return [row for row in body.rows if row not in sheet.facts.hidden_rows] if skip else body.rows


def check_totals(table: Table, keys: Sequence[str]) -> list[Problem]:
    """Compare the one row called 合计 (or the like) with the sum of the details; a difference is a warning.

    Nothing is compared where there are subtotals besides, or where a detail or the total cannot be read.
    """
    key = _key_column(table.columns)
    names = [
        (row, close(str(table.sheet.value(row, key) or table.sheet.value(row, table.sheet.first_column))))
        for row in table.totals
    ]
    if len(names) != 1 or names[0][1] not in _SUMS:
        return []
    problems = []
    for name in keys:
        details, total = table.numbers(name), table.numbers(name, [names[0][0]])
        given = total.decimals()[0]
        if details.problems or given is None:
            continue
        expected = sum((value for value in details.decimals() if value is not None), Decimal(0))
        if expected != given:
            params = {"given": written(given), "sum": written(expected)}
            place = table.place(names[0][0], name)
            problems.append(Problem("sheets.total_differs", params, place, Severity.WARNING))
    return problems
