"""The grid of a department: all townships or units side by side, with what is there, was there, and is being typed.

Units stay in the order of the official list, so that a column of an office's own Excel table fits when it is pasted;
figures worth a second look are told above the grid and marked in it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from baton.assessment.models import DraftCell, Figure, Month
from baton.assessment.queries.desk.cells import Column, Grid, GridCell, Row, is_there
from baton.assessment.queries.desk.columns import Asked, columns_of, period_before
from baton.assessment.queries.tallied import tallied
from baton.assessment.queries.targets.negotiated import negotiated
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.unusual import Course, reasons
from baton.core.models import User
from baton.engine.terms import Frequency
from baton.org.models import Unit
from baton.sheets.forms import Sort

_LOOKED_BACK = 12
"""Periods before that a figure is held against."""
type Key = tuple[int, str, str, str]
"""Number of the unit, series, figure, period."""


@dataclass(frozen=True, slots=True)
class _There:
    """What the database holds of a grid: figures that count now, texts of earlier ones, drafts, negotiated targets."""

    figures: Mapping[Key, Figure]
    earlier: Mapping[Key, str]
    drafts: Mapping[Key, DraftCell]
    negotiated: Collection[tuple[str, str, str, str]]
    tallied: Collection[tuple[str, str]]


def grid_of(user: User, month: Month, unit: Unit) -> Grid:
    """Give the grid in which a unit reports a month; empty where it reports about nobody."""
    asked = columns_of(user, month, unit)
    if not asked.columns:
        return Grid((), ())
    there = _there(user, month, asked)
    columns = [
        _looked_at(column, dict(_cells(column, [asked.units[number] for number in about], there, unit, asked.own)))
        for column, about in zip(asked.columns, asked.about, strict=True)
    ]
    kinds = {one.field.indicator.code: one.field.indicator.name for one in asked.columns}
    about = {number for several in asked.about for number in several}
    return Grid(asked.columns, tuple(_rows(month, [asked.units[number] for number in about], columns)), kinds)


def _periods_before(column: Column) -> tuple[str, ...]:
    """Give the periods that a figure is held against, oldest first; of a total those of the same year and the last."""
    back = [column.last_period]
    while len(back) < (_LOOKED_BACK if column.field.frequency is Frequency.MONTH else 1):
        back.append(period_before(back[-1]))
    year = column.period[:4]
    return tuple(one for one in reversed(back) if not column.adds_up or one[:4] == year or one == column.last_period)


def _there(user: User, month: Month, asked: Asked) -> _There:
    now = {one.period for one in asked.columns}
    before = {period for one in asked.columns for period in _periods_before(one)}
    series = {one.field.series for one in asked.columns}
    rows = Figure.objects.visible_to(user).current().filter(series__in=series).order_by()
    fields = ("unit_id", "series", "figure", "period", "value")
    drafts = DraftCell.objects.filter(by=user, series__in=series, period__in=now, unit__in=asked.units)
    yearly = {one.field.series for one in asked.columns if one.field.frequency is Frequency.YEAR}
    return _There(
        {_key(one): one for one in rows.filter(period__in=now).prefetch_related("batch", "supersedes")},
        {row[:4]: row[4] for row in rows.filter(period__in=before - now).values_list(*fields)},
        {_key(one): one for one in drafts},
        negotiated(month, yearly) if yearly else frozenset(),
        tallied(month.year, yearly) if yearly else frozenset(),
    )


def _key(one: Figure | DraftCell) -> Key:
    return one.unit_id, one.series, one.figure, one.period


def _cells(
    column: Column, units: Iterable[Unit], there: _There, unit: Unit, own: Collection[str]
) -> Iterator[tuple[int, GridCell]]:
    field, before = column.field, _periods_before(column)
    for about in units:
        key = (about.pk, field.series, field.figure)
        figure = there.figures.get((*key, column.period))
        here = Cell(about.code, field.series, field.figure, column.period)
        settled = (here.unit, here.series, here.figure, here.period) in there.negotiated
        counted = field.frequency is Frequency.YEAR and (about.code, field.series) in there.tallied
        locked = _locked(column, figure, field.series in own and about == unit, settled)
        locked = "reporting.locked_tallied" if counted else locked
        cell = GridCell(
            cell=here,
            column=column,
            unit=about,
            figure=figure,
            before=tuple(there.earlier.get((*key, period), "") for period in before),
            draft=None if locked else there.drafts.get((*key, column.period)),
            locked=locked,
        )
        yield about.pk, cell if cell.draft is None or cell.differs else replace(cell, draft=None)


def _locked(column: Column, figure: Figure | None, own: bool, settled: bool) -> str:
    if own:
        return "reporting.locked_own"
    if settled and not is_there(figure):
        return "reporting.locked_negotiated"
    if settled or (column.field.target and is_there(figure)):
        return "reporting.locked_target"
    return "" if column.closed is None else "reporting.locked_closed"


def _looked_at(column: Column, cells: dict[int, GridCell]) -> dict[int, GridCell]:
    """Mark the cells of a column whose figure is worth a second look."""
    if column.field.sort is not Sort.NUMBER or column.field.target:
        return cells
    courses = {
        cell.cell.unit: Course(
            number, [Decimal(one) if one else None for one in cell.before], column.adds_up, column.first
        )
        for cell in cells.values()
        if (number := cell.number) is not None
    }
    found = reasons(courses)
    return {
        number: replace(cell, whys=found[cell.cell.unit]) if cell.cell.unit in found else cell
        for number, cell in cells.items()
    }


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
