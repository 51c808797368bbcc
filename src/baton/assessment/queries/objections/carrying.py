"""How an upheld objection is carried out: what may be done to its event, and what the office may name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import LedgerState, ObjectionKind, Remedy
from baton.assessment.models import AnnualDecision, LedgerEntry, Objection, SchemeVersion
from baton.assessment.models.objection import Issued
from baton.assessment.queries.desk.ledger import items_on
from baton.assessment.rules.month_scheme import last_of


@dataclass(frozen=True, slots=True)
class Way:
    """What the answer may do to an event. `asks`: what must be said of a changed one; `choices`: among what."""

    remedy: Remedy
    asks: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linkable:
    """What may have carried an objection out: its number, and what it is called."""

    number: int
    name: str


def ways(row: Objection) -> tuple[Way, ...]:
    """Give what an answer that upholds an objection may do to its event; nothing for any other objection."""
    entry = row.entry
    if entry is None:
        return ()
    if entry.state == LedgerState.DROPPED:
        return (Way(Remedy.COUNTED),)
    found = items_on(entry.on).get(entry.item)
    back = Way(Remedy.TAKEN_BACK)
    if found is None or found[0].asks not in ("level", "quantity", "points"):
        return (back,)
    item = found[0]
    return back, Way(Remedy.CHANGED, item.asks, item.levels or item.allowed)


def linkable(row: Objection) -> Sequence[Linkable]:
    """Give what may have carried an upheld objection out, the newest first; nothing where words alone say it."""
    match ObjectionKind(row.kind):
        case ObjectionKind.RULE | ObjectionKind.GROUP:
            return [Linkable(one.pk, f"{one} {one.document}".strip()) for one in versions_for(row)]
        case ObjectionKind.GRADE:
            return [Linkable(one.pk, f"{one.body} {one.document} {one.on:%Y-%m-%d}") for one in decisions_for(row)]
        case ObjectionKind.DEDUCTION:
            names = {code: item.name for code, (item, _) in items_on(_last(row.issued)).items()}
            return [Linkable(one.pk, f"{names.get(one.item, one.item)} {one.on:%Y-%m-%d}") for one in entries_for(row)]
        case _:
            return []


def versions_for(row: Objection) -> Sequence[SchemeVersion]:
    """Give the versions of the scheme that may be used in place of the result's own: in force at its end."""
    return list(SchemeVersion.objects.on(_last(row.issued)).exclude(pk=row.run.scheme_id))


def decisions_for(row: Objection) -> Sequence[AnnualDecision]:
    """Give the decisions on grades that were written down after the answer."""
    if row.annual is None or row.decided_at is None:
        return []
    return list(AnnualDecision.objects.filter(annual=row.annual.annual_id, at__gte=row.decided_at))


def entries_for(row: Objection) -> Sequence[LedgerEntry]:
    """Give the events about the unit that were decided after the answer."""
    if row.decided_at is None:
        return []
    rows = LedgerEntry.objects.filter(unit=row.about_id, on__year=int(row.issued.period[:4]))
    return list(rows.filter(state__in=(LedgerState.CONFIRMED, LedgerState.DROPPED), decided_at__gte=row.decided_at))


def _last(issued: Issued) -> date:
    return last_of(issued.period if "-" in issued.period else f"{issued.period}-12")
