"""The workbooks of a year, one after the other: drawn, spoilt where faults are planted, and written to bytes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from pathlib import PurePosixPath

from baton.engine.scheme.units import Unit
from baton.example.figures import CountyYear
from baton.example.figures.draw import Draw
from baton.example.workbooks.choose import chosen, variation_of
from baton.example.workbooks.delimited import csv_bytes
from baton.example.workbooks.grid import Grid
from baton.example.workbooks.house import House, house_of
from baton.example.workbooks.layout import drawn
from baton.example.workbooks.own import BALLOTS, OwnSheets, own_sheets
from baton.example.workbooks.planted import ERRORS, FoundBy, Kind, Planted
from baton.example.workbooks.reports import GROUP_WORDS, Report, table_reports
from baton.example.workbooks.spoil import spoil
from baton.example.workbooks.xlsx import xlsx_bytes
from baton.sheets.forms import Sort

CORRECTION = "更正"
_WHOLE = (Kind.TEXT_NUMBERS, Kind.OTHER_MONEY, Kind.HEADER, Kind.DATE, Kind.ABSENT)
"""Faults of a whole sheet; the key names no cell."""


@dataclass(frozen=True, slots=True)
class File:
    """A workbook: its place below the folder, its bytes (None: it never came), who sent it, and what is in it."""

    path: str
    data: bytes | None
    who: str
    period: str
    planted: tuple[Planted, ...]


def files(
    year: CountyYear, *, faults: bool = True, mended: bool = False, wanted: Callable[[str], bool] = lambda path: True
) -> Iterator[File]:
    """Give the workbooks of a year, all or those whose path is wanted, corrections with what they correct.

    `mended`: with errors put right, as offices send them back.
    """
    units = {unit.code: unit for unit in year.scheme.units}
    styled = [(report, _house(year, report)) for report in table_reports(year)]
    planned = chosen(styled, year.seed) if faults else {report.key: set() for report, _ in styled}
    for report, house in styled:
        kinds = planned[report.key] - (set(ERRORS) if mended else set())
        path = _path(report, house, units)
        if wanted(path):
            yield from _files(year, report, house, kinds, units, path)
    for sheets in own_sheets(year):
        path = f"{_folder(str(year.year))}/{_own_stem(year, sheets, units)}.xlsx"
        if wanted(path):
            yield _own_file(year, sheets, path, faults and not mended)


def stem(period: str, who: Unit, subject: str, group: str, mark: str) -> str:
    """Write a file's name: `2025年06月_县发改局_固定资产投资_乡镇A组_核定数`."""
    parts = (_folder(period), who.short_name or who.name, subject, GROUP_WORDS.get(group, ""), mark)
    return "_".join(part for part in parts if part)


def _folder(period: str) -> str:
    year, _, rest = period.partition("-")
    return f"{year}年{rest[1:]}季度" if rest.startswith("Q") else f"{year}年{rest}月" if rest else f"{year}年度"


def _house(year: CountyYear, report: Report) -> House:
    return house_of(Draw(year.seed, "house", report.who, report.subject), report.subject, report.group)


def _path(report: Report, house: House, units: Mapping[str, Unit]) -> str:
    name = stem(report.period, units[report.who], report.subject, report.group, report.mark)
    return f"{_folder(report.period)}/{name}.{'csv' if house.encoding else 'xlsx'}"


def _own_stem(year: CountyYear, sheets: OwnSheets, units: Mapping[str, Unit]) -> str:
    return stem(str(year.year), units[sheets.who], sheets.subject, sheets.group, "")


