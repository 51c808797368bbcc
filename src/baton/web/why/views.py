"""Pages of explained changes: the whole county, and one unit down to its indicators."""

from decimal import Decimal
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from baton.assessment.queries.looking.why import moved
from baton.engine.compare.months import FACTORS, UnitMonth
from baton.engine.scheme.indicators import Indicator
from baton.web.lists.respond import workbook_file
from baton.web.problems import shown
from baton.web.templatetags.results import factor_words
from baton.web.why.asked import Asked, asked_of, words
from baton.web.why.counted import counted
from baton.web.why.export import why_workbook
from baton.web.why.waterfall import waterfall
from baton.words import Refused

_NAMES = tuple(factor.value for factor in FACTORS)


def why(request: HttpRequest) -> HttpResponse:
    """Show who rose and who fell between two results, and why; `?export=xlsx` gives it as a workbook."""
    asked = asked_of(request)
    if asked is None:
        return render(request, "web/why/nothing.html")
    try:
        rows = moved(asked.first, asked.second)
    except Refused as refused:
        return _refused(request, asked, refused)
    if request.GET.get("export") == "xlsx":
        made = why_workbook((words(asked.first), words(asked.second)), _indicators(asked), rows)
        return workbook_file(made, f"why-{asked.first.key}-{asked.second.key}.xlsx")
    names = {group.code: group.name for group in asked.second.version.scheme.groups}
    tables = [(names.get(group, group), list(some)) for group, some in groupby(rows, key=lambda row: row.change.group)]
    context = {
        **asked.context,
        "tables": tables,
        "counted": counted(row.change.difference for row in rows),
        "names": _NAMES,
    }
    return render(request, "web/why/county.html", context)


def _indicators(asked: Asked) -> dict[str, Indicator]:
    """Give the indicators of both sides by code; of one that both have, the second's."""
    return {one.code: one for side in (asked.first, asked.second) for one in side.version.scheme.indicators}


def _refused(request: HttpRequest, asked: Asked, refused: Refused) -> HttpResponse:
    context = {**asked.context, "problems": shown(refused.problems)}
    return render(request, "web/why/county.html", context, status=422)


def why_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show why one unit's score changed: a waterfall, and every indicator."""
    asked = asked_of(request)
    if asked is None:
        return render(request, "web/why/nothing.html")
    try:
        rows = moved(asked.first, asked.second, code)
    except Refused as refused:
        return render(
            request, "web/why/county.html", {**asked.context, "problems": shown(refused.problems)}, status=422
        )
    row = rows[0] if rows else None
    if row is None:
        return _without(request, asked, code)
    indicators = _indicators(asked)
    pieces = sorted(row.change.pieces, key=lambda piece: -abs(piece.difference))
    lines = [(indicators.get(piece.indicator), piece) for piece in pieces]
    context = {
        **asked.context,
        "row": row,
        "lines": lines,
        "chart": waterfall(row.change.before, _named(row.change)),
        "names": _NAMES,
        "together": any(not piece.apart for piece in pieces),
    }
    return render(request, "web/why/unit.html", context)


def _named(change: UnitMonth) -> list[tuple[str, Decimal]]:
    return [(factor_words(name), part) for name, part in zip(_NAMES, change.parts, strict=True)]


def _without(request: HttpRequest, asked: Asked, code: str) -> HttpResponse:
    """Say of a unit that it has no score on one of the sides; of one that no scheme knows, that it is not found."""
    known = {unit.code: unit.name for side in (asked.first, asked.second) for unit in side.version.scheme.units}
    if code not in known:
        raise Http404
    return render(request, "web/why/nothing.html", {**asked.context, "name": known[code]})
