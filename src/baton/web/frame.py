"""What stands around every page: the menu of what this person may open, and the language."""

from typing import Any

from django.http import HttpRequest

from baton.web.language import language_of
from baton.web.menu import menu_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the context of the frame."""
    return {"page_language": language_of(request), "menu": menu_of(request)}
