"""The running ledger: events noted when they happen, announced, answered, decided by a person."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from baton.assessment.actions.claims import give_opinion
from baton.assessment.actions.ledger import announce_event, confirm_event, drop_event, note_event, reply_to_event
from baton.assessment.choices import LedgerState
from baton.assessment.models import LedgerEntry, Objection
from baton.assessment.queries.desk.ledger import (
    ANNOUNCED,
    Item,
    assessed_units,
    claiming_units,
    doings_of,
    entries_of,
    items_for,
    items_on,
    last_contact,
)
from baton.assessment.queries.desk.tasks import REPORTS
from baton.assessment.queries.objections.listing import remedied
from baton.core import clock
from baton.core.queries.files import files_of
from baton.web.asking import actor_of, key_of, powers_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.org.forming import Form, form_page
from baton.web.report.places import OFFICE
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused, text


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """List the entries that a person may see."""
    user, language = user_of(request), page_language()
    names = {code: item.name for code, (item, _) in items_on(clock.today()).items()}
    columns = (
        Column("on", "reporting.on", lambda row: row.on, ("on",), _address),
        Column("unit", "reporting.unit", lambda row: row.unit.name, ("unit__order",)),
        Column("item", "reporting.item", lambda row: names.get(row.item, row.item), ("item",)),
        Column("kind", "reporting.kind_of_item", lambda row: text(f"assessment.ledger_{row.kind}", language)),
        Column("state", "reporting.state", lambda row: text(f"assessment.entry_{row.state}", language), ("state",)),
        Column("document", "reporting.document", lambda row: row.document),
    )
    states = [Choice(one.value, text(f"assessment.entry_{one.value}", language)) for one in LedgerState]
    filters = (Filter("state", "reporting.state", lambda rows, value: rows.filter(state=value), states),)
    listing = Listing(entries_of(user), columns, filters, "-on", request.GET.dict())
    today = clock.today()
    may = {"may_note": bool(items_for(user, today)), "may_claim": bool(claiming_units(user, today))}
    return list_page(request, listing, "web/report/ledger.html", told=told(request), **may)


def _address(row: LedgerEntry) -> str:
    return reverse("ledger-entry", args=[row.pk])


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Note an event: first its item, then what the item asks for."""
    user = user_of(request)
    items = {one.code: one for one in items_for(user, clock.today())}
    if not powers_of(request).has(*REPORTS, *OFFICE):
        raise PermissionDenied
    item = items.get(request.GET.get("item", ""))

    def do(form: Form) -> HttpResponse:
        if item is None:
            raise Refused([Problem("reporting.item_missing", {}, Place(field="item"))])
        entry = _note(request, form, item)
        tell(request, "reporting.noted")
        return HttpResponseRedirect(reverse("ledger-entry", args=[entry.pk]))

    context = {"items": items.values(), "item": item, "units": assessed_units(user, clock.today()), "key": uuid4().hex}
    return form_page(request, "web/report/note.html", Form(), do, **context)


_CHOSEN = {"level": "reporting.level_missing", "indicator": "reporting.indicator_missing"}
"""What is chosen from a list, and the problem where nothing was."""


def typed_event(form: Form, item: Item) -> dict[str, Any]:
    """Read what an event of an item asks for, the unit by its number. Raises `Refused` with everything that lacks."""
    on = form.day("on", needed=True)
    unit = form.text("unit")
    if not unit.isdecimal():
        form.problems.append(Problem("reporting.unit_missing", {}, Place(field="unit")))
    if item.asks in _CHOSEN and not form.text(item.asks):
        form.problems.append(Problem(_CHOSEN[item.asks], {}, Place(field=item.asks)))
    quantity = _number(form, "quantity") if item.asks == "quantity" else None
    points = _number(form, "points") if item.asks == "points" else None
    form.check()
    return {
        "unit": int(unit),
        "item": item.code,
        "on": on,
        "level": form.text("level") if item.asks == "level" else "",
        "quantity": quantity,
        "points": points,
        "matter": form.text("matter"),
        "document": form.text("document"),
        "note": form.text("note"),
    }


def _note(request: HttpRequest, form: Form, item: Item) -> LedgerEntry:
    given = typed_event(form, item)
    try:
        return note_event(by=actor_of(request), indicator=form.text("indicator"), key=key_of(request), **given)
    except Refused as refused:
        raise Refused(at_field(one, item) for one in refused.problems) from refused


def _number(form: Form, name: str) -> Decimal | None:
    try:
        return Decimal(form.text(name))
    except InvalidOperation:
        form.problems.append(Problem("reporting.number_missing", {}, Place(field=name)))
        return None


def at_field(problem: Problem, item: Item) -> Problem:
    """Point what the engine says of an event to the field that it is about."""
    if problem.place.field and not problem.place.field.startswith("events"):
        return problem
    field = "on" if "date" in problem.code else "unit" if "unit" in problem.code else item.asks or "on"
    return Problem(problem.code, problem.params, Place(field=field))


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Show an entry; on POST announce, answer, confirm or drop it."""
    user = user_of(request)
    row = entries_of(user).filter(pk=number).first()
    if row is None:
        raise Http404

    def do(form: Form) -> HttpResponse:
        doing = _DOINGS.get(form.text("do"))
        if doing is None:
            raise Http404
        doing(request, form, row.pk)
        tell(request, "reporting.entry_done")
        return HttpResponseRedirect(reverse("ledger-entry", args=[number]))

    found = items_on(row.on).get(row.item)
    may = doings_of(user, row)
    context = {
        "row": row,
        "item": None if found is None else found[0],
        "may": may,
        "files": files_of(user, row),
        "notice": row.announced_at is not None and row.kind in ANNOUNCED,
        "objections": remedied(row),
        "readable": set(Objection.objects.visible_to(user).filter(pk__in=remedied(row)).values_list("pk", flat=True)),
    }
    form = Form({"contact": last_contact(user)}) if may["announce"] else Form()
    return form_page(request, "web/report/entry.html", form, do, **context)


_DOINGS: Mapping[str, Callable[[HttpRequest, Form, int], object]] = {
    "announce": lambda request, form, number: announce_event(
        by=actor_of(request), entry=number, number=form.text("number"), contact=form.text("contact")
    ),
    "reply": lambda request, form, number: reply_to_event(by=actor_of(request), entry=number, reply=form.text("reply")),
    "support": lambda request, form, number: give_opinion(
        by=actor_of(request), entry=number, supported=True, opinion=form.text("opinion")
    ),
    "oppose": lambda request, form, number: give_opinion(
        by=actor_of(request), entry=number, supported=False, opinion=form.text("opinion")
    ),
    "confirm": lambda request, form, number: confirm_event(
        by=actor_of(request), entry=number, decision=form.text("decision")
    ),
    "drop": lambda request, form, number: drop_event(
        by=actor_of(request), entry=number, decision=form.text("decision")
    ),
}
