"""What pages are held against in a real Chromium."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

PATH = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

type Open = Callable[..., Page]


def follow(link: Locator) -> None:
    """Click what leads to another page, and go on when that page is there and its scripts have run."""
    with link.page.expect_navigation():
        link.click()


def accessible(page: Page) -> None:
    """Hold a page against WCAG 2.2 AA as far as axe-core can tell."""
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()


def no_sideways(page: Page) -> None:
    """Hold that a page does not scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
