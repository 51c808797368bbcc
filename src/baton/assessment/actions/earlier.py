"""Bringing in figures and results of earlier months and years: trends and targets begin with them."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from baton.assessment.actions.below.anew import ask_anew
from baton.assessment.actions.below.cells import Key, current_figures
from baton.assessment.actions.below.doors import require_office
from baton.assessment.actions.below.figures import new_batch
from baton.assessment.actions.below.once import once
from baton.assessment.choices import Absent, BatchKind, FigureSource
from baton.assessment.models import Batch, Figure, Month, PastImport, PastResult
from baton.assessment.rules.earlier import Earlier
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.engine.panel import Observation
from baton.engine.terms import plain
from baton.org.models import Unit
from baton.words import Place, Problem, Refused


def bring_in_figures(
    *, by: Actor, observations: Sequence[Observation], file_name: str = "", file_digest: str = "", key: str = ""
) -> Batch:
    """Bring in figures of months that were never opened here, each with the cell it came from.

    Of several with the same key the last counts. Raises `Refused` for units that the list lacks, months that are open
    or scored here (there figures are entered or corrected), and figures that are there already.
    """
    require_office(by)
    units = dict(Unit.objects.values_list("code", "pk"))
    given = {(one.unit, one.series, one.figure, one.period): one for one in observations}
    opened = set(Month.objects.values_list("period", flat=True))
    problems = [problem for one in given.values() if (problem := _problem(one, units, opened)) is not None]
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        call = once(by, "bring_in_figures", key, file_digest, [(*at, str(one.value)) for at, one in given.items()])
        if call.before is not None:
            return Batch.objects.get(pk=call.before["batch"])
        keys: dict[Key, Observation] = {
            (units[one.unit], one.series, one.figure, one.period): one for one in given.values()
        }
        stands = current_figures(keys)
        there = [key for key, one in stands.items() if one.absent != Absent.WITHDRAWN]
        if there:
            raise Refused([Problem("assessment.there_already", {"count": len(there)})])
        batch = new_batch(by, BatchKind.EARLIER, None, file=(file_name, file_digest))
        Figure.objects.bulk_create(_figure(batch, one, key, stands.get(key)) for key, one in keys.items())
        ask_anew(told, batch, {one.period for one in given.values()})
        periods = sorted({one.period for one in given.values()})
        told.did("assessment.earlier_figures", batch, count=len(given), first=periods[:1], last=periods[-1:])
        call.answer(batch=batch.pk)
    return batch


def _problem(one: Observation, units: dict[str, int], opened: set[str]) -> Problem | None:
    place = Place(one.origin.file, one.origin.sheet, one.origin.cell)
    if one.unit not in units:
        return Problem("assessment.unit_not_in_list", {"code": one.unit, "name": one.unit}, place)
    if one.period in opened:
        return Problem("assessment.month_is_open", {"period": one.period}, place)
    return None


def _figure(batch: Batch, one: Observation, key: Key, stands: Figure | None) -> Figure:
    return Figure(
        unit_id=key[0],
        series=one.series,
        figure=one.figure,
        period=one.period,
        version=0 if stands is None else stands.version + 1,
        supersedes=stands,
        value="" if one.value is None else plain(one.value),
        absent=Absent.NONE.value if one.value is None else "",
        preliminary=one.preliminary,
        source=FigureSource.EARLIER.value,
        sheet=one.origin.sheet[:100],
        cell=one.origin.cell,
        conversion=one.origin.conversion[:400],
        batch=batch,
    )


def take_back_figures(*, by: Actor, batch: int) -> Batch:
    """Take figures of earlier months back that came in together. Raises `Refused` where one was replaced since."""
    require_office(by)
    with acting(by) as told:
        row = Batch.objects.filter(pk=batch, kind=BatchKind.EARLIER).first()
        if row is None:
            raise Refused([Problem("assessment.batch_unknown")])
        if Batch.objects.filter(undoes=row).exists():
            raise Refused([Problem("assessment.batch_undone")])
        figures = list(row.figures.all())
        replaced = Figure.objects.filter(supersedes__in=figures).count()
        if replaced:
            raise Refused([Problem("assessment.earlier_replaced", {"count": replaced})])
        made = new_batch(by, BatchKind.UNDO, None, undoes=row)
        Figure.objects.bulk_create(_withdrawn(made, one) for one in figures)
        ask_anew(told, made, {one.period for one in figures})
        told.did("assessment.batch_undone_by", made, batch=row.pk, count=len(figures))
    return made


def _withdrawn(batch: Batch, one: Figure) -> Figure:
    return Figure(
        unit_id=one.unit_id,
        series=one.series,
        figure=one.figure,
        period=one.period,
        version=one.version + 1,
        supersedes=one,
        absent=Absent.WITHDRAWN.value,
        source=FigureSource.EARLIER.value,
        batch=batch,
    )


def bring_in_results(
    *, by: Actor, results: Sequence[Earlier], document: str, file_name: str = "", file_digest: str = ""
) -> PastImport:
    """Bring in results of earlier months and years, with the document that made them known.

    The same unit and period again replaces what was brought in before, and taking it back brings that up again. Raises
    `Refused` for units that the list lacks, a document without a name, and a table without rows.
    """
    require_office(by)
    units = dict(Unit.objects.values_list("code", "pk"))
    given = {(one.unit, one.period): one for one in results}
    problems = _problems_of_results(given.values(), units, document)
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        before = _standing({units[unit] for unit, _ in given}, {period for _, period in given})
        made = PastImport.objects.create(
            document=document.strip()[:200],
            file_name=file_name[:200],
            file_digest=file_digest,
            count=len(given),
            before=[_kept(one) for one in before if (one.unit.code, one.period) in given],
            by=by.user,
            at=clock.now(),
        )
        PastResult.objects.bulk_create(
            [_past(made, units[one.unit], one) for one in given.values()],
            update_conflicts=True,
            update_fields=[*_RESULT, "document", "file_name", "file_digest", "brought"],
            unique_fields=["unit", "period"],
        )
        told.did("assessment.earlier_results", made, count=made.count, document=made.document, file=file_digest)
    return made


_RESULT = ("group", "score", "full", "rank", "grade")


def _problems_of_results(results: Collection[Earlier], units: Mapping[str, int], document: str) -> list[Problem]:
    lacking = dict.fromkeys(one.unit for one in results if one.unit not in units)
    found = [Problem("assessment.unit_not_in_list", {"code": one, "name": one}) for one in lacking]
    if not document.strip():
        found.append(Problem("assessment.document_lacking", {}, Place(field="document")))
    if not results:
        found.append(Problem("assessment.nothing_to_bring"))
    return found


def _standing(units: Collection[int], periods: Collection[str]) -> QuerySet[PastResult]:
    return PastResult.objects.filter(unit__in=list(units), period__in=periods).select_related("unit")


def _past(made: PastImport, unit: int, one: Earlier) -> PastResult:
    fields = {name: getattr(one, name) for name in _RESULT}
    origin = {"document": made.document, "file_name": made.file_name, "file_digest": made.file_digest}
    return PastResult(unit_id=unit, period=one.period, brought=made, **fields, **origin)


_NUMBERS = ("score", "full", "rank")
_ORIGIN = ("document", "file_name", "file_digest")


def _kept(one: PastResult) -> dict[str, Any]:
    """Write a result down as JSON, so that it can stand again."""
    values = {name: getattr(one, name) for name in _NUMBERS}
    numbers = {name: None if value is None else str(value) for name, value in values.items()}
    texts = {name: getattr(one, name) for name in ("group", "grade", "period", *_ORIGIN)}
    return {"unit": one.unit_id, "brought": one.brought_id, **texts, **numbers}


def take_back_results(*, by: Actor, brought: int) -> PastImport:
    """Take results back that came in together; what they replaced stands again.

    Raises `Refused` where they were taken back already, or a later workbook replaced some of them.
    """
    require_office(by)
    with acting(by) as told:
        row = PastImport.objects.select_for_update(no_key=True).filter(pk=brought).first()
        if row is None or row.undone_at is not None:
            raise Refused([Problem("assessment.batch_undone")])
        rows = PastResult.objects.filter(brought=row)
        replaced = row.count - rows.count()
        if replaced:
            raise Refused([Problem("assessment.earlier_replaced", {"count": replaced})])
        rows.delete()
        PastResult.objects.bulk_create(_again(one) for one in row.before)
        row.undone_at, row.undone_by = clock.now(), by.user
        row.save(update_fields=["undone_at", "undone_by"])
        told.did("assessment.earlier_results_undone", row, count=row.count, again=len(row.before))
    return row


def _again(one: dict[str, Any]) -> PastResult:
    numbers = {name: None if one[name] is None else Decimal(one[name]) for name in _NUMBERS}
    texts = {name: one[name] for name in ("group", "grade", "period", *_ORIGIN)}
    return PastResult(unit_id=one["unit"], brought_id=one["brought"], **texts, **numbers)
