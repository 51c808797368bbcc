"""Why totals differ between two results of years."""

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from baton.api.key import Key, actor, caller
from baton.api.problems import Refusal
from baton.assessment.actions.annual.why import ask_for_change
from baton.assessment.models import AnnualChange, AnnualRun
from baton.assessment.queries.annual.why import annual_edition_of, annual_editions, annual_moved, change_for
from baton.core.choices import Scope

router = Router(tags=["years"], auth=Key(Scope.READ))
NOT_FOUND = 404


class PiecePartOut(Schema):
    """An indicator, bonus, deduction or the bound on the total. Points are decimals as text; `parts` add up."""

    kind: str
    code: str
    before: str
    after: str
    parts: dict[str, str]


class YearChangeOut(Schema):
    """A unit's change of total: `parts` by step add up to it without remainder, and so do the pieces."""

    unit: str
    group: str
    before: str
    after: str
    parts: dict[str, str]
    pieces: list[PiecePartOut]


class YearChanges(Schema):
    """The change between two results; `worked_out` false: nobody asked for it yet, or it is under way."""

    first: str
    second: str
    worked_out: bool
    steps: list[str]
    left_out: list[str]
    units: list[YearChangeOut]


class Asked(Schema):
    """The job that works the change out; null where it is known already."""

    job: int | None


def _sides(
    request: HttpRequest, year: int, first: str, second: str
) -> tuple[AnnualRun, AnnualRun, AnnualChange | None]:
    user = caller(request)
    known = annual_editions(user)
    one, other = annual_edition_of(known, first), annual_edition_of(known, second)
    if one is None or other is None or other.year != year:
        raise HttpError(NOT_FOUND, "result")
    return one.run, other.run, change_for(user, one, other)


@router.get("/years/{year}/changes", response=YearChanges, summary="Why totals differ between two results of years")
def year_changes(request: HttpRequest, year: int, first: str, second: str, unit: str = "") -> dict[str, object]:
    """Take the change of every unit's total apart, or of one. Results are issues (`2025.1`) or runs (`r12`)."""
    *runs, change = _sides(request, year, first, second)
    told: dict[str, object] = {"first": first, "second": second, "worked_out": change is not None}
    if change is None:
        return told | {"steps": [], "left_out": [], "units": []}
    steps = ["+".join(step) for step in change.steps]
    moved = annual_moved(change, (runs[0], runs[1]), only=unit, whole=True)
    return told | {
        "steps": steps,
        "left_out": change.left_out,
        "units": [
            {
                "unit": one.unit.code,
                "group": one.group,
                "before": f"{one.change.before:f}",
                "after": f"{one.change.after:f}",
                "parts": dict(zip(steps, [f"{part:f}" for part in one.change.parts], strict=True)),
                "pieces": [
                    {
                        "kind": piece.kind,
                        "code": piece.code,
                        "before": f"{piece.before:f}",
                        "after": f"{piece.after:f}",
                        "parts": dict(zip(steps, [f"{part:f}" for part in piece.parts], strict=True)),
                    }
                    for piece in one.change.pieces
                ],
            }
            for one in moved
        ],
    }


@router.post(
    "/years/{year}/changes", response={200: Asked, 422: Refusal}, summary="Have a change between years worked out"
)
def work_out_changes(request: HttpRequest, year: int, first: str, second: str) -> dict[str, object]:
    """Ask for the change between two results, which takes seconds to minutes in the background."""
    one, other, _ = _sides(request, year, first, second)
    job = ask_for_change(by=actor(request), first=one.pk, second=other.pk)
    return {"job": None if job is None else job.pk}
