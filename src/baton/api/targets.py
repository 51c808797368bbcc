"""Yearly targets: read, and drafted for the unit's head. Signing, agreeing and fixing are a person's, on the pages."""

from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal
from baton.assessment.actions.targets.adjusting import ask_adjustment
from baton.assessment.actions.targets.proposing import Draft, draft_targets
from baton.assessment.models import Target, TargetAdjustment, TargetFlag, TargetStep
from baton.assessment.queries.targets.county import Whole, county_of
from baton.assessment.queries.targets.lists import adjustments, targets
from baton.assessment.queries.targets.page import target_page
from baton.core.choices import Scope

router = Router(tags=["targets"])


class TargetOut(Schema):
    """A target: `table` is the number on the table, of a fixed one the target itself; `asks`: unanswered questions."""

    id: int
    year: int
    unit: str
    series: str
    figure: str
    indicator: str
    title: str
    measure: str
    department: str
    state: str
    round: int
    table: str
    asks: int


class StepOut(Schema):
    """What somebody did with a target; `of`: unit or department, empty for the office."""

    kind: str
    round: int
    value: str
    reason: str
    document: str
    of: str
    at: datetime


class FlagOut(Schema):
    """Something worth checking: a question, never a verdict; `waived`: why nobody asks further."""

    kind: str
    months: list[str]
    evidence: dict[str, float | str]
    answer: str
    waived: str


class TargetPageOut(TargetOut):
    """A target with how it went and what is worth checking; both empty for whom it does not concern."""

    steps: list[StepOut]
    flags: list[FlagOut]
    chance: float | None
    expected: float | None


class Targets(Schema):
    """A page of targets."""

    items: list[TargetOut]
    next: int | None


class DraftIn(Schema):
    """A number and its reason, typed as in a cell, for the unit's head to sign."""

    typed: str = Field(max_length=100)
    reason: str = Field(max_length=400)


class AdjustmentIn(DraftIn):
    """To what a fixed target is to change, why, and by which document."""

    document: str = Field(max_length=200)


class AdjustmentOut(Schema):
    """A change that was asked for; `answer` by the head of the office."""

    id: int
    target: int
    before: str
    value: str
    reason: str
    document: str
    state: str
    answer: str
    asked_at: datetime
    decided_at: datetime | None


class Adjustments(Schema):
    """A page of changes."""

    items: list[AdjustmentOut]
    next: int | None


class WholeOut(Schema):
    """A figure of the county: its own target, the units' together (`adding`: sum or mean), of how many; the gap."""

    series: str
    figure: str
    adding: str
    own: str | None
    document: str | None
    whole: str | None
    fixed: str | None
    units: int
    told: int
    settled: int
    reached: bool | None
    gap: str | None


@router.get("/targets", response=Targets, auth=Key(Scope.READ), summary="Yearly targets that the key's user may see")
def list_targets(
    request: HttpRequest, paging: Query[Paging], year: int = 0, unit: str = "", state: str = ""
) -> dict[str, object]:
    """List targets, narrowed to a year, a unit or a state; of others than one's own only fixed ones of the group."""
    narrowed = {"year": year, "unit__code": unit, "state": state}
    rows = targets(caller(request)).filter(**{name: value for name, value in narrowed.items() if value})
    return paged(rows, paging, _target)


@router.get("/targets/{target}", response=TargetPageOut, auth=Key(Scope.READ), summary="One target, how it went")
def one_target(request: HttpRequest, target: int) -> dict[str, object]:
    """Give a target with its steps, what is worth checking, and what the years before let expect."""
    found = target_page(caller(request), target)
    if found is None:
        raise Http404
    grounds = found.grounds
    return {
        **_target(found.row),
        "steps": [_step(one) for one in found.steps],
        "flags": [_flag(one) for one in found.flags],
        "chance": None if grounds is None or grounds.asked is None else grounds.asked.chance,
        "expected": None if grounds is None or grounds.outlook is None else grounds.outlook.expected,
    }


@router.post(
    "/targets/{target}/draft",
    response={200: TargetOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Put a number and its reason before the unit's head, who signs on a page",
)
def draft(request: HttpRequest, target: int, given: DraftIn) -> dict[str, object]:
    """Draft a target; nobody outside the unit sees it before a person signs."""
    (row,) = draft_targets(by=actor(request), drafts=[Draft(target, given.typed, given.reason)])
    return _target(row)


@router.get(
    "/target-adjustments", response=Adjustments, auth=Key(Scope.READ), summary="Changes of fixed targets in the year"
)
def list_adjustments(request: HttpRequest, paging: Query[Paging], state: str = "") -> dict[str, object]:
    """List changes that were asked for; of others than one's own only granted ones of the group."""
    rows = adjustments(caller(request))
    return paged(rows.filter(state=state) if state else rows, paging, _adjustment)


@router.post(
    "/targets/{target}/adjustment",
    response={200: AdjustmentOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Ask for a change of a fixed target; the head of the office decides on a page",
)
def adjust(request: HttpRequest, target: int, given: AdjustmentIn, key: IdempotencyKey = "") -> dict[str, object]:
    """Ask that a fixed target be changed, with reason and document; nothing changes before it is decided."""
    return _adjustment(ask_adjustment(by=actor(request), target=target, key=key, **given.model_dump()))


@router.get(
    "/county-targets/{year}",
    response=list[WholeOut],
    auth=Key(Scope.READ),
    summary="Whether all targets of a year together reach the county's own",
)
def county_targets(request: HttpRequest, year: int) -> list[dict[str, object]]:
    """Give the figures whose units the key's user sees all of: office, county readers, and who leads them."""
    return [_whole(one) for one in county_of(caller(request), year)]


def _target(row: Target) -> dict[str, object]:
    names = ("year", "series", "indicator", "title", "measure", "state", "round", "table")
    return {
        "id": row.pk,
        "unit": row.unit.code,
        "figure": row.figure_name,
        "department": row.department.code if row.department else "",
        "asks": getattr(row, "asks", 0),
        **{name: getattr(row, name) for name in names},
    }


def _step(one: TargetStep) -> dict[str, object]:
    names = ("kind", "round", "value", "reason", "document", "at")
    return {"of": one.of.code if one.of else "", **{name: getattr(one, name) for name in names}}


def _flag(one: TargetFlag) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("kind", "months", "evidence", "answer", "waived")}


def _adjustment(row: TargetAdjustment) -> dict[str, object]:
    names = ("value", "reason", "document", "state", "answer", "decided_at")
    return {
        "id": row.pk,
        "target": row.target_id,
        "before": row.before.value,
        "asked_at": row.at,
        **{name: getattr(row, name) for name in names},
    }


def _whole(one: Whole) -> dict[str, object]:
    return {
        "series": one.key[0],
        "figure": one.key[1],
        "adding": one.adding.value,
        "own": None if one.own is None else one.own.value,
        "document": None if one.own is None else one.own.document,
        "whole": None if one.whole is None else str(one.whole),
        "fixed": None if one.fixed is None else str(one.fixed),
        "units": len(one.shares),
        "told": one.told,
        "settled": one.settled,
        "reached": one.reached,
        "gap": None if one.gap is None else str(one.gap),
    }