def _files(
    year: CountyYear, report: Report, house: House, kinds: set[Kind], units: Mapping[str, Unit], path: str
) -> Iterator[File]:
    draw = Draw(year.seed, "sheet", report.key)
    if Kind.MISSING in kinds:
        lost = (
            Planted(path, Kind.MISSING, FoundBy.REGISTER, unit=u, figure=f"{s}.{f}", note=report.period)
            for u, s, f in report.figures
        )
        yield File(path, None, report.who, report.period, tuple(lost))
        return
    variation, house = variation_of(kinds, report, house, draw)
    late = (Planted(path, Kind.LATE, FoundBy.REGISTER),) if Kind.LATE in kinds else ()
    if Kind.CORRECTED in kinds:
        yield from _corrected(report, house, units, draw, path, late)
        return
    grid = drawn(report, house, variation, units, draw, PurePosixPath(path).stem)
    ways = tuple(Planted(path, kind, FoundBy.NOBODY, grid.name) for kind in _WHOLE if kind in kinds)
    former = tuple(
        Planted(path, Kind.FORMER_NAME, FoundBy.NOBODY, grid.name, grid.address(*grid.unit_cells[code]), code, "", name)
        for code, name in variation.former_names.items()
    )
    first = (Planted(path, Kind.PROVISIONAL, FoundBy.NOBODY, grid.name),) if report.provisional else ()
    planted = chain(late, ways, former, first, spoil(grid, kinds, path, draw))
    yield File(path, _bytes([grid], house), report.who, report.period, tuple(planted))


def _bytes(grids: list[Grid], house: House) -> bytes:
    return csv_bytes(grids[0], house.encoding) if house.encoding else xlsx_bytes(grids, house.font, house.fill)


def _corrected(
    report: Report, house: House, units: Mapping[str, Unit], draw: Draw, path: str, late: tuple[Planted, ...]
) -> Iterator[File]:
    """Give the report with wrong figures and, later, the rows that put them right, in one case at the second try."""
    plain = {field.key for field in report.fields if field.sort is Sort.NUMBER}
    able = [key for key, value in report.figures.items() if f"{key[1]}.{key[2]}" in plain and value > 1]
    wrong = draw.some_of(able, draw.whole(1, 2))
    rows = tuple(code for code in report.units if code in {key[0] for key in wrong})
    tries = 2 if draw.chance(0.15) else 1
    for number in range(tries + 1):
        share = Decimal("0.97") if number == 0 else Decimal("0.99") if number < tries else Decimal(1)
        figures = {key: _off(value, share) if key in wrong else value for key, value in report.figures.items()}
        mark = "" if number == 0 else f"{CORRECTION}{number if number > 1 else ''}"
        sent = replace(report, figures=figures, mark=mark, units=report.units if number == 0 else rows)
        head, _, ending = path.rpartition(".")
        name = path if number == 0 else f"{head}_{mark}.{ending}"
        way, _ = variation_of(set(), sent, house, draw)
        grid = drawn(sent, house, way, units, draw, PurePosixPath(name).stem)
        kind = Kind.CORRECTED if number == 0 else Kind.CORRECTION
        planted = tuple(
            Planted(
                name, kind, FoundBy.NOBODY, grid.name, grid.address(*at), spot.unit, spot.field.key, str(spot.value)
            )
            for at, spot in grid.spots.items()
            if (spot.unit, spot.field.series, spot.field.figure) in wrong
        )
        yield File(name, _bytes([grid], house), report.who, report.period, planted if number else (*late, *planted))


def _off(value: Decimal, share: Decimal) -> Decimal:
    """Give a figure that is a little too small, with as many places."""
    if share == 1:
        return value
    less = (value * share).quantize(value)
    return less if less != value else value - Decimal(1).scaleb(int(value.as_tuple().exponent))


def _own_file(year: CountyYear, sheets: OwnSheets, path: str, faults: bool) -> File:
    planted: tuple[Planted, ...] = ()
    if faults and sheets.subject == BALLOTS and sheets.group == "MS":
        grid = sheets.grids[1]
        unit, (row, _) = list(grid.unit_cells.items())[4]
        returned = int(grid.cells[row, 4][0] or 0) + 2
        grid.put(row, 4, returned, "number")
        cell = grid.address(row, 4)
        planted = (
            Planted(path, Kind.VOTES_MISMATCH, FoundBy.READER, grid.name, cell, unit, "D_B.收回", str(returned)),
        )
    return File(path, xlsx_bytes(sheets.grids), sheets.who, str(year.year), planted)
