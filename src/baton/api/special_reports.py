"""Special assessments: reports read, found right or sent back by who verifies them, and why two runs differ."""

from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.problems import Refusal
from baton.assessment.actions.special_verifying import verify_special
from baton.assessment.models import Special
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.looking.why import Moved
from baton.assessment.queries.special_verify import VerifyReport, special_verify_desk
from baton.assessment.queries.special_why import change_between, comparable_runs, moved_between
from baton.assessment.queries.specials import specials
from baton.core.choices import Scope
from baton.words import Place, Problem, Refused

router = Router(tags=["specials"])


class ReportedOut(Schema):
    """A figure of a report; `late`: it came after the last day that was planned."""

    figure: str
    period: str
    value: str
    late: bool


class ReportOut(Schema):
    """What a unit reported of a series about a unit. `state`: waiting, verified, returned, missing.

    `reason`: why it was sent back. `seen`: its newest figure's id, 0 none.
    """

    series: str
    unit: str
    reporter: str
    state: str
    reason: str
    seen: int
    figures: list[ReportedOut]


class ReportName(Schema):
    """Which report: of which series about which unit (code)."""

    series: str
    unit: str


class VerdictIn(Schema):
    """What is said of some reports, together. `seen`: the newest figure's id among what was looked at."""

    reports: list[ReportName] = Field(min_length=1, max_length=5_000)
    verified: bool
    seen: int
    reason: str = Field("", max_length=400)


class VerdictOut(Schema):
    """Of how many reports it was said."""

    reports: int


class RunOut(Schema):
    """A run that may be put beside another; `document`: what put it out, empty where nothing did."""

    id: int
    kind: str
    at: datetime
    document: str
    withdrawn: bool


class PieceOut(Schema):
    """What an indicator gave before and after; own figures (`values`) and `peers` add up to the difference."""

    indicator: str
    before: str
    after: str
    values: str
    peers: str


class MovedOut(Schema):
    """A unit's change of score between two runs; `indicators` only of one's own units."""

    unit: str
    before: str
    after: str
    values: str
    peers: str
    indicators: list[PieceOut]


@router.get("/specials/{special}/runs", response=list[RunOut], auth=Key(Scope.READ), summary="Runs to be compared")
def runs(request: HttpRequest, special: int) -> list[dict[str, object]]:
    """Give the runs that the key's user may put beside each other, newest first."""
    return [
        {"id": one.pk, "kind": one.kind, "at": one.at, "document": one.document, "withdrawn": bool(one.withdrawn_at)}
        for one in comparable_runs(caller(request), _special(request, special))
    ]


@router.get(
    "/specials/{special}/changes",
    response={200: list[MovedOut], 422: Refusal},
    auth=Key(Scope.READ),
    summary="Why scores differ between two runs",
)
def changes(request: HttpRequest, special: int, first: int, second: int) -> list[dict[str, object]]:
    """Give the change between two runs, as it was worked out on the page."""
    known = {one.pk: one for one in comparable_runs(caller(request), _special(request, special))}
    if first not in known or second not in known:
        raise Http404
    change = change_between(known[first], known[second])
    if change is None:
        raise Refused([Problem("plans.change_not_made", {}, Place(field="first"))])
    sight = sight_of(caller(request))
    return [_moved(one, sight.everything or one.unit.pk in sight.member) for one in moved_between(change)]


def _special(request: HttpRequest, number: int) -> Special:
    row = specials(caller(request)).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _moved(one: Moved, own: bool) -> dict[str, object]:
    values, peers = one.change.parts[:2]
    told = {"unit": one.unit.code, "before": str(one.change.before), "after": str(one.change.after)}
    pieces = [
        {
            "indicator": piece.indicator,
            "before": str(piece.before),
            "after": str(piece.after),
            "values": f"{piece.parts[0]:f}",
            "peers": f"{piece.parts[1]:f}",
        }
        for piece in one.change.pieces
    ]
    return {**told, "values": f"{values:f}", "peers": f"{peers:f}", "indicators": pieces if own else []}


@router.get(
    "/specials/{special}/reports", response=list[ReportOut], auth=Key(Scope.READ), summary="Reports to be verified"
)
def reports(request: HttpRequest, special: int) -> list[dict[str, object]]:
    """Give the reports that the key's user verifies, or, of the office and readers of the county, all."""
    desk = special_verify_desk(caller(request), special)
    if desk is None:
        raise Http404
    return [_report(one) for group in desk.groups for one in group.reports]


@router.post(
    "/specials/{special}/reports/verify",
    response={200: VerdictOut, 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Find reports right, or send them back with the reason",
)
def verify(request: HttpRequest, special: int, given: VerdictIn, key: IdempotencyKey = "") -> dict[str, int]:
    """Say of all of them that they are right, or send all of them back."""
    names = [f"{one.series}:{one.unit}" for one in given.reports]
    count = verify_special(
        by=actor(request),
        special=special,
        reports=names,
        verified=given.verified,
        seen=given.seen,
        reason=given.reason,
        key=key,
    )
    return {"reports": count}


def _report(one: VerifyReport) -> dict[str, object]:
    duty, verdict = one.report.duty, one.report.verdict
    return {
        "series": duty.series,
        "unit": duty.unit.code,
        "reporter": "" if duty.reporter is None else duty.reporter.code,
        "state": one.report.state.value,
        "reason": "" if verdict is None else verdict.reason,
        "seen": one.report.newest,
        "figures": [
            {
                "figure": value.value.ask.field.figure,
                "period": value.value.ask.period,
                "value": "" if value.value.figure is None else value.value.figure.value,
                "late": value.value.late,
            }
            for value in one.values
        ],
    }
