"""Sign-ins as people read them: the browser in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from baton.core.models import SignedIn
from baton.core.rules.browsers import browser_of
from baton.web.templatetags.words import page_language
from baton.words import text


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign-in, its browser and means in words, and whether it is the one that asks."""

    sign_in: SignedIn
    browser: str
    means: str
    here: bool


def shown_sign_ins(rows: Iterable[SignedIn], here: str = "") -> list[Shown]:
    """Put sign-ins into words; this one first."""
    found = []
    for row in rows:
        browser, system = browser_of(row.browser)
        words = " · ".join(
            text(code, page_language()) for code in (f"account.browser_{browser}", f"account.system_{system}")
        )
        means = text(f"account.means_{row.means}", page_language())
        found.append(Shown(row, words, means, row.session_key == here))
    return sorted(found, key=lambda one: not one.here)
