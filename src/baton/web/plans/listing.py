"""The plan of a year as a list: items with number, organiser and days, the limits, and what to think over."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from baton.assessment.choices import PlanKind, PlanState
from baton.assessment.models import PlanItem
from baton.assessment.queries.plans import items_of, limits, organisers_for, plan_of, warnings_of, years_of
from baton.core import clock
from baton.org.choices import Role
from baton.web.asking import powers_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.templatetags.words import page_language
from baton.web.views.opening import opened_by_view
from baton.words import text


def kind_words(kind: str) -> str:
    """Say what an item is."""
    return text(f"plans.kind_{kind}", page_language())


def rhythm_words(rhythm: str) -> str:
    """Say how often an item comes."""
    return text(f"plans.rhythm_{rhythm}", page_language())


def state_words(state: str) -> str:
    """Say how far an item is."""
    return text(f"plans.state_{state}", page_language())


def _number(row: PlanItem) -> str:
    return row.number or state_words(row.state)


def _rhythm(row: PlanItem) -> str:
    return rhythm_words(row.rhythm)


def _visits(row: PlanItem) -> str:
    return text("plans.visits_yes" if row.visits else "plans.visits_no", page_language())


def _ground(row: PlanItem) -> str:
    return text("plans.off_plan" if row.off_plan else "plans.on_plan", page_language())


_COLUMNS = (
    Column("number", "plans.number", _number, ("number",), template="web/plans/number.html"),
    Column("title", "plans.title", lambda row: row.title, ("title",), template="web/plans/title.html"),
    Column("kind", "plans.kind", lambda row: kind_words(row.kind), ("kind",)),
    Column("organiser", "plans.organiser", lambda row: row.organiser.name, ("organiser__order",)),
    Column("opens", "plans.opens", lambda row: row.opens, ("opens",), template="web/plans/opens.html"),
    Column("closes", "plans.closes", lambda row: row.closes, ("closes",), template="web/plans/closes.html"),
    Column("rhythm", "plans.rhythm", _rhythm, ("rhythm",), template="web/plans/rhythm.html"),
    Column("visits", "plans.visits", _visits, ("visits",)),
    Column("count", "plans.units", lambda row: row.count, ("count",), number=True),
    Column("off_plan", "plans.ground", _ground, ("off_plan",)),
)


def plan(request: HttpRequest) -> HttpResponse:
    """List the items of a year that the person may see, the first to open first."""
    if opened := opened_by_view(request, "plan"):
        return opened
    user, today = user_of(request), clock.today()
    years = years_of(user)
    rows = items_of(user)
    first = {"year": str(today.year)} if rows.exists() else {}
    listing = Listing(rows, _COLUMNS, _filters(years), "opens", first | request.GET.dict())
    year = int(listing.chosen.get("year", today.year))
    context = {
        "year": year,
        "approved": plan_of(user, year),
        "warnings": warnings_of(user, year),
        "limits": limits(today),
        "proposes": bool(organisers_for(user)),
        "head": powers_of(request).has(Role.OFFICE_HEAD),
        "waiting": items_of(user).filter(year=year, state=PlanState.PROPOSED).exists(),
    }
    return list_page(request, listing, "web/plans/plan.html", file_name="plan", **context)


def _filters(years: list[int]) -> tuple[Filter, ...]:
    of_years = [Choice(str(year), str(year)) for year in years]
    states, kinds = _choices(state_words, PlanState), _choices(kind_words, PlanKind)
    return (
        Filter("q", "plans.search", _named),
        Filter("unit", "plans.unit", _at),
        Filter("year", "plans.year", lambda rows, year: rows.filter(year=year), of_years),
        Filter("state", "results.state", lambda rows, given: rows.filter(state=given), states),
        Filter("kind", "plans.kind", lambda rows, given: rows.filter(kind=given), kinds),
    )


def _choices(words: Callable[[str], str], values: Any) -> list[Choice]:
    return [Choice(one.value, words(one.value)) for one in values]


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(title__icontains=given) | Q(number__icontains=given) | Q(organiser__name__icontains=given))


def _at(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    """Leave the items that come to a unit, without counting that unit alone."""
    at = PlanItem.units.through.objects.filter(Q(unit__name__icontains=given) | Q(unit__code=given))
    return rows.filter(pk__in=at.values("planitem"))
