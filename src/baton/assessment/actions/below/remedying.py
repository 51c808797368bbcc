"""An event of the running ledger put right by an objection that was upheld; inside an action.

The event stays with what was decided of it; what counts in its place is an entry of its own.
"""

from decimal import Decimal, InvalidOperation

from baton.assessment.actions.below import places
from baton.assessment.actions.below.anew_year import ask_year_anew
from baton.assessment.actions.below.people import people_in
from baton.assessment.choices import LedgerKind, LedgerState, Remedy
from baton.assessment.models import LedgerEntry, Objection, SchemeVersion
from baton.core import clock
from baton.core.acting import Actor, Told
from baton.engine.adjust.check import check
from baton.engine.terms import plain
from baton.org.choices import Role
from baton.words import Place, Problem, Refused

_SAID = ("level", "quantity", "points")
_TYPED = Place(field="typed")


def remedy_event(told: Told, by: Actor, row: Objection, remedy: Remedy, typed: str) -> LedgerEntry | None:
    """Take an event back, let it count otherwise (`typed`: its level, number or points), or let a claim count.

    Gives the entry in its place, where there is one. Raises `Refused` where it was put right meanwhile, and with what
    the engine would refuse in the changed event.
    """
    assert row.entry_id is not None
    entry = LedgerEntry.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=row.entry_id)
    counts = entry.state == LedgerState.CONFIRMED
    if counts is (remedy is Remedy.COUNTED) or (not counts and entry.kind != LedgerKind.BONUS):
        raise Refused([Problem("objections.entry_changed_meanwhile", {}, Place(field="remedy"))])
    made = _changed(by, row, entry, typed) if remedy is Remedy.CHANGED else None
    entry.state = (LedgerState.CONFIRMED if remedy is Remedy.COUNTED else LedgerState.DROPPED).value
    entry.save(update_fields=["state"])
    given = {"objection": row.number, "reason": row.answer}
    match remedy:
        case Remedy.TAKEN_BACK:
            told.did("assessment.event_taken_back", entry, **given)
        case Remedy.COUNTED:
            told.did("assessment.event_counted", entry, **given)
        case Remedy.CHANGED:
            told.did("assessment.event_replaced", entry, made=None if made is None else made.pk, **given)
    noters = people_in([entry.noted_for_id], Role.VERIFIER)
    told.tell(noters, "assessment.notice_event_remedied", link=places.entry(entry.pk), number=row.number)
    ask_year_anew(told, entry.on.year, row.number)
    return made


def _changed(by: Actor, row: Objection, entry: LedgerEntry, typed: str) -> LedgerEntry:
    """Write the event down as it is to count, beside the one that it replaces."""
    asked = next((name for name in _SAID if getattr(entry, name)), None)
    given = typed.strip()
    if asked is None:
        raise Refused([Problem("objections.nothing_to_change", {}, Place(field="remedy"))])
    if not given:
        raise Refused([Problem("objections.change_lacking", {}, _TYPED)])
    if asked != "level":
        try:
            given = plain(Decimal(given))
        except InvalidOperation as unread:
            raise Refused([Problem("reporting.number_missing", {}, _TYPED)]) from unread
    if given == getattr(entry, asked):
        raise Refused([Problem("assessment.nothing_changed", {}, _TYPED)])
    made = LedgerEntry.objects.get(pk=entry.pk)
    made.pk = None
    made._state.adding = True
    setattr(made, asked, given)
    made.state, made.decided_by, made.decided_at = LedgerState.CONFIRMED.value, by.user, clock.now()
    made.decision = f"{row.number} {row.answer}"[:1000]
    scheme = SchemeVersion.objects.on(entry.on).first()
    wrong = [] if scheme is None else check(scheme.scheme, [made.event(entry.unit.code)])
    if wrong:
        raise Refused([Problem(one.code, one.params, _TYPED) for one in wrong])
    made.save()
    return made
