"""The grid of a department: all townships or units side by side, with what is there, was there, and is being typed.

Units stay in the order of the official list, so that a column of an office's own Excel table fits when it is pasted;
figures worth a second look are told above the grid and marked in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from baton.assessment.models import DraftCell, Figure, Month
from baton.assessment.queries.desk.cells import Column, Grid, GridCell, Row, words_of
from baton.assessment.queries.desk.columns import Asked, columns_of
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.month_scheme import month_before
from baton.assessment.rules.unusual import Course, reasons
from baton.core.models import User
from baton.org.models import Unit
from baton.sheets.forms import Sort

_LOOKED_BACK = 12
"""Months before that a figure is held against."""
type Key = tuple[int, str, str, str]


def grid_of(user: User, month: Month, unit: Unit) -> Grid:
    """Give the grid in which a unit reports a month; empty where it reports about nobody."""
    asked = columns_of(user, month, unit)
    if not asked.columns:
        return Grid((), ())
    figures, drafts = _figures(user, month, asked), _drafts(user, asked)
    cells = [
        {number: _cell(column, asked.units[number], figures, drafts) for number in about}
        for column, about in zip(asked.columns, asked.about, strict=True)
    ]
    looked = [_looked_at(column, whole, figures) for column, whole in zip(asked.columns, cells, strict=True)]
    kinds = {one.field.indicator.code: one.field.indicator.name for one in asked.columns}
    return Grid(asked.columns, tuple(_rows(month, asked.units.values(), looked)), kinds)


def _figures(user: User, month: Month, asked: Asked) -> dict[Key, Figure]:
    periods = {month_before(month.period, back) for back in range(_LOOKED_BACK + 1)}
    periods |= {text for one in asked.columns for text in (one.period, one.last_period)}
    series = {one.field.series for one in asked.columns}
    rows = Figure.objects.visible_to(user).current().filter(series__in=series, period__in=periods)
    wanted = rows.filter(unit__in=asked.units).select_related("batch__by")
    return {(one.unit_id, one.series, one.figure, one.period): one for one in wanted}


def _drafts(user: User, asked: Asked) -> dict[Key, DraftCell]:
    rows = DraftCell.objects.filter(
        by=user,
        series__in={one.field.series for one in asked.columns},
        period__in={one.period for one in asked.columns},
        unit__in=asked.units,
    )
    return {(one.unit_id, one.series, one.figure, one.period): one for one in rows}


def _cell(column: Column, about: Unit, figures: Mapping[Key, Figure], drafts: Mapping[Key, DraftCell]) -> GridCell:
    field = column.field
    key = (about.pk, field.series, field.figure, column.period)
    last = figures.get((*key[:3], column.last_period))
    cell = GridCell(
        cell=Cell(about.code, field.series, field.figure, column.period),
        column=column,
        unit=about,
        figure=figures.get(key),
        last=words_of(field, last.value) if last is not None and not (column.adds_up and column.first) else "",
        draft=drafts.get(key),
    )
    if field.target and cell.there:
        return replace(cell, locked="reporting.locked_target", draft=None)
    if column.closed is not None:
        return replace(cell, locked="reporting.locked_closed", draft=None)
    return cell


def _looked_at(column: Column, cells: dict[int, GridCell], figures: Mapping[Key, Figure]) -> dict[int, GridCell]:
    """Mark the cells of a column whose figure is worth a second look."""
    if column.field.sort is not Sort.NUMBER or column.field.target or "-" not in column.period or "Q" in column.period:
        return cells
    by_code = {cell.cell.unit: number for number, cell in cells.items()}
    courses = {
        code: Course(number, _before(cells[by_code[code]], figures), column.adds_up, column.first)
        for code, number in ((code, cells[at].number) for code, at in by_code.items())
        if number is not None
    }
    found = reasons(courses)
    return {number: replace(cell, whys=found.get(cell.cell.unit, ())) for number, cell in cells.items()}


def _before(cell: GridCell, figures: Mapping[Key, Figure]) -> list[Decimal | None]:
    """The same figure in the months before, oldest first; of a total only those of the same year."""
    key = (cell.unit.pk, cell.cell.series, cell.cell.figure)
    found = []
    for back in range(_LOOKED_BACK, 0, -1):
        period = month_before(cell.column.period, back)
        if cell.column.adds_up and period[:4] != cell.column.period[:4]:
            continue
        one = figures.get((*key, period))
        found.append(None if one is None else one.number)
    return found


def _rows(month: Month, units: Iterable[Unit], columns: list[dict[int, GridCell]]) -> list[Row]:
    scheme = month.scheme.scheme
    names = {group.code: group.name for group in scheme.groups}
    place = {one.code: (number, names.get(one.group or "", "")) for number, one in enumerate(scheme.units)}
    by_group: dict[str, list[Unit]] = defaultdict(list)
    for one in sorted(units, key=lambda unit: place[unit.code][0]):
        by_group[place[one.code][1]].append(one)
    return [
        Row(one, group, number == 0, tuple(cells.get(one.pk) for cells in columns))
        for group, several in by_group.items()
        for number, one in enumerate(several)
    ]
