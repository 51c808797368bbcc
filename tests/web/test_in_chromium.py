"""Every page without an argument, in real Chromium: accessible, nothing from outside, no sideways scrolling."""

from typing import Any

import pytest
from django.urls import reverse

from addresses import OPEN_TO_VISITORS, plain_pages
from baton.core.models import User
from baton.org.choices import ADMINISTRATORS, Role
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from people import give, make_unit, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_PAGES = {"language", "sign-out", "session", "end-others", "oidc", "oidc-back"}
NO_PAGES |= {"check-go", "office-go", "go-to-month", "key-issue", "month-open", "track-follow"}
NO_PAGES |= {"year-open"}
NO_PAGES |= {"special-starter"}
NO_PAGES |= {"earlier-form", "earlier-figures-form", "earlier-undo", "tasks-form"}
"""Addresses that take a form or lead on, and answer with no page of their own."""
GUIDE = "baton.example.guide.STEPS"
OF_ADMINISTRATORS = {
    "audit": Role.AUDIT_ADMINISTRATOR,
    "keys": Role.SYSTEM_ADMINISTRATOR,
    "slips": Role.SYSTEM_ADMINISTRATOR,
    "parameters": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "unit-add": Role.SYSTEM_ADMINISTRATOR,
    "unit-merge": Role.SYSTEM_ADMINISTRATOR,
    "person-add": Role.SYSTEM_ADMINISTRATOR,
    "role-requests": Role.SECURITY_ADMINISTRATOR,
}


def somebody_who_may_open_everything() -> User:
    unit = make_unit()
    user = make_user()
    for role in set(Role) - ADMINISTRATORS:
        give(user, role, unit)
    give(user, Role.OFFICE)
    return user


def looked_at(open_page: Open, name: str, viewport: dict[str, int]) -> None:
    user = somebody_who_may_open_everything()
    if name in OF_ADMINISTRATORS:
        give(user, OF_ADMINISTRATORS[name])
    page = open_page(reverse(name), None if name in OPEN_TO_VISITORS else user, viewport)
    accessible(page)
    no_sideways(page)
    assert page.locator("h1").count() == 1


every_page = pytest.mark.parametrize("name", [name for name in plain_pages() if name not in NO_PAGES])


class TestAtTheDesk:
    """A class of its own, as the phone has: two workers then share the pages."""

    @every_page
    def test_a_page_is_accessible(self, settings: Any, open_page: Open, name: str) -> None:
        settings.GUIDE = GUIDE
        looked_at(open_page, name, WIDE)


class TestOnAPhone:
    """The same pages at 390 pixels."""

    @every_page
    def test_a_page_is_accessible(self, settings: Any, open_page: Open, name: str) -> None:
        settings.GUIDE = GUIDE
        looked_at(open_page, name, PHONE)


def test_the_keyboard_reaches_everything_and_skips_the_menu(open_page: Open) -> None:
    page = open_page(reverse("units"), somebody_who_may_open_everything())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
