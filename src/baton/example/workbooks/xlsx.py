"""Write a grid as .xlsx; the same grid gives the same bytes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from baton.example.workbooks.grid import Grid

WRITTEN = datetime(2026, 1, 20, tzinfo=UTC)
"""The time that stands in every file, so that bytes do not depend on the clock."""
_PLAIN: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "line": {"font_size": 10, "valign": "vcenter"},
    "head": {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1},
    "text": {"border": 1, "align": "center", "valign": "vcenter"},
    "left": {"border": 1, "align": "left", "valign": "vcenter", "text_wrap": True},
    "number": {"border": 1, "align": "right", "valign": "vcenter"},
    "percent": {"border": 1, "align": "right", "valign": "vcenter", "num_format": "0.0%"},
    "note": {"font_size": 9, "italic": True},
}
_SLIM, _NARROW, _WIDE = 6, 15, 28


_UPRIGHT = 6
"""Most columns that a sheet in portrait format can show."""


def xlsx_bytes(grids: Sequence[Grid], font: str = "宋体", fill: str = "#FFFFFF") -> bytes:
    """Write grids as the sheets of one workbook."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": WRITTEN.replace(tzinfo=None), "author": ""})
    styles = {name: book.add_format({"font_name": font, **style}) for name, style in _PLAIN.items()}
    styles["head"].set_bg_color(fill)
    for grid in grids:
        _sheet(book.add_worksheet(grid.name), grid, styles)
    book.close()
    return buffer.getvalue()


def _sheet(sheet: Any, grid: Grid, styles: dict[str, Any]) -> None:
    anchors = {(top, left): (bottom, right) for top, left, bottom, right in grid.merged}
    for (row, column), (content, style) in grid.cells.items():
        if (row, column) in anchors:
            sheet.merge_range(row, column, *anchors[row, column], content, styles[style])
        elif content is None:
            sheet.write_blank(row, column, None, styles[style])
        elif isinstance(content, str):
            sheet.write_string(row, column, content, styles[style])
        else:
            sheet.write_number(row, column, content, styles[style])
    names = {column for _, column in grid.unit_cells.values()} | grid.wide_columns
    numbered = {column for (_, column), (content, style) in grid.cells.items() if (content, style) == ("序号", "head")}
    for column in range(grid.width):
        options = {"hidden": True} if column in grid.hidden_columns else {}
        width = _WIDE if column in names else _SLIM if column in numbered else _NARROW
        sheet.set_column(column, column, width, None, options)
    for row in {row for (row, _), (_, style) in grid.cells.items() if style == "head"}:
        sheet.set_row(row, 30)
    for row in grid.hidden_rows:
        sheet.set_row(row, None, None, {"hidden": True})
    if grid.cells.get((0, 0), ("", ""))[1] == "title":
        sheet.set_row(0, 28)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if grid.width > _UPRIGHT:
        sheet.set_landscape()
