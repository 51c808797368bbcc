"""Scoring a month: a preview before all is in, a trial, the official run; its progress and what it gave."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from baton.assessment.actions.asking_scores import ask_for_score
from baton.assessment.choices import RunKind
from baton.assessment.queries.office.run import run_page
from baton.web.asking import actor_of, user_of
from baton.web.office.board import board_page, month_for, office_only
from baton.web.office.sealing import sealing_of
from baton.web.office.under_way import under_way
from baton.web.org.forming import page
from baton.web.problems import shown
from baton.web.telling import tell
from baton.words import Refused


@require_POST
@office_only
def score(request: HttpRequest, period: str) -> HttpResponse:
    """Ask for a run."""
    month = month_for(request, period)
    kind = request.POST.get("kind", "")
    if kind not in {one.value for one in RunKind}:
        raise Http404
    try:
        ask_for_score(by=actor_of(request), period=period, kind=RunKind(kind))
    except Refused as refused:
        return board_page(request, month, status=409, problems=shown(refused.problems))
    tell(request, "office.score_was_asked")
    return redirect("office-month", period)


@office_only
def progress(request: HttpRequest, period: str) -> HttpResponse:
    """Give how far scoring is; once it has ended the page asks for itself anew."""
    jobs = under_way(request, month_for(request, period).period)
    answer = render(request, "web/office/progress.html", {"jobs": jobs, "period": period})
    if not jobs:
        answer.headers["HX-Refresh"] = "true"
    return answer


@office_only
def run(request: HttpRequest, period: str, number: int) -> HttpResponse:
    """Show a run: what it rests on, its tables, and how well each indicator tells units apart."""
    found = run_page(user_of(request), number)
    if found is None or found.run.month.period != period:
        raise Http404
    context = {"found": found, "refused": shown(found.problems), **sealing_of(request, found.run)}
    return page(request, "web/office/run.html", status=200, **context)
