"""The running ledger: events noted when they happen. Announcing, replying and deciding are people's, on the pages."""

from datetime import date, datetime
from decimal import Decimal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal
from baton.assessment.actions.ledger import note_event
from baton.assessment.models import LedgerEntry
from baton.core.choices import Scope
from baton.org.models import Unit
from baton.words import Place, Problem, Refused

router = Router(tags=["ledger"])


class EventIn(Schema):
    """An event about a unit, by its code, under an item of the scheme.

    What the item asks for: `level`, `quantity`, `points` (decimals as text), or `indicator`, the one that a veto sets
    to 0. `matter`: the same for events of one matter, which count once.
    """

    unit: str
    item: str
    on: date
    level: str = ""
    quantity: Decimal | None = None
    points: Decimal | None = None
    indicator: str = ""
    matter: str = Field("", max_length=100)
    document: str = Field("", max_length=200)
    note: str = Field("", max_length=1000)


class EntryOut(Schema):
    """An entry of the ledger; only what is `confirmed` counts."""

    id: int
    unit: str
    kind: str
    item: str
    on: date
    level: str
    quantity: str | None
    points: str | None
    indicator: str | None
    matter: str
    document: str
    state: str
    noted_at: datetime
    reply_until: date | None


class Entries(Schema):
    """A page of the ledger."""

    items: list[EntryOut]
    next: int | None


@router.get("/ledger", response=Entries, auth=Key(Scope.READ), summary="Entries of the running ledger")
def entries(request: HttpRequest, paging: Query[Paging], unit: str = "") -> dict[str, object]:
    """List the entries that the key's user may see, narrowed to a unit."""
    rows = LedgerEntry.objects.visible_to(caller(request)).select_related("unit")
    return paged(rows.filter(unit__code=unit) if unit else rows, paging, _entry)


@router.post(
    "/ledger",
    response={200: EntryOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Note an event in the running ledger",
)
def note(request: HttpRequest, given: EventIn, key: IdempotencyKey = "") -> dict[str, object]:
    """Note an event as the item's lead department or the office; nothing counts before a person confirms it."""
    about = Unit.objects.visible_to(caller(request)).filter(code=given.unit).first()
    if about is None:
        raise Refused([Problem("assessment.unit_unknown", {}, Place(field="unit"))])
    told = given.model_dump(exclude={"unit"})
    return _entry(note_event(by=actor(request), unit=about.pk, key=key, **told))


def _entry(row: LedgerEntry) -> dict[str, object]:
    return {
        "id": row.pk,
        "unit": row.unit.code,
        "kind": row.kind,
        "item": row.item,
        "on": row.on,
        "level": row.level,
        "quantity": row.quantity or None,
        "points": row.points or None,
        "indicator": row.indicator or None,
        "matter": row.matter,
        "document": row.document,
        "state": row.state,
        "noted_at": row.noted_at,
        "reply_until": row.reply_until,
    }
