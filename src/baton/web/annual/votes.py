"""Leaders' and public evaluation: groups of voters, counts typed in, each confirmed by a second person."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from baton.assessment.actions.annual.tallies import confirm_tally, decline_tally, enter_tally, take_back_tally
from baton.assessment.choices import TallyState
from baton.assessment.models import Tally
from baton.assessment.queries.annual.votes import (
    VoteLine,
    VotesSheet,
    is_known,
    reads_votes,
    tally_sheet,
    votes_board,
    votes_sheet,
)
from baton.core.queries.files import files_of
from baton.org.choices import Role
from baton.sheets.forms.mark import COUNTS
from baton.web.annual.board import year_for
from baton.web.annual.votes_file import given_file
from baton.web.asking import actor_of, key_of, powers_of, user_of
from baton.web.org.forming import Form, form_page
from baton.web.telling import tell
from baton.words import Place, Problem, Refused

OFFICE = (Role.OFFICE, Role.OFFICE_HEAD)
_ENDS: Mapping[str, Callable[..., Tally]] = {"decline": decline_tally, "back": take_back_tally}


def readers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only people on the list of readers open a page."""

    @wraps(view)
    def opened(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if not reads_votes(user_of(request)):
            raise PermissionDenied
        return view(request, *given, **named)

    return opened


@readers_only
def votes(request: HttpRequest, year: int) -> HttpResponse:
    """Show every group of voters and what was entered; on POST try the workbook that was chosen."""
    annual = year_for(request, year)
    board = votes_board(user_of(request), annual)
    counts = powers_of(request).has(*OFFICE) and board is not None and not board.known

    def do(form: Form) -> HttpResponse:
        if not powers_of(request).has(*OFFICE):
            raise PermissionDenied
        return redirect("year-votes-trial", year, given_file(request).token)

    return form_page(request, "web/annual/votes.html", Form(), do, board=board, annual=annual, counts=counts)


@require_safe
@readers_only
def choose(request: HttpRequest, year: int) -> HttpResponse:
    """Lead to the form of the survey that was chosen."""
    return redirect("year-votes-enter", year, request.GET.get("series", "") or "-")


@readers_only
def enter(request: HttpRequest, year: int, series: str) -> HttpResponse:
    """Enter the counts of a group of voters, unit by unit."""
    annual = year_for(request, year)
    sheet = votes_sheet(user_of(request), annual, series)
    if sheet is None:
        raise Http404
    if not powers_of(request).has(*OFFICE):
        raise PermissionDenied

    def do(form: Form) -> HttpResponse:
        typed = {line.unit.code: _typed(form, line) for line in sheet.lines}
        row = enter_tally(by=actor_of(request), year=year, series=series, typed=typed, key=key_of(request))
        tell(request, "tallies.was_entered")
        return redirect("year-tally", year, row.pk)

    context = {"sheet": sheet, "annual": annual, "key": uuid4().hex, "known": is_known(annual)}
    return form_page(request, "web/annual/votes_enter.html", Form(_standing(sheet)), do, **context)


def _typed(form: Form, line: VoteLine) -> dict[str, str]:
    """Read a row; figures that came in another way are taken as they are, and only sheets were asked for."""
    counts = {name: form.text(f"{line.unit.code}:{name}") for name in COUNTS}
    if line.asks_counts_only:
        return counts | (dict(line.held) if any(counts.values()) else {})
    return counts | {one.figure: form.text(f"{line.unit.code}:{one.figure}") for one in line.voters.fields}


def _standing(sheet: VotesSheet) -> dict[str, str]:
    """Give the form as it opens: with what stands confirmed."""
    given = {}
    for line in sheet.lines:
        for name, count in zip(COUNTS, line.counts, strict=True):
            given[f"{line.unit.code}:{name}"] = "" if count is None else str(count)
        if line.own is not None:
            for one, value in zip(sheet.voters.fields, line.values, strict=True):
                given[f"{line.unit.code}:{one.figure}"] = value
    return given


@readers_only
def tally(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show a count line by line; a second person confirms it or sends it back, and it can be taken back."""
    annual, user = year_for(request, year), user_of(request)
    found = tally_sheet(user, annual, number)
    if found is None:
        raise Http404
    row, sheet = found

    def do(form: Form) -> HttpResponse:
        what, by = form.text("what"), actor_of(request)
        if what == "confirm":
            confirm_tally(by=by, tally=row.pk)
            tell(request, "tallies.was_confirmed")
        elif what in _ENDS:
            try:
                _ENDS[what](by=by, tally=row.pk, reason=form.text(f"reason-{what}"))
            except Refused as refused:
                raise Refused(_at(one, what) for one in refused.problems) from refused
            tell(request, "tallies.was_declined" if what == "decline" else "tallies.was_taken_back")
        else:
            raise Http404
        return redirect("year-votes", year)

    waits, own = row.state == TallyState.WAITING, row.by_id == user.pk
    office = powers_of(request).has(*OFFICE) and not is_known(annual)
    context = {"confirms": office and waits and not own, "waits_for_another": office and waits and own}
    context["backs"] = office and (row.state == TallyState.CONFIRMED or (waits and own))
    about = {"row": row, "sheet": sheet, "annual": annual, "files": files_of(user, row)}
    return form_page(request, "web/annual/tally.html", Form(), do, **about, **context)


def _at(problem: Problem, what: str) -> Problem:
    field = f"reason-{what}" if problem.place.field == "reason" else problem.place.field
    return Problem(problem.code, problem.params, Place(field=field))
