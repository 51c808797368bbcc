"""The grid of a department: all units side by side, kept as it is typed, checked before it is entered."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from baton.assessment.actions.drafts import forget_drafts
from baton.assessment.actions.figures import save_draft
from baton.assessment.queries.desk.batches import batches_of, last_own, workbooks_of
from baton.assessment.queries.desk.cells import Grid
from baton.assessment.queries.desk.grid import grid_of
from baton.assessment.queries.desk.outcome import outcome
from baton.assessment.queries.desk.stood import stood
from baton.assessment.queries.working import works
from baton.web.asking import actor_of, user_of
from baton.web.problems import shown
from baton.web.report.cell_look import unusual_lines, written_rows
from baton.web.report.heads import deadlines_of, heads_of
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.report.places import Place, by_phone, place_of
from baton.web.report.telling import cell_messages, grid_words, overtaken_problems
from baton.web.report.typed import drafts_in, seen_in, seen_text
from baton.web.telling import told
from baton.words import Problem, Refused


@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Show the grid; on POST keep what was typed and go on to the check, or say what is wrong at its cells."""
    place = place_of(request, period, code)
    found = grid_of(user_of(request), place.month, place.unit)
    if request.method != "POST" or not found.columns:
        return grid_page(request, place, found)
    try:
        refuse_phone(request)
        found = keep(request, place, found)
        if "theirs" in request.POST:
            return _take_theirs(request, place, found, request.POST["theirs"])
    except Refused as refused:
        return grid_page(request, place, found, refused.problems)
    if "keep" in request.POST or "only" in request.POST:
        return HttpResponseRedirect(_address(place, request.POST.get("only", "")))
    ahead = outcome(found)
    problems = [*ahead.problems, *overtaken_problems(ahead.overtaken)]
    if problems:
        return grid_page(request, place, found, problems)
    return HttpResponseRedirect(reverse("report-check", args=[period, code]))


def keep(request: HttpRequest, place: Place, found: Grid) -> Grid:
    """Keep what a form says as drafts, and give the grid with them."""
    user, posted = user_of(request), request.POST.dict()
    cells = drafts_in(found, posted, stood(user, found, seen_in(posted.get("seen", ""))))
    if not cells:
        return found
    save_draft(by=actor_of(request), period=place.month.period, cells=cells)
    return grid_of(user, place.month, place.unit)


def _take_theirs(request: HttpRequest, place: Place, found: Grid, name: str) -> HttpResponse:
    drafts = [cell.draft.pk for cell in found.cells if cell.name == name and cell.draft is not None]
    forget_drafts(by=actor_of(request), drafts=drafts)
    return HttpResponseRedirect(_address(place, ""))


def _address(place: Place, only: str) -> str:
    address = reverse("report-grid", args=[place.month.period, place.unit.code])
    return f"{address}?only={only}" if only else address


def grid_page(request: HttpRequest, place: Place, found: Grid, problems: Iterable[Problem] = ()) -> HttpResponse:
    """Show a grid, with what stands against what was typed."""
    user, listed = user_of(request), list(problems)
    only = "" if listed else request.GET.get("only", found.begins_with)
    part = found.only(only)
    shown_only = only if part is not found else ""
    batches = batches_of(user, place.month, place.unit)
    undo = last_own(user, place.month, place.unit) if found.open else None
    context: dict[str, Any] = {
        "place": place,
        "month": place.month,
        "unit": place.unit,
        "grid": part,
        "whole": found,
        "only": shown_only,
        "heads": list(heads_of(part)),
        "deadlines": deadlines_of(found, works()),
        "unusual": unusual_lines([cell for cell in found.cells if cell.whys and not cell.carried], shown_only),
        "drafted": sum(cell.draft is not None for cell in found.cells),
        "seen": seen_text(part),
        "words": grid_words(),
        "problems": shown(listed),
        "rows": written_rows(part, cell_messages(part, listed), by_phone=by_phone(), only_looks=only_looks(request)),
        "batches": batches,
        "workbooks": workbooks_of(user, [one.pk for one in batches]),
        "undo": undo,
        "ways": ways_of(place, found),
        "by_phone": by_phone(),
        "only_looks": only_looks(request),
        "told": told(request),
    }
    return render(request, "web/report/grid.html", context, status=422 if listed else 200)


def ways_of(place: Place, found: Grid) -> list[tuple[str, str]]:
    """Give the other ways to do the same work: address and words."""
    at = [place.month.period, place.unit.code]
    return [(reverse("report-workbook", args=at), "reporting.by_workbook")] if found.open else []
