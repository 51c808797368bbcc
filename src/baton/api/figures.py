"""Months and their figures: what is asked, what was reported, entering and taking back."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Header, Query, Router, Schema

from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal
from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import enter_figures, undo_batch
from baton.assessment.choices import BatchKind
from baton.assessment.models import Figure, Month
from baton.core.choices import Scope

router = Router(tags=["figures"])
IdempotencyKey = Annotated[
    str,
    Header("", alias="Idempotency-Key", description="the same key again gives the same answer, and nothing twice"),
]


class MonthOut(Schema):
    """A month: how far it is, and the day its result is due."""

    period: str
    state: str
    scheme: str
    publish_on: date


class FigureOut(Schema):
    """A figure about a unit, exactly as it was reported: `value` is a decimal as text, null where there is none.

    `source` tells how it came in; `file`, `sheet` and `cell` where in a workbook it stood.
    """

    id: int
    unit: str
    series: str
    figure: str
    period: str
    value: str | None
    preliminary: bool
    version: int
    source: str
    file: str
    sheet: str
    cell: str
    entered_at: datetime


class Figures(Schema):
    """A page of figures."""

    items: list[FigureOut]
    next: int | None


class CellIn(Schema):
    """One cell. `value`: as it would be typed; a number as text keeps its decimals. Empty takes the figure back.

    `seen`: the figure's `id` that stood there when you looked; 0: none. Without it the last one wins.
    """

    unit: str
    series: str
    figure: str = "actual"
    period: str
    value: str
    seen: int | None = None


class CellsIn(Schema):
    """Cells that come in together, all or none."""

    cells: list[CellIn] = Field(min_length=1, max_length=20_000)
    preliminary: bool = False


class BatchOut(Schema):
    """Figures that came in together; null where nothing changed."""

    batch: int | None


@router.get("/months", response=list[MonthOut], auth=Key(Scope.READ), summary="Months, newest first")
def months(request: HttpRequest) -> list[dict[str, object]]:
    """List the months of the assessment."""
    rows = Month.objects.visible_to(caller(request)).select_related("scheme")
    return [
        {"period": row.period, "state": row.state, "scheme": row.scheme.code, "publish_on": row.publish_on}
        for row in rows
    ]


@router.get("/months/{period}/figures", response=Figures, auth=Key(Scope.READ), summary="Figures of a month")
def figures(
    request: HttpRequest, period: str, paging: Query[Paging], unit: str = "", series: str = ""
) -> dict[str, object]:
    """List the current figures of a month that the key's user may see, narrowed to a unit or a series."""
    rows = Figure.objects.visible_to(caller(request)).current().filter(period=period)
    if unit:
        rows = rows.filter(unit__code=unit)
    if series:
        rows = rows.filter(series=series)
    return paged(rows.select_related("unit", "batch"), paging, figure_out)


@router.post(
    "/months/{period}/figures",
    response={200: BatchOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Enter figures, all or none",
)
def enter(request: HttpRequest, period: str, given: CellsIn, key: IdempotencyKey = "") -> dict[str, int | None]:
    """Enter figures for whom the key's user reports, while the window is open."""
    cells = [Typed(one.unit, one.series, one.figure, one.period, one.value, one.seen) for one in given.cells]
    batch = enter_figures(
        by=actor(request), period=period, cells=cells, preliminary=given.preliminary, kind=BatchKind.API, key=key
    )
    return {"batch": None if batch is None else batch.pk}


@router.post(
    "/batches/{batch}/undo",
    response={200: BatchOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Take a batch back as one step",
)
def undo(request: HttpRequest, batch: int, key: IdempotencyKey = "") -> dict[str, int | None]:
    """Take back what came in together, while the windows of all its figures are open."""
    return {"batch": undo_batch(by=actor(request), batch=batch, key=key).pk}


def figure_out(row: Figure) -> dict[str, object]:
    """Write a figure as `FigureOut` says; wants its unit and batch at hand."""
    return {
        "id": row.pk,
        "unit": row.unit.code,
        "series": row.series,
        "figure": row.figure,
        "period": row.period,
        "value": row.value or None,
        "preliminary": row.preliminary,
        "version": row.version,
        "source": row.source,
        "file": row.batch.file_name,
        "sheet": row.sheet,
        "cell": row.cell,
        "entered_at": row.batch.at,
    }
