"""Writing figures down: one batch, every figure beside the one it replaces."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction

from baton.assessment.actions.below.cells import Key, Wish, current_figures, held_against, refuse
from baton.assessment.choices import BatchKind, FigureSource
from baton.assessment.models import Batch, Figure, Month
from baton.core import clock
from baton.core.acting import Actor
from baton.org.models import Unit

_SOURCES = {
    BatchKind.GRID: FigureSource.TYPED,
    BatchKind.WORKBOOK: FigureSource.WORKBOOK,
    BatchKind.API: FigureSource.API,
    BatchKind.SYSTEM: FigureSource.SYSTEM,
    BatchKind.CORRECTION: FigureSource.TYPED,
    BatchKind.EARLIER: FigureSource.EARLIER,
    BatchKind.TARGET: FigureSource.TYPED,
    BatchKind.UNDO: FigureSource.TYPED,
}


def new_batch(
    by: Actor,
    kind: BatchKind,
    month: Month | None,
    unit: Unit | None = None,
    behalf_of: str = "",
    file: tuple[str, str] = ("", ""),
    reason: str = "",
    undoes: Batch | None = None,
) -> Batch:
    """Begin a batch; `file`: name and SHA-256."""
    return Batch.objects.create(
        kind=kind.value,
        month=month,
        unit=unit,
        by=by.user,
        behalf_of=behalf_of or by.behalf_of[:200],
        at=clock.now(),
        file_name=file[0][:200],
        file_digest=file[1],
        reason=reason[:400],
        undoes=undoes,
    )


def write_wishes(batch: Batch, wishes: Iterable[Wish], current: Mapping[Key, Figure]) -> list[Figure]:
    """Write the wishes of a batch down beside what stands there.

    Raises `Refused` where somebody else was quicker by a moment: the database takes a version once.
    """
    given = list(wishes)
    rows = [_figure(batch, wish, current.get(wish.key)) for wish in given]
    try:
        with transaction.atomic():
            return Figure.objects.bulk_create(rows)
    except IntegrityError:
        _, problems = held_against([_seen(wish, current.get(wish.key)) for wish in given], current_figures(current))
        refuse(problems)
        raise


def _seen(wish: Wish, stood: Figure | None) -> Wish:
    seen = 0 if stood is None else stood.pk
    return Wish(wish.cell, wish.read, wish.field, wish.unit, seen, wish.preliminary, wish.sheet, wish.at)


def _figure(batch: Batch, wish: Wish, stands: Figure | None) -> Figure:
    source = _SOURCES[BatchKind(batch.kind)]
    unit, series, figure, period = wish.key
    return Figure(
        unit_id=unit,
        series=series,
        figure=figure,
        period=period,
        version=0 if stands is None else stands.version + 1,
        supersedes=stands,
        value=wish.read.text,
        absent=wish.absent,
        preliminary=wish.preliminary and not wish.absent,
        source=source.value,
        sheet=wish.sheet[:100],
        cell=wish.at,
        conversion=wish.read.conversion[:400],
        batch=batch,
        reason=wish.reason[:400],
    )
