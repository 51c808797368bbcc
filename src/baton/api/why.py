"""Why scores changed between two results of months."""

from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from baton.api.key import Key, caller
from baton.assessment.queries.looking.editions import edition_of, editions
from baton.assessment.queries.looking.why import change_of
from baton.core.choices import Scope
from baton.engine.compare.months import FACTORS

router = Router(tags=["results"], auth=Key(Scope.READ))
NOT_FOUND = 404


class PartOut(Schema):
    """What an indicator gave before and after; `parts` add up to the difference. Points are decimals as text."""

    indicator: str
    part: str
    before: str
    after: str
    parts: dict[str, str]


class ChangeOut(Schema):
    """A unit's change of score by own figures (values), peers, rules and weights."""

    unit: str
    group: str
    before: str
    after: str
    parts: dict[str, str]
    indicators: list[PartOut]


@router.get("/results/changes", response=list[ChangeOut], summary="Why scores changed between two results")
def changes(request: HttpRequest, first: str, second: str, unit: str = "") -> list[dict[str, object]]:
    """Take the change of every unit apart, or of one. Results are months (`2026-08`) or issues (`2026-08.1`)."""
    known = editions(caller(request))
    sides = [edition_of(known, key) for key in (first, second)]
    if sides[0] is None or sides[1] is None:
        raise HttpError(NOT_FOUND, "month")
    found = [one for one in change_of(sides[0], sides[1], unit).units if unit in ("", one.unit)]
    return [
        {
            "unit": one.unit,
            "group": one.group,
            "before": str(one.before),
            "after": str(one.after),
            "parts": _parts(one.parts),
            "indicators": [
                {
                    "indicator": piece.indicator,
                    "part": piece.part,
                    "before": str(piece.before),
                    "after": str(piece.after),
                    "parts": _parts(piece.parts),
                }
                for piece in one.pieces
            ],
        }
        for one in found
    ]


def _parts(parts: tuple[Decimal, ...]) -> dict[str, str]:
    return {factor.value: f"{part:f}" for factor, part in zip(FACTORS, parts, strict=True)}
