"""One figure put right beside the one it replaces."""

from baton.assessment.actions.below.anew import ask_anew
from baton.assessment.actions.below.cells import Wish, current_figures, held_against, place_of, refuse
from baton.assessment.actions.below.doors import month_of_figure
from baton.assessment.actions.below.figures import new_batch, write_wishes
from baton.assessment.choices import BatchKind
from baton.assessment.models import Figure, Tally, Target
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import read_typed
from baton.core.acting import Actor, Told
from baton.words import Place, Problem, Refused


def correct(told: Told, by: Actor, stands: Figure, typed: str, reason: str, preliminary: bool = False) -> Figure:
    """Write a correction beside the figure it replaces; inside an action."""
    month = month_of_figure(stands)
    field = month.scheme.form.fields[stands.series, stands.figure]
    cell = Cell(stands.unit.code, stands.series, stands.figure, stands.period)
    place = place_of(cell, stands.unit.name, field)
    read = read_typed(typed, field, place)
    barred = bar_elsewhere(stands)
    if barred is not None:
        raise Refused([barred])
    without = [] if reason.strip() else [Problem("assessment.reason_lacking", {}, Place(field="reason"))]
    if isinstance(read, Problem):
        raise Refused([read, *without])
    refuse(without)
    wish = Wish(cell, read, field, stands.unit, stands.pk, preliminary, reason=reason.strip())
    current = current_figures([wish.key])
    changes, conflicts = held_against([wish], current)
    refuse(conflicts)
    if not changes:
        raise Refused([Problem("assessment.nothing_changed", {}, place)])
    batch = new_batch(by, BatchKind.CORRECTION, month, None, reason=reason.strip())
    (made,) = write_wishes(batch, changes, current)
    ask_anew(told, batch, {wish.cell.period for wish in changes})
    told.did("assessment.figure_corrected", made, before=stands.value, after=made.value, reason=made.reason)
    return made


def bar_elsewhere(stands: Figure) -> Problem | None:
    """Say why a figure is not put right here: a negotiated target changes by request, votes are counted anew."""
    if Tally.objects.filter(batch=stands.batch_id).exists():
        return Problem("tallies.by_count", {}, Place(field="typed"))
    rows = Target.objects.filter(unit=stands.unit_id, series=stands.series, figure_name=stands.figure)
    yearly = stands.period.isdigit() and rows.filter(year=int(stands.period)).exists()
    return Problem("targets.by_request_only", {}, Place(field="typed")) if yearly else None
