"""What tests of the grid share."""

import re
from html import unescape

from django.test import Client

from baton.core.models import User

GRID = "/report/2026-09/D2"
_INPUT = re.compile(r'name="([^"]+)" value="([^"]*)" data-cell')
_SEEN = re.compile(r'name="seen" value="(\{.*?\})"')


def client_of(user: User, language: str = "zh") -> Client:
    """Give a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    client.cookies["language"] = language
    return client


def cell(code: str, series: str = "HOT", period: str = "2026-09") -> str:
    """Name a cell as the grid does."""
    return f"{code}:{series}.actual:{period}"


def posted(client: Client, page: str = "", address: str = GRID, **typed: str) -> dict[str, str]:
    """Give what a browser would send: every input as the page has it, but some typed anew (by unit)."""
    text = page or unescape(client.get(address).content.decode())
    form = dict(_INPUT.findall(text))
    seen = _SEEN.search(text)
    assert seen is not None
    return form | {"seen": seen[1]} | {cell(code): value for code, value in typed.items()}
