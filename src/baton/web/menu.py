"""The menu: what a person may open, in the order of their day."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from baton.web.templatetags.words import page_language
from baton.words import text


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu."""

    words: str
    address: str
    current: bool


_ITEMS = (("web.menu_home", "home"), ("web.menu_units", "units"))


def menu_of(request: HttpRequest) -> list[Item]:
    """Give the menu for the person who asks; nothing for a visitor."""
    if not request.user.is_authenticated:
        return []
    return [
        Item(text(code, page_language()), reverse(name), request.resolver_match is not None and _is(request, name))
        for code, name in _ITEMS
    ]


def _is(request: HttpRequest, name: str) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name == name
