"""Before figures are entered: what would change, what is worth a look, what is missing; entering, taking back."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.drafts import forget_drafts
from baton.assessment.actions.figures import enter_figures, undo_batch
from baton.assessment.queries.desk.cells import Grid
from baton.assessment.queries.desk.grid import grid_of
from baton.assessment.queries.desk.outcome import Outcome, apart, outcome
from baton.web.asking import actor_of, user_of
from baton.web.problems import shown
from baton.web.report.cell_look import unusual_lines
from baton.web.report.grid import grid_page
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.report.places import Place, by_phone, place_of
from baton.web.report.typed import as_typed, seen_of
from baton.web.telling import tell, told
from baton.words import Problem, Refused


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Show what entering would do; on POST enter it."""
    place = place_of(request, period, code)
    found = grid_of(user_of(request), place.month, place.unit)
    ahead = outcome(found)
    if request.method != "POST":
        return _page(request, place, found, ahead)
    try:
        refuse_phone(request)
        return _enter(request, place, ahead)
    except Refused as refused:
        return grid_page(request, place, grid_of(user_of(request), place.month, place.unit), refused.problems)


def _enter(request: HttpRequest, place: Place, ahead: Outcome) -> HttpResponse:
    preliminary = request.POST.get("preliminary") == "1"
    batch = enter_figures(
        by=actor_of(request),
        period=place.month.period,
        cells=_cells(ahead, settle=request.POST.get("settle") == "1" and not preliminary),
        preliminary=preliminary,
        key=request.POST.get("key", "")[:64],
    )
    if batch is None:
        tell(request, "reporting.nothing_new")
    else:
        tell(request, "reporting.entered", count=batch.figures.count())
    return HttpResponseRedirect(reverse("report-grid", args=[place.month.period, place.unit.code]))


def _cells(ahead: Outcome, settle: bool) -> list[Typed]:
    drafted = [as_typed(cell, cell.draft.typed if cell.draft else "", seen_of(cell)) for cell in ahead.writes]
    return drafted + ([as_typed(cell, cell.entered, cell.seen) for cell in ahead.settles] if settle else [])


def _page(
    request: HttpRequest, place: Place, found: Grid, ahead: Outcome, problems: Iterable[Problem] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        "place": place,
        "month": place.month,
        "unit": place.unit,
        "grid": found,
        "ahead": ahead,
        "unusual": unusual_lines(ahead.unusual),
        "key": uuid4().hex,
        "apart": apart(found),
        "by_phone": by_phone(),
        "only_looks": only_looks(request),
        "problems": shown(problems),
        "told": told(request),
    }
    return render(request, "web/report/check.html", context)


@require_POST
def undo(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Take the batch back that this person entered last."""
    place = place_of(request, period, code)
    number = request.POST.get("batch", "")
    try:
        refuse_phone(request)
        made = undo_batch(by=actor_of(request), batch=int(number) if number.isdecimal() else 0)
    except Refused as refused:
        return grid_page(request, place, grid_of(user_of(request), place.month, place.unit), refused.problems)
    tell(request, "reporting.taken_back", count=made.figures.count())
    return HttpResponseRedirect(reverse("report-grid", args=[period, code]))


@require_POST
def forget(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Throw away what is being typed, or one cell of it: what was entered stays."""
    place = place_of(request, period, code)
    found = grid_of(user_of(request), place.month, place.unit)
    only = request.POST.get("cell", "")
    drafts = [cell.draft.pk for cell in found.cells if cell.draft is not None and only in ("", cell.name)]
    gone = forget_drafts(by=actor_of(request), drafts=drafts)
    tell(request, "reporting.forgotten", count=gone)
    return HttpResponseRedirect(reverse("report-grid", args=[period, code]))
