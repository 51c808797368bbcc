"""Deciding on a draft: approved, taken back, published, given up; and which months a published version reaches."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.months import move_month
from baton.assessment.actions.scheme_decisions import approve_scheme, publish_scheme, take_back_approval
from baton.assessment.actions.scheme_drafts import abandon
from baton.assessment.choices import CommentState, DraftState
from baton.assessment.queries.workshop.drafts import DraftPage, comments
from baton.assessment.queries.workshop.months import first_to_take, months_reached
from baton.core import clock
from baton.org.choices import Role
from baton.web.asking import actor_of, user_of
from baton.web.org.forming import Form, form_page, only
from baton.web.telling import tell
from baton.web.workshop.rooms import around, draft_for, is_office, seen_in
from baton.words import Place, Problem, Refused

head_only = only(Role.OFFICE_HEAD)


def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Show how far a draft is from being published, and which months it reaches; on POST take one step."""
    found = draft_for(request, number)

    def do(form: Form) -> HttpResponse:
        steps: dict[str, Callable[[HttpRequest, int, Form], str]] = {
            "approve": _approve,
            "take-back": _take_back,
            "publish": _publish,
            "abandon": _abandon,
        }
        step = steps.get(form.text("step"))
        if step is None:
            raise Http404
        tell(request, step(request, number, form))
        return redirect("workshop-decide", number)

    return form_page(request, "web/workshop/decide.html", do=do, **_context(request, found))


def _context(request: HttpRequest, found: DraftPage) -> dict[str, Any]:
    row = found.row
    months = months_reached(user_of(request), found.scheme, row.published)
    asked_until = row.comments_until
    return around(
        request,
        found,
        months=months,
        next_month=first_to_take(months, found.scheme),
        waiting=comments(user_of(request), row.pk).filter(state=CommentState.OPEN).count() if is_office(request) else 0,
        still_open=asked_until is not None and asked_until >= clock.today() and row.state == DraftState.COMMENTING,
        errors=found.counts["error"],
    )


def _approve(request: HttpRequest, number: int, form: Form) -> str:
    given = {"document": form.text("document"), "waived": form.text("waived")}
    approve_scheme(by=actor_of(request), draft=number, seen=seen_in(form), **given)
    return "workshop.was_approved"


def _take_back(request: HttpRequest, number: int, form: Form) -> str:
    take_back_approval(by=actor_of(request), draft=number, reason=form.text("reason"))
    return "workshop.was_taken_back"


def _publish(request: HttpRequest, number: int, form: Form) -> str:
    publish_scheme(by=actor_of(request), draft=number)
    return "workshop.was_published"


def _abandon(request: HttpRequest, number: int, form: Form) -> str:
    try:
        abandon(by=actor_of(request), draft=number, reason=form.text("why"))
    except Refused as refused:
        at = Place(field="why")
        raise Refused(
            Problem(one.code, one.params, at if one.place.field == "reason" else one.place) for one in refused.problems
        ) from refused
    return "workshop.was_abandoned"


@require_POST
@head_only
def move(request: HttpRequest, number: int, period: str) -> HttpResponse:
    """Let a month that is under way take the version that a draft became."""
    found = draft_for(request, number)
    if found.row.published is None:
        raise Http404
    version = found.row.published.pk

    def do(form: Form) -> HttpResponse:
        try:
            move_month(by=actor_of(request), period=period, version=version, reason=form.text(f"reason-{period}"))
        except Refused as refused:
            at = Place(field=f"reason-{period}")
            raise Refused(Problem(one.code, one.params, at) for one in refused.problems) from refused
        tell(request, "workshop.was_moved", period=period)
        return redirect("workshop-decide", number)

    return form_page(request, "web/workshop/decide.html", do=do, **_context(request, found))
