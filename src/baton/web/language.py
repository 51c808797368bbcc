"""The language of a page: the user's own, or what a visitor chose; Chinese first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from baton.words import Language

COOKIE = "language"
_TAGS = {Language.CHINESE.value: "zh-hans", Language.ENGLISH.value: "en"}


def language_of(request: HttpRequest) -> str:
    """Give `zh` or `en` for a request: what was chosen last in this browser, else the user's own."""
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in _TAGS:
        return chosen
    return getattr(request.user, "language", Language.CHINESE.value)


class LanguageMiddleware:
    """Speaks the language of each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the request."""
        tag = _TAGS[language_of(request)]
        with translation.override(tag):
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        response.headers.setdefault("Content-Language", tag)
        return response
