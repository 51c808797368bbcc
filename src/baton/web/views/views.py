"""What the panel of saved views does; each leads back to the page it stands on."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from baton.core.actions.views import open_for, open_with, remove_view, save_view
from baton.org.choices import Role
from baton.web.asking import actor_of
from baton.web.problems import shown
from baton.words import Problem, Refused

_BUTTONS = ("remove", "opens", "closes", "role-of")


@require_POST
def views(request: HttpRequest, page: str) -> HttpResponse:
    """Save, remove or set a view of a list page (the name of its address), and come back to that page."""
    given = request.POST
    try:
        back = reverse(page)
    except NoReverseMatch:
        return _refused(request, [Problem("services.view_page_unknown")], reverse("home"))
    try:
        query = _do(request, page)
    except Refused as refused:
        return _refused(request, refused.problems, f"{back}?{given.get('query', '')}".rstrip("?"))
    return HttpResponseRedirect(f"{back}?{query}".rstrip("?"))


def _do(request: HttpRequest, page: str) -> str:
    """Do what a button of the panel says; gives the query to come back to."""
    given, by = request.POST, actor_of(request)
    query = given.get("query", "")
    number = next((int(given[button]) for button in _BUTTONS if given.get(button, "").isdecimal()), 0)
    if "remove" in given:
        remove_view(by=by, number=number)
    elif "opens" in given or "closes" in given:
        open_with(by=by, number=number, opens="opens" in given)
    elif "role-of" in given:
        role = given.get("role", "")
        open_for(by=by, number=number, role=role if role in {one.value for one in Role} else "")
    else:
        asked = {"shared": "shared" in given, "opens": "opens-with" in given}
        save_view(by=by, page=page, name=given.get("name", ""), query=query, **asked)
    return query


def _refused(request: HttpRequest, problems: tuple[Problem, ...] | list[Problem], back: str) -> HttpResponse:
    return render(request, "web/views/refused.html", {"problems": shown(problems), "back": back}, status=409)
