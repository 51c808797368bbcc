"""The last approval of a unit's own report enters its figures."""

from baton.assessment.actions.below.cells import Desk, Wish, current_figures, held_against, place_of, refuse
from baton.assessment.actions.below.entering import enter
from baton.assessment.choices import BatchKind
from baton.assessment.models import Submission
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import Read, read_typed
from baton.core.acting import Actor, Told


def approved(told: Told, by: Actor, row: Submission) -> None:
    """Enter what a report says. The window of the unit may have closed while it lay on the desks above."""
    desk = Desk(row.month, by, {row.series})
    wishes = []
    for name, typed in row.values.items():
        figure, _, period = name.partition(":")
        cell = Cell(row.unit.code, row.series, figure, period)
        field = desk.form.fields[row.series, figure]
        read = read_typed(typed, field, place_of(cell, row.unit.name, field))
        if isinstance(read, Read):
            wishes.append(Wish(cell, read, field, row.unit))
    current = current_figures(wish.key for wish in wishes)
    changes, conflicts = held_against(wishes, current)
    refuse(conflicts)
    enter(told, desk, changes, BatchKind.GRID, current)
