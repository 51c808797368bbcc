"""Pages that put results beside each other: two months or two units, and units that somebody chose as peers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from baton.assessment.queries import looking
from baton.web.asking import user_of
from baton.web.results.my_peers import address, lists_of, my_peers, units_in
from baton.web.telling import told
from baton.web.templatetags.results import period as period_words


def compare(request: HttpRequest) -> HttpResponse:
    """Compare two results; the address names both: `?unit=T04&month=2026-08&unit2=T05&month2=2026-09`."""
    user, months = user_of(request), looking.shown_months(user_of(request))
    if not months:
        return render(request, "web/results/nothing.html")
    newest = months[0]
    before = months[1] if len(months) > 1 else newest
    asked = {
        "month": request.GET.get("month") or before,
        "month2": request.GET.get("month2") or newest,
        "unit": request.GET.get("unit", ""),
    }
    asked["unit2"] = request.GET.get("unit2") or asked["unit"]
    shown = {name: looking.shown_month(user, asked[name]) for name in ("month", "month2")}
    first, second = shown["month"], shown["month2"]
    if first is None or second is None:
        raise Http404
    sides = (looking.side(first, asked["unit"]), looking.side(second, asked["unit2"]))
    found = None if None in sides else looking.compare(*sides)  # type: ignore[arg-type]
    units = [row.unit for table in looking.league(second) for row in table.rows]
    mine = set(my_peers(user))
    context = {
        "months": months,
        "asked": asked,
        "found": found,
        "units": units,
        "mine": [unit for unit in units if unit.code in mine],
        "lacking": asked["unit"] and not found,
        "sides": () if found is None else _sides(found),
    }
    return render(request, "web/results/compare.html", context)


def _sides(found: looking.Comparison) -> tuple[str, ...]:
    """Name the sides by what tells them apart."""
    both = (found.first, found.second)
    units = tuple(one.result.unit.name for one in both)
    months = tuple(period_words(one.shown.month.period) for one in both)
    if units[0] == units[1]:
        return months
    return units if months[0] == months[1] else tuple(map(" ".join, zip(units, months, strict=True)))


def peers(request: HttpRequest, period: str) -> HttpResponse:
    """Rank chosen units among themselves: `?units=T04&units=T05`; the address is what a saved view keeps."""
    shown = looking.shown_month(user_of(request), period)
    if shown is None:
        raise Http404
    user = user_of(request)
    kept = [(view, address(period, units_in(view))) for view in lists_of(user)]
    chosen = request.GET.getlist("units") or my_peers(user)
    context = {
        "shown": shown,
        "months": looking.shown_months(user_of(request)),
        "tables": looking.league(shown),
        "chosen": chosen,
        "kept": kept,
        "told": told(request),
        "found": looking.peers(shown, chosen) if chosen else None,
    }
    return render(request, "web/results/peers.html", context)
