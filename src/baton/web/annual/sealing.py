"""A run that was made known, sealed in the background."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.annual.files import ask_for_seal, keep_seal, known_run
from baton.assessment.queries.annual.scored import annual_again
from baton.core.files import receive
from baton.core.jobs.work import Work
from baton.reports.sealed_run import sealed_year
from baton.reports.store.sealed import private_key
from baton.web.annual.board import board_page, office_only, year_for
from baton.web.asking import actor_of
from baton.web.problems import shown
from baton.web.telling import tell
from baton.words import Refused


@require_POST
@office_only
def seal(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Ask for a run as a sealed file."""
    annual = year_for(request, year)
    try:
        ask_for_seal(by=actor_of(request), run=number)
    except Refused as refused:
        return board_page(request, annual, status=409, problems=shown(refused.problems))
    tell(request, "annual.seal_was_asked")
    return redirect("year", year)


def seal_in_background(work: Work) -> None:
    """Make the run again and seal it; refused where it cannot be made again."""
    run = known_run(by=work.actor, run=int(work.params["run"]))
    work.tell(0, 1)
    content = sealed_year(run, annual_again(run), private_key(settings.SEAL_SECRET))
    work.tell(1, 1)
    name = f"baton-{run.annual.year}-{run.digest[:12]}.zip"
    keep_seal(by=work.actor, run=run, received=receive(name, [content]))
    work.link = f"/years/{run.annual.year}/"
