"""What a figure of a grid looks like, and what is written there: what its template asks, and what is filled in."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString

from baton.assessment.queries.desk.cells import Grid, GridCell, Row
from baton.web.stencil import Stencil

_NAMES = (
    "name",
    "title",
    "heading",
    "last",
    "entered",
    "entered_or_none",
    "shown",
    "shown_or_none",
    "seen",
    "unit_name",
    "unit_pk",
    "place",
    "message",
    "correct_at",
    "before",
)
_LINE_NAMES = ("address", "unit_name", "title", "shown", "last")
_NONE = "—"


def written_rows(
    grid: Grid, messages: Mapping[str, str], *, by_phone: bool, only_looks: bool
) -> Iterator[tuple[Row, SafeString]]:
    """Give each row of a grid with its cells as they stand in the page."""
    stencil = Stencil("web/report/cell.html", _NAMES, {"by_phone": by_phone, "only_looks": only_looks})
    for row in grid.rows:
        written = (
            stencil.filled(_look(cell, message), _values(cell, place, message))
            for place, cell in enumerate(row.cells)
            for message in ("" if cell is None else messages.get(cell.name, ""),)
        )
        yield row, SafeString("\n".join(written))


def unusual_lines(cells: Iterable[GridCell], only: str | None = None) -> list[SafeString]:
    """Give the lines of figures worth a second look; those of a grid lead to their cells.

    `only`: the indicator to which the grid is narrowed, empty for none; None where there is no grid on the page.
    """
    stencil = Stencil("web/report/unusual_line.html", _LINE_NAMES, {"linked": only is not None})
    return [stencil.filled({"whys": cell.whys}, _line(cell, only or "")) for cell in cells]


def _line(cell: GridCell, only: str) -> dict[str, str]:
    code = cell.column.field.indicator.code
    elsewhere = f"?only={quote(code)}" if only and only != code else ""
    return {
        "address": f"{elsewhere}#{cell.name}",
        "unit_name": cell.unit.name,
        "title": cell.title,
        "shown": cell.shown,
        "last": cell.last or _NONE,
    }


def _look(cell: GridCell | None, message: str) -> dict[str, Any]:
    if cell is None:
        return {"asked": False}
    return {
        "asked": True,
        "correctable": cell.correctable,
        "locked": cell.locked,
        "own": cell.own,
        "carried": cell.carried,
        "chosen": cell.is_chosen,
        "wrong": bool(message),
        "overtaken": cell.overtaken and not cell.locked,
        "early": cell.there and cell.figure is not None and cell.figure.preliminary,
        "corrected": cell.corrected is not None,
        "why": cell.whys[0] if cell.whys else "",
    }


def _values(cell: GridCell | None, place: int, message: str) -> dict[str, str]:
    if cell is None:
        return {}
    entered, shown = cell.entered, cell.shown
    return {
        "name": cell.name,
        "title": cell.title,
        "heading": cell.heading,
        "last": cell.last or _NONE,
        "entered": entered,
        "entered_or_none": entered or _NONE,
        "shown": shown,
        "shown_or_none": shown or _NONE,
        "seen": str(cell.seen),
        "unit_name": cell.unit.name,
        "unit_pk": str(cell.unit.pk),
        "place": str(place),
        "message": message,
        "correct_at": reverse("correct", args=[cell.seen]) if cell.correctable else "",
        "before": cell.corrected or _NONE,
    }
