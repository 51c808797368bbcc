"""Two lists: all objections without persons and reasons, for everybody; and those that concern oneself."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baton.assessment.choices import ObjectionKind, ObjectionOutcome, ObjectionState
from baton.assessment.models import Objection
from baton.assessment.models.objection import ObjectionQuerySet
from baton.assessment.queries.objections.listing import listed, own
from baton.core import clock
from baton.web.asking import user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.telling import told
from baton.web.templatetags.results import period
from baton.web.templatetags.words import page_language
from baton.words import text


def kind_words(row: Objection) -> str:
    """Say what is objected to: the kind, and the indicator where it is about one."""
    kind = text(f"objections.kind_{row.kind}", page_language())
    names = {one.code: one.name for one in row.run.scheme.scheme.indicators}
    return f"{kind} · {names.get(row.indicator, row.indicator)}" if row.indicator else kind


def state_words(row: Objection) -> str:
    """Say how far it is, or how it ended."""
    if row.lacks_carrying:
        return text("objections.to_carry_out", page_language())
    if row.state == ObjectionState.DECIDED:
        return text(f"objections.outcome_{row.outcome}", page_language())
    return text(f"objections.state_{row.state}", page_language())


def result_words(given: str) -> str:
    """Say which result: a month, or a year."""
    return text("objections.of_year", page_language(), year=given) if given.isdecimal() else period(given)


def _day(moment: Any) -> object:
    return "" if moment is None else clock.day_of(moment)


_NUMBER = Column("number", "objections.number", lambda row: row.number or "—", ("number",))
_MONTH = Column("period", "objections.month", lambda row: result_words(row.issued.period), ("result",))
_SUBJECT = Column(
    "subject", "objections.subject", kind_words, ("kind", "indicator"), template="web/object/subject.html"
)
_LODGED = Column("lodged", "objections.lodged_on", lambda row: _day(row.lodged_at), ("lodged_at",))
_STATE = Column("state", "objections.outcome", state_words, ("state", "outcome"), template="web/object/state.html")
_DECIDED = Column("decided", "objections.decided_on", lambda row: _day(row.decided_at), ("decided_at",))
_PUBLIC = (_NUMBER, _MONTH, _SUBJECT, _LODGED, _STATE, _DECIDED)
_OWN = (
    Column(
        "number",
        "objections.number",
        lambda row: row.number or text("objections.unsigned", page_language()),
        ("number",),
        lambda row: reverse("objection", args=[row.pk]),
    ),
    _MONTH,
    Column("unit", "objections.unit", lambda row: row.unit.name, ("unit__order",)),
    _SUBJECT,
    _LODGED,
    Column("until", "objections.answer_until", lambda row: row.answer_until or "", ("answer_until",)),
    Column("department", "objections.department", lambda row: row.department.name if row.department else ""),
    _STATE,
)


def objections(request: HttpRequest) -> HttpResponse:
    """List all objections with their subject and outcome: what everybody may know."""
    listing = Listing(listed(user_of(request)), _PUBLIC, _filters(), "-lodged", request.GET.dict())
    return list_page(request, listing, "web/object/objections.html", file_name="objections", told=told(request))


def mine(request: HttpRequest) -> HttpResponse:
    """List the objections that a person may read."""
    listing = Listing(own(user_of(request)), _OWN, _filters(), "-lodged", request.GET.dict())
    return list_page(request, listing, "web/object/mine.html", file_name="my-objections", told=told(request))


def _filters() -> tuple[Filter, ...]:
    language = page_language()
    kinds = [Choice(one.value, text(f"objections.kind_{one.value}", language)) for one in ObjectionKind]
    outcomes = [Choice(one.value, text(f"objections.outcome_{one.value}", language)) for one in ObjectionOutcome]
    outcomes.append(Choice("waiting", text("objections.waiting", language)))
    outcomes.append(Choice("to_carry_out", text("objections.to_carry_out", language)))
    return (
        Filter("month", "objections.month_hint", _of_month),
        Filter("kind", "objections.kind", lambda rows, kind: rows.filter(kind=kind), kinds),
        Filter("outcome", "objections.outcome", _with_outcome, outcomes),
    )


def _of_month(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(result__startswith=given)


def _with_outcome(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    found = cast("ObjectionQuerySet", rows)
    if given == "to_carry_out":
        return found.to_carry_out()
    return found.waiting() if given == "waiting" else found.filter(outcome=given)
