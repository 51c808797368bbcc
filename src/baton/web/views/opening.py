"""The view with which a list page opens: one's own choice, or that of one's role."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from baton.core.queries.views import opening
from baton.web.asking import powers_of, user_of


def opened_by_view(request: HttpRequest, page: str) -> HttpResponseRedirect | None:
    """Lead to the view with which a page opens; None where the address says what is wanted, or there is no such view.

    Whoever comes from the page itself has cleared its filters, and is not sent back to them.
    """
    if request.GET or request.method != "GET" or urlsplit(request.headers.get("Referer", "")).path == request.path:
        return None
    mine = powers_of(request)
    roles = {role.value for role in mine.county} | {role.value for role, _ in mine.units}
    view = opening(user_of(request), page, sorted(roles))
    return HttpResponseRedirect(f"{reverse(page)}?{view.query}") if view and view.query else None
