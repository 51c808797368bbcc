"""Reports of special assessments as their verifying department finds them: read, found right, or sent back."""

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.problems import Refusal
from baton.assessment.actions.special_verifying import verify_special
from baton.assessment.queries.special_verify import VerifyReport, special_verify_desk
from baton.core.choices import Scope

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
