"""Which two results an address asks for: `?first=2026-08.1&second=2026-09.1`, `&under=3` for another scheme."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from baton.assessment.models import SchemeVersion
from baton.assessment.queries.looking.editions import Edition, edition_of, editions, versions_for
from baton.web.asking import user_of
from baton.web.templatetags.results import period
from baton.web.templatetags.words import page_language
from baton.words import text


@dataclass(frozen=True, slots=True)
class Asked:
    """What can be chosen, and what is."""

    known: Sequence[Edition]
    versions: Sequence[SchemeVersion]
    first: Edition
    second: Edition

    @property
    def query(self) -> str:
        """The query that asks for the same."""
        given = {"first": self.first.key, "second": self.second.key}
        if self.second.under is not None:
            given["under"] = str(self.second.under.pk)
        return urlencode(given)

    @property
    def context(self) -> dict[str, Any]:
        """What templates want of it."""
        return {
            "asked": self,
            "choices": [(one.key, words(one)) for one in self.known],
            "versions": self.versions,
            "sides": (words(self.first), words(self.second)),
            "query": self.query,
        }


def asked_of(request: HttpRequest) -> Asked | None:
    """Give the two results; None where there are no two that this person may see. Raises `Http404` for unknown ones.

    Where the address does not say: the newest issue of the newest month, and before it the issue that it replaced, or
    else the month before.
    """
    user = user_of(request)
    known, versions = editions(user), versions_for(user)
    if not known:
        return None
    given = request.GET
    second = edition_of(known, given["second"]) if given.get("second") else _newest(known)
    if second is None:
        raise Http404
    first = edition_of(known, given["first"]) if given.get("first") else _before(known, second)
    under = next((one for one in versions if str(one.pk) == given.get("under")), None)
    if given.get("under") and under is None:
        raise Http404
    if under is not None:
        first, second = (first if given.get("first") else second), replace(second, under=under)
    if first is None:
        if given.get("first"):
            raise Http404
        return None
    return Asked(known, versions, first, second)


def _newest(known: Sequence[Edition]) -> Edition:
    return next((one for one in known if one.publication is not None), known[0])


def _before(known: Sequence[Edition], second: Edition) -> Edition | None:
    issue = second.publication.issue if second.publication else 0
    out = [one for one in known if one.publication is not None]
    same = next((one for one in out if one.period == second.period and one.publication.issue < issue), None)  # type: ignore[union-attr]
    return same or next((one for one in out if one.period < second.period), None)


def words(one: Edition) -> str:
    """Name a result: its month, and which issue of it, or when it was tried."""
    language, month = page_language(), period(one.period)
    if one.publication is None:
        name = text("objections.edition_trial", language, period=month, at=f"{one.run.begun_at:%m-%d %H:%M}")
    else:
        code = "objections.edition_withdrawn" if one.publication.withdrawn_at else "objections.edition_issue"
        name = text(code, language, period=month, issue=one.publication.issue)
    if one.under is None:
        return name
    return text("objections.edition_under", language, edition=name, scheme=str(one.under))
