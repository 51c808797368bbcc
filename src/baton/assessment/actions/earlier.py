"""Bringing in figures and results of earlier months and years: trends and targets begin with them."""

from collections.abc import Sequence

from baton.assessment.actions.below.cells import current_figures
from baton.assessment.actions.below.doors import require_office
from baton.assessment.actions.below.figures import new_batch
from baton.assessment.actions.below.once import once
from baton.assessment.choices import Absent, BatchKind, FigureSource
from baton.assessment.models import Batch, Figure, Month, PastResult
from baton.assessment.rules.earlier import Earlier
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
        call = once(by, "bring_in_figures", key, file_digest, len(given))
        if call.before is not None:
            return Batch.objects.get(pk=call.before["batch"])
        keys = {(units[unit], *rest): one for (unit, *rest), one in given.items()}
        there = current_figures(keys)  # type: ignore[arg-type]
        if there:
            raise Refused([Problem("assessment.there_already", {"count": len(there)})])
        batch = new_batch(by, BatchKind.EARLIER, None, file=(file_name, file_digest))
        Figure.objects.bulk_create(_figure(batch, units[one.unit], one) for one in given.values())
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


def _figure(batch: Batch, unit: int, one: Observation) -> Figure:
    return Figure(
        unit_id=unit,
        series=one.series,
        figure=one.figure,
        period=one.period,
        value="" if one.value is None else plain(one.value),
        absent=Absent.NONE.value if one.value is None else "",
        preliminary=one.preliminary,
        source=FigureSource.EARLIER.value,
        sheet=one.origin.sheet[:100],
        cell=one.origin.cell,
        conversion=one.origin.conversion[:400],
        batch=batch,
    )


def bring_in_results(
    *, by: Actor, results: Sequence[Earlier], document: str, file_name: str = "", file_digest: str = ""
) -> int:
    """Bring in results of earlier months and years, with the document that made them known; gives how many.

    The same unit and period again replaces what was brought in before. Raises `Refused` for units that the list lacks.
    """
    require_office(by)
    units = dict(Unit.objects.values_list("code", "pk"))
    lacking = dict.fromkeys(one.unit for one in results if one.unit not in units)
    if lacking:
        raise Refused([Problem("assessment.unit_not_in_list", {"code": one, "name": one}) for one in lacking])
    with acting(by) as told:
        PastResult.objects.bulk_create(
            [
                PastResult(
                    unit_id=units[one.unit],
                    period=one.period,
                    group=one.group,
                    score=one.score,
                    full=one.full,
                    rank=one.rank,
                    grade=one.grade,
                    document=document[:200],
                    file_name=file_name[:200],
                    file_digest=file_digest,
                )
                for one in results
            ],
            update_conflicts=True,
            update_fields=["group", "score", "full", "rank", "grade", "document", "file_name", "file_digest"],
            unique_fields=["unit", "period"],
        )
        told.did("assessment.earlier_results", count=len(results), document=document, file=file_digest)
    return len(results)
