"""Pages of results. Every page starts with the month that is shown, and says so where nothing may be seen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from baton.assessment.choices import Light
from baton.assessment.queries import looking
from baton.assessment.queries.corrections import series_reported
from baton.assessment.queries.desk.batches import workbooks_of
from baton.assessment.queries.objections.asking import can_object
from baton.assessment.queries.objections.listing import objected
from baton.assessment.queries.targets.scores import targets_behind
from baton.org.choices import Role
from baton.web.asking import powers_of, user_of
from baton.web.lists.respond import WORKBOOK
from baton.web.results.chart import course_chart
from baton.web.results.export import league_workbook
from baton.web.results.my_peers import my_peers

_LIGHTS = (Light.GREEN.value, Light.YELLOW.value, Light.RED.value)
_PAGES_OF_A_MONTH = frozenset({"results-month", "league"})


def _shown(request: HttpRequest, period: str) -> looking.Shown:
    shown = looking.shown_month(user_of(request), period)
    if shown is None or (period and shown.month.period != period):
        raise Http404
    return shown


def _page(request: HttpRequest, template: str, shown: looking.Shown, **context: Any) -> HttpResponse:
    months = looking.shown_months(user_of(request))
    return render(request, f"web/results/{template}.html", {"shown": shown, "months": months, **context})


def overview(request: HttpRequest, period: str = "") -> HttpResponse:
    """Show the county of a month (the newest one by default)."""
    if not period and looking.shown_month(user_of(request)) is None:
        return render(request, "web/results/nothing.html")
    shown = _shown(request, period)
    found = looking.overview(shown, request.GET.get("dimension", ""))
    meets = powers_of(request).has(Role.OFFICE, Role.OFFICE_HEAD, Role.COUNTY_LEADER)
    return _page(request, "overview", shown, found=found, lights=_LIGHTS, meets=meets)


def go_to_month(request: HttpRequest) -> HttpResponse:
    """Lead to the same page of another month."""
    page, period = request.GET.get("page", ""), request.GET.get("period", "")
    if not period or "/" in period:
        return redirect("results")
    return redirect(page if page in _PAGES_OF_A_MONTH else "results-month", period=period)


def newest_league(request: HttpRequest) -> HttpResponse:
    """Lead to the league tables of the newest month."""
    shown = looking.shown_month(user_of(request))
    if shown is None:
        return render(request, "web/results/nothing.html")
    return redirect("league", period=shown.month.period)


def league(request: HttpRequest, period: str) -> HttpResponse:
    """Show the league tables of a month, all groups or the one asked for; `?export=xlsx` gives them as a workbook."""
    shown = _shown(request, period)
    group = request.GET.get("group", "")
    tables = looking.league(shown, group if group in shown.groups else "")
    if request.GET.get("export") == "xlsx":
        answer = HttpResponse(league_workbook(shown, tables), content_type=WORKBOOK)
        answer.headers["Content-Disposition"] = f'attachment; filename="league-{period}.xlsx"'
        return answer
    yearly = looking.yearly_groups(shown.scheme)
    yearly = {code: name for code, name in yearly.items() if group in ("", code)}
    return _page(request, "league", shown, tables=tables, group=group, yearly=yearly)


def unit(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Show a unit's result: where it stands, what every indicator gave, how the year went."""
    shown = _shown(request, period)
    found = looking.unit_page(user_of(request), shown, code)
    if found is None:
        return _yearly(request, shown, code)
    peers = [one for one in my_peers(user_of(request)) if one != code]
    beside = looking.peers(shown, [code, *peers]) if peers else None
    reports = powers_of(request).units_of(Role.REPORTER, Role.VERIFIER)
    mine = series_reported(shown.run.scheme, reports, found.result.unit_id)
    context = {"chart": course_chart(found), "beside": beside, "reported": mine}
    return _page(
        request, "unit", shown, found=found, objects=can_object(user_of(request), shown.publication), **context
    )


def _yearly(request: HttpRequest, shown: looking.Shown, code: str) -> HttpResponse:
    """Say of a unit that is scored once a year that no month has a result for it."""
    found = looking.yearly_unit(user_of(request), shown, code)
    if found is None:
        raise Http404
    return _page(request, "yearly", shown, found=found)


def indicator(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Show an indicator over all units."""
    shown = _shown(request, period)
    found = looking.indicator_result(user_of(request), shown, code)
    if found is None:
        raise Http404
    return _page(request, "indicator", shown, found=found)


def trace(request: HttpRequest, period: str, code: str, indicator: str) -> HttpResponse:
    """Show the figures behind a unit's score on an indicator, down to file, sheet and cell."""
    shown = _shown(request, period)
    found = looking.trace(user_of(request), shown, code, indicator)
    if found is None:
        raise Http404
    batches = {one.batch_id for one in (*found.current, *found.replaced)}
    kept = workbooks_of(user_of(request), batches)
    objects = can_object(user_of(request), shown.publication)
    disputed = objected(user_of(request), period, code, indicator)
    return _page(
        request,
        "trace",
        shown,
        found=found,
        unit=found.leaves[0].unit,
        workbooks=kept,
        objects=objects,
        disputed=disputed,
        targets=targets_behind(user_of(request), code, found.indicator, int(shown.month.period[:4])),
    )
