"""What a cell says while it is being typed: what is read from it, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localtime

from baton.assessment.models import Figure
from baton.assessment.queries.desk.cells import NONE, name_of, words_of
from baton.assessment.rules.expected import Cell, Form
from baton.assessment.rules.figures import Read, read_typed
from baton.core.models import User
from baton.words import Place, Problem


@dataclass(frozen=True, slots=True)
class Answer:
    """`text`: what was read, as it is kept; None where it is left as it was typed."""

    name: str
    text: str | None
    problem: Problem | None


def answers(user: User, form: Form, cells: Sequence[tuple[Cell, str, int]]) -> list[Answer]:
    """Read cells that somebody types, each with the number of the figure that was seen; two queries."""
    rows = (
        Figure.objects.visible_to(user)
        .current()
        .select_related("batch__by")
        .filter(
            unit__code__in={cell.unit for cell, _, _ in cells},
            series__in={cell.series for cell, _, _ in cells},
            period__in={cell.period for cell, _, _ in cells},
        )
    )
    current = {Cell(one.unit.code, one.series, one.figure, one.period): one for one in rows.select_related("unit")}
    return [_answer(form, cell, text, seen, current.get(cell)) for cell, text, seen in cells]


def _answer(form: Form, cell: Cell, text: str, seen: int, stands: Figure | None) -> Answer:
    name, field = name_of(cell), form.fields.get((cell.series, cell.figure))
    if field is None or cell.unit not in field.units:
        params = {"unit": cell.unit, "field": f"{cell.series}.{cell.figure}"}
        return Answer(name, None, Problem("assessment.not_asked", params))
    read = read_typed(text, field, Place(field=name, column=field.name))
    if isinstance(read, Problem):
        return Answer(name, None, read)
    said = words_of(field, read.text) if read.value is not None else "" if read.blank else NONE
    return Answer(name, said, overtaken(stands, seen, read))


def overtaken(stands: Figure | None, seen: int, read: Read) -> Problem | None:
    """Tell whoever types that somebody else entered another figure meanwhile, with both values."""
    if stands is None or seen == stands.pk or stands.value == read.text:
        return None
    params = {
        "mine": read.text or "—",
        "theirs": stands.value or "—",
        "by": stands.batch.by.name if stands.batch.by is not None else "—",
        "at": f"{localtime(stands.batch.at):%Y-%m-%d %H:%M}",
    }
    return Problem("assessment.changed_meanwhile", params)
