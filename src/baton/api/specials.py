"""Special assessments: listed, reported and checked. Opening, scoring and publishing are a person's, on the pages."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from baton.api.figures import CellIn, IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal
from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.special_figures import enter_special
from baton.assessment.actions.specials import contest_special, sign_special
from baton.assessment.models import Special, SpecialCheck
from baton.assessment.queries.special_grid import special_grid
from baton.assessment.queries.specials import check_page, may_see_lines, results_of, run_shown, special_page, specials
from baton.core.choices import Scope

router = Router(tags=["specials"])


class SpecialOut(Schema):
    """A special assessment: `first` and `last` are the months it assesses; `document` is empty before it is out."""

    id: int
    title: str
    number: str
    first: str
    last: str
    report_until: date
    check_until: date
    state: str
    document: str


class Specials(Schema):
    """A page of special assessments."""

    items: list[SpecialOut]
    next: int | None


class AskedOut(Schema):
    """A figure that is still to be reported, or may be changed; `seen`: the figure's id that stands there, 0 none."""

    unit: str
    series: str
    figure: str
    period: str
    value: str
    seen: int


class SpecialCells(Schema):
    """Figures to report, together."""

    cells: list[CellIn] = Field(min_length=1, max_length=5_000)


class Entered(Schema):
    """How many figures changed."""

    figures: int


class NoteIn(Schema):
    """Which figure is wrong, what it should be, and why."""

    note: str = Field(max_length=1000)


class CheckOut(Schema):
    """What a unit said, and the answer to it."""

    unit: str
    state: str
    note: str
    answer: str


class ResultOut(Schema):
    """A unit's result; `lines` only of one's own units: every indicator with its points, as shown on the page."""

    unit: str
    group: str
    score: str
    full: str
    rank: str
    lines: list[dict[str, Any]]


@router.get("/specials", response=Specials, auth=Key(Scope.READ), summary="Special assessments")
def listed(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the special assessments that concern the key's user."""
    return paged(specials(caller(request)), paging, _special)


@router.get(
    "/specials/{special}/asked", response=list[AskedOut], auth=Key(Scope.READ), summary="Figures still to be reported"
)
def asked(request: HttpRequest, special: int) -> list[dict[str, object]]:
    """Give the figures that the key's user may report; those that the house holds are not among them."""
    found = special_page(caller(request), special)
    if found is None:
        raise Http404
    grids = [special_grid(caller(request), special, one.unit.code) for one in found.reporters if one.mine]
    cells = [cell for grid in grids if grid is not None for cell in grid.cells if cell.locked is None]
    return [
        {
            "unit": one.cell.unit,
            "series": one.cell.series,
            "figure": one.cell.figure,
            "period": one.cell.period,
            "value": "" if one.figure is None else one.figure.value,
            "seen": one.seen,
        }
        for one in cells
    ]


@router.post(
    "/specials/{special}/figures",
    response={200: Entered, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Report figures of a special assessment, all or none",
)
def enter(request: HttpRequest, special: int, given: SpecialCells, key: IdempotencyKey = "") -> dict[str, int]:
    """Report figures; with every problem of every cell where something is wrong."""
    cells = [Typed(one.unit, one.series, one.figure, one.period, one.value, one.seen) for one in given.cells]
    batch = enter_special(by=actor(request), special=special, cells=cells, key=key)
    return {"figures": 0 if batch is None else batch.figures.count()}


@router.post(
    "/specials/{special}/checks/{unit}/sign",
    response={200: CheckOut, 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Say that the figures about a unit are right",
)
def sign(request: HttpRequest, special: int, unit: str) -> dict[str, object]:
    """Sign a unit's check."""
    return _check(sign_special(by=actor(request), special=special, unit=_unit_of(request, special, unit)))


@router.post(
    "/specials/{special}/checks/{unit}/contest",
    response={200: CheckOut, 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Contest a figure about a unit",
)
def contest(request: HttpRequest, special: int, unit: str, given: NoteIn) -> dict[str, object]:
    """Contest a figure; the office answers in writing."""
    number = _unit_of(request, special, unit)
    return _check(contest_special(by=actor(request), special=special, unit=number, note=given.note))


@router.get("/specials/{special}/results", response=list[ResultOut], auth=Key(Scope.READ), summary="Its result")
def results(request: HttpRequest, special: int) -> list[dict[str, object]]:
    """Give the result that the key's user may see."""
    run = run_shown(caller(request), special)
    if run is None:
        raise Http404
    return [
        {
            "unit": row.unit.code,
            "group": row.group,
            "score": "" if row.score is None else str(row.score),
            "full": str(row.full),
            "rank": "" if row.rank is None else str(row.rank),
            "lines": row.lines if may_see_lines(caller(request), row) else [],
        }
        for row in results_of(run)
    ]


def _unit_of(request: HttpRequest, special: int, code: str) -> int:
    found = check_page(caller(request), special, code)
    if found is None:
        raise Http404
    return found.check.unit_id


def _special(row: Special) -> dict[str, object]:
    plain = ("first", "last", "report_until", "check_until", "state")
    return {"id": row.pk, "title": row.item.title, "number": row.item.number, "document": _document(row)} | {
        name: getattr(row, name) for name in plain
    }


def _check(row: SpecialCheck) -> dict[str, object]:
    return {"unit": row.unit.code, "state": row.state, "note": row.note, "answer": row.answer}


def _document(row: Special) -> str:
    return "" if row.run is None else row.run.document
