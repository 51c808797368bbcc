"""What stood in cells when a page was filled, where it has changed since."""

from collections.abc import Mapping
from dataclasses import replace

from baton.assessment.models import Figure
from baton.assessment.queries.desk.cells import Grid
from baton.core.models import User


def stood(user: User, grid: Grid, seen: Mapping[str, int]) -> dict[str, str]:
    """Give the text of cells as somebody saw them, by the numbers of their figures; only of those changed since."""
    older = {cell.name: cell for cell in grid.cells if seen.get(cell.name, cell.seen) != cell.seen}
    if not older:
        return {}
    found = {name: cell.last if cell.column.adds_up else "" for name, cell in older.items() if not seen[name]}
    figures = Figure.objects.visible_to(user).in_bulk([seen[name] for name in older if seen[name]])
    for name, cell in older.items():
        one = figures.get(seen[name])
        key = (cell.unit.pk, cell.cell.series, cell.cell.figure, cell.cell.period)
        if one is not None and (one.unit_id, one.series, one.figure, one.period) == key:
            found[name] = replace(cell, figure=one).entered
    return found
