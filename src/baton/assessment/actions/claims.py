"""A bonus that a unit claims itself, with its evidence, and what the lead department says before it is decided."""

from datetime import date
from decimal import Decimal

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import SIGNS, require_in
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, county_people, people_in
from baton.assessment.choices import LedgerKind, LedgerState
from baton.assessment.models import LedgerEntry, SchemeVersion
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.files import Received, keep
from baton.engine.adjust.check import check
from baton.engine.scheme.adjustments import Bonus
from baton.engine.scheme.model import Scheme
from baton.engine.terms import plain
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import require
from baton.words import Place, Problem, Refused


def claim_bonus(
    *,
    by: Actor,
    unit: Unit,
    item: str,
    on: date,
    document: str,
    level: str = "",
    quantity: Decimal | None = None,
    points: Decimal | None = None,
    matter: str = "",
    note: str = "",
    received: Received | None = None,
    key: str = "",
) -> LedgerEntry:
    """Claim a bonus for one's own unit, with the document it rests on and, where there is one, the file that shows it.

    By the unit's clerk or those who sign for it. Raises `Refused` without a document, for items that are no bonuses of
    the scheme in force on that day, and with what the engine would refuse in the event.
    """
    require_in(by, unit, Role.REPORTER, *SIGNS)
    version = SchemeVersion.objects.on(on).first()
    if version is None:
        raise Refused([Problem("assessment.no_scheme", {"period": on.isoformat()}, Place(field="on"))])
    found = _bonus(version.scheme, item)
    problems = [] if document.strip() else [Problem("assessment.claim_without_document", {}, Place(field="document"))]
    if on > clock.today():
        problems.append(Problem("annual.day_to_come", {"day": on.isoformat()}, Place(field="on")))
    lead = Unit.objects.filter(code=found.lead).first() if found.lead else None
    with acting(by) as told:
        call = once(by, "claim_bonus", key, unit.pk, item, on, level, quantity, points, matter, document)
        if call.before is not None:
            return LedgerEntry.objects.get(pk=call.before["entry"])
        row = LedgerEntry(
            unit=unit,
            kind=LedgerKind.BONUS.value,
            item=item,
            matter=matter[:100],
            level=level,
            quantity="" if quantity is None else plain(quantity),
            points="" if points is None else plain(points),
            on=on,
            document=document.strip()[:200],
            note=note[:1000],
            claimed=True,
            noted_for=lead,
            noted_by=by.user,
            noted_at=clock.now(),
        )
        problems += check(version.scheme, [row.event(unit.code)])
        if problems:
            raise Refused(problems)
        row.save()
        if received is not None:
            keep(told, received, owner=row, charged_to=unit)
        judges = people_in([lead], Role.VERIFIER) or county_people(Role.OFFICE, Role.OFFICE_HEAD)
        told.tell(judges, "assessment.notice_claimed", link=places.entry(row.pk), unit=unit.name, title=found.name)
        told.did("assessment.bonus_claimed", row, unit=unit.code, item=item, document=row.document)
        call.answer(entry=row.pk)
    return row


def _bonus(scheme: Scheme, code: str) -> Bonus:
    for one in scheme.bonuses:
        if one.code == code:
            return one
    raise Refused([Problem("assessment.item_unknown", {"item": code}, Place(field="item"))])


def give_opinion(*, by: Actor, entry: int, supported: bool, opinion: str) -> LedgerEntry:
    """Say, as the lead department, whether a claimed bonus holds, and why; it may be said anew until it is decided.

    Raises `Refused` for entries that were not claimed or are decided, for the unit's own claim, and without words.
    """
    with acting(by) as told:
        rows = LedgerEntry.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "noted_for")
        row = rows.filter(pk=entry, claimed=True).first()
        if row is None or row.noted_for is None:
            raise Refused([Problem("assessment.entry_unknown")])
        require(by.user, Role.VERIFIER, unit=row.noted_for)
        if row.noted_for_id == row.unit_id:
            raise Refused([Problem("assessment.claim_own")])
        if row.state in (LedgerState.CONFIRMED, LedgerState.DROPPED):
            raise Refused([Problem("assessment.entry_decided")])
        if not opinion.strip():
            raise Refused([Problem("assessment.answer_lacking", {}, Place(field="opinion"))])
        row.supported, row.opinion = supported, opinion.strip()[:1000]
        row.opinion_by, row.opinion_at = by.user, clock.now()
        row.save(update_fields=["supported", "opinion", "opinion_by", "opinion_at"])
        told.tell(people_in([row.unit], *OF_UNIT), "assessment.notice_opinion", link=places.entry(row.pk))
        told.did("assessment.opinion_given", row, supported=supported, opinion=row.opinion)
    return row
