"""Leaders' and public evaluation of a year: counted sheets read and entered. A second person confirms on a page."""

from collections import Counter
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.problems import Refusal
from baton.assessment.actions.annual.tallies import enter_tally
from baton.assessment.models import AnnualAssessment, TallyLine
from baton.assessment.queries.annual.board import annual_seen
from baton.assessment.queries.annual.votes import votes_board
from baton.core.choices import Scope
from baton.engine.terms import plain
from baton.sheets.forms.mark import COUNTS
from baton.words import Problem, Refused

router = Router(tags=["years"])
NOT_FOUND, MOST_LINES, MOST = 404, 2000, 10_000_000
type Count = Annotated[int, Field(ge=0, le=MOST)]


class Voters(Schema):
    """A group of voters: its series, the fewest valid sheets that count, of how many units there are figures.

    `mean`: it is reported as a mean, else as votes by option. `waiting`: a count waits for a second person.
    """

    series: str
    indicator: str
    name: str
    mean: bool
    figures: list[str]
    least: int
    units: int
    done: int
    waiting: bool


class Sheets(Schema):
    """Counted sheets about a unit (by code). `votes` by option; `mean` (a decimal as text) of a survey instead.

    `due`: how many were entitled, where the rule asks for a turnout. returned = valid + spoilt + abstained.
    """

    unit: str = Field(max_length=64)
    issued: Count
    returned: Count
    valid: Count
    spoilt: Count
    abstained: Count
    due: Count | None = None
    votes: dict[str, Count] = Field({}, max_length=50)
    mean: Decimal | None = None


class SheetsIn(Schema):
    """Counted sheets of a group of voters."""

    lines: list[Sheets] = Field(min_length=1, max_length=MOST_LINES)


@router.get("/years/{year}/votes", response=list[Voters], auth=Key(Scope.READ), summary="Groups of voters of a year")
def groups(request: HttpRequest, year: int) -> list[dict[str, object]]:
    """List the groups of voters and how far each is; 404 to whoever is no listed reader."""
    board = votes_board(caller(request), _annual(request, year))
    if board is None:
        raise HttpError(NOT_FOUND, "votes")
    return [
        {
            "series": one.voters.series,
            "indicator": one.voters.indicator.code,
            "name": one.voters.indicator.name,
            "mean": one.voters.is_mean,
            "figures": [field.figure for field in one.voters.fields],
            "least": one.least,
            "units": one.all,
            "done": one.done,
            "waiting": one.waiting is not None,
        }
        for one in board.groups
    ]


@router.get(
    "/years/{year}/votes/{series}", response=list[Sheets], auth=Key(Scope.READ), summary="Counted sheets of a group"
)
def sheets(request: HttpRequest, year: int, series: str) -> list[dict[str, object]]:
    """List confirmed counts: all to listed readers, a unit's own to its people once the year is made known."""
    rows = TallyLine.objects.visible_to(caller(request)).standing()
    rows = rows.filter(tally__annual=_annual(request, year), tally__series=series).select_related("unit")
    return [
        {
            "unit": one.unit.code,
            "due": one.due,
            "votes": one.votes,
            "mean": one.mean or None,
            **{name: getattr(one, name) for name in COUNTS},
        }
        for one in rows
    ]


@router.post(
    "/years/{year}/votes/{series}",
    response={200: dict[str, int], 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Enter counted sheets of a group of voters, all or none",
)
def enter(request: HttpRequest, year: int, series: str, given: SheetsIn, key: IdempotencyKey = "") -> dict[str, int]:
    """Enter counts; a second person of the office confirms them on a page before they are figures."""
    typed = {one.unit: _typed(one) for one in given.lines}
    times = Counter(one.unit for one in given.lines)
    twice = [Problem("tallies.unit_twice", {"unit": unit}) for unit, count in times.items() if count > 1]
    if twice:
        raise Refused(twice)
    return {"tally": enter_tally(by=actor(request), year=year, series=series, typed=typed, key=key).pk}


def _typed(one: Sheets) -> dict[str, str]:
    found = {name: str(getattr(one, name)) for name in COUNTS} | {name: str(count) for name, count in one.votes.items()}
    found |= {} if one.due is None else {"due": str(one.due)}
    return found | ({} if one.mean is None else {"actual": plain(one.mean)})


def _annual(request: HttpRequest, year: int) -> AnnualAssessment:
    found = annual_seen(caller(request), year)
    if found is None:
        raise HttpError(NOT_FOUND, "year")
    return found
