"""The page of one's own jobs; the list asks for itself again as long as something is under way."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from baton.core import clock
from baton.core.actions.jobs import cancel_job, retry_job
from baton.core.choices import JobState
from baton.core.models import Job
from baton.core.queries.jobs import jobs_of
from baton.web.asking import actor_of, user_of
from baton.web.jobs.saying import said
from baton.web.problems import Shown, shown
from baton.words import Refused

_SHOWN = 50
_UNDER_WAY = {JobState.WAITING.value, JobState.RUNNING.value}


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show one's newest jobs; only their list where htmx asks."""
    return _page(request, [])


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a job."""
    return _do(request, number, cancel_job)


@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Try a job again."""
    return _do(request, number, retry_job)


def _do(request: HttpRequest, number: int, action: Callable[..., Job]) -> HttpResponse:
    try:
        action(by=actor_of(request), number=number)
    except Refused as refused:
        return _page(request, shown(refused.problems), 409)
    return HttpResponseRedirect(reverse("jobs"))


def _page(request: HttpRequest, problems: list[Shown], status: int = 200) -> HttpResponse:
    rows = list(jobs_of(user_of(request))[:_SHOWN])
    now = clock.now()
    context = {
        "rows": [said(job, now) for job in rows],
        "under_way": any(job.state in _UNDER_WAY for job in rows),
        "problems": problems,
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "web/jobs/list.html" if part else "web/jobs/jobs.html", context, status=status)
