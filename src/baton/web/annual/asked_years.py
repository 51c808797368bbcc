"""Which two results of years an address asks for: `?first=2025.1&second=2026.1`, or runs by number: `r12`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone

from baton.assessment.models import AnnualRun
from baton.assessment.queries.annual.why import AnnualEdition, annual_edition_of, annual_editions, before_of
from baton.web.asking import user_of
from baton.web.templatetags.words import page_language
from baton.words import text


@dataclass(frozen=True, slots=True)
class AskedYears:
    """What can be chosen, and what is."""

    known: Sequence[AnnualEdition]
    first: AnnualEdition
    second: AnnualEdition

    @property
    def runs(self) -> tuple[AnnualRun, AnnualRun]:
        """Both runs."""
        return self.first.run, self.second.run

    @property
    def context(self) -> dict[str, Any]:
        """What templates want of it."""
        return {
            "asked": self,
            "annual": self.second.run.annual,
            "choices": [(one.key, words(one)) for one in self.known],
            "choices_of_year": [(one.key, words(one)) for one in self.known if one.year == self.second.year],
            "sides": (words(self.first), words(self.second)),
            "query": urlencode({"first": self.first.key, "second": self.second.key}),
        }


def asked_years(request: HttpRequest, year: int) -> AskedYears | None:
    """Give the two results; None where there are no two that this person may see. Raises `Http404` for unknown ones.

    Where the address does not say: the issue in force of the year, or else its newest run, against what it replaced, or
    else the year before.
    """
    known = annual_editions(user_of(request))
    given = request.POST if request.method == "POST" else request.GET
    of_year = [one for one in known if one.year == year]
    if not of_year:
        return None
    second = _named(known, given["second"]) if given.get("second") else of_year[0]
    if second.year != year:
        raise Http404
    first = _named(known, given["first"]) if given.get("first") else before_of(known, second)
    return None if first is None else AskedYears(known, first, second)


def _named(known: Sequence[AnnualEdition], key: str) -> AnnualEdition:
    found = annual_edition_of(known, key)
    if found is None:
        raise Http404
    return found


def words(one: AnnualEdition) -> str:
    """Name a result: its year and issue, or its run."""
    language = page_language()
    if one.publication is not None:
        code = "why.edition_withdrawn" if one.publication.withdrawn_at else "why.edition_out"
        return text(code, language, year=one.year, issue=one.publication.issue)
    at = f"{timezone.localtime(one.run.begun_at):%m-%d %H:%M}"
    kind = text(f"assessment.run_{one.run.kind}", language)
    return text("why.edition_run", language, year=one.year, kind=kind, number=one.run.pk, at=at)
