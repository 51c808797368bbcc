"""The look of cells, each format made once a workbook."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format

from baton.documents.excel.content import Column, Formula, Kind, Level

FONT: Final = "宋体"
_INK: Final = "#1f2933"
_LINE: Final = "#9aa5b1"
_HEAD: Final = "#dce6ef"
_GROUP: Final = "#c3d4e4"
_TO_FILL: Final = "#fffbe6"
_QUIET: Final = "#52606d"
_LINKED: Final = "#1f4e79"
_MOST_PLACES: Final = 15

LIGHTS: Final[Mapping[Level, tuple[str, str]]] = {
    Level.NORMAL: ("#1e6b3c", "#e6f2ea"),
    Level.NEAR: ("#7a5c00", "#fdf3d0"),
    Level.OVER: ("#a5341a", "#fbe3dc"),
    Level.NONE: ("#52606d", "#f1f3f5"),
}

DEFAULT: Final = {"font_name": FONT, "font_scheme": "none", "font_size": 11, "font_color": _INK, "valign": "vcenter"}
BORDERED: Final = {"border": 1, "border_color": _LINE}
STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "text_wrap": True},
    "caption": {"bold": True, "font_size": 12},
    "label": {"font_color": _QUIET, "align": "left"},
    "head": {"bold": True, "bg_color": _HEAD, "align": "center", "text_wrap": True, **BORDERED},
    "group": {"bold": True, "bg_color": _GROUP, "align": "center", "text_wrap": True, **BORDERED},
    "note": {"font_size": 10, "font_color": _QUIET, "text_wrap": True, "valign": "top"},
}
_ALIGN: Final = {Kind.TEXT: "left", Kind.LIGHT: "center", Kind.DATE: "center"}


class Formats:
    """Gives formats by name or by column, kept so that a workbook holds each only once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        # by the column's identity, which is quicker than its hash; the column is kept with it, so identities stay apart
        self._by_column: dict[tuple[object, ...], tuple[Column, Format]] = {}
        self._kept: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, name: str) -> Format:
        """Give one of the named looks: title, caption, label, head, group, note."""
        return self._get(dict(STYLES[name]))

    def light(self, level: Level) -> Format:
        """Give the look of a light, for conditional formats."""
        ink, paper = LIGHTS[level]
        return self._get({"font_color": ink, "bg_color": paper})

    def cell(self, column: Column, places: int | None, *, bold: bool, link: bool = False, boxed: bool = True) -> Format:
        """Give the look of a cell of a column that shows `places` decimals; unboxed, as a fact, it stands left."""
        key = (id(column), places, bold, link, boxed)
        if key not in self._by_column:
            self._by_column[key] = column, self._look(column, places, bold=bold, link=link, boxed=boxed)
        return self._by_column[key][1]

    def _look(self, column: Column, places: int | None, *, bold: bool, link: bool, boxed: bool) -> Format:
        align = "left" if not boxed else "center" if column.centred else _ALIGN.get(column.kind, "right")
        look: dict[str, object] = {"align": align}
        if boxed:
            look |= BORDERED
            if align != "center":
                look["indent"] = 1
        if code := number_format(column, places):
            look["num_format"] = code
        if column.kind is Kind.TEXT and boxed:
            look["text_wrap"] = True
        if column.unlocked:
            look |= {"locked": False, "bg_color": _TO_FILL}
        if bold:
            look["bold"] = True
        if link:
            look |= {"font_color": _LINKED, "underline": 1}
        return self._get(look)

    def _get(self, look: dict[str, Any]) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._kept:
            self._kept[key] = self._book.add_format(look)
        return self._kept[key]


def number_format(column: Column, places: int | None) -> str:
    """Give the number format of a column: thousands parted where `grouped`, `places` decimals; empty for text."""
    whole = "#,##0" if column.grouped else "0"
    decimals = "." + "0" * min(places, _MOST_PLACES) if places else ""
    match column.kind:
        case Kind.INTEGER:
            return whole
        case Kind.DECIMAL:
            return whole + decimals
        case Kind.PERCENT:
            return f"0{decimals}%"
        case Kind.DATE:
            return "yyyy-mm-dd"
        case _:
            return "@"


def places_of(column: Column, value: object) -> int | None:
    """Give the decimals to show: the column's, else as many as the value has (two fewer for a percent)."""
    if isinstance(value, Formula):
        return value.places if value.places is not None else places_of(column, value.value)
    if column.places is not None or not isinstance(value, Decimal) or not value.is_finite():
        return column.places
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent - (2 if column.kind is Kind.PERCENT else 0))
