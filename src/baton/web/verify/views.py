"""The desk of a verifying department."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.choices import Verb
from baton.assessment.models import Month
from baton.assessment.queries.office.expected import month_of, months_of
from baton.assessment.queries.office.verify import DONE, LISTS, WAITING, WITH_UNITS, verify_desk
from baton.org.choices import Role
from baton.web.asking import powers_of, user_of
from baton.web.org.forming import page

VERIFIERS = frozenset({Role.VERIFIER, Role.OFFICE, Role.OFFICE_HEAD})
VERBS = {
    WAITING: (Verb.APPROVE, Verb.RETURN, Verb.TRANSFER, Verb.COUNTERSIGN, Verb.COPY),
    WITH_UNITS: (Verb.REMIND, Verb.COPY, Verb.RECALL),
    DONE: (),
}
"""What can be chosen for the reports of each list, in the order people know."""


def newest(request: HttpRequest) -> HttpResponse:
    """Lead to the newest month."""
    month = month_for(request, "")
    if month is None:
        return page(request, "web/verify/nothing.html")
    return redirect("verify-month", month.period)


def month_for(request: HttpRequest, period: str) -> Month | None:
    """Give a month to those who verify; others are turned away."""
    if not powers_of(request).has(*VERIFIERS):
        raise PermissionDenied
    return month_of(user_of(request), period)


def desk(request: HttpRequest, period: str) -> HttpResponse:
    """Show what waits, what is still with the units, or what is done, and the contests to be answered."""
    month = month_for(request, period)
    if month is None:
        raise Http404
    show = request.GET.get("show", "")
    show = show if show in LISTS else WAITING
    found = verify_desk(user_of(request), month, show)
    return page(
        request,
        "web/verify/desk.html",
        desk=found,
        show=show,
        counts=found.counts.items(),
        groups=found.groups,
        verbs=VERBS[show],
        months=months_of(user_of(request)),
    )
