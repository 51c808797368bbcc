"""The burden of units as a list: checks, figures and files asked for, what is new, and what would relieve most."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from baton.assessment.queries.burdens import Burdens, burdened, burdens
from baton.web.asking import user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.templatetags.words import page_language
from baton.web.views.opening import opened_by_view
from baton.words import text

_RELIEFS = 3


def _columns(found: Burdens) -> tuple[Column, ...]:
    def fresh(row: Any) -> object:
        return row.fresh if found.total.fresh is not None else "—"

    return (
        Column("unit", "plans.unit", lambda row: row.name, ("order",), template="web/plans/burden_unit.html"),
        Column("kind", "web.unit_kind", lambda row: row.kind, ("kind",)),
        Column("quarter", "plans.checks_quarter", lambda row: row.quarter, ("quarter",), number=True),
        Column("year", "plans.checks_year", lambda row: row.year, ("year",), number=True),
        Column("figures", "plans.figures", lambda row: row.asked, ("asked",), number=True),
        Column("files", "plans.files", lambda row: row.files, ("files",), number=True),
        Column("fresh", "plans.fresh", fresh, ("fresh",), number=True),
    )


def burden(request: HttpRequest) -> HttpResponse:
    """List what units bear: the county for whoever sees everything, else one's own units."""
    if opened := opened_by_view(request, "burden"):
        return opened
    user = user_of(request)
    found = burdens(user)
    rows = burdened(user, found)
    named = rows.exclude(kind="").order_by().values_list("kind", flat=True).distinct()
    kinds = [Choice(kind, kind) for kind in sorted(named)]
    often = [Choice("1", text("plans.too_often", page_language()))]
    filters = (
        Filter("q", "plans.unit", lambda rows, given: rows.filter(name__icontains=given)),
        *([Filter("kind", "web.unit_kind", lambda rows, kind: rows.filter(kind=kind), kinds)] if kinds else []),
        Filter("often", "plans.limit", lambda rows, _: rows.filter(quarter__gt=found.most), often),
    )
    listing = Listing(rows, _columns(found), filters, "-year", request.GET.dict())
    context = {"found": found, "reliefs": found.reliefs[:_RELIEFS]}
    return list_page(request, listing, "web/plans/burden.html", file_name="burden", **context)
