"""Counted sheets by workbook: the form, a trial with every problem by its cell, taking."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from baton.assessment.actions.annual.tallies import import_tallies, try_tallies
from baton.assessment.queries.annual.votes import chosen_surveys, trial_lines, votes_board
from baton.sheets.annotate import annotate
from baton.sheets.templates import ballots_template
from baton.web.annual.board import office_only, year_for
from baton.web.asking import actor_of, user_of
from baton.web.lists.respond import workbook_file
from baton.web.org.forming import Form, form_page, refused_on_a_page
from baton.web.report.trial import lines_of
from baton.web.report.uploaded import Uploaded, asked_for, content_of, received
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Refused

_SHOWN = 500


def given_file(request: HttpRequest) -> Uploaded:
    """Bring the workbook of a form to the disk. Raises `Refused` where there is none."""
    return received(request.FILES.get("file"), user_of(request), preliminary=False)


@require_safe
@office_only
def template(request: HttpRequest, year: int) -> HttpResponse:
    """Give the workbook in which sheets are counted; `survey` names surveys that it has a sheet for."""
    annual = year_for(request, year)
    means = chosen_surveys(annual, request.GET.getlist("survey"))
    try:
        content = ballots_template(annual.scheme.scheme, year, page_language(), means)
    except Refused as refused:
        board = votes_board(user_of(request), annual)
        context = {"board": board, "annual": annual, "counts": True, "form": Form()}
        return refused_on_a_page(request, "web/annual/votes.html", refused.problems, **context)
    return workbook_file(content, f"votes-{year}.xlsx")


@office_only
def trial(request: HttpRequest, year: int, token: str) -> HttpResponse:
    """Show what a workbook would do; on POST take it, whole or not at all."""
    annual, given = year_for(request, year), asked_for(token, user_of(request))
    content = content_of(given)
    found = try_tallies(by=actor_of(request), year=year, name=given.name, content=content)

    def do(form: Form) -> HttpResponse:
        agreed, key = form.text("agreed"), form.text("key")
        made = import_tallies(by=actor_of(request), year=year, name=given.name, content=content, agreed=agreed, key=key)
        tell(request, "tallies.were_taken", count=len(made))
        return redirect("year-votes", year)

    context = {
        "given": given,
        "trial": found,
        "lines": lines_of(found.problems)[:_SHOWN],
        "groups": trial_lines(annual, found),
        "key": uuid4().hex,
    }
    return form_page(request, "web/annual/votes_trial.html", Form(), do, annual=annual, **context)


@require_safe
@office_only
def marked(request: HttpRequest, year: int, token: str) -> HttpResponse:
    """Give a workbook back with every problem marked on its cell."""
    given = asked_for(token, user_of(request))
    content = content_of(given)
    found = try_tallies(by=actor_of(request), year=year, name=given.name, content=content)
    return workbook_file(annotate(content, found.problems, page_language(), given.name), "marked.xlsx")
