"""Error pages: plain words, what to do next, and the reference that stands in the log too.

They ask the database nothing, for it may be the reason; so they have no menu, and speak the language of the request as
far as it is known, else the one chosen last in this browser.
"""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from baton.web.language import COOKIE
from baton.web.operations.reference import NONE, new_reference, reference

_TAGS = {"zh": "zh-hans", "en": "en"}
_TITLES = {
    400: "operations.page_400",
    403: "operations.page_403",
    404: "operations.page_404",
    500: "operations.page_500",
}
_ADVICE = {
    400: "operations.page_400_advice",
    403: "operations.page_403_advice",
    404: "operations.page_404_advice",
    500: "operations.page_500_advice",
}
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
    """Say that the fault is ours, and that what was sent was not taken by half."""
    return _page(request, 500)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is too old to be taken (its token is another sign-in's), and how to keep what was typed."""
    return _page(request, 403, _STALE, _STALE_ADVICE)


def _page(request: HttpRequest, status: int, title: str = "", advice: str = "") -> HttpResponse:
    number = reference() if reference() != NONE else new_reference()
    told = {"title": title or _TITLES[status], "advice": advice or _ADVICE[status], "number": number, "status": status}
    chosen = _TAGS.get(request.COOKIES.get(COOKIE, ""), translation.get_language() or _TAGS["zh"])
    with translation.override(chosen):
        told["page_language"] = "en" if chosen == _TAGS["en"] else "zh"
        content = render_to_string("web/error.html", told)
    return HttpResponse(content, status=status, headers={"Content-Language": chosen, "Cache-Control": "no-store"})
