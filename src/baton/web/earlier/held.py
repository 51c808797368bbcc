"""The list of results of earlier years that are held."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from baton.assessment.queries.earlier import past_results
from baton.web.asking import user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.templatetags.results import exact, rank

_COLUMNS = (
    Column("period", "earlier.period", lambda row: row.period, ("period",)),
    Column("unit", "results.unit", lambda row: row.unit.name, ("unit__order",)),
    Column("group", "results.group", lambda row: row.group, ("group",)),
    Column("score", "results.score_past", lambda row: exact(row.score), ("score",), number=True),
    Column("full", "results.full", lambda row: exact(row.full), number=True),
    Column("rank", "results.rank", lambda row: rank(row.rank), ("rank",), number=True),
    Column("grade", "earlier.grade", lambda row: row.grade, ("grade",)),
    Column("document", "earlier.document", lambda row: row.document, ("document",)),
)


def held(request: HttpRequest) -> HttpResponse:
    """List results of earlier years, the newest first."""
    rows = past_results(user_of(request))
    periods = sorted(set(rows.values_list("period", flat=True)), reverse=True)
    filters = (
        Filter("q", "results.unit", _named),
        Filter("at", "earlier.period", lambda some, at: some.filter(period=at), [Choice(one, one) for one in periods]),
    )
    listing = Listing(rows, _COLUMNS, filters, "-period", request.GET.dict())
    return list_page(request, listing, "web/earlier/held.html", file_name="earlier")


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(unit__name__icontains=given)
