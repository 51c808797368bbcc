"""One workbook instead of the grid: template, trial with every problem by cell, what would change, taking it whole."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from baton.assessment.actions.workbooks import Taken, Trial, import_workbook, try_workbook
from baton.assessment.queries.desk.grid import grid_of
from baton.assessment.queries.desk.own import own_texts
from baton.sheets.templates import leads_of, units_reporting
from baton.web.asking import actor_of, user_of
from baton.web.lists.respond import workbook_file
from baton.web.problems import by_field, shown
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.report.places import Place, place_of
from baton.web.report.template import filled_template, own_template
from baton.web.report.trial import Line, lines_of
from baton.web.report.uploaded import Uploaded, asked_for, content_of, received
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.words import Problem, Refused

_SHOWN = 500
"""Problems and changes that a page lists; the workbook that goes back has all of them."""


@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Show how a workbook comes in; on POST try the one that was chosen."""
    place = place_of(request, period, code)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            refuse_phone(request)
            given = received(request.FILES.get("file"), user_of(request), request.POST.get("preliminary") == "1")
            return HttpResponseRedirect(reverse("report-trial", args=[period, code, given.token]))
        except Refused as refused:
            problems = list(refused.problems)
    listed = shown(problems)
    scheme = place.month.scheme.scheme
    ways = {"leads": code in leads_of(scheme, period), "owns": code in units_reporting(scheme, period)}
    context = {"problems": listed, "messages": by_field(listed), "told": told(request), **ways}
    return _render(request, "workbook", place, 422 if problems else 200, **context)


@require_safe
def template(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Give the department's workbook of the month, or (`?own=1`) a unit's own, with the figures so far."""
    place, name = place_of(request, period, code), f"{period}-{code}.xlsx"
    grid = grid_of(user_of(request), place.month, place.unit)
    try:
        scheme, language = place.month.scheme.scheme, page_language()
        if request.GET.get("own"):
            texts = own_texts(user_of(request), place.month, place.unit)
            return workbook_file(own_template(scheme, code, period, texts, language), name)
        content = filled_template(scheme, code, period, grid, language)
    except Refused as refused:
        return _render(request, "workbook", place, 422, problems=shown(refused.problems), messages={})
    return workbook_file(content, name)


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, period: str, code: str, token: str) -> HttpResponse:
    """Show what a workbook would do; on POST take it, whole or not at all."""
    place, given = place_of(request, period, code), asked_for(token, user_of(request))
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            refuse_phone(request)
            taken = import_workbook(
                by=actor_of(request),
                period=period,
                name=given.name,
                content=content_of(given),
                agreed=request.POST.get("agreed", ""),
                preliminary=given.preliminary,
                key=request.POST.get("key", "")[:64],
            )
            return _taken(request, taken, period, code)
        except Refused as refused:
            problems = list(refused.problems)
    found = _try(request, place, given)
    return _render(
        request,
        "trial",
        place,
        422 if problems else 200,
        trial=found,
        given=given,
        key=uuid4().hex,
        lines=_lines(found),
        changes=found.changes[:_SHOWN],
        problems=shown(problems),
    )


def _taken(request: HttpRequest, taken: Taken, period: str, code: str) -> HttpResponse:
    """Say what came in, and lead on: to own reports, which are still to be submitted, else to the grid."""
    if taken.batch is not None:
        tell(request, "reporting.entered", count=taken.batch.figures.count())
    if not taken.reports:
        return HttpResponseRedirect(reverse("report-grid", args=[period, code]))
    tell(request, "reporting.own_filled", count=len(taken.reports))
    if len(taken.reports) == 1:
        return HttpResponseRedirect(reverse("report-own", args=[taken.reports[0].pk]))
    return HttpResponseRedirect(reverse("reports"))


@require_safe
def marked(request: HttpRequest, period: str, code: str, token: str) -> HttpResponse:
    """Give a workbook back with every problem marked on its cell."""
    place, given = place_of(request, period, code), asked_for(token, user_of(request))
    found = _try(request, place, given)
    return workbook_file(found.marked(content_of(given), page_language()), f"marked-{period}-{code}.xlsx")


def _try(request: HttpRequest, place: Place, given: Uploaded) -> Trial:
    return try_workbook(
        by=actor_of(request),
        period=place.month.period,
        name=given.name,
        content=content_of(given),
        preliminary=given.preliminary,
    )


def _lines(found: Trial) -> list[Line]:
    return lines_of(found.problems)[:_SHOWN]


def _render(request: HttpRequest, page: str, place: Place, status: int, **context: Any) -> HttpResponse:
    around = {"place": place, "month": place.month, "unit": place.unit, "only_looks": only_looks(request)}
    return render(request, f"web/report/{page}.html", around | context, status=status)
