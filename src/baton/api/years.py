"""Annual assessments: how far each year is, its result as far as it is made known, and a unit's full calculation."""

from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from baton.api.key import Key, caller
from baton.assessment.models import AnnualPublication, AnnualRun
from baton.assessment.queries.annual.board import annual_board, annual_seen, annuals
from baton.assessment.queries.annual.unit import annual_unit, decided_of, shown_run
from baton.core.choices import Scope

router = Router(tags=["years"], auth=Key(Scope.READ))
NOT_FOUND = 404


class Year(Schema):
    """A year: its stage (`open`, `tried`, `decided`, `publicity`, `publicity_over`, `published`) and its scheme."""

    year: int
    stage: str
    scheme: str


class AnnualPlace(Schema):
    """A unit's year. Points are decimals as text, exact; grades are codes, null where none was given or decided."""

    unit: str
    group: str
    base: str | None
    bonus: str
    deduction: str
    total: str | None
    rank: str | None
    suggested: str | None
    grade: str | None
    reason: str


class AnnualStandings(Schema):
    """The result of a year: until when it is up for publicity, whether it is published, its digest, all units."""

    year: int
    issue: int | None
    opens: str | None
    closes: str | None
    published: bool
    document: str
    digest: str
    scheme_digest: str
    data_digest: str
    places: list[AnnualPlace]


class AnnualLine(Schema):
    """A line of a unit's calculation, top down: a node, or an indicator with its value and target."""

    depth: int
    code: str
    part: str
    value: str | None
    target: str | None
    score: str | None
    full: str


@router.get("/years", response=list[Year], summary="Annual assessments")
def years(request: HttpRequest) -> list[dict[str, object]]:
    """Give all years, newest first."""
    user = caller(request)
    boards = [annual_board(user, one) for one in annuals(user)]
    return [{"year": one.annual.year, "stage": one.stage.value, "scheme": one.annual.scheme.digest} for one in boards]


@router.get("/years/{year}/results", response=AnnualStandings, summary="The result of a year")
def year_results(request: HttpRequest, year: int) -> dict[str, object]:
    """Give the result that is made known, or for listed readers the newest run; 404 where there is none to be seen."""
    run, out = _shown(request, year)
    decided = decided_of(run, out)
    places = []
    for one in run.units.select_related("unit").order_by("group", "rank", "unit"):
        grade = decided.get(one.unit_id)
        places.append(
            {
                "unit": one.unit.code,
                "group": one.group,
                "base": _text(one.base),
                "bonus": _text(one.bonus),
                "deduction": _text(one.deduction),
                "total": _text(one.total),
                "rank": _text(one.rank),
                "suggested": one.grade or None,
                "grade": None if grade is None else grade.grade or None,
                "reason": "" if grade is None else grade.reason,
            }
        )
    return {
        "year": year,
        "issue": None if out is None else out.issue,
        "opens": None if out is None else out.opens.isoformat(),
        "closes": None if out is None else out.closes.isoformat(),
        "published": out is not None and out.published_at is not None,
        "document": "" if out is None else out.document,
        "digest": run.digest,
        "scheme_digest": run.scheme_digest,
        "data_digest": run.data_digest,
        "places": places,
    }


@router.get("/years/{year}/results/{unit}", response=list[AnnualLine], summary="How a unit's year was calculated")
def year_lines(request: HttpRequest, year: int, unit: str, period: str = "") -> list[dict[str, object]]:
    """Give every line of a unit's calculation, of the year or of one of its months (`period`)."""
    run, out = _shown(request, year)
    found = annual_unit(run, out, unit, period)
    if found is None:
        raise HttpError(NOT_FOUND, "unit")
    return [
        {
            "depth": line.depth,
            "code": line.code,
            "part": "" if line.leaf is None else line.leaf.part,
            "value": None if line.leaf is None else line.leaf.value or None,
            "target": None if line.leaf is None else line.leaf.target or None,
            "score": _text(line.score),
            "full": _text(line.full),
        }
        for line in found.lines
    ]


def _shown(request: HttpRequest, year: int) -> tuple[AnnualRun, AnnualPublication | None]:
    user = caller(request)
    found = None if annual_seen(user, year) is None else shown_run(user, year)
    if found is None:
        raise HttpError(NOT_FOUND, "year")
    return found


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f") if value else "0"
