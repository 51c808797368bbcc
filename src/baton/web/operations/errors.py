"""Error pages: plain words, what to do next, and the reference that stands in the log too.

They ask the database nothing, for it may be the reason; so they have no menu, and speak the language of the request as
far as it is known, else the one chosen last in this browser.
"""

import sys
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from baton.core.lost import RETRY_SECONDS, is_lost
from baton.web.language import COOKIE
from baton.web.operations.reference import NONE, new_reference, reference

_TAGS = {"zh": "zh-hans", "en": "en"}
_TITLES = {
    400: "operations.page_400",
    403: "operations.page_403",
    404: "operations.page_404",
    500: "operations.page_500",
    503: "operations.page_503",
}
_ADVICE = {
    400: "operations.page_400_advice",
    403: "operations.page_403_advice",
    404: "operations.page_404_advice",
    500: "operations.page_500_advice",
    503: "operations.page_503_advice",
}
_AGAIN = (500, 503)
"""Where the same may do a little later."""
_STALE, _STALE_ADVICE = "operations.page_stale", "operations.page_stale_advice"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the browser sent what cannot be understood."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that one may not do this, and who can help."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none for this person; which of both is told to nobody."""
    return _page(request, 404)


def fault(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, and that what was sent was not taken by half; 503 where the database is away.

    What was being typed is there again when the page is opened anew (`keep.js`).
    """
    if not is_lost(sys.exc_info()[1]):
        return _page(request, 500)
    page = _page(request, 503)
    page.headers["Retry-After"] = str(RETRY_SECONDS)
    return page


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is too old to be taken (its token is another sign-in's), and how to keep what was typed."""
    return _page(request, 403, _STALE, _STALE_ADVICE)


def _again(request: HttpRequest) -> str:
    """Give the page to try again: the one that was asked for, or from which a form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(came, {request.get_host()})
    parts = urlsplit(came)
    return urlunsplit(("", "", parts.path, parts.query, "")) if here and parts.path.startswith("/") else ""


def _page(request: HttpRequest, status: int, title: str = "", advice: str = "") -> HttpResponse:
    number = reference() if reference() != NONE else new_reference()
    told = {"title": title or _TITLES[status], "advice": advice or _ADVICE[status], "number": number, "status": status}
    told["again"] = _again(request) if status in _AGAIN else ""
    chosen = _TAGS.get(request.COOKIES.get(COOKIE, ""), translation.get_language() or _TAGS["zh"])
    with translation.override(chosen):
        told["page_language"] = "en" if chosen == _TAGS["en"] else "zh"
        content = render_to_string("web/error.html", told)
    return HttpResponse(content, status=status, headers={"Content-Language": chosen, "Cache-Control": "no-store"})
