"""Objections to results: lodged, taken back and listed. Opinions, answers and what follows are a person's, on pages."""

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
from baton.assessment.queries.objections.listing import own
from baton.core.choices import Scope
from baton.core.files import receive
from baton.org.models import Unit

router = Router(tags=["objections"])
NOT_FOUND = 404
_YEAR = len("2026")


class ObjectionIn(Schema):
    """What a unit (code) objects to and why. `about`: whose figure or result it is, by default its own.

    `entry`: the event of the ledger that a `deduction` is about. `grade` is for results of a year.
    """

    unit: str = Field(max_length=64)
    kind: ObjectionKind
    reason: str = Field(max_length=2000)
    about: str = Field(default="", max_length=64)
    indicator: str = Field(default="", max_length=64)
    figure: int | None = Field(default=None, ge=1, le=2**63 - 1)
    entry: int | None = Field(default=None, ge=1, le=2**63 - 1)
    claimed: str = Field(default="", max_length=100)


class ObjectionOut(Schema):
    """An objection and how it stands; `number` is empty until the head of the unit signed.

    `period`: the month, or the year. `carried_at` is empty while something upheld is still to be carried out.
    """

    id: int
    number: str
    period: str
    issue: int
    unit: str
    kind: str
    about: str
    indicator: str
    figure: int | None
    entry: int | None
    claimed: str
    reason: str
    state: str
    department: str | None
    opinion: str
    outcome: str
    answer: str
    correction: int | None
    remedy: str
    entry_made: int | None
    scheme: int | None
    decision: int | None
    carried: str
    carried_at: datetime | None
    lodged_at: datetime | None
    answer_until: date | None
    decided_at: datetime | None


class Objections(Schema):
    """A page of objections."""

    items: list[ObjectionOut]
    next: int | None


@router.get("/objections", response=Objections, auth=Key(Scope.READ), summary="Objections, newest first")
def objections(request: HttpRequest, paging: Query[Paging], period: str = "", state: str = "") -> dict[str, object]:
    """List the objections that the key's user may read, narrowed to a month, a year or a state."""
    rows = own(caller(request))
    if period:
        yearly = period.isdecimal() and len(period) == _YEAR
        rows = rows.filter(**{"annual__annual__year" if yearly else "publication__month__period": period})
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
    return _lodged(request, period, given, file, key)


@router.post(
    "/years/{year}/objections",
    response={200: ObjectionOut, 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Object to the result of a year, from the first day of publicity on",
)
def lodge_to_year(
    request: HttpRequest,
    year: int,
    given: Form[ObjectionIn],
    file: Annotated[UploadedFile | None, File()] = None,
    key: IdempotencyKey = "",
) -> dict[str, object]:
    """Object for a unit: a head's objection is lodged at once, a clerk's waits for the head."""
    return _lodged(request, str(year), given, file, key)


def _lodged(
    request: HttpRequest, period: str, given: ObjectionIn, file: UploadedFile | None, key: str
) -> dict[str, object]:
    row = write_objection(
        by=actor(request),
        period=period,
        unit=_unit(given.unit),
        kind=given.kind,
        reason=given.reason,
        about=_unit(given.about) if given.about else None,
        indicator=given.indicator,
        figure=given.figure,
        entry=given.entry,
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
        "period": row.issued.period,
        "issue": row.issued.issue,
        "unit": row.unit.code,
        "kind": row.kind,
        "about": row.about.code,
        "indicator": row.indicator,
        "figure": row.figure_id,
        "entry": row.entry_id,
        "claimed": row.claimed,
        "reason": row.reason,
        "state": row.state,
        "department": row.department.code if row.department else None,
        "opinion": row.opinion,
        "outcome": row.outcome,
        "answer": row.answer,
        "correction": row.correction_id,
        "remedy": row.remedy,
        "entry_made": row.entry_made_id,
        "scheme": row.scheme_id,
        "decision": row.decision_id,
        "carried": row.carried,
        "carried_at": row.carried_at,
        "lodged_at": row.lodged_at,
        "answer_until": row.answer_until,
        "decided_at": row.decided_at,
    }
