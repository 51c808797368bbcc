"""A decision put up for publicity (公示), published when those days are over, and taken back."""

from datetime import date
from typing import Any

from baton.assessment.actions.annual.why import ask_by_itself
from baton.assessment.actions.annual.year import annual_of
from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import require_head
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.models import AnnualAssessment, AnnualDecision, AnnualPublication, AnnualRun
from baton.assessment.queries.annual.outdated import changed_after
from baton.assessment.queries.numbers import numbers
from baton.assessment.queries.objections.listing import against_publishing
from baton.assessment.queries.working import works
from baton.assessment.rules.days import working_days_after
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.org.choices import Role
from baton.words import Place, Problem, Refused


def announce(
    *, by: Actor, year: int, opens: date | None, contact: str, document: str = "", key: str = ""
) -> AnnualPublication:
    """Put the newest decision up for publicity, from a day on for as many working days as the county's rule says.

    The first day is not counted (民法典 201); the last is the end of the last working day. `contact`: whom to address.
    Raises `Refused` without a decision, where figures or events changed since its run, and while one is in force.
    """
    require_head(by)
    problems = []
    if opens is None:
        problems.append(Problem("annual.day_lacking", {}, Place(field="opens")))
    elif opens < clock.today():
        problems.append(Problem("assessment.day_is_past", {}, Place(field="opens")))
    if not contact.strip():
        problems.append(Problem("annual.contact_lacking", {}, Place(field="contact")))
    if problems or opens is None:
        raise Refused(problems)
    closes = working_days_after(opens, numbers()["publicity_days"], works())
    with acting(by) as told:
        call = once(by, "announce_annual", key, year, opens, contact)
        if call.before is not None:
            return AnnualPublication.objects.get(pk=call.before["publication"])
        annual = annual_of(year, lock=True)
        row = AnnualPublication.objects.create(
            annual=annual,
            decision=_decision(annual),
            issue=AnnualPublication.objects.filter(annual=annual).count() + 1,
            opens=opens,
            closes=closes,
            contact=contact.strip()[:200],
            document=document.strip()[:200],
            announced_by=by.user,
            announced_at=clock.now(),
        )
        _tell_units(told, row, "annual.notice_publicity", until=closes.isoformat())
        ask_by_itself(told, row.decision.run, *_replaced(row))
        told.did("annual.announced", row, year=year, opens=opens.isoformat(), closes=closes.isoformat())
        call.answer(publication=row.pk)
    return row


def _replaced(row: AnnualPublication) -> list[AnnualRun]:
    """Give the run that was made known before, where there is one: everybody may ask what became different since."""
    earlier = AnnualPublication.objects.filter(annual=row.annual_id, issue__lt=row.issue)
    found = earlier.select_related("decision__run__annual", "decision__run__scheme").first()
    return [] if found is None else [found.decision.run]


def _decision(annual: AnnualAssessment) -> AnnualDecision:
    made = AnnualPublication.objects.in_force().filter(annual=annual).first()
    if made is not None:
        raise Refused([Problem("annual.made_known_already", {"year": annual.year, "issue": made.issue})])
    row = AnnualDecision.objects.filter(annual=annual).select_related("run").first()
    if row is None:
        raise Refused([Problem("annual.nothing_decided", {"year": annual.year})])
    if changed_after(row.run):
        raise Refused([Problem("annual.run_outdated", {"year": annual.year})])
    return row


def publish_annual(*, by: Actor, year: int, document: str, title: str, key: str = "") -> AnnualPublication:
    """Publish what was up for publicity, once its last day is over and every objection to it is settled.

    Raises `Refused` before, and without a document.
    """
    require_head(by)
    if not document.strip():
        raise Refused([Problem("annual.document_lacking", {}, Place(field="document"))])
    with acting(by) as told:
        call = once(by, "publish_annual", key, year, document)
        if call.before is not None:
            return AnnualPublication.objects.get(pk=call.before["publication"])
        row = _in_force(year)
        if row.published_at is not None:
            raise Refused([Problem("annual.published_already", {"year": year})])
        if clock.today() <= row.closes:
            raise Refused([Problem("annual.publicity_runs", {"closes": row.closes.isoformat()})])
        against = against_publishing(year)
        if against:
            given = {code: {"year": year, "numbers": "、".join(named)} for code, named in against.items()}
            raise Refused([Problem(code, params) for code, params in given.items()])
        row.document, row.title = document.strip()[:200], title.strip()[:200]
        row.published_by, row.published_at = by.user, clock.now()
        row.save(update_fields=["document", "title", "published_by", "published_at"])
        _tell_units(told, row, "annual.notice_published")
        told.did("annual.published", row, year=year, issue=row.issue, digest=row.decision.run.digest)
        call.answer(publication=row.pk)
    return row


def withdraw_annual(*, by: Actor, year: int, reason: str, key: str = "") -> AnnualPublication:
    """Take back what is up for publicity or published, with the reason; it stays among the issues."""
    require_head(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    with acting(by) as told:
        call = once(by, "withdraw_annual", key, year, reason)
        if call.before is not None:
            return AnnualPublication.objects.get(pk=call.before["publication"])
        row = _in_force(year)
        row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by.user, clock.now(), reason.strip()[:400]
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        told.did("annual.withdrawn", row, year=year, issue=row.issue, reason=row.withdrawn_reason)
        call.answer(publication=row.pk)
    return row


def _in_force(year: int) -> AnnualPublication:
    annual = annual_of(year, lock=True)
    rows = AnnualPublication.objects.in_force().select_related("decision__run").filter(annual=annual)
    row = rows.first()
    if row is None:
        raise Refused([Problem("annual.nothing_made_known", {"year": year})])
    return row


def _tell_units(told: Told, row: AnnualPublication, code: str, **params: str) -> None:
    units = row.decision.grades.values_list("unit", flat=True)
    year = row.annual.year
    given: dict[str, Any] = {"year": year, **params}
    told.tell(people_in(units, *OF_UNIT, Role.VERIFIER), code, link=places.annual(year), **given)
