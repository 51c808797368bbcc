"""What was done, said once on the page that comes after it."""

from typing import Any

from django.http import HttpRequest

from baton.web.templatetags.words import page_language
from baton.words import text

_KEY = "told"


def tell(request: HttpRequest, code: str, **params: str | int) -> None:
    """Keep a sentence of the catalogue for the next page."""
    request.session[_KEY] = [*request.session.get(_KEY, []), [code, params]]


def told(request: HttpRequest) -> list[str]:
    """Give what was kept, in the language of this page, and forget it."""
    kept: list[tuple[str, dict[str, Any]]] = request.session.pop(_KEY, []) if _KEY in request.session else []
    return [text(code, page_language(), **params) for code, params in kept]
