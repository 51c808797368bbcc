"""How scores are made (计分办法): every indicator of an adopted scheme with its rule in words."""

from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from baton.api.key import Key, caller
from baton.api.problems import language_of
from baton.api.schemes import NOT_FOUND, key_of
from baton.assessment.queries.looking.methods import MethodLine, method
from baton.core.choices import Scope
from baton.engine.terms import plain
from baton.words import Language

router = Router(tags=["schemes"])


class ShareOut(Schema):
    """What an indicator counts in some groups, by full points or (`weighs`) by weight, and its rule in words."""

    groups: list[str]
    points: str
    weighs: bool
    rule: list[str]


class ExcusedOut(Schema):
    """A unit to which an indicator does not apply, and why."""

    unit: str
    reason: str


class MethodOut(Schema):
    """An indicator: the dimensions above it, what it counts for whom, who leads and reviews it, who is excused.

    `only`: the units it is for, where it is not for whole groups; `hooks`: the tasks that it carries.
    """

    code: str
    name: str
    path: list[str]
    definition: str
    unit: str
    frequency: str
    kind: str
    shares: list[ShareOut]
    lead: str
    reviewer: str
    source: str
    only: list[str]
    excused: list[ExcusedOut]
    hooks: list[str]


class Methods(Schema):
    """The indicators of a version, in the scheme's order."""

    items: list[MethodOut]


@router.get("/schemes/{scheme}/methods", response=Methods, auth=Key(Scope.READ), summary="How scores are made")
def methods(request: HttpRequest, scheme: int) -> dict[str, object]:
    """Give what the page of the method says, in Chinese or English by `Accept-Language`; 404 where there is none."""
    found = method(caller(request), key_of(scheme))
    if found is None:
        raise HttpError(NOT_FOUND, "no such scheme")
    language = language_of(request)
    return {"items": [_told(line, language) for line in found.lines]}


def _told(line: MethodLine, language: Language) -> dict[str, object]:
    one = line.indicator
    shares = [
        {
            "groups": list(share.groups),
            "points": plain(Decimal(share.points)),
            "weighs": share.weighs,
            "rule": [words.text(language) for words in share.lines],
        }
        for share in line.shares
    ]
    return {
        "code": one.code,
        "name": one.name,
        "path": list(line.path),
        "definition": one.definition,
        "unit": one.unit,
        "frequency": one.frequency,
        "kind": line.kind,
        "shares": shares,
        "lead": line.lead,
        "reviewer": line.reviewer,
        "source": one.source,
        "only": list(line.only),
        "excused": [{"unit": each.unit, "reason": each.reason} for each in line.excused],
        "hooks": list(line.hooks),
    }
