"""The search page, and its list alone for the palette."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baton.core.queries.search import LONGEST, find
from baton.web.asking import user_of
from baton.web.search.places import place_of

_OF_PALETTE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find what `?q=` asks for; `?palette=1` gives the first few as options of the palette."""
    asked = request.GET.get("q", "")[:LONGEST]
    short = "palette" in request.GET
    hits = find(user_of(request), asked, _OF_PALETTE) if short else find(user_of(request), asked)
    context = {"asked": asked, "hits": [(hit, place_of(hit)) for hit in hits]}
    return render(request, "web/search/options.html" if short else "web/search/search.html", context)
