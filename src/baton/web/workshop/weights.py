"""A draft's weights moved by hand while the ranks of a group follow; only while the scheme is not published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baton.assessment.queries.workshop.foreseen import years_held
from baton.assessment.queries.workshop.weights import Weighed, weighed
from baton.engine.scheme.model import Scheme
from baton.web.asking import user_of
from baton.web.org.forming import page
from baton.web.problems import Shown, shown
from baton.web.workshop.rooms import around, draft_for
from baton.words import Place, Problem, Refused


@require_safe
def weights(request: HttpRequest, number: int) -> HttpResponse:
    """Show the sliders of a group's weights with its ranks; htmx asks for the ranks alone."""
    found = draft_for(request, number)
    years = years_held(user_of(request))
    if not found.row.editable or not years:
        raise Http404
    asked = request.GET.get("year", "")
    earlier = [one for one in years if one < found.row.year]
    year = int(asked) if asked.isdecimal() and int(asked[:4]) in years else next(iter(earlier or years))
    groups = {one.code: one.name for one in found.scheme.groups}
    group = request.GET.get("group", "")
    group = group if group in groups else next(iter(groups))
    result, problems = _weighed(request, found.scheme, year, group)
    context = {"years": years, "year": year, "groups": groups, "group": group, "result": result, "wrong": problems}
    if request.headers.get("HX-Request"):
        return render(request, "web/workshop/weighed.html", context)
    return page(request, "web/workshop/weights.html", **around(request, found, **context))


def _weighed(request: HttpRequest, scheme: Scheme, year: int, group: str) -> tuple[Weighed | None, list[Shown]]:
    tried, problems = {}, []
    for name, given in request.GET.dict().items():
        code = name.removeprefix("w-")
        if code != name and given.strip():
            try:
                tried[code] = float(given)
            except ValueError:
                problems.append(Problem("workshop.weight_no_number", {"given": given}, Place(field=name)))
    if problems:
        return None, shown(problems)
    try:
        return weighed(scheme, year, group, tried), []
    except Refused as refused:
        return None, shown(refused.problems)
