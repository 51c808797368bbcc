"""Comments of units on a draft: asked for by the office, said by the line, answered in writing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.scheme_comments import (
    ANSWERS,
    answer_comment,
    ask_for_comments,
    comment,
    nothing_to_say,
    withdraw_comment,
)
from baton.assessment.choices import CommentState, DraftState
from baton.assessment.queries.numbers import numbers
from baton.assessment.queries.workshop.drafts import DraftPage
from baton.assessment.queries.workshop.drafts import comments as comments_of
from baton.assessment.rules.scheme_lines import names_of_lines
from baton.core import clock
from baton.web.asking import actor_of, key_of, user_of
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page, refused_on_a_page
from baton.web.telling import tell
from baton.web.templatetags.workshop import comment_state
from baton.web.workshop.rooms import around, draft_for, units_spoken_for
from baton.words import Refused

_SECTIONS = ("indicators", "bonuses", "deductions", "vetoes", "tasks", "nodes", "grading.grades")
"""The lines that units comment on; of everything else they comment on the whole."""


def comments(request: HttpRequest, number: int) -> HttpResponse:
    """Show the comments that a person may see, and the form of who may comment; on POST take a comment."""
    found = draft_for(request, number)
    units = {str(one.pk): one for one in units_spoken_for(request)}

    def do(form: Form) -> HttpResponse:
        unit = units.get(form.text("unit") or next(iter(units), ""))
        if unit is None:
            raise Http404
        if form.text("nothing") == "yes":
            nothing_to_say(by=actor_of(request), draft=number, unit=unit)
            tell(request, "workshop.was_nothing")
            return redirect("workshop-comments", number)
        given = {"line": form.text("line"), "text": form.text("text"), "key": key_of(request)}
        comment(by=actor_of(request), draft=number, unit=unit, **given)
        tell(request, "workshop.was_commented")
        return redirect("workshop-comments", number)

    form = Form({"line": request.GET.get("line", "")})
    context = _context(request, found, units=list(units.items())) | {"form": form}
    return form_page(request, "web/workshop/comments.html", do=do, **context)


def _context(request: HttpRequest, found: DraftPage, **context: Any) -> dict[str, Any]:
    row = found.row
    asked_until = row.comments_until
    open_ = row.state == DraftState.COMMENTING and asked_until is not None and asked_until >= clock.today()
    names = names_of_lines(found.scheme)
    lines = [
        (path, f"{path.partition('[')[2].removesuffix(']')} {name}")
        for section in _SECTIONS
        for path, name in names.items()
        if path.startswith(f"{section}[")
    ]
    rows = list(comments_of(user_of(request), row.pk))
    usual = clock.today() + timedelta(days=numbers()["comment_days"])
    by_day = asked_until if open_ and asked_until is not None else usual
    return around(
        request,
        found,
        comments=rows,
        waiting=sum(one.state == CommentState.OPEN for one in rows),
        outcomes=[(one.value, comment_state(one.value)) for one in ANSWERS],
        open=open_,
        lines=lines,
        key=uuid4().hex,
        until=by_day.isoformat(),
        mine={one.pk for one in units_spoken_for(request)},
        **context,
    )


@require_POST
@office_only
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft before the units, up to a day."""
    found, form = draft_for(request, number), Form(request.POST.dict())
    try:
        day = form.day("until", needed=True)
        if day is None:
            raise Refused(form.problems)
        ask_for_comments(by=actor_of(request), draft=number, until=day)
    except Refused as refused:
        return _refused(request, found, form, refused)
    tell(request, "workshop.was_asked", until=day.isoformat())
    return redirect("workshop-comments", number)


@require_POST
@office_only
def answer(request: HttpRequest, number: int, comment: int) -> HttpResponse:
    """Answer a comment."""
    found, form = draft_for(request, number), Form(request.POST.dict())
    given = form.text(f"outcome-{comment}")
    outcome = CommentState(given) if given in set(CommentState) else CommentState.OPEN
    try:
        answer_comment(by=actor_of(request), comment=comment, outcome=outcome, answer=form.text(f"answer-{comment}"))
    except Refused as refused:
        return _refused(request, found, form, refused)
    tell(request, "workshop.was_answered")
    return redirect("workshop-comments", number)


@require_POST
def withdraw(request: HttpRequest, number: int, comment: int) -> HttpResponse:
    """Take a comment back."""
    found, form = draft_for(request, number), Form(request.POST.dict())
    try:
        withdraw_comment(by=actor_of(request), comment=comment)
    except Refused as refused:
        return _refused(request, found, form, refused)
    tell(request, "workshop.comment_taken_back")
    return redirect("workshop-comments", number)


def _refused(request: HttpRequest, found: DraftPage, form: Form, refused: Refused) -> HttpResponse:
    form.problems = list(refused.problems)
    units = [(str(one.pk), one) for one in units_spoken_for(request)]
    context = _context(request, found, units=units) | {"form": form}
    return refused_on_a_page(request, "web/workshop/comments.html", refused.problems, **context)
