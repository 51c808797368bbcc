"""A published run of a month, sealed in the background; its page shows how far that is, and the file."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from baton.assessment.actions.sealing import SEAL_MONTH, ask_for_month_seal, keep_month_seal, published_run
from baton.assessment.choices import RunKind
from baton.assessment.models import Run
from baton.assessment.queries.monthly import score_again
from baton.assessment.queries.office.run import run_page
from baton.core import clock
from baton.core.files import receive
from baton.core.jobs.work import Work
from baton.core.queries.files import files_of
from baton.core.queries.jobs import jobs_of
from baton.reports.sealed_run import sealed_month
from baton.reports.store.sealed import fingerprint_of, private_key
from baton.web.asking import actor_of, user_of
from baton.web.jobs.saying import Said, said
from baton.web.office.board import board_page, month_for, office_only
from baton.web.problems import shown
from baton.web.telling import tell
from baton.words import Refused


def sealing_of(request: HttpRequest, run: Run) -> dict[str, Any]:
    """Give what a run's page says of its seal: how far it is, its files, the digits of its key; nothing unpublished."""
    if run.kind != RunKind.OFFICIAL or not run.publications.exists():
        return {"fingerprint": "", "jobs": [], "files": []}
    fingerprint = fingerprint_of(_key().public_key())
    return {"fingerprint": fingerprint, "jobs": _jobs(request, run.pk), "files": files_of(user_of(request), run)}


def _key() -> Ed25519PrivateKey:
    return private_key(settings.SEAL_SECRET)


def _jobs(request: HttpRequest, number: int) -> list[Said]:
    rows = jobs_of(user_of(request)).filter(kind=SEAL_MONTH, about=str(number)).unfinished()  # type: ignore[attr-defined]
    return [said(job, clock.now()) for job in rows]


@require_POST
@office_only
def seal(request: HttpRequest, period: str, number: int) -> HttpResponse:
    """Ask for a published run as a sealed file."""
    by = actor_of(request)
    try:
        if published_run(by=by, run=number).month.period != period:
            raise Http404
        ask_for_month_seal(by=by, run=number)
    except Refused as refused:
        return board_page(request, month_for(request, period), status=409, problems=shown(refused.problems))
    tell(request, "office.seal_was_asked")
    return redirect("run", period, number)


@require_safe
@office_only
def progress(request: HttpRequest, period: str, number: int) -> HttpResponse:
    """Give how far sealing is; once it has ended the page asks for itself anew."""
    found = run_page(user_of(request), number)
    if found is None or found.run.month.period != period:
        raise Http404
    jobs = _jobs(request, number)
    answer = render(request, "web/office/seal_progress.html", {"jobs": jobs, "run": found.run})
    if not jobs:
        answer.headers["HX-Refresh"] = "true"
    return answer


def seal_in_background(work: Work) -> None:
    """Make the run again and seal it; refused where it cannot be made again."""
    run = published_run(by=work.actor, run=int(work.params["run"]))
    work.tell(0, 1)
    content = sealed_month(run, score_again(run), _key())
    work.tell(1, 1)
    name = f"baton-{run.month.period}-{run.digest[:12]}.zip"
    keep_month_seal(by=work.actor, run=run, received=receive(name, [content]))
    work.link = f"/office/{run.month.period}/runs/{run.pk}"
