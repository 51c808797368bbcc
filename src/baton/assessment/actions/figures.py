"""Figures typed into a grid, autosaved drafts, corrections, and taking a batch back."""

from collections.abc import Sequence

from baton.assessment.actions.below.anew import ask_anew
from baton.assessment.actions.below.cells import Desk, Wish, current_figures, held_against, refuse
from baton.assessment.actions.below.correcting import correct
from baton.assessment.actions.below.doors import is_office, month_of, require_office
from baton.assessment.actions.below.draft_cells import forget_typed, keep_typed
from baton.assessment.actions.below.entering import Typed, enter, wishes_of
from baton.assessment.actions.below.figures import new_batch, write_wishes
from baton.assessment.actions.below.once import once
from baton.assessment.choices import Absent, BatchKind
from baton.assessment.models import Batch, Figure
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import Read
from baton.core.acting import Actor, acting
from baton.words import Problem, Refused


def enter_figures(
    *,
    by: Actor,
    period: str,
    cells: Sequence[Typed],
    preliminary: bool = False,
    kind: BatchKind = BatchKind.GRID,
    key: str = "",
) -> Batch | None:
    """Enter many cells at once, as one batch; an emptied cell takes its figure back. None: nothing changed.

    Whoever reports for the series may, while the window is open; the office on behalf of others, and marked so. Raises
    `Refused` with every problem of every cell by unit and indicator, and then nothing is entered: numbers that cannot
    be read, cells that are not this person's, and cells that somebody changed since they were seen.
    """
    month = month_of(period)
    with acting(by) as told:
        call = once(by, "enter_figures", key, period, [str(one) for one in cells], preliminary)
        if call.before is not None:
            return Batch.objects.filter(pk=call.before["batch"]).first()
        desk = Desk(month, by, {one.series for one in cells})
        wishes, problems = wishes_of(desk, cells, preliminary)
        current = current_figures(wish.key for wish in wishes)
        changes, conflicts = held_against(wishes, current)
        refuse([*problems, *conflicts])
        batch = enter(told, desk, changes, kind, current)
        forget_typed(by, cells)
        call.answer(batch=None if batch is None else batch.pk)
    return batch


def save_draft(*, by: Actor, period: str, cells: Sequence[Typed]) -> int:
    """Keep cells as they are being typed, right or wrong; seen by nobody else, and no matter of the audit chain.

    Gives how many are kept. Raises `Refused` for cells the month does not ask for.
    """
    user = by.user
    if user is None:
        return 0
    desk = Desk(month_of(period), by, {one.series for one in cells})
    refuse(problem for one in cells if (problem := desk.known(one.cell)) is not None)
    with acting(by):
        keys = [(desk.units[one.unit].pk, one.series, one.figure, one.period) for one in cells]
        keep_typed(user, keys, cells)
    return len(cells)


def correct_figure(
    *, by: Actor, figure: int, typed: str, reason: str, preliminary: bool = False, key: str = ""
) -> Figure:
    """Correct a figure after its window has closed: by the office, with a reason; the old figure stays.

    Raises `Refused` for a reason that is missing, a number that cannot be read, and a figure that was replaced already.
    """
    require_office(by)
    stands = Figure.objects.select_related("unit", "batch__by", "batch__month").filter(pk=figure).first()
    if stands is None:
        raise Refused([Problem("assessment.figure_unknown")])
    with acting(by) as told:
        call = once(by, "correct_figure", key, figure, typed, reason)
        if call.before is not None:
            return Figure.objects.get(pk=call.before["figure"])
        made = correct(told, by, stands, typed, reason, preliminary)
        call.answer(figure=made.pk)
    return made


def undo_batch(*, by: Actor, batch: int, key: str = "") -> Batch:
    """Take a whole batch back as one step, while the windows of all its figures are open.

    What stood before stands again. By whoever brought it in, or the office. Raises `Refused` where it was taken back
    already, where a window has closed, and with every figure that somebody has changed since.
    """
    row = Batch.objects.select_related("month__scheme", "unit").filter(pk=batch).first()
    if row is None or row.month is None or row.kind in (BatchKind.UNDO, BatchKind.CORRECTION, BatchKind.EARLIER):
        raise Refused([Problem("assessment.batch_unknown")])
    if not is_office(by) and (by.user is None or row.by_id != by.user.pk):
        raise Refused([Problem("assessment.batch_of_others")])
    with acting(by) as told:
        call = once(by, "undo_batch", key, batch)
        if call.before is not None:
            return Batch.objects.get(pk=call.before["batch"])
        if Batch.objects.filter(undoes=row).exists():
            raise Refused([Problem("assessment.batch_undone")])
        figures = list(row.figures.select_related("unit", "supersedes"))
        desk = Desk(row.month, by, {one.series for one in figures})
        wishes = [_back(desk, one) for one in figures]
        current = current_figures(wish.key for wish in wishes)
        barred = [desk.barred(wish.cell, wish.place, direct=True) for wish in wishes]
        changed = [
            Problem("assessment.changed_since", {"value": current[wish.key].value or "—"}, wish.place)
            for wish, one in zip(wishes, figures, strict=True)
            if current[wish.key].pk != one.pk
        ]
        refuse([*(one for one in barred if one is not None), *changed])
        made = new_batch(by, BatchKind.UNDO, row.month, row.unit, undoes=row)
        write_wishes(made, wishes, current)
        ask_anew(told, made, {wish.cell.period for wish in wishes})
        told.did("assessment.batch_undone_by", made, batch=row.pk, count=len(wishes))
        call.answer(batch=made.pk)
    return made


def _back(desk: Desk, one: Figure) -> Wish:
    """Give the cell as it was before a figure."""
    before = one.supersedes
    cell = Cell(one.unit.code, one.series, one.figure, one.period)
    blank = before is None or before.absent == Absent.WITHDRAWN
    read = Read(None if before is None else before.number, blank)
    preliminary = before is not None and before.preliminary
    return Wish(cell, read, desk.form.fields[one.series, one.figure], one.unit, one.pk, preliminary)
