"""The committee's decision on the grades of a year, written down with its document; the system only suggests."""

from collections.abc import Mapping
from datetime import date

from baton.assessment.actions.annual.year import annual_of
from baton.assessment.actions.below.doors import require_head
from baton.assessment.actions.below.once import once
from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import AnnualAssessment, AnnualDecision, AnnualPublication, AnnualRun, DecidedGrade
from baton.assessment.queries.annual.placed import placed_of
from baton.assessment.rules.annual.decision import against
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.words import Place, Problem, Refused


def decide_grades(
    *,
    by: Actor,
    year: int,
    run: int,
    grades: Mapping[str, str],
    reasons: Mapping[str, str],
    body: str,
    document: str,
    on: date | None,
    key: str = "",
) -> AnnualDecision:
    """Write down what the competent body decided on an official run: grades (codes) and reasons by the unit's code.

    Units that are not named have the grade that was suggested. By the head of the office. Raises `Refused` with every
    broken quota and its arithmetic, with grades that a veto closes, and with departures that have no reason; while the
    decision is up for publicity or published it cannot be replaced before that was withdrawn.
    """
    require_head(by)
    problems = _lacking(body, document, on)
    with acting(by) as told:
        call = once(by, "decide_grades", key, year, run, grades, reasons, document)
        if call.before is not None:
            return AnnualDecision.objects.get(pk=call.before["decision"])
        annual = annual_of(year, lock=True)
        rests_on = _official(annual, run)
        placed = placed_of(rests_on)
        unknown = sorted({*grades, *reasons} - {one.unit for one in placed})
        problems += [Problem("annual.unit_unknown", {"unit": code}) for code in unknown]
        problems += against(rests_on.scheme.scheme, placed, grades, reasons)
        if problems or on is None:
            raise Refused(problems)
        row = AnnualDecision.objects.create(
            annual=annual,
            run=rests_on,
            body=body.strip()[:100],
            document=document.strip()[:200],
            on=on,
            by=by.user,
            at=clock.now(),
        )
        numbers = dict(rests_on.units.values_list("unit__code", "unit"))
        rows = [
            DecidedGrade(
                decision=row,
                unit_id=numbers[one.unit],
                group=one.group,
                suggested=one.grade,
                grade=grades.get(one.unit, one.grade),
                reason=reasons.get(one.unit, "").strip()[:1000],
            )
            for one in placed
        ]
        DecidedGrade.objects.bulk_create(rows)
        departed = [one.unit for one in placed if grades.get(one.unit, one.grade) != one.grade]
        told.did("annual.decided", row, year=year, run=run, document=row.document, departed=departed)
        call.answer(decision=row.pk)
    return row


def _lacking(body: str, document: str, on: date | None) -> list[Problem]:
    problems = []
    if not body.strip():
        problems.append(Problem("annual.body_lacking", {}, Place(field="body")))
    if not document.strip():
        problems.append(Problem("annual.document_lacking", {}, Place(field="document")))
    if on is None:
        problems.append(Problem("annual.day_lacking", {}, Place(field="on")))
    elif on > clock.today():
        problems.append(Problem("annual.day_to_come", {"day": on.isoformat()}, Place(field="on")))
    return problems


def _official(annual: AnnualAssessment, number: int) -> AnnualRun:
    """Give the newest official run, which must be the one that was looked at."""
    made = AnnualPublication.objects.in_force().filter(annual=annual).first()
    if made is not None:
        raise Refused([Problem("annual.made_known_already", {"year": annual.year, "issue": made.issue})])
    rows = AnnualRun.objects.filter(annual=annual, kind=RunKind.OFFICIAL, state=RunState.DONE)
    newest = rows.select_related("scheme").first()
    if newest is None:
        raise Refused([Problem("annual.no_official_run", {"year": annual.year})])
    if newest.pk != number:
        raise Refused([Problem("annual.newer_run", {"seen": number, "newest": newest.pk})])
    return newest
