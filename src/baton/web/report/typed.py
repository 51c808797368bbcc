"""Cells as a form or the grid's script sends them."""

import json
from collections.abc import Mapping
from typing import Any

from baton.assessment.actions.below.entering import Typed
from baton.assessment.queries.desk.cells import Grid, GridCell

_LONGEST = 160
"""Letters that are kept of a cell, as the table of drafts has room for."""


def seen_of(cell: GridCell) -> int:
    """Give the number of the figure that stood there when the draft was begun; 0 for none."""
    return cell.seen if cell.draft is None else cell.draft.seen_id or 0


def as_typed(cell: GridCell, text: str, seen: int) -> Typed:
    """Give a cell as actions take it."""
    key = cell.cell
    return Typed(key.unit, key.series, key.figure, key.period, text[:_LONGEST], seen)


def drafts_in(grid: Grid, posted: Mapping[str, str], stood: Mapping[str, str]) -> list[Typed]:
    """Give the cells of a posted form that are to be kept as drafts: typed anew, or seen anew.

    `stood`: by cell the text of an older figure that the page was filled from; who left it alone has typed nothing. Who
    sends a form whose page already told of another's figure has seen that figure: the later word is theirs.
    """
    seen = seen_in(posted.get("seen", ""))
    found = []
    for cell in grid.cells:
        text = posted.get(cell.name)
        if text is None or cell.locked:
            continue
        text, saw = text.strip(), seen.get(cell.name, cell.seen)
        if cell.draft is None and text == stood.get(cell.name, cell.entered):
            continue
        if cell.draft is None or text != cell.draft.typed or saw != seen_of(cell):
            found.append(as_typed(cell, text, saw))
    return found


def seen_in(text: str) -> dict[str, int]:
    """Read the numbers of the figures that a page was filled from; what cannot be read counts as not told."""
    try:
        given = json.loads(text or "{}")
    except ValueError:
        return {}
    return {name: value for name, value in given.items() if isinstance(value, int)} if isinstance(given, dict) else {}


def seen_text(grid: Grid) -> str:
    """Write the numbers of the figures that a page is filled from."""
    return json.dumps({cell.name: cell.seen for cell in grid.cells if not cell.locked}, separators=(",", ":"))


def cells_in(body: bytes) -> list[dict[str, Any]] | None:
    """Read what the grid's script sends; None where it is nothing of the kind."""
    try:
        cells = json.loads(body)["cells"]
    except (ValueError, KeyError, TypeError):
        return None
    fine = isinstance(cells, list) and all(isinstance(one, dict) and isinstance(one.get("name"), str) for one in cells)
    return cells if fine else None
