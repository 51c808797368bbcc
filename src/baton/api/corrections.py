"""Corrections after the window: asked for and listed. Confirming one is a person's, on the pages."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, UploadedFile

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal
from baton.assessment.actions.corrections import ask_for_correction, withdraw_correction
from baton.assessment.models import Correction
from baton.core.choices import Scope
from baton.core.files import receive

router = Router(tags=["corrections"])


class CorrectionIn(Schema):
    """What a figure should be, typed as in a cell, and why."""

    typed: str = Field(max_length=100)
    reason: str = Field(max_length=400)


class CorrectionOut(Schema):
    """A correction: of which figure, from what to what, why, and how it stands; `answer` by who decided."""

    id: int
    figure: int
    unit: str
    series: str
    period: str
    before: str
    typed: str
    reason: str
    state: str
    answer: str
    asked_at: datetime
    decided_at: datetime | None


class Corrections(Schema):
    """A page of corrections."""

    items: list[CorrectionOut]
    next: int | None


@router.get("/corrections", response=Corrections, auth=Key(Scope.READ), summary="Corrections, newest first")
def corrections(request: HttpRequest, paging: Query[Paging], unit: str = "", state: str = "") -> dict[str, object]:
    """List the corrections that the key's user may see, narrowed to a unit or a state."""
    rows = Correction.objects.visible_to(caller(request)).select_related("about__unit")
    if unit:
        rows = rows.filter(about__unit__code=unit)
    if state:
        rows = rows.filter(state=state)
    return paged(rows, paging, _correction)


@router.post(
    "/figures/{figure}/correction",
    response={200: CorrectionOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Ask for a correction, with the file that shows it where the scheme requires evidence",
)
def ask(
    request: HttpRequest,
    figure: int,
    given: Form[CorrectionIn],
    file: Annotated[UploadedFile | None, File()] = None,
    key: IdempotencyKey = "",
) -> dict[str, object]:
    """Say that a figure is wrong after its window; nothing changes before a second person confirms it."""
    received = None if file is None else receive(file.name or "", file.chunks())
    words = given.model_dump()
    return _correction(ask_for_correction(by=actor(request), figure=figure, received=received, key=key, **words))


@router.post(
    "/corrections/{correction}/withdraw",
    response={200: CorrectionOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Take back a correction that waits",
)
def withdraw(request: HttpRequest, correction: int) -> dict[str, object]:
    """Take back a correction that nobody has decided yet."""
    return _correction(withdraw_correction(by=actor(request), correction=correction))


def _correction(row: Correction) -> dict[str, object]:
    about = row.about
    return {
        "id": row.pk,
        "figure": about.pk,
        "unit": about.unit.code,
        "series": about.series,
        "period": about.period,
        "before": about.value,
        "typed": row.typed,
        "reason": row.reason,
        "state": row.state,
        "answer": row.answer,
        "asked_at": row.at,
        "decided_at": row.decided_at,
    }
