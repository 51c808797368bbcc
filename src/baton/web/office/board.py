"""The board of a month, and opening the next one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.months import open_month
from baton.assessment.models import Month
from baton.assessment.queries.office.board import board as board_of
from baton.assessment.queries.office.expected import month_of, months_of, next_period
from baton.org.choices import Role
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.office.under_way import under_way
from baton.web.org.forming import only, page
from baton.web.problems import shown
from baton.web.telling import tell
from baton.words import Refused

OFFICE = (Role.OFFICE, Role.OFFICE_HEAD)
office_only = only(*OFFICE)


@office_only
def newest(request: HttpRequest) -> HttpResponse:
    """Lead to the newest month; without one, to opening the first."""
    month = month_of(user_of(request))
    return redirect("office-month", month.period) if month is not None else _nothing(request)


def _nothing(request: HttpRequest, **context: Any) -> HttpResponse:
    return page(request, "web/office/nothing.html", next=next_period(months_of(user_of(request))), **context)


@office_only
def go(request: HttpRequest) -> HttpResponse:
    """Lead to the board of another month."""
    return redirect("office-month", request.GET.get("period", "") or "-")


def month_for(request: HttpRequest, period: str) -> Month:
    """Give a month by its period; there may be none."""
    month = month_of(user_of(request), period)
    if month is None:
        raise Http404
    return month


@office_only
def board(request: HttpRequest, period: str) -> HttpResponse:
    """Show the board of a month."""
    return board_page(request, month_for(request, period))


def board_page(request: HttpRequest, month: Month, *, status: int = 200, **context: Any) -> HttpResponse:
    """Show a board, with what stood against the last click on it."""
    user = user_of(request)
    months = months_of(user)
    context |= {
        "board": board_of(user, month),
        "months": months,
        "next": next_period(months),
        "heads": powers_of(request).has(Role.OFFICE_HEAD),
        "jobs": under_way(request, month.period),
    }
    return page(request, "web/office/board.html", status=status, **context)


@require_POST
@office_only
def open_next(request: HttpRequest) -> HttpResponse:
    """Open the month after the newest."""
    try:
        month = open_month(by=actor_of(request), period=next_period(months_of(user_of(request))))
    except Refused as refused:
        return _nothing(request, status=422, problems=shown(refused.problems))
    tell(request, "office.month_was_opened")
    return redirect("office-month", month.period)
