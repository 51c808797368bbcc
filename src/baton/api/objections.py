"""Objections to published results: lodged, taken back and listed. Opinions and answers are a person's, on the pages."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, UploadedFile
from ninja.errors import HttpError

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal
from baton.assessment.actions.objecting import withdraw_objection, write_objection
from baton.assessment.choices import ObjectionKind
from baton.assessment.models import Objection
from baton.core.choices import Scope
from baton.core.files import receive
from baton.org.models import Unit

router = Router(tags=["objections"])
NOT_FOUND = 404


class ObjectionIn(Schema):
    """What a unit (code) objects to and why. `about`: whose figure or result it is, by default its own."""

    unit: str = Field(max_length=64)
    kind: ObjectionKind
    reason: str = Field(max_length=2000)
    about: str = Field(default="", max_length=64)
    indicator: str = Field(default="", max_length=64)
    figure: int | None = Field(default=None, ge=1, le=2**63 - 1)
    claimed: str = Field(default="", max_length=100)


class ObjectionOut(Schema):
    """An objection and how it stands; `number` is empty until the head of the unit signed."""

    id: int
    number: str
    period: str
    issue: int
    unit: str
    kind: str
    about: str
    indicator: str
    figure: int | None
    claimed: str
    reason: str
    state: str
    department: str | None
    opinion: str
    outcome: str
    answer: str
    correction: int | None
    lodged_at: datetime | None
    answer_until: date | None
    decided_at: datetime | None


class Objections(Schema):
    """A page of objections."""

    items: list[ObjectionOut]
    next: int | None


@router.get("/objections", response=Objections, auth=Key(Scope.READ), summary="Objections, newest first")
def objections(request: HttpRequest, paging: Query[Paging], period: str = "", state: str = "") -> dict[str, object]:
    """List the objections that the key's user may read, narrowed to a month or a state."""
    rows = Objection.objects.visible_to(caller(request))
    rows = rows.select_related("publication__month", "unit", "about", "department")
    if period:
        rows = rows.filter(publication__month__period=period)
    if state:
        rows = rows.filter(state=state)
    return paged(rows, paging, _objection)


@router.post(
    "/months/{period}/objections",
    response={200: ObjectionOut, 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Object to a published result, with a file where there is one",
)
def lodge(
    request: HttpRequest,
    period: str,
    given: Form[ObjectionIn],
    file: Annotated[UploadedFile | None, File()] = None,
    key: IdempotencyKey = "",
) -> dict[str, object]:
    """Object for a unit: a head's objection is lodged at once, a clerk's waits for the head."""
    row = write_objection(
        by=actor(request),
        period=period,
        unit=_unit(given.unit),
        kind=given.kind,
        reason=given.reason,
        about=_unit(given.about) if given.about else None,
        indicator=given.indicator,
        figure=given.figure,
        claimed=given.claimed,
        received=None if file is None else receive(file.name or "", file.chunks()),
        key=key,
    )
    return _objection(row)


@router.post(
    "/objections/{objection}/withdraw",
    response={200: ObjectionOut, 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Take back an objection that is not answered",
)
def withdraw(request: HttpRequest, objection: int) -> dict[str, object]:
    """Take an objection back; by the head of the unit."""
    return _objection(withdraw_objection(by=actor(request), objection=objection))


def _unit(code: str) -> int:
    found = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise HttpError(NOT_FOUND, "unit")
    return found


def _objection(row: Objection) -> dict[str, object]:
    return {
        "id": row.pk,
        "number": row.number,
        "period": row.publication.month.period,
        "issue": row.publication.issue,
        "unit": row.unit.code,
        "kind": row.kind,
        "about": row.about.code,
        "indicator": row.indicator,
        "figure": row.figure_id,
        "claimed": row.claimed,
        "reason": row.reason,
        "state": row.state,
        "department": row.department.code if row.department else None,
        "opinion": row.opinion,
        "outcome": row.outcome,
        "answer": row.answer,
        "correction": row.correction_id,
        "lodged_at": row.lodged_at,
        "answer_until": row.answer_until,
        "decided_at": row.decided_at,
    }
