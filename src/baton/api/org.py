"""Units."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema

from baton.api.key import Key, caller
from baton.api.paging import Paging, paged
from baton.core.choices import Scope
from baton.org.models import Unit

router = Router(tags=["units"], auth=Key(Scope.READ))


class UnitOut(Schema):
    """A unit. `code` never changes, whatever the unit is called."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None


class Units(Schema):
    """A page of units."""

    items: list[UnitOut]
    next: int | None


@router.get("/units", response=Units, summary="Units, as they stand today")
def units(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List all units with their place in the tree."""
    rows = Unit.objects.visible_to(caller(request)).select_related("parent")
    return paged(rows, paging, _unit)


def _unit(row: Unit) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "parent": None if row.parent is None else row.parent.code,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
