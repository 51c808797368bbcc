"""Results: league tables and what every indicator gave."""

from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from baton.api.key import Key, caller
from baton.assessment.queries import looking
from baton.core.choices import Scope

router = Router(tags=["results"], auth=Key(Scope.READ))
NOT_FOUND = 404


class Place(Schema):
    """A unit's place. Points are decimals as text, exact."""

    unit: str
    group: str
    score: str | None
    full: str
    rank: str | None
    mean: str | None
    light: str
    movement: str


class Standings(Schema):
    """A month's result: whether it is published, the digest by which anybody can verify it, and all places."""

    period: str
    published: bool
    issue: int | None
    digest: str
    scheme_digest: str
    data_digest: str
    places: list[Place]


class LineOut(Schema):
    """What one indicator gave a unit."""

    indicator: str
    part: str
    value: str | None
    target: str | None
    points: str | None
    full: str
    rank: int | None
    light: str


@router.get("/months/{period}/results", response=Standings, summary="League tables of a month")
def results(request: HttpRequest, period: str) -> dict[str, object]:
    """Give all places of a month; 404 where there is no result that the key's user may see."""
    shown = _shown(request, period)
    places = [
        {
            "unit": row.unit.code,
            "group": row.group,
            "score": _text(row.score),
            "full": _text(row.full),
            "rank": _text(row.rank),
            "mean": _text(row.mean),
            "light": row.light,
            "movement": row.movement,
        }
        for table in looking.league(shown)
        for row in table.rows
    ]
    run = shown.run
    return {
        "period": period,
        "published": shown.publication is not None,
        "issue": None if shown.publication is None else shown.publication.issue,
        "digest": run.digest,
        "scheme_digest": run.scheme_digest,
        "data_digest": run.data_digest,
        "places": places,
    }


@router.get("/months/{period}/results/{unit}", response=list[LineOut], summary="What every indicator gave a unit")
def lines(request: HttpRequest, period: str, unit: str) -> list[dict[str, object]]:
    """Give a unit's points by indicator."""
    shown = _shown(request, period)
    found = looking.unit_page(caller(request), shown, unit)
    if found is None:
        raise HttpError(NOT_FOUND, "unit")
    return [
        {
            "indicator": line.leaf.indicator,
            "part": line.leaf.part,
            "value": line.leaf.value or None,
            "target": line.leaf.target or None,
            "points": _text(line.leaf.points),
            "full": _text(line.leaf.full),
            "rank": line.leaf.rank,
            "light": line.leaf.light,
        }
        for line in found.lines
    ]


def _shown(request: HttpRequest, period: str) -> looking.Shown:
    shown = looking.shown_month(caller(request), period)
    if shown is None:
        raise HttpError(NOT_FOUND, "month")
    return shown


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f") if value else "0"
