"""Scoring a special assessment, putting its result out under a document, and taking it back with the reason."""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import require_head, require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.actions.below.running import kept
from baton.assessment.actions.below.special_changes import ask_for_change_of
from baton.assessment.actions.below.special_doors import require_not_out, special_of
from baton.assessment.choices import RunKind, RunState, SpecialCheckState, SpecialState
from baton.assessment.models import Special, SpecialCheck, SpecialResult, SpecialRun
from baton.assessment.queries.special_days import days_of
from baton.assessment.queries.special_reports import unverified
from baton.assessment.queries.special_scoring import (
    SpecialScored,
    changed_since,
    explanations,
    lines_of,
    scored_special,
)
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.org.models import Unit
from baton.words import Place, Problem, Refused


def score_special(
    *, by: Actor, special: int, kind: RunKind = RunKind.TRIAL, reason: str = "", key: str = ""
) -> SpecialRun:
    """Score it by the figures that stand now; a run that could not be made is kept with its problems. By the office.

    The official run waits until the units had their days to check, or have all said something, every contest is
    answered, and every report is verified; where one is not, it wants the `reason` why it is not waited for, which
    stays with the run. Raises `Refused`.
    """
    require_office(by)
    with acting(by) as told:
        call = once(by, "score_special", key, special, kind, reason)
        if call.before is not None:
            return SpecialRun.objects.get(pk=call.before["run"])
        row = special_of(special)
        require_not_out(row)
        run = SpecialRun(special=row, kind=kind.value, by=by.user, at=clock.now())
        if kind is RunKind.OFFICIAL:
            _require_checked(row)
            run.reason = _why_not_waited(row, reason)
        try:
            scored = scored_special(row)
        except Refused as refused:
            run.state, run.problems = RunState.REFUSED.value, kept(refused.problems)
            run.save()
        else:
            _keep(run, scored)
        said = {"kind": kind.value, "state": run.state, "digest": run.digest, "reason": run.reason}
        told.did("plans.special_scored", row, **said)
        call.answer(run=run.pk)
    return run


def publish_special(*, by: Actor, special: int, document: str, key: str = "") -> Special:
    """Put its newest official result out under a document; the units concerned are told. By the head of the office.

    Where it replaces one that was withdrawn, why scores differ is worked out for the units. Raises `Refused` without a
    document, without an official run of the figures that stand now, while a contest waits, and where a report was sent
    back since and the run does not say why it is not waited for.
    """
    require_head(by)
    if not document.strip():
        raise Refused([Problem("plans.result_document_lacking", {}, Place(field="document"))])
    with acting(by) as told:
        call = once(by, "publish_special", key, special, document)
        row = special_of(special)
        if call.before is not None:
            return row
        require_not_out(row)
        _require_answered(row)
        run = SpecialRun.objects.filter(special=row, kind=RunKind.OFFICIAL, state=RunState.DONE).first()
        if run is None or run.withdrawn_at is not None:
            raise Refused([Problem("plans.no_official_run")])
        if changed_since(run):
            raise Refused([Problem("plans.special_run_outdated")])
        _why_not_waited(row, run.reason)
        run.document, run.published_by, run.published_at = document.strip()[:200], by.user, clock.now()
        run.save()
        row.state, row.run = SpecialState.PUBLISHED.value, run
        row.save(update_fields=["state", "run"])
        people = people_in(run.results.values_list("unit", flat=True), *OF_UNIT)
        link = places.special_results(row.pk)
        told.tell(people, "plans.notice_result", link=link, title=str(row), document=run.document)
        told.did("plans.special_published", row, document=run.document, digest=run.digest)
        before = SpecialRun.objects.filter(special=row, withdrawn_at__isnull=False).first()
        if before is not None:
            ask_for_change_of(told, before, run, by_itself=True)
        call.answer(special=row.pk)
    return row


def withdraw_special(*, by: Actor, special: int, reason: str, key: str = "") -> Special:
    """Take a result back, with the reason; it stays among the runs. A new official run replaces it, by publishing.

    By the head of the office; the units concerned are told. Raises `Refused`.
    """
    require_head(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    with acting(by) as told:
        call = once(by, "withdraw_special", key, special, reason)
        row = special_of(special)
        if call.before is not None:
            return row
        run = row.run
        if row.state != SpecialState.PUBLISHED or run is None:
            raise Refused([Problem("plans.special_is_not_out")])
        run.withdrawn_by, run.withdrawn_at, run.withdrawn_reason = by.user, clock.now(), reason.strip()[:400]
        run.save()
        row.state, row.run = SpecialState.OPEN.value, None
        row.save(update_fields=["state", "run"])
        people = people_in(run.results.values_list("unit", flat=True), *OF_UNIT)
        told.tell(people, "plans.notice_withdrawn", link=places.special(row.pk), title=str(row))
        told.did("plans.special_withdrawn", row, document=run.document, reason=run.withdrawn_reason)
        call.answer(special=row.pk)
    return row


def _keep(run: SpecialRun, scored: SpecialScored) -> None:
    sheet = scored.sheet
    run.state, run.scheme_digest = RunState.DONE.value, scored.scheme_digest
    run.data_digest, run.digest, run.engine_version = sheet.data_digest, sheet.digest, sheet.engine_version
    run.until, run.figures = scored.until, scored.figures
    run.save()
    units = dict(Unit.objects.values_list("code", "pk"))
    SpecialResult.objects.bulk_create(
        SpecialResult(
            run=run,
            unit_id=units[one.unit],
            group=one.group,
            score=one.standing.total,
            full=one.nodes[0].full,
            rank=one.standing.rank,
            lines=lines_of(one),
        )
        for one in explanations(sheet)
    )


def _require_answered(row: Special) -> None:
    waiting = SpecialCheck.objects.filter(special=row, state=SpecialCheckState.CONTESTED).select_related("unit")
    problems = [Problem("plans.contests_wait", {"unit": one.unit.name}) for one in waiting]
    if problems:
        raise Refused(problems)


def _require_checked(row: Special) -> None:
    """Wait for units that said nothing and still have days to check."""
    _require_answered(row)
    days, today = days_of(row), clock.today()
    silent = SpecialCheck.objects.filter(special=row, state=SpecialCheckState.OPEN).values_list("unit", flat=True)
    until = [last for unit in silent if (last := days.checks_until(unit)) >= today]
    if until:
        raise Refused([Problem("plans.check_not_over", {"count": len(until), "until": max(until).isoformat()})])


def _why_not_waited(row: Special, reason: str) -> str:
    """Give why reports that nobody verified are not waited for; empty where all are. Raises `Refused` without."""
    waiting = unverified(row)
    if waiting and not reason.strip():
        names = dict.fromkeys(one.values[0].ask.field.indicator.name for one in waiting)
        params = {"count": len(waiting), "names": "、".join(names)}
        raise Refused([Problem("plans.not_verified", params, Place(field="reason"))])
    return reason.strip()[:400] if waiting else ""
