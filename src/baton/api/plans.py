"""The plan of assessments and the burden of units. Approving and filing are a person's, on the pages."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal
from baton.assessment.actions.plans import propose_item
from baton.assessment.choices import PlanKind, Rhythm
from baton.assessment.models import PlanItem
from baton.assessment.queries.burdens import burdened, burdens
from baton.assessment.queries.plans import items_of
from baton.assessment.rules.plan_items import Proposal
from baton.core.choices import Scope
from baton.org.models import Unit
from baton.words import Place, Problem, Refused

router = Router(tags=["plan"])


class ItemIn(Schema):
    """An item as it is proposed; organiser and units by code."""

    kind: PlanKind
    title: str = Field(max_length=200)
    organiser: str = Field(max_length=64)
    units: list[str] = Field(max_length=2000)
    opens: date
    closes: date
    rhythm: Rhythm = Rhythm.ONCE
    visits: bool = False
    basis: str = Field(max_length=400)
    reason: str = Field("", max_length=1000, description="needed once the year's plan is approved")


class ItemOut(Schema):
    """An item of the plan. `number`: its filing number, empty before it is approved. `units`: how many it comes to."""

    id: int
    year: int
    number: str
    kind: str
    title: str
    organiser: str
    opens: date
    closes: date
    rhythm: str
    visits: bool
    basis: str
    off_plan: bool
    reason: str
    state: str
    units: int


class Items(Schema):
    """A page of items."""

    items: list[ItemOut]
    next: int | None


class BurdenOut(Schema):
    """What a unit bears in the year. `fresh`: figures that last year's scheme did not ask for, null: not known."""

    unit: str
    checks_this_quarter: int
    checks_this_year: int
    figures: int
    files: int
    fresh: int | None


@router.get("/plan/items", response=Items, auth=Key(Scope.READ), summary="Items of the plan of assessments")
def items(
    request: HttpRequest, paging: Query[Paging], year: int = 0, unit: str = "", state: str = ""
) -> dict[str, object]:
    """List the items that the key's user may see, narrowed to a year, to a unit they come to, or a state."""
    rows = items_of(caller(request))
    if year:
        rows = rows.filter(year=year)
    if unit:
        rows = rows.filter(pk__in=PlanItem.units.through.objects.filter(unit__code=unit).values("planitem"))
    if state:
        rows = rows.filter(state=state)
    return paged(rows, paging, _item)


@router.post(
    "/plan/items", response={200: ItemOut, 422: Refusal}, auth=Key(Scope.REPORT), summary="Propose an item of the plan"
)
def propose(request: HttpRequest, given: ItemIn, key: IdempotencyKey = "") -> dict[str, object]:
    """Propose an item of the year in which it opens; nothing begins before a person approves it."""
    units = dict(Unit.objects.filter(code__in=[given.organiser, *given.units]).values_list("code", "pk"))
    unknown = sorted({given.organiser, *given.units} - set(units))
    if unknown:
        place = Place(field="units")
        raise Refused([Problem("assessment.unit_not_in_list", {"code": one, "name": one}, place) for one in unknown])
    words = given.model_dump() | {
        "organiser": units[given.organiser],
        "units": [units[code] for code in given.units],
    }
    made = propose_item(by=actor(request), given=Proposal(**words), key=key)
    return _item(items_of(caller(request)).get(pk=made.pk))


@router.get("/burdens", response=list[BurdenOut], auth=Key(Scope.READ), summary="The burden of units in this year")
def burden(request: HttpRequest) -> list[dict[str, object]]:
    """Give the burden of the units that the key's user sees."""
    found = burdens(caller(request))
    return [
        {
            "unit": row.code,
            "checks_this_quarter": one.quarter,
            "checks_this_year": one.year,
            "figures": one.figures,
            "files": one.files,
            "fresh": one.fresh,
        }
        for row in burdened(caller(request), found)
        for one in (found.units[row.pk],)
    ]


def _item(row: Any) -> dict[str, object]:
    plain = ("year", "number", "kind", "title", "opens", "closes", "rhythm", "visits", "basis", "off_plan", "reason")
    counted = {"id": row.pk, "organiser": row.organiser.code, "state": row.state, "units": row.count}
    return {name: getattr(row, name) for name in plain} | counted
