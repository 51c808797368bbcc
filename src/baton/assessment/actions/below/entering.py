"""Cells as they were typed become figures of a batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baton.assessment.actions.below.anew import ask_anew
from baton.assessment.actions.below.cells import Desk, Key, Wish, place_of
from baton.assessment.actions.below.figures import new_batch, write_wishes
from baton.assessment.choices import BatchKind
from baton.assessment.models import Batch, Figure
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import Read, read_typed
from baton.core.acting import Told
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell as it was typed. `seen`: number of the figure that stood there when typing began, 0 none, None: any."""

    unit: str
    series: str
    figure: str
    period: str
    typed: str
    seen: int | None = None

    @property
    def cell(self) -> Cell:
        """Its key."""
        return Cell(self.unit, self.series, self.figure, self.period)


def wishes_of(desk: Desk, cells: Sequence[Typed], preliminary: bool) -> tuple[list[Wish], list[Problem]]:
    """Read cells and check each by itself; gives what can be read and all problems."""
    wishes, problems = [], []
    for one in cells:
        unknown = desk.known(one.cell)
        if unknown is not None:
            problems.append(unknown)
            continue
        field, unit = desk.form.fields[one.series, one.figure], desk.units[one.unit]
        place = place_of(one.cell, unit.name, field)
        barred = desk.barred(one.cell, place)
        read = read_typed(one.typed, field, place)
        problems += [found for found in (barred, read) if isinstance(found, Problem)]
        if isinstance(read, Read):
            wishes.append(Wish(one.cell, read, field, unit, one.seen, preliminary))
    times = Counter(wish.key for wish in wishes)
    twice = [Problem("assessment.cell_twice", {}, wish.place) for wish in wishes if times[wish.key] > 1]
    return wishes, [*problems, *twice]


def enter(
    told: Told,
    desk: Desk,
    changes: Sequence[Wish],
    kind: BatchKind,
    current: Mapping[Key, Figure],
    file: tuple[str, str] = ("", ""),
) -> Batch | None:
    """Write changes down as a batch; None where there are none."""
    if not changes:
        return None
    reporters = {desk.duties[wish.cell.series, wish.unit.pk].reporter for wish in changes}
    unit = next(iter(reporters)) if len(reporters) == 1 else None
    batch = new_batch(desk.by, kind, desk.month, unit, desk.behalf(changes), file)
    write_wishes(batch, changes, current)
    ask_anew(told, batch, {wish.cell.period for wish in changes})
    told.did(
        "assessment.figures_entered",
        batch,
        count=len(changes),
        series=sorted({wish.cell.series for wish in changes}),
        behalf_of=batch.behalf_of,
        file=batch.file_digest,
    )
    return batch
