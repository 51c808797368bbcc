"""The office brings in what came before: form, trial with every problem by its cell, taking, taking back."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from baton.assessment.actions.earlier import bring_in_figures, bring_in_results, take_back_figures, take_back_results
from baton.assessment.models import SchemeVersion
from baton.assessment.queries.earlier import (
    FiguresTrial,
    ResultsTrial,
    newest_scheme,
    past_batches,
    past_imports,
    try_figures,
    try_results,
)
from baton.sheets.annotate import annotate
from baton.sheets.cells.period import read_period
from baton.sheets.templates import lead_template
from baton.web.asking import actor_of, user_of
from baton.web.earlier.form import results_workbook
from baton.web.lists.respond import workbook_file
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page, refused_on_a_page
from baton.web.report.trial import lines_of
from baton.web.report.uploaded import Uploaded, asked_for, content_of, received
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused

_KINDS = ("results", "figures")
_SHOWN = 500
"""Problems and changes that a page lists; the workbook that goes back has all of them."""


@office_only
def earlier(request: HttpRequest) -> HttpResponse:
    """Show what was brought in and how more comes in; on POST try the workbook that was chosen."""

    def do(form: Form) -> HttpResponse:
        kind = form.text("kind")
        if kind not in _KINDS:
            raise Http404
        try:
            given = received(request.FILES.get(f"file-{kind}"), user_of(request), preliminary=False)
        except Refused as refused:
            at = Place(field=f"file-{kind}")
            raise Refused(Problem(one.code, one.params, at) for one in refused.problems) from refused
        return redirect("earlier-trial", kind, given.token)

    return form_page(request, "web/earlier/earlier.html", Form(), do, **_context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    user, version = user_of(request), newest_scheme(user_of(request))
    leads: Sequence[tuple[str, str]] = ()
    if version is not None:
        names = {unit.code: unit.name for unit in version.scheme.units}
        codes = dict.fromkeys(one.lead for one in version.scheme.indicators if one.lead)
        leads = [(code, names.get(code, code)) for code in codes]
    return {
        "imports": past_imports(user),
        "batches": past_batches(user),
        "leads": leads,
        "version": version,
        "told": told(request),
    }


@require_safe
@office_only
def results_form(request: HttpRequest) -> HttpResponse:
    """Give the form of a table of results, with the county's units."""
    return workbook_file(results_workbook(_version(request).scheme, page_language()), "results.xlsx")


@require_safe
@office_only
def figures_form(request: HttpRequest) -> HttpResponse:
    """Give a department's workbook of an earlier month, quarter or year."""
    lead, asked = request.GET.get("lead", ""), request.GET.get("period", "")
    period = read_period(asked, place=Place(field="period"))
    problems = [Problem("earlier.no_such_period", {}, Place(field="period"))]
    if not isinstance(period, Problem) and period:
        try:
            return workbook_file(
                lead_template(_version(request).scheme, lead, period, page_language()), f"{period}-{lead}.xlsx"
            )
        except Refused as refused:
            problems = list(refused.problems)
    context = {"asked": asked, "asked_lead": lead, **_context(request)}
    return refused_on_a_page(request, "web/earlier/earlier.html", problems, form=Form(), **context)


def _version(request: HttpRequest) -> SchemeVersion:
    version = newest_scheme(user_of(request))
    if version is None:
        raise Http404
    return version


@office_only
def trial(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Show what a workbook would do; on POST take it, whole or not at all."""
    given = _given(request, kind, token)
    found = _try(request, kind, given)

    def do(form: Form) -> HttpResponse:
        origin = {"file_name": given.name, "file_digest": given.digest}
        if isinstance(found, ResultsTrial):
            if not found.fine:
                raise Refused(found.problems or [Problem("assessment.nothing_to_bring")])
            made = bring_in_results(
                by=actor_of(request), results=found.results, document=form.text("document"), **origin
            )
            tell(request, "earlier.results_taken", count=made.count)
        else:
            if not found.fine:
                raise Refused(found.problems or [Problem("assessment.nothing_to_bring")])
            bring_in_figures(by=actor_of(request), observations=found.observations, key=form.text("key"), **origin)
            tell(request, "earlier.figures_taken", count=len(found.observations))
        return redirect("earlier")

    lines = lines_of(found.problems)[:_SHOWN]
    context = {"kind": kind, "given": given, "trial": found, "lines": lines, "key": uuid4().hex}
    return form_page(request, f"web/earlier/{kind}.html", Form(), do, **context)


@require_safe
@office_only
def marked(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Give a workbook back with every problem marked on its cell."""
    given = _given(request, kind, token)
    found = _try(request, kind, given)
    return workbook_file(annotate(content_of(given), found.problems, page_language(), given.name), "marked.xlsx")


@require_POST
@office_only
def undo(request: HttpRequest) -> HttpResponse:
    """Take results or figures back that came in together."""
    results, batch = request.POST.get("results", ""), request.POST.get("batch", "")
    try:
        if results.isdecimal():
            tell(
                request, "earlier.taken_back", count=take_back_results(by=actor_of(request), brought=int(results)).count
            )
        else:
            made = take_back_figures(by=actor_of(request), batch=int(batch) if batch.isdecimal() else 0)
            tell(request, "earlier.taken_back", count=made.figures.count())
    except Refused as refused:
        context = {"form": Form(), **_context(request)}
        return refused_on_a_page(request, "web/earlier/earlier.html", refused.problems, **context)
    return redirect("earlier")


def _given(request: HttpRequest, kind: str, token: str) -> Uploaded:
    if kind not in _KINDS:
        raise Http404
    return asked_for(token, user_of(request))


def _try(request: HttpRequest, kind: str, given: Uploaded) -> ResultsTrial | FiguresTrial:
    trying = try_results if kind == "results" else try_figures
    return trying(_version(request), given.name, content_of(given))
