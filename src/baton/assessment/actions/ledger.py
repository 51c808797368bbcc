"""The running ledger: noted when it happens, announced to the unit, answered, confirmed or dropped by a person."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import SIGNS, is_office, require_head, require_in, require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.choices import LedgerKind, LedgerState
from baton.assessment.models import LedgerEntry, SchemeVersion
from baton.assessment.queries.numbers import numbers
from baton.assessment.queries.working import works
from baton.assessment.rules.days import working_days_after
from baton.assessment.rules.ledger import Item, confirm_problem, counts_cases, zeroes
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.engine.adjust.check import check
from baton.engine.scheme.model import Scheme
from baton.engine.terms import plain
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import require
from baton.words import Place, Problem, Refused


def note_event(
    *,
    by: Actor,
    unit: int,
    item: str,
    on: date,
    level: str = "",
    quantity: Decimal | None = None,
    points: Decimal | None = None,
    matter: str = "",
    indicator: str = "",
    share: Decimal = Decimal(1),
    document: str = "",
    note: str = "",
    key: str = "",
) -> LedgerEntry:
    """Note an event that a bonus, deduction or veto item answers, when it happens.

    `item` may be an indicator that counts cases: then `quantity` of them belong to `matter`. `indicator`: the one that
    a veto sets to 0 points, where its item does so; of other items it is left out. `share`: the unit's part, 0 to 1, of
    what several units did together. By the item's lead department or the office. Raises `Refused` with what the engine
    would refuse in the event.
    """
    scheme = SchemeVersion.objects.on(on).first()
    about = Unit.objects.filter(pk=unit).first()
    if scheme is None or about is None:
        raise Refused([Problem("assessment.no_scheme", {"period": on.isoformat()}, Place(field="on"))])
    kind, found = _item(scheme.scheme, item)
    lead = Unit.objects.filter(code=found.lead).first() if found.lead else None
    if lead is None:
        require_office(by)
    elif not is_office(by):
        require(by.user, Role.VERIFIER, Role.REPORTER, unit=lead)
    with acting(by) as told:
        call = once(by, "note_event", key, unit, item, on, level, quantity, points, matter, indicator, share)
        if call.before is not None:
            return LedgerEntry.objects.get(pk=call.before["entry"])
        row = LedgerEntry(
            unit=about,
            kind=kind.value,
            item=item,
            matter=matter[:100],
            level=level,
            quantity="" if quantity is None else plain(quantity),
            points="" if points is None else plain(points),
            indicator=indicator if zeroes(found) else "",
            share=plain(share),
            on=on,
            document=document[:200],
            note=note[:1000],
            noted_for=lead,
            noted_by=by.user,
            noted_at=clock.now(),
        )
        problems = check(scheme.scheme, [row.event(about.code)])
        if problems:
            raise Refused(problems)
        row.save()
        told.did(
            "assessment.event_noted",
            row,
            unit=about.code,
            item=item,
            indicator=row.indicator,
            on=on.isoformat(),
            document=document,
        )
        call.answer(entry=row.pk)
    return row


def _item(scheme: Scheme, code: str) -> tuple[LedgerKind, Item]:
    lists: tuple[tuple[LedgerKind, Iterable[Item]], ...] = (
        (LedgerKind.BONUS, scheme.bonuses),
        (LedgerKind.DEDUCTION, scheme.deductions),
        (LedgerKind.VETO, scheme.vetoes),
        (LedgerKind.INDICATOR, [one for one in scheme.indicators if counts_cases(one)]),
    )
    for kind, items in lists:
        for one in items:
            if one.code == code:
                return kind, one
    raise Refused([Problem("assessment.item_unknown", {"item": code}, Place(field="item"))])


def _entry(number: int) -> LedgerEntry:
    row = (
        LedgerEntry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit")
        .filter(pk=number)
        .first()
    )
    if row is None:
        raise Refused([Problem("assessment.entry_unknown")])
    return row


def announce_event(*, by: Actor, entry: int, number: str = "", contact: str = "") -> LedgerEntry:
    """Tell the unit in writing of what was noted about it, and until when it may reply.

    `number` of the written notice: what is announced to the unit under the same one stands in one notice; without one
    the entry's own number stands for it. `contact`: whom to address.
    """
    require_office(by)
    until = working_days_after(clock.today(), numbers()["reply_days"], works())
    with acting(by) as told:
        row = _entry(entry)
        if row.state != LedgerState.NOTED:
            raise Refused([Problem("assessment.entry_announced_already")])
        row.state, row.announced_at, row.reply_until = LedgerState.ANNOUNCED.value, clock.now(), until
        row.notice_number, row.notice_contact = number.strip()[:100], contact.strip()[:200]
        row.save(update_fields=["state", "announced_at", "reply_until", "notice_number", "notice_contact"])
        concerned, link = people_in([row.unit], *OF_UNIT), places.entry(row.pk)
        told.tell(concerned, "assessment.notice_announced", link=link, until=until.isoformat())
        told.did("assessment.event_announced", row, until=until.isoformat(), number=row.notice_number)
    return row


def reply_to_event(*, by: Actor, entry: int, reply: str) -> LedgerEntry:
    """Say what the unit has to say about it, while its days to reply run."""
    with acting(by) as told:
        row = _entry(entry)
        require_in(by, row.unit, Role.REPORTER, *SIGNS)
        if row.state != LedgerState.ANNOUNCED or row.reply_until is None or clock.today() > row.reply_until:
            raise Refused([Problem("assessment.reply_too_late")])
        if not reply.strip():
            raise Refused([Problem("assessment.answer_lacking", {}, Place(field="reply"))])
        row.state, row.reply = LedgerState.REPLIED.value, reply.strip()[:1000]
        row.replied_by, row.replied_at = by.user, clock.now()
        row.save(update_fields=["state", "reply", "replied_by", "replied_at"])
        told.did("assessment.event_replied", row, reply=row.reply)
    return row


def confirm_event(*, by: Actor, entry: int, decision: str = "") -> LedgerEntry:
    """Let an event count. A deduction or veto only once it was announced and the unit had its say."""
    require_head(by)
    with acting(by) as told:
        row = _entry(entry)
        if row.waits_for_opinion:
            raise Refused([Problem("assessment.claim_without_opinion", {"unit": _department(row)})])
        problem = confirm_problem(LedgerKind(row.kind), LedgerState(row.state), row.reply_until, clock.today())
        if problem is not None:
            raise Refused([problem])
        _decide(row, by, LedgerState.CONFIRMED, decision)
        told.did("assessment.event_confirmed", row, decision=row.decision)
    return row


def drop_event(*, by: Actor, entry: int, decision: str) -> LedgerEntry:
    """Let an event not count, with the reason; the entry stays."""
    require_head(by)
    if not decision.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="decision"))])
    with acting(by) as told:
        row = _entry(entry)
        if row.state in (LedgerState.CONFIRMED, LedgerState.DROPPED):
            raise Refused([Problem("assessment.entry_decided")])
        _decide(row, by, LedgerState.DROPPED, decision)
        told.did("assessment.event_dropped", row, decision=row.decision)
    return row


def _department(row: LedgerEntry) -> str:
    return row.noted_for.name if row.noted_for is not None else "—"


def _decide(row: LedgerEntry, by: Actor, state: LedgerState, decision: str) -> None:
    row.state, row.decision = state.value, decision.strip()[:1000]
    row.decided_by, row.decided_at = by.user, clock.now()
    row.save(update_fields=["state", "decision", "decided_by", "decided_at"])
