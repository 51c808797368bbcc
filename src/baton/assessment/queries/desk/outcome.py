"""What entering the drafts of a grid would do, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.assessment.queries.desk.cells import Grid, GridCell
from baton.assessment.rules.figures import Read
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """Cells by what happens to them, and what stands against it.

    `new`, `changed`, `emptied`: figures that come, change, go. `settles`: preliminary ones that stay as they are.
    `unusual`: of those that come or change, the ones worth a second look. `missing`: still not there afterwards.
    """

    new: Sequence[GridCell]
    changed: Sequence[GridCell]
    emptied: Sequence[GridCell]
    settles: Sequence[GridCell]
    unusual: Sequence[GridCell]
    missing: Sequence[GridCell]
    overtaken: Sequence[GridCell]
    problems: Sequence[Problem]

    @property
    def writes(self) -> list[GridCell]:
        """Every cell that is written."""
        return [*self.new, *self.changed, *self.emptied]


def outcome(grid: Grid) -> Outcome:
    """Say what entering the drafts of a grid would do."""
    cells = [cell for cell in grid.cells if not cell.locked]
    differing = [cell for cell in cells if cell.differs]
    problems = [found for cell in differing if isinstance(found := cell.read, Problem)]
    good = [(cell, found) for cell in differing if isinstance(found := cell.read, Read)]
    writes = [cell for cell, read in good if not read.blank]
    changed = {cell.name for cell in differing}
    return Outcome(
        new=[cell for cell in writes if not cell.there],
        changed=[cell for cell in writes if cell.there],
        emptied=[cell for cell, read in good if read.blank],
        settles=[one for one in cells if one.name not in changed and one.figure is not None and one.figure.preliminary],
        unusual=[cell for cell in writes if cell.whys],
        missing=[one for one in cells if not one.there and one.name not in changed and one.wanted],
        overtaken=[cell for cell in differing if cell.overtaken],
        problems=problems,
    )


@dataclass(frozen=True, slots=True)
class Apart:
    """How many different figures the units of a column have: one means that it tells nobody apart."""

    name: str
    units: int
    different: int


def apart(grid: Grid) -> list[Apart]:
    """Say of each column how well it tells units apart, drafts taken as entered."""
    found = []
    for place, column in enumerate(grid.columns):
        cells = (row.cells[place] for row in grid.rows)
        numbers = [cell.number for cell in cells if cell is not None and cell.number is not None]
        if numbers and not column.field.target:
            found.append(Apart(column.field.name, len(numbers), len(set(numbers))))
    return found
