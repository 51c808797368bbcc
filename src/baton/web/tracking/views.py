"""The list of lagging work, one item with its steps, and the unit's answer."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.tracking import answer_item, follow_up
from baton.assessment.choices import ItemKind, ItemState, MonthState
from baton.assessment.models import Month, TrackedItem
from baton.assessment.queries.office.tracking import ItemPage, item_page, items, light_of, recurring_from
from baton.core import clock
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.office.board import OFFICE, office_only
from baton.web.org.forming import Form, form_page, page
from baton.web.problems import shown
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.words import Problem, Refused, text

_TIMES = "recurring"


def _words(code: str) -> str:
    return text(code, page_language())


def _said(family: str, value: str) -> str:
    return _words(f"{family}{value}") if value else ""


def _columns(today: Any) -> tuple[Column, ...]:
    def light(row: TrackedItem) -> str:
        return _words(f"results.light_{light_of(row, today).value}")

    return (
        Column("light", "results.light", light, template="web/tracking/light.html"),
        Column("title", "office.work", lambda row: row.title, ("title",), template="web/tracking/title.html"),
        Column("unit", "office.unit", lambda row: row.unit.name, ("unit__order",), template="web/tracking/unit.html"),
        Column("owner", "office.owner", lambda row: row.owner.name if row.owner else "", ("owner__name",)),
        Column("department", "office.department", lambda row: row.department.name if row.department else ""),
        Column("since", "office.since", lambda row: clock.day_of(row.opened_at), ("opened_at",)),
        Column("behind", "office.months_behind", lambda row: row.behind or "", ("behind",), number=True),
        Column("new_date", "office.new_date", lambda row: row.new_date, ("new_date",)),
        Column("times", "office.times", lambda row: row.times, ("times",), number=True),
        Column("state", "results.state", lambda row: _said("assessment.tracked_", row.state), ("state",)),
    )


def tracking(request: HttpRequest) -> HttpResponse:
    """List lagging work, open items first to be seen; what recurs can be asked for."""
    asked = {"state": ItemState.OPEN.value, **request.GET.dict()}
    listing = Listing(items(user_of(request)), _columns(clock.today()), _filters(), "since", asked)
    context = {"office": powers_of(request).has(*OFFICE), "told": told(request)}
    return list_page(request, listing, "web/tracking/list.html", file_name="lagging", **context)


def _filters() -> tuple[Filter, ...]:
    return (
        Filter("q", "office.search_items", _named),
        Filter(
            "state",
            "results.state",
            _in_state,
            [Choice(one.value, _said("assessment.tracked_", one.value)) for one in ItemState],
        ),
        Filter(
            "kind",
            "office.kind",
            _of_kind,
            [Choice(one.value, _said("assessment.item_", one.value)) for one in ItemKind],
        ),
        Filter("again", "office.times", _again, [Choice(_TIMES, _words("office.recurring"))]),
    )


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(title__icontains=given) | Q(unit__name__icontains=given))


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(state=state)


def _of_kind(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(kind=kind)


def _again(rows: QuerySet[Any], _: str) -> QuerySet[Any]:
    return rows.filter(times__gte=recurring_from())


def page_of(request: HttpRequest, number: int) -> ItemPage:
    """Give an item's page; there is none for those who may not see it."""
    found = item_page(user_of(request), number)
    if found is None:
        raise Http404
    return found


def item(request: HttpRequest, number: int) -> HttpResponse:
    """Show an item with everything that happened to it."""
    return page(request, "web/tracking/item.html", found=page_of(request, number))


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Say why work lags, what is done, by when, and who answers for it."""
    found = page_of(request, number)
    if not found.answers:
        raise Http404
    one = found.item

    def do(form: Form) -> HttpResponse:
        day = form.day("new_date")
        form.check()
        owner = int(form.text("owner")) if form.text("owner").isdigit() else None
        given = {"cause": form.text("cause"), "measures": form.text("measures")}
        answer_item(by=actor_of(request), item=number, new_date=day, owner=owner, **given)
        tell(request, "office.item_was_answered")
        return redirect("tracked-item", number)

    given = {
        "cause": one.cause,
        "measures": one.measures,
        "new_date": one.new_date.isoformat() if one.new_date else "",
        "owner": str(one.owner_id or ""),
    }
    owners = [(str(user.pk), user.name) for user in found.owners]
    return form_page(request, "web/tracking/answer.html", Form(given), do, found=found, owners=owners)


@require_POST
@office_only
def follow(request: HttpRequest) -> HttpResponse:
    """Open and close items by the newest result that is out."""
    newest = Month.objects.visible_to(user_of(request)).filter(state=MonthState.PUBLISHED).order_by("-period").first()
    try:
        if newest is None:
            raise Refused([Problem("office.nothing_out")])
        opened, closed = follow_up(by=actor_of(request), period=newest.period)
    except Refused as refused:
        listing = Listing(items(user_of(request)), _columns(clock.today()), _filters(), "since")
        context = {"listing": listing, "office": True, "problems": shown(refused.problems)}
        return page(request, "web/tracking/list.html", status=422, **context)
    tell(request, "office.followed", opened=len(opened), closed=len(closed))
    return redirect("tracking")
