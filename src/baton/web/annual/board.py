"""The years, and the board of one: what is done, what comes next."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.annual.files import LETTERS, SEAL
from baton.assessment.actions.annual.year import JOB, open_annual
from baton.assessment.models import AnnualAssessment
from baton.assessment.queries.annual.board import annual_board, annual_seen, annuals
from baton.assessment.queries.annual.votes import votes_board
from baton.assessment.queries.annual.why import WHY, summary_of
from baton.assessment.queries.objections.listing import objected_in_year
from baton.core import clock
from baton.core.queries.files import files_of
from baton.core.queries.jobs import jobs_of
from baton.org.choices import Role
from baton.reports.store.sealed import fingerprint_of, private_key
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.jobs.saying import Said, said
from baton.web.org.forming import Form, only, page
from baton.web.problems import shown
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Refused, text

OFFICE = (Role.OFFICE, Role.OFFICE_HEAD)
office_only = only(*OFFICE)


def years(request: HttpRequest) -> HttpResponse:
    """List the years, each with how far it is; the office opens another."""
    return _years(request)


def _years(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    user = user_of(request)
    boards = [annual_board(user, one) for one in annuals(user)]
    held = {one.annual.year for one in boards}
    opens = powers_of(request).has(*OFFICE)
    context |= {"boards": boards, "opens": opens}
    context["choices"] = [year for year in range(clock.today().year, clock.today().year - 4, -1) if year not in held]
    return page(request, "web/annual/years.html", status=status, **context)


@require_POST
@office_only
def open_year(request: HttpRequest) -> HttpResponse:
    """Open the assessment of a year."""
    given = request.POST.get("year", "")
    if not given.isdigit():
        raise Http404
    try:
        row = open_annual(by=actor_of(request), year=int(given))
    except Refused as refused:
        return _years(request, status=422, problems=shown(refused.problems))
    tell(request, "annual.was_opened", year=row.year)
    return redirect("year", row.year)


def year_for(request: HttpRequest, year: int) -> AnnualAssessment:
    """Give a year; there may be none."""
    found = annual_seen(user_of(request), year)
    if found is None:
        raise Http404
    return found


@office_only
def board(request: HttpRequest, year: int) -> HttpResponse:
    """Show the board of a year."""
    return board_page(request, year_for(request, year))


def board_page(request: HttpRequest, annual: AnnualAssessment, *, status: int = 200, **context: Any) -> HttpResponse:
    """Show a board, with what stood against the last click on it."""
    user = user_of(request)
    board = annual_board(user, annual)
    owners = [one for one in (board.publication, board.official) if one is not None]
    usual = {"authority": text("annual.authority_usual", page_language()), "on": clock.today().isoformat()}
    context |= {
        "board": board,
        "votes": votes_board(user, annual),
        "summary": summary_of(board.runs),
        "heads": powers_of(request).has(Role.OFFICE_HEAD),
        "objections": list(objected_in_year(user, annual.year)),
        "jobs": jobs_under_way(request, annual.year),
        "files": [file for owner in owners for file in files_of(user, owner)],
        "fingerprint": fingerprint_of(private_key(settings.SEAL_SECRET).public_key()),
    }
    context.setdefault("form", Form(usual))
    return page(request, "web/annual/board.html", status=status, **context)


def jobs_under_way(request: HttpRequest, year: int) -> list[Said]:
    """Give what this person asked for a year and has not ended: scoring, letters, the seal."""
    rows = jobs_of(user_of(request)).filter(kind__in=(JOB, LETTERS, SEAL, WHY), about=str(year)).unfinished()  # type: ignore[attr-defined]
    return [said(job, clock.now()) for job in rows]
