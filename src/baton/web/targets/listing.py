"""The list of yearly targets that a person may see."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from baton.assessment.choices import TargetState
from baton.assessment.models import Target
from baton.assessment.queries.targets.lists import targets as rows_of
from baton.assessment.queries.targets.lists import waiting, years_called
from baton.web.asking import powers_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.office.board import OFFICE
from baton.web.telling import told
from baton.web.templatetags.words import page_language
from baton.words import text


def state_words(state: str) -> str:
    """Say how far a target is."""
    return text(f"targets.state_{state}", page_language())


def department_words(row: Target) -> str:
    """Name who answers for a target: its lead department, or the office."""
    return row.department.name if row.department else text("targets.nobody_leads", page_language())


def counted(value: str) -> float | str:
    """Give a number as workbooks want it; nothing where there is none."""
    return float(value) if value else ""


_COLUMNS = (
    Column("year", "targets.year", lambda row: row.year, ("year",)),
    Column("unit", "targets.unit", lambda row: row.unit.name, ("unit__order",)),
    Column("title", "targets.title", lambda row: row.title, ("title",), template="web/targets/title.html"),
    Column("table", "targets.table", lambda row: counted(row.table), number=True, template="web/targets/table.html"),
    Column("measure", "targets.measure", lambda row: row.measure),
    Column("department", "targets.department", department_words, ("department__order",)),
    Column("round", "targets.round", lambda row: row.round or "", ("round",), number=True),
    Column("state", "targets.state", lambda row: state_words(row.state), ("state",), template="web/targets/state.html"),
    Column("asks", "targets.asks", lambda row: row.asks or "", ("asks",), number=True),
)


def targets(request: HttpRequest) -> HttpResponse:
    """List the targets that a person may see, the newest year first."""
    user = user_of(request)
    years = years_called(user)
    listing = Listing(rows_of(user), _COLUMNS, _filters(request, years), "-year", request.GET.dict())
    office = powers_of(request).has(*OFFICE)
    context = {
        "office": office,
        "told": told(request),
        "empty": "targets.none_yet_office" if office else "targets.none",
    }
    return list_page(request, listing, "web/targets/targets.html", file_name="targets", **context)


def _filters(request: HttpRequest, years: list[int]) -> tuple[Filter, ...]:
    def mine(rows: QuerySet[Any], _: str) -> QuerySet[Any]:
        return rows.filter(waiting(user_of(request)))

    states = [Choice(one.value, state_words(one.value)) for one in TargetState]
    turns = [Choice("mine", text("targets.turn_mine", page_language()))]
    return (
        Filter("q", "targets.find", _named),
        Filter(
            "year", "targets.year", lambda rows, year: rows.filter(year=year), [Choice(str(y), str(y)) for y in years]
        ),
        Filter("state", "targets.state", lambda rows, state: rows.filter(state=state), states),
        Filter("turn", "targets.turn", mine, turns),
    )


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(unit__name__icontains=given) | Q(title__icontains=given))
