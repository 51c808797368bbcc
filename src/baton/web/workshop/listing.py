"""The lists of the workshop: drafts under way and done, and the indicators of all years."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baton.assessment.choices import CommentState, DraftState, OwnTargetState
from baton.assessment.models import DraftComment, LibraryLine, SchemeDraft
from baton.assessment.queries.workshop.drafts import comments as comments_of
from baton.assessment.queries.workshop.drafts import drafts as rows_of
from baton.assessment.queries.workshop.drafts import own_targets as targets_of
from baton.assessment.queries.workshop.drafts import versions
from baton.assessment.queries.workshop.library import library as library_of
from baton.core import clock
from baton.web.asking import user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.telling import told
from baton.web.templatetags.results import exact
from baton.web.templatetags.words import page_language
from baton.web.templatetags.workshop import comment_state, line_words, rule_kind, state_words, target_state
from baton.web.workshop.rooms import draft_for, is_office
from baton.words import text


def _kind(row: SchemeDraft) -> str:
    return text("workshop.is_amendment" if row.amends_id else "workshop.is_whole", page_language())


_DRAFTS = (
    Column(
        "name",
        "workshop.name",
        lambda row: row.name,
        ("name",),
        address=lambda row: reverse("workshop-draft", args=[row.pk]),
    ),
    Column("year", "workshop.year", lambda row: row.year, ("year",), number=True),
    Column("kind", "workshop.kind", _kind),
    Column(
        "state", "workshop.state", lambda row: state_words(row.state), ("state",), template="web/workshop/state.html"
    ),
    Column("revision", "workshop.revision", lambda row: row.revision, ("revision",), number=True),
    Column("until", "workshop.comments_until", lambda row: row.comments_until, ("comments_until",)),
    Column("waiting", "workshop.comments_waiting", lambda row: row.comments_waiting, number=True),
    Column("document", "workshop.document", lambda row: row.document, ("document",)),
    Column("begun", "workshop.begun_at", lambda row: clock.day_of(row.created_at), ("created_at",)),
)


def workshop(request: HttpRequest) -> HttpResponse:
    """List the schemes that are being made, and below them the adopted ones."""
    states = [Choice(one.value, state_words(one.value)) for one in DraftState]
    filters = (
        Filter("q", "workshop.name", lambda rows, given: rows.filter(name__icontains=given)),
        Filter("state", "workshop.state", lambda rows, state: rows.filter(state=state), states),
    )
    user = user_of(request)
    listing = Listing(rows_of(user), _DRAFTS, filters, "-begun", request.GET.dict())
    context = {"versions": versions(user), "office": is_office(request), "told": told(request)}
    return list_page(request, listing, "web/workshop/workshop.html", file_name="schemes", **context)


def _about(row: DraftComment) -> str:
    return f"{line_words(row.line)} {row.title}" if row.line else text("workshop.about_whole", page_language())


_COMMENTS = (
    Column("at", "workshop.said_at", lambda row: clock.day_of(row.at), ("at",)),
    Column("unit", "results.unit", lambda row: row.unit.name, ("unit__order",)),
    Column("line", "workshop.line", _about, ("line",)),
    Column("text", "workshop.comment", lambda row: row.text),
    Column("state", "workshop.outcome", lambda row: comment_state(row.state), ("state",)),
    Column("answer", "workshop.answer", lambda row: row.answer),
    Column("by", "workshop.answered_by", lambda row: row.answered_by.name if row.answered_by else ""),
)


def comments(request: HttpRequest, number: int) -> HttpResponse:
    """List the comments on a draft with what became of each, as it is annexed to what is decided."""
    found = draft_for(request, number)
    states = [Choice(one.value, comment_state(one.value)) for one in CommentState if one != CommentState.WITHDRAWN]
    filters = (
        Filter("q", "results.unit", lambda rows, given: rows.filter(unit__name__icontains=given)),
        Filter("state", "workshop.outcome", lambda rows, state: rows.filter(state=state), states),
    )
    rows = comments_of(user_of(request), number)
    listing = Listing(rows, _COMMENTS, filters, "at", request.GET.dict())
    return list_page(request, listing, "web/workshop/comments_list.html", file_name="comments", row=found.row)


_TARGETS = (
    Column("unit", "results.unit", lambda row: row.unit.name, ("unit__order",)),
    Column("name", "workshop.target_name", lambda row: row.name, ("name",)),
    Column("value", "workshop.target_value", lambda row: exact(row.value), ("value",), number=True),
    Column("measure", "workshop.measure", lambda row: row.measure),
    Column("hook", "workshop.hook", lambda row: row.hook, ("hook",)),
    Column("state", "workshop.state", lambda row: target_state(row.state), ("state",)),
    Column("indicator", "workshop.code", lambda row: row.indicator, ("indicator",)),
    Column("answer", "workshop.return_reason", lambda row: row.answer),
    Column("at", "workshop.said_at", lambda row: clock.day_of(row.at), ("at",)),
)


def own_targets(request: HttpRequest, number: int) -> HttpResponse:
    """List the targets that units put forward for a draft, and what became of each."""
    found = draft_for(request, number)
    some = (one for one in OwnTargetState if one != OwnTargetState.WITHDRAWN)
    states = [Choice(one.value, target_state(one.value)) for one in some]
    filters = (
        Filter("q", "results.unit", lambda rows, given: rows.filter(unit__name__icontains=given)),
        Filter("state", "workshop.state", lambda rows, state: rows.filter(state=state), states),
    )
    rows = targets_of(user_of(request), number)
    listing = Listing(rows, _TARGETS, filters, "unit", request.GET.dict())
    return list_page(request, listing, "web/workshop/own_list.html", file_name="targets", row=found.row)


_LIBRARY = (
    Column("year", "workshop.year", lambda row: row.year, ("year",), number=True),
    Column("code", "workshop.code", lambda row: row.code, ("code",)),
    Column(
        "name",
        "workshop.name",
        lambda row: row.name,
        ("name",),
        address=lambda row: reverse("workshop-line", args=[row.pk]),
    ),
    Column("part", "workshop.part", lambda row: row.part, ("part",)),
    Column("rule", "workshop.rule", lambda row: rule_kind(row.rule), ("rule",)),
    Column("measure", "workshop.measure", lambda row: row.measure, ("measure",)),
    Column("lead", "workshop.lead", lambda row: row.lead, ("lead",)),
    Column("own", "workshop.own_of", lambda row: row.own, ("own",)),
)


def library(request: HttpRequest) -> HttpResponse:
    """List the indicators of all adopted schemes."""
    rows = library_of(user_of(request))
    years = sorted(set(LibraryLine.objects.values_list("year", flat=True)), reverse=True)
    filters = (
        Filter("q", "workshop.search_library", _like),
        Filter(
            "of",
            "workshop.year",
            lambda some, year: some.filter(year=year),
            [Choice(str(one), str(one)) for one in years],
        ),
        Filter(
            "whose",
            "workshop.whose",
            _whose,
            [
                Choice("all", text("workshop.whose_all", page_language())),
                Choice("own", text("workshop.whose_own", page_language())),
            ],
        ),
    )
    listing = Listing(rows, _LIBRARY, filters, "-year", request.GET.dict())
    return list_page(request, listing, "web/workshop/library.html", file_name="indicators", told=told(request))


def _like(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=given) | Q(code__icontains=given) | Q(definition__icontains=given))


def _whose(rows: QuerySet[Any], whose: str) -> QuerySet[Any]:
    return rows.filter(own="") if whose == "all" else rows.exclude(own="")
