"""Pages that say how scores are made. Whoever signs in reads them: an adopted scheme is a public document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from baton.assessment.queries.looking.methods import Method
from baton.assessment.queries.looking.methods import method as method_of
from baton.assessment.queries.looking.methods import methods as versions_of
from baton.core import clock
from baton.web.asking import user_of
from baton.web.method.curve import curve_of


def methods(request: HttpRequest) -> HttpResponse:
    """List the versions; where there is one only, lead to it."""
    versions = list(versions_of(user_of(request)))
    if len(versions) == 1:
        return redirect("method", versions[0].pk)
    return render(request, "web/method/methods.html", {"versions": versions, "today": clock.today()})


def _found(request: HttpRequest, number: int) -> Method:
    found = method_of(user_of(request), number)
    if found is None:
        raise Http404
    return found


def method(request: HttpRequest, number: int) -> HttpResponse:
    """Show a version: groups, every indicator with its rule in words, bonuses, deductions and vetoes."""
    found = _found(request, number)
    names = {unit.code: unit.name for unit in found.scheme.units}
    common = [line for line in found.lines if not line.only]
    single = [line for line in found.lines if line.only]
    context = {"found": found, "names": names, "common": common, "single": single}
    return render(request, "web/method/method.html", context)


def indicator(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show one indicator: definition, rule in words, curve, examples, source, who leads and who is excused."""
    found = _found(request, number)
    one = next((each for each in found.scheme.indicators if each.code == code), None)
    if one is None:
        raise Http404
    line = found.line(one)
    points = next((share.points for share in line.shares if not share.weighs), one.full)
    curve = curve_of(one, points)
    return render(request, "web/method/indicator.html", {"found": found, "line": line, "curve": curve})
