"""What stood in cells when a page was filled, where it has changed since."""

from collections.abc import Mapping
from dataclasses import replace

from baton.assessment.models import Figure
from baton.assessment.queries.desk.cells import Grid
from baton.core.models import User


def stood(user: User, grid: Grid, seen: Mapping[str, int]) -> dict[str, str]:
    """Give the text of cells in the older version that somebody saw; only of those that have changed since."""
    older = {cell.name: cell for cell in grid.cells if seen.get(cell.name, cell.seen) != cell.seen}
    if not older:
        return {}
    found = {name: cell.last if cell.column.adds_up else "" for name, cell in older.items() if seen[name] < 0}
    rows = Figure.objects.visible_to(user).filter(
        unit__in={cell.unit.pk for cell in older.values()},
        series__in={cell.cell.series for cell in older.values()},
        period__in={cell.cell.period for cell in older.values()},
    )
    versions = {(one.unit_id, one.series, one.figure, one.period, one.version): one for one in rows}
    for name, cell in older.items():
        key = (cell.unit.pk, cell.cell.series, cell.cell.figure, cell.cell.period, seen[name])
        if key in versions:
            found[name] = replace(cell, figure=versions[key]).entered
    return found
