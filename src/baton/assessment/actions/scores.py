"""Scoring a month, anew when figures changed; putting its result out, and taking it back."""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import month_of, require_head, require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import people_in
from baton.assessment.actions.below.running import run_month
from baton.assessment.choices import MonthState, RunKind, RunState
from baton.assessment.models import Month, Publication, Run
from baton.assessment.queries.runs import changed_since, stale_months, wants_scoring
from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.org.choices import Role
from baton.words import Place, Problem, Refused, text


def score_month(*, by: Actor, period: str, kind: RunKind = RunKind.TRIAL, reason: str = "", key: str = "") -> Run:
    """Score a month by the figures that stand now. A run that could not be made is kept too, with its problems."""
    require_office(by)
    with acting(by) as told:
        call = once(by, "score_month", key, period, kind)
        if call.before is not None:
            return Run.objects.get(pk=call.before["run"])
        run = run_month(told, by, month_of(period, lock=True), kind, reason)
        call.answer(run=run.pk)
    return run


def rescore_changed(*, by: Actor = SYSTEM) -> list[Run]:
    """Score every month anew whose figures changed since its newest run: final figures came, or one was corrected.

    What is out stays out until somebody withdraws it; the new run shows what would change.
    """
    require_office(by)
    made = []
    for period in stale_months():
        with acting(by) as told:
            month = month_of(period, lock=True)
            newest = wants_scoring(month)
            if newest is not None:
                made.append(run_month(told, by, month, RunKind(newest.kind), text("assessment.figures_changed")))
    return made


def publish_month(*, by: Actor, period: str, document: str = "", title: str = "", key: str = "") -> Publication:
    """Put a month's official result out. Raises `Refused` without an official run of the figures that stand now."""
    require_head(by)
    with acting(by) as told:
        call = once(by, "publish_month", key, period, document)
        if call.before is not None:
            return Publication.objects.get(pk=call.before["publication"])
        month = month_of(period, lock=True)
        if Publication.objects.filter(month=month, withdrawn_at__isnull=True).exists():
            raise Refused([Problem("assessment.published_already", {"period": period})])
        run = Run.objects.filter(month=month, kind=RunKind.OFFICIAL, state=RunState.DONE).first()
        if run is None:
            raise Refused([Problem("assessment.no_official_run", {"period": period})])
        if changed_since(run) or run.scheme_id != month.scheme_id:
            raise Refused([Problem("assessment.run_outdated", {"period": period})])
        made = Publication.objects.create(
            month=month,
            run=run,
            issue=Publication.objects.filter(month=month).count() + 1,
            document=document[:200],
            title=title[:200],
            published_by=by.user,
            published_at=clock.now(),
        )
        _set_state(month, MonthState.PUBLISHED)
        units = run.units.values_list("unit", flat=True)
        heads = people_in(units, Role.UNIT_HEAD)
        told.tell(heads, "assessment.notice_published", link=places.results(period), period=period)
        told.did("assessment.result_published", made, month=period, issue=made.issue, digest=run.digest)
        call.answer(publication=made.pk)
    return made


def withdraw_publication(*, by: Actor, period: str, reason: str, key: str = "") -> Publication:
    """Take a published result back, with the reason; it stays among the publications. It is replaced by publishing."""
    require_head(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    with acting(by) as told:
        call = once(by, "withdraw_publication", key, period, reason)
        if call.before is not None:
            return Publication.objects.get(pk=call.before["publication"])
        month = month_of(period, lock=True)
        row = Publication.objects.filter(month=month, withdrawn_at__isnull=True).first()
        if row is None:
            raise Refused([Problem("assessment.nothing_published", {"period": period})])
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = clock.now(), by.user, reason.strip()[:400]
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        _set_state(month, MonthState.SCORED)
        told.did("assessment.result_withdrawn", row, month=period, issue=row.issue, reason=row.withdrawn_reason)
        call.answer(publication=row.pk)
    return row


def _set_state(month: Month, state: MonthState) -> None:
    month.state = state.value
    month.save(update_fields=["state"])
