"""Before figures are entered: the county's result as it would be, worked out while the check is being read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baton.assessment.queries.desk.foreseen import foreseen
from baton.assessment.queries.desk.grid import grid_of
from baton.web.asking import user_of
from baton.web.problems import shown
from baton.web.report.places import place_of
from baton.words import Refused


@require_safe
def preview(request: HttpRequest, period: str, code: str) -> HttpResponse:
    """Show what the drafts would make of the result: as a part of the check, or as a page of its own."""
    place = place_of(request, period, code)
    user = user_of(request)
    context: dict[str, object] = {"place": place, "month": place.month, "unit": place.unit}
    try:
        context["found"] = foreseen(user, place.month, grid_of(user, place.month, place.unit))
    except Refused as refused:
        context["problems"] = shown(refused.problems)
    part = request.headers.get("HX-Request") == "true"
    return render(request, "web/report/foreseen_part.html" if part else "web/report/foreseen.html", context)
