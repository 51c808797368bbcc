"""Errors put into a drawn sheet, each at one cell, so that a reader has to name exactly this cell."""

from decimal import Decimal

from baton.example.figures.draw import Draw
from baton.example.workbooks.choose import SPLIT
from baton.example.workbooks.grid import Grid, Spot
from baton.example.workbooks.planted import FoundBy, Kind, Planted
from baton.sheets.forms import Sort

NO_NUMBERS = ("正在统计", "约3.9万", "待核实后补报", "见附件", "1２.5.6", "同上")
_LOOK_ALIKE = {"镇": "鎮", "乡": "多", "局": "届", "委": "季", "中心": "中新", "办": "力", "会": "合", "部": "倍"}


def spoil(grid: Grid, kinds: set[Kind], file: str, draw: Draw) -> list[Planted]:
    """Put errors into a grid and give what was planted."""
    makers = {
        Kind.TOTAL_MISMATCH: _total,
        Kind.PERCENT_IN_DOUBT: _in_doubt,
        Kind.NOT_A_NUMBER: _no_number,
        Kind.UNKNOWN_UNIT: _unknown_unit,
        Kind.AMBIGUOUS_UNIT: _ambiguous_unit,
        Kind.DUPLICATE_ROW: _second_row,
    }
    return [maker(grid, file, draw) for kind, maker in makers.items() if kind in kinds]


def _planted(grid: Grid, file: str, kind: Kind, at: tuple[int, int], given: object, spot: Spot | None) -> Planted:
    figure = spot.field.key if spot else ""
    unit = spot.unit if spot else ""
    return Planted(file, kind, FoundBy.READER, grid.name, grid.address(*at), unit, figure, str(given))


def _some_figure(grid: Grid, draw: Draw, percent: bool) -> tuple[tuple[int, int], Spot]:
    able = [
        (at, spot)
        for at, spot in grid.spots.items()
        if spot.value is not None and spot.field.sort is Sort.NUMBER and (not percent or spot.field.unit == "%")
    ]
    return draw.one_of(able)


def _total(grid: Grid, file: str, draw: Draw) -> Planted:
    at = draw.one_of(list(grid.totals))
    true, (content, style) = grid.totals[at], grid.cells[at]
    off = draw.whole(1, 9) if float(content or 0) == float(true) else 0.01
    given = round(float(content or 0) + off, 6)
    grid.put(*at, int(given) if given.is_integer() else given, style)
    return _planted(grid, file, Kind.TOTAL_MISMATCH, at, given, None)


def _in_doubt(grid: Grid, file: str, draw: Draw) -> Planted:
    """Write one percentage as a bare fraction among others that say %."""
    at, spot = _some_figure(grid, draw, percent=True)
    fraction = (spot.value or Decimal(0)) / 100
    given = float(fraction) if 0 < abs(fraction) < 1 else 0.974
    grid.put(*at, given, "number")
    return _planted(grid, file, Kind.PERCENT_IN_DOUBT, at, given, spot)


def _no_number(grid: Grid, file: str, draw: Draw) -> Planted:
    at, spot = _some_figure(grid, draw, percent=False)
    given = draw.one_of(NO_NUMBERS)
    grid.put(*at, given, "text")
    return _planted(grid, file, Kind.NOT_A_NUMBER, at, given, spot)


def _unknown_unit(grid: Grid, file: str, draw: Draw) -> Planted:
    code, at = draw.one_of(list(grid.unit_cells.items()))
    name = str(grid.cells[at][0])
    sign = next((sign for sign in _LOOK_ALIKE if sign in name), name[-1])
    given = name.replace(sign, _LOOK_ALIKE.get(sign, sign * 2), 1)
    grid.put(*at, given, "text")
    return Planted(file, Kind.UNKNOWN_UNIT, FoundBy.READER, grid.name, grid.address(*at), code, "", given)


def _ambiguous_unit(grid: Grid, file: str, draw: Draw) -> Planted:
    code, name = SPLIT
    at = grid.unit_cells[code]
    grid.put(*at, name, "text")
    return Planted(file, Kind.AMBIGUOUS_UNIT, FoundBy.READER, grid.name, grid.address(*at), code, "", name)


def _second_row(grid: Grid, file: str, draw: Draw) -> Planted:
    """Let a row stand in the place of another unit's: its unit is reported twice."""
    codes = list(grid.unit_cells)
    first = draw.whole(0, len(codes) - 2)
    code, other = codes[first], codes[first + 1]
    at, above = grid.unit_cells[other], grid.unit_cells[code]
    given = grid.cells[above][0]
    grid.put(*at, given, "text")
    return Planted(file, Kind.DUPLICATE_ROW, FoundBy.READER, grid.name, grid.address(*at), code, "", str(given))
