"""Earlier years: figures and results that are brought in, all or none, and taken back as one step. The office's."""

from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor
from baton.api.problems import Refusal
from baton.assessment.actions.earlier import bring_in_figures, bring_in_results, take_back_figures, take_back_results
from baton.assessment.rules.earlier import Earlier
from baton.core.choices import Scope
from baton.engine.panel import Observation
from baton.engine.panel.observation import PERIOD

router = Router(tags=["earlier years"])
MOST = 20_000
Code = Annotated[str, Field(min_length=1, max_length=64)]
Period = Annotated[str, Field(pattern=PERIOD, description="2025-06, 2025-Q2 or 2025")]
Points = Annotated[Decimal, Field(max_digits=14, decimal_places=6)]


class EarlierFigureIn(Schema):
    """A figure of a month that was never opened here; `value` null says that there is none (无)."""

    unit: Code
    series: Code
    figure: Code = "actual"
    period: Period
    value: Annotated[Decimal, Field(max_digits=18, decimal_places=12)] | None


class EarlierFiguresIn(Schema):
    """Figures that come in together; of several under the same key the last counts."""

    figures: list[EarlierFigureIn] = Field(min_length=1, max_length=MOST)


class EarlierResultIn(Schema):
    """A result as it was made known: `score` out of `full`, and place, group and grade where there were such."""

    unit: Code
    period: Annotated[str, Field(pattern=r"^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$", description="2025 or 2025-06")]
    score: Points
    full: Annotated[Points, Field(gt=0)] = Decimal(100)
    rank: Annotated[Decimal, Field(ge=1, max_digits=6, decimal_places=1)] | None = None
    group: Annotated[str, Field(max_length=64)] = ""
    grade: Annotated[str, Field(max_length=64)] = ""


class EarlierResultsIn(Schema):
    """Results that come in together, with the document that made them known."""

    document: Annotated[str, Field(min_length=1, max_length=200)]
    results: list[EarlierResultIn] = Field(min_length=1, max_length=MOST)


@router.post(
    "/earlier/figures",
    response={200: dict[str, int], 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Bring in figures of earlier months and years, all or none",
)
def figures(request: HttpRequest, given: EarlierFiguresIn, key: IdempotencyKey = "") -> dict[str, int]:
    """Bring in figures; a batch that is taken back by its number."""
    made = [Observation(one.unit, one.series, one.figure, one.period, one.value) for one in given.figures]
    return {"batch": bring_in_figures(by=actor(request), observations=made, key=key).pk}


@router.post(
    "/earlier/figures/{batch}/undo",
    response={200: dict[str, int], 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Take figures of earlier years back that came in together",
)
def undo_figures(request: HttpRequest, batch: int) -> dict[str, int]:
    """Take a batch back, unless one of its figures was replaced since."""
    return {"batch": take_back_figures(by=actor(request), batch=batch).pk}


@router.post(
    "/earlier/results",
    response={200: dict[str, int], 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Bring in results of earlier months and years, all or none",
)
def results(request: HttpRequest, given: EarlierResultsIn) -> dict[str, int]:
    """Bring in results; the same unit and period again replaces what was brought in before."""
    rows = [Earlier(**one.dict()) for one in given.results]
    return {"brought": bring_in_results(by=actor(request), results=rows, document=given.document).pk}


@router.post(
    "/earlier/results/{brought}/undo",
    response={200: dict[str, int], 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Take results of earlier years back that came in together",
)
def undo_results(request: HttpRequest, brought: int) -> dict[str, int]:
    """Take results back; what they replaced stands again."""
    return {"brought": take_back_results(by=actor(request), brought=brought).pk}
