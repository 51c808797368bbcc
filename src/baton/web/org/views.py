"""Pages of units."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.core import clock
from baton.org.queries import tree
from baton.web.asking import user_of


def units(request: HttpRequest) -> HttpResponse:
    """Show the tree of units of today."""
    return render(request, "web/units.html", {"branches": tree(user_of(request), clock.today())})
