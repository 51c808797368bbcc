"""Windows and sources of a month: which are open, opening one again for a unit, noting that figures came."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from baton.assessment.actions.months import note_release, reopen_window
from baton.assessment.choices import Stage
from baton.assessment.models import Release, Window
from baton.assessment.queries.desk.windows import until_of
from baton.core import clock
from baton.web.asking import actor_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.office.board import month_for, office_only
from baton.web.org.forming import Form, form_page
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import text


def _stage(stage: str) -> str:
    return text(f"assessment.stage_{stage}", page_language())


def _state(row: Window) -> str:
    closed = until_of(row).closed
    if closed is None:
        return text("office.window_open", page_language())
    ahead = closed.code == "assessment.window_not_open"
    return text("office.window_ahead" if ahead else "office.window_shut", page_language())


_COLUMNS = (
    Column("unit", "office.unit", lambda row: row.unit.name, ("unit__order",)),
    Column("stage", "office.stage", lambda row: _stage(row.stage), ("stage",)),
    Column("source", "office.source", lambda row: row.release.source if row.release else "", ("release__source",)),
    Column("opens", "office.opens", lambda row: row.opens, ("opens",)),
    Column("planned", "office.planned", lambda row: row.planned, ("planned",)),
    Column("closes", "office.closes_now", lambda row: until_of(row).closes, ("closes",)),
    Column("state", "results.state", _state),
    Column("reopened", "office.reopened", lambda row: "；".join(one.reason for one in row.reopenings.all())),
    Column(
        "reopen",
        "office.doing",
        lambda _: text("office.reopen", page_language()),
        address=lambda row: reverse("window-reopen", args=[row.pk]),
    ),
)


@office_only
def windows(request: HttpRequest, period: str) -> HttpResponse:
    """List the windows of a month."""
    month = month_for(request, period)
    rows = Window.objects.visible_to(user_of(request)).filter(month=month).select_related("unit", "release")
    filters = (
        Filter("q", "office.unit", _named),
        Filter(
            "stage",
            "office.stage",
            lambda some, stage: some.filter(stage=stage),
            [Choice(one.value, _stage(one.value)) for one in Stage],
        ),
    )
    listing = Listing(rows.prefetch_related("reopenings"), _COLUMNS, filters, "closes", request.GET.dict())
    return list_page(request, listing, "web/office/windows.html", month=month, file_name="windows")


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(unit__name__icontains=given)


@office_only
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open a window again for the unit it belongs to, with a reason."""
    rows = Window.objects.visible_to(user_of(request)).select_related("unit", "month", "release")
    row = rows.prefetch_related("reopenings__by").filter(pk=number).first()
    if row is None:
        raise Http404

    def do(form: Form) -> HttpResponse:
        until = form.day("until", needed=True) or clock.today()
        form.check()
        reopen_window(by=actor_of(request), window=number, until=until, reason=form.text("reason"))
        tell(request, "office.window_was_reopened", unit=row.unit.name, day=until.isoformat())
        return redirect("office-month", row.month.period)

    return form_page(request, "web/office/reopen.html", Form(), do, window=row, until=until_of(row))


@office_only
def release(request: HttpRequest, period: str, number: int) -> HttpResponse:
    """Note when a source's figures came; what waits for them moves with them."""
    month = month_for(request, period)
    row = Release.objects.filter(month=month, pk=number).first()
    if row is None:
        raise Http404

    def do(form: Form) -> HttpResponse:
        came = form.day("came", needed=True) or clock.today()
        form.check()
        note_release(by=actor_of(request), period=period, source=row.source, came=came, note=form.text("note"))
        tell(request, "office.release_was_noted", source=row.source, day=came.isoformat())
        return redirect("office-month", period)

    given = {"came": (row.came or clock.today()).isoformat(), "note": row.note}
    waiting = row.windows.select_related("unit").prefetch_related("reopenings").count()
    return form_page(request, "web/office/release.html", Form(given), do, release=row, month=month, waiting=waiting)
