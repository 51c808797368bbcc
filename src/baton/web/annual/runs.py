"""Scoring a year: a trial before anything is decided, the official run; what each gave, and what hangs on little."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from baton.assessment.actions.annual.year import ask_for_annual
from baton.assessment.choices import RunKind
from baton.assessment.queries.annual.run import annual_run
from baton.web.annual.board import board_page, jobs_under_way, office_only, year_for
from baton.web.asking import actor_of, user_of
from baton.web.org.forming import page
from baton.web.problems import shown
from baton.web.telling import tell
from baton.words import Refused

_KINDS = {RunKind.TRIAL.value, RunKind.OFFICIAL.value}


@require_POST
@office_only
def score(request: HttpRequest, year: int) -> HttpResponse:
    """Ask for a run."""
    annual = year_for(request, year)
    kind = request.POST.get("kind", "")
    if kind not in _KINDS:
        raise Http404
    try:
        ask_for_annual(by=actor_of(request), year=year, kind=RunKind(kind))
    except Refused as refused:
        return board_page(request, annual, status=409, problems=shown(refused.problems))
    tell(request, "office.score_was_asked")
    return redirect("year", year)


@office_only
def progress(request: HttpRequest, year: int) -> HttpResponse:
    """Give how far scoring is; once it has ended the page asks for itself anew."""
    jobs = jobs_under_way(request, year_for(request, year).year)
    answer = render(request, "web/annual/progress.html", {"jobs": jobs, "year": year})
    if not jobs:
        answer.headers["HX-Refresh"] = "true"
    return answer


@office_only
def run(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show a run: sensitive points first, the arithmetic of quotas, then the tables with suggestions and reasons."""
    found = annual_run(user_of(request), number)
    if found is None or found.run.annual.year != year:
        raise Http404
    return page(request, "web/annual/run.html", found=found, refused=shown(found.problems))
