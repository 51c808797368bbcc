"""A workbook being written: its cell formats, its protection, its bytes; the same input gives the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from types import MappingProxyType
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from baton.words import Language, text

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_INK, _LINE, _HEAD, _GREY, _ENTRY = "#1F2933", "#9AA5B1", "#DCE6F1", "#E4E7EB", "#FFFDF2"
_BASE: Mapping[str, Any] = MappingProxyType(
    {"font_name": "宋体", "font_size": 11, "font_color": _INK, "valign": "vcenter", "text_wrap": True}
)
_GRID: Mapping[str, Any] = MappingProxyType({"border": 1, "border_color": _LINE})
_STYLES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "title": {"font_name": "黑体", "font_size": 16, "align": "center"},
        "line": {"align": "left", "font_color": "#52606D"},
        "head": {**_GRID, "bold": True, "align": "center", "bg_color": _HEAD},
        "label": {**_GRID, "align": "left", "indent": 1},
        "number": {**_GRID, "align": "center"},
        "entry": {**_GRID, "align": "right", "bg_color": _ENTRY, "locked": False},
        "choice": {**_GRID, "align": "center", "bg_color": _ENTRY, "locked": False},
        "words": {**_GRID, "align": "left", "indent": 1, "bg_color": _ENTRY, "locked": False},
        "day": {**_GRID, "align": "center", "bg_color": _ENTRY, "locked": False, "num_format": "yyyy-mm-dd"},
        "moment": {**_GRID, "align": "center", "bg_color": _ENTRY, "locked": False, "num_format": "yyyy-mm-dd hh:mm"},
        "unused": {**_GRID, "bg_color": _GREY},
        "code": {"font_size": 8, "font_color": "#9AA5B1", "text_wrap": False},
    }
)
_ALLOWED = {
    "format_columns": True,
    "format_rows": True,
    "sort": False,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
ENTRY_MARKS = ("无", "不适用")
"""Words that a form takes in the place of a number."""


@dataclass
class Book:
    """One workbook in the making; `words` gives a text of the catalogue in its language."""

    language: Language = Language.CHINESE
    _stream: BytesIO = field(default_factory=BytesIO)

    def __post_init__(self) -> None:
        self.file = Workbook(self._stream, {"in_memory": True})
        self.file.set_properties({"created": _CREATED})
        self._formats: dict[str, Format] = {}

    def words(self, code: str, **params: object) -> str:
        """Give a text of the catalogue."""
        return text(code, self.language, **params)

    def style(self, name: str) -> Format:
        """Give a cell format by its name."""
        if name not in self._formats:
            self._formats[name] = self.file.add_format({**_BASE, **_STYLES[name]})
        return self._formats[name]

    def sheet(self, name: str, widths: Sequence[float], *, landscape: bool = True) -> Worksheet:
        """Add a sheet with its column widths, locked except for entry cells, that prints on A4 across its width."""
        made = self.file.add_worksheet(name)
        for column, width in enumerate(widths):
            made.set_column(column, column, width)
        made.protect("", _ALLOWED)
        made.set_paper(9)
        if landscape:
            made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        made.set_footer("&C&P / &N")
        made.hide_gridlines(2)
        return made

    def title(self, sheet: Worksheet, words: str, line: str, columns: int) -> None:
        """Write the title over all columns and a line below it."""
        sheet.merge_range(0, 0, 0, columns - 1, words, self.style("title"))
        sheet.set_row(0, 30)
        sheet.merge_range(1, 0, 1, columns - 1, line, self.style("line"))
        sheet.set_row(1, 20)

    def codes(self, sheet: Worksheet, row: int, codes: Mapping[int, str]) -> None:
        """Write a hidden row of codes by column."""
        for column, code in codes.items():
            sheet.write_string(row, column, code, self.style("code"))
        sheet.set_row(row, None, None, {"hidden": True})

    def merged(self, sheet: Worksheet, area: tuple[int, int, int, int], words: str, style: str) -> None:
        """Write a text into a range, merged if it has more than one cell."""
        if area[:2] == area[2:]:
            sheet.write_string(area[0], area[1], words, self.style(style))
        else:
            sheet.merge_range(*area, words, self.style(style))

    def finish(self) -> bytes:
        """Give the bytes of the workbook."""
        self.file.close()
        return self._stream.getvalue()
