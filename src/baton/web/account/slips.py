"""Choosing who gets a one-time slip, and the sheet that is printed and cut."""

import secrets

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from baton.core import clock
from baton.core.actions.slips import IssuedSlip, issue_slips
from baton.core.choices import Power
from baton.core.models import User
from baton.core.queries.parameters import parameter
from baton.core.queries.sign_ins import slip_takers
from baton.web.account.pages import for_power, page
from baton.web.asking import actor_of, user_of
from baton.web.telling import tell
from baton.words import Problem, Refused

_A_PAGE = 100
_TICKET = "slips"


@for_power(Power.SYSTEM)
@require_http_methods(["GET", "POST"])
def slips(request: HttpRequest) -> HttpResponse:
    """Show who can get a slip; on POST issue slips, whose codes are on the answering page and nowhere else.

    The form carries a ticket that is good once: sent twice, it issues nothing, since new slips would make those just
    printed worthless.
    """
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        if request.POST.get("ticket", "") != request.session.pop(_TICKET, None):
            tell(request, "account.slips_sent_twice")
            return HttpResponseRedirect(reverse("slips"))
        try:
            return _sheet(request, issue_slips(by=actor_of(request), users=_chosen(request)))
        except Refused as refused:
            problems = refused.problems
    request.session[_TICKET] = secrets.token_urlsafe(16)
    words = (request.GET.get("words") or "").strip()
    return page(
        request,
        "slips",
        problems,
        rows=Paginator(_named(request, words), _A_PAGE).get_page(request.GET.get("page")),
        words=words,
        tick="tick" in request.GET and not problems,
        ticket=request.session[_TICKET],
        chosen=request.POST.getlist("user"),
        days=parameter("account.slip_days", clock.today()),
    )


def _takers(request: HttpRequest) -> QuerySet[User]:
    return slip_takers(user_of(request)).select_related("person__unit")


def _named(request: HttpRequest, words: str) -> QuerySet[User]:
    named = Q(name__icontains=words) | Q(username__icontains=words) | Q(person__unit__name__icontains=words)
    return (_takers(request).filter(named) if words else _takers(request)).order_by(
        "person__unit__order", "person__unit__code", "name", "pk"
    )


def _chosen(request: HttpRequest) -> list[User]:
    numbers = [int(one) for one in request.POST.getlist("user") if one.isdecimal()]
    return list(_takers(request).filter(pk__in=numbers).order_by("person__unit__order", "name", "pk"))


def _sheet(request: HttpRequest, issued: list[IssuedSlip]) -> HttpResponse:
    context = {"issued": issued, "address": request.build_absolute_uri(reverse("sign-in"))}
    return render(request, "web/account/slips_sheet.html", context)
