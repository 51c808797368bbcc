"""A real Chromium: nothing from outside, no error in the console, no rule of the page's own broken."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from baton.core.models import User
from baton.web.styles.compile import compile_styles
from chromium import FLAGS, PATH, WIDE, Open

# Playwright keeps an event loop in this thread, and Django would refuse its database to such a thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def styles() -> None:
    """The style sheet, compiled once."""
    compile_styles(settings.COMPILED_STYLES)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=FLAGS)
        yield browser
        browser.close()


def _is_wrong(said: ConsoleMessage, tolerated: str) -> bool:
    return said.type == "error" and not (tolerated and said.text.startswith(tolerated))


@pytest.fixture
def open_page(chromium: Browser, styles: None, live_server: Any) -> Iterator[Open]:
    """Open an address as somebody: `open_page("/units", user, PHONE)`; at the end no page may have complained.

    `tolerated`: what a complaint in the console may begin with, where a test cuts the network.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:", "blob:")):
            route.continue_()
        else:
            complaints.append(f"asked an outside host: {route.request.url}")
            route.abort()

    def opened(
        address: str = "/",
        user: User | None = None,
        viewport: dict[str, int] = WIDE,
        tolerated: str = "",
        **given: Any,
    ) -> Page:
        context = chromium.new_context(viewport=viewport, locale="zh-CN", **given)  # type: ignore[arg-type]
        contexts.append(context)
        context.route("**/*", only_here)
        if user is not None:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page: Page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if _is_wrong(said, tolerated) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, complaints
