"""Checking: what others reported about a unit, contesting a figure of it, and the unit's signature."""

from datetime import date

from django.http import HttpRequest
from ninja import Field, File, Form, Router, Schema, UploadedFile
from ninja.errors import HttpError

from baton.api.figures import FigureOut, IdempotencyKey, figure_out
from baton.api.key import Key, actor, caller
from baton.api.problems import Refusal
from baton.assessment.actions.checks import check_and_sign, contest
from baton.assessment.models import Check
from baton.assessment.queries.office.check import check_sheet, may_look
from baton.assessment.queries.office.expected import month_of
from baton.core.choices import Scope
from baton.core.files import receive
from baton.org.models import Unit

router = Router(tags=["checks"])
NOT_FOUND = 404


class AwaitedOut(Schema):
    """A figure that has not come yet."""

    series: str
    figure: str
    period: str


class SheetOut(Schema):
    """What others reported about a unit. `seen`: the mark of these figures, which the signature hands back.

    `open_until`: the last day of the window that is open today; null where none is. `receipt`: the newest signature.
    """

    unit: str
    period: str
    seen: str
    open_until: date | None
    receipt: str | None
    to_sign: bool
    figures: list[FigureOut]
    contested: list[int]
    awaited: list[AwaitedOut]


class ContestIn(Schema):
    """Why a figure is contested, and what it should be."""

    reason: str = Field(max_length=1000)
    claimed: str = ""


class CheckIn(Schema):
    """A unit's signature under its figures. `seen`: the mark of what it saw (`GET /months/{period}/checks/{unit}`)."""

    unit: str
    seen: str


def _unit(request: HttpRequest, code: str) -> Unit:
    found = Unit.objects.visible_to(caller(request)).filter(code=code).first()
    if found is None:
        raise HttpError(NOT_FOUND, code)
    return found


@router.get(
    "/months/{period}/checks/{unit}",
    response=SheetOut,
    auth=Key(Scope.READ),
    summary="What others reported about a unit, to be checked",
)
def sheet(request: HttpRequest, period: str, unit: str) -> dict[str, object]:
    """Give a unit's sheet to who works there, and to readers of the whole county."""
    user, about = caller(request), _unit(request, unit)
    month = month_of(user, period)
    if month is None or not may_look(user, about):
        raise HttpError(NOT_FOUND, period)
    found = check_sheet(user, month, about)
    figures = [line.asked.figure for line in found.there if line.asked.figure is not None]
    return {
        "unit": about.code,
        "period": period,
        "seen": found.seen,
        "open_until": found.open_until,
        "receipt": None if found.receipt is None else found.receipt.receipt,
        "to_sign": found.to_sign,
        "figures": [figure_out(one) for one in figures],
        "contested": [line.asked.figure.pk for line in found.contested if line.asked.figure is not None],
        "awaited": [
            {"series": cell.series, "figure": cell.figure, "period": cell.period}
            for cell in (line.asked.cell for line in found.awaited)
        ],
    }


@router.post(
    "/figures/{figure}/contest",
    response={200: dict[str, int], 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Contest a figure about one's own unit, where the scheme requires no evidence",
)
def contest_figure(request: HttpRequest, figure: int, given: ContestIn, key: IdempotencyKey = "") -> dict[str, int]:
    """Say why a figure is wrong; the verifying department answers."""
    row = contest(by=actor(request), figure=figure, reason=given.reason, claimed=given.claimed, key=key)
    return {"contest": row.pk}


@router.post(
    "/figures/{figure}/contest-with-evidence",
    response={200: dict[str, int], 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Contest a figure whose indicator requires evidence, with the file",
)
def contest_with_evidence(
    request: HttpRequest, figure: int, given: Form[ContestIn], evidence: File[UploadedFile], key: IdempotencyKey = ""
) -> dict[str, int]:
    """Say why a figure is wrong, and send the evidence along (`multipart/form-data`): both are kept, or neither."""
    received = receive(evidence.name or "", evidence.chunks())
    by = actor(request)
    row = contest(by=by, figure=figure, reason=given.reason, claimed=given.claimed, evidence=received, key=key)
    return {"contest": row.pk}


@router.post(
    "/months/{period}/checks",
    response={200: dict[str, str], 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Sign what was reported about one's own unit",
)
def sign(request: HttpRequest, period: str, given: CheckIn, key: IdempotencyKey = "") -> dict[str, str]:
    """Sign, and get the number of the receipt."""
    unit = _unit(request, given.unit)
    row: Check = check_and_sign(by=actor(request), period=period, unit=unit.pk, seen=given.seen, key=key)
    return {"receipt": str(row.receipt)}
