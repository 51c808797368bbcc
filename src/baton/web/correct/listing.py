"""The list of corrections: what waits, what was put right, and what was declined."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from baton.assessment.choices import CorrectionState
from baton.assessment.models import Correction
from baton.assessment.queries.corrections import corrections as rows_of
from baton.core import clock
from baton.web.asking import user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.telling import told
from baton.web.templatetags.desks import series_name
from baton.web.templatetags.results import period
from baton.web.templatetags.words import page_language
from baton.words import text


def state_words(state: str) -> str:
    """Say how far a correction is."""
    return text(f"assessment.correction_{state}", page_language())


def _figure(row: Correction) -> str:
    return series_name(row.month.scheme, row.about.series)


_COLUMNS = (
    Column("at", "corrections.asked_at", lambda row: clock.day_of(row.at), ("at",)),
    Column("unit", "corrections.unit", lambda row: row.about.unit.name, ("about__unit__order",)),
    Column("figure", "corrections.figure", _figure, template="web/correct/figure.html"),
    Column("period", "corrections.period", lambda row: period(row.about.period), ("about__period",)),
    Column("before", "corrections.before", lambda row: row.about.value or "—", number=True),
    Column("after", "corrections.after", lambda row: row.made.value if row.made else row.typed, number=True),
    Column("reason", "corrections.reason", lambda row: row.reason, template="web/correct/reason.html"),
    Column("by", "corrections.by", lambda row: row.by.name if row.by else ""),
    Column(
        "state", "corrections.state", lambda row: state_words(row.state), ("state",), template="web/correct/state.html"
    ),
)


def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections that the person may see, newest first."""
    listing = Listing(rows_of(user_of(request)), _COLUMNS, _filters(), "-at", request.GET.dict())
    return list_page(request, listing, "web/correct/corrections.html", file_name="corrections", told=told(request))


def _filters() -> tuple[Filter, ...]:
    states = [Choice(one.value, state_words(one.value)) for one in CorrectionState]
    return (
        Filter("q", "corrections.unit", _named),
        Filter("state", "corrections.state", lambda rows, state: rows.filter(state=state), states),
    )


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(about__unit__name__icontains=given)
