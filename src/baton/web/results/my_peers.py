"""Units that somebody keeps to compare with (我的对标单位): saved views of the page of peers, seen by nobody else."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from baton.core.actions.views import open_with, remove_view, save_view
from baton.core.models import SavedView, User
from baton.core.queries.views import views_of
from baton.web.asking import actor_of, user_of
from baton.web.problems import shown
from baton.web.telling import tell
from baton.words import Place, Problem, Refused

PAGE = "my-peers"


def lists_of(user: User) -> list[SavedView]:
    """Give a person's lists, the one that pages compare with first."""
    mine = [view for view in views_of(user, PAGE) if view.owner_id == user.pk]
    return sorted(mine, key=lambda view: (not view.opens, view.name))


def units_in(view: SavedView) -> list[str]:
    """Give the codes of a list's units."""
    return parse_qs(view.query).get("units", [])


def my_peers(user: User) -> list[str]:
    """Give the codes of the units with which a person compares; none where no list is kept."""
    return next((units_in(view) for view in lists_of(user)), [])


def address(period: str, units: Sequence[str]) -> str:
    """Give the page on which units are ranked among themselves."""
    asked = urlencode([("units", one) for one in units])
    return f"{reverse('peers', args=[period])}?{asked}"


@require_POST
def keep(request: HttpRequest, period: str) -> HttpResponse:
    """Keep the chosen units under a name, let pages compare with a list, or remove one."""
    given, by, units = request.POST, actor_of(request), request.POST.getlist("units")
    try:
        if given.get("remove", "").isdecimal():
            remove_view(by=by, number=int(given["remove"]))
            tell(request, "results.my_peers_removed")
        elif given.get("use", "").isdecimal():
            open_with(by=by, number=int(given["use"]), opens=True)
            tell(request, "results.my_peers_used")
        else:
            if not units:
                raise Refused([Problem("results.my_peers_empty", {}, Place(field="name"))])
            query = urlencode([("units", one) for one in dict.fromkeys(units)])
            save_view(by=by, page=PAGE, name=given.get("name", ""), query=query, opens=True)
            tell(request, "results.my_peers_kept", count=len(set(units)))
    except Refused as refused:
        context = {"problems": shown(refused.problems), "back": address(period, units)}
        return render(request, "web/views/refused.html", context, status=409)
    return redirect(address(period, units or my_peers(user_of(request))))
