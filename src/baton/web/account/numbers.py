"""The numbers that regulations or the county decide: what holds, since when, by what source; and their change."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from baton.core import clock
from baton.core.actions.parameters import change_parameter
from baton.core.choices import Certainty, Power
from baton.core.queries.parameters import Standing, standings
from baton.web.account.pages import for_power, page
from baton.web.asking import actor_of, user_of
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused, text


@dataclass(frozen=True, slots=True)
class Shown:
    """A number in words: what it is, how sure its source is."""

    standing: Standing
    name: str
    certainty: str


def _certainty(code: str) -> str:
    return text(f"account.certainty_{code.lower()}", page_language())


def _shown(one: Standing) -> Shown:
    holds = one.ships if one.holds is None else one.holds
    return Shown(one, text(one.code, page_language()), _certainty(holds.certainty))


@for_power(Power.SYSTEM)
def numbers(request: HttpRequest) -> HttpResponse:
    """List all numbers as they hold today."""
    return page(request, "numbers", rows=[_shown(one) for one in standings(user_of(request), clock.today())])


@for_power(Power.SYSTEM)
@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, code: str) -> HttpResponse:
    """Show one number with its history; on POST let another one hold from a day on."""
    found = next((one for one in standings(user_of(request), clock.today()) if one.code == code), None)
    if found is None:
        raise Http404
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            change_parameter(by=actor_of(request), code=code, **_typed(request, found.ships.value))
        except Refused as refused:
            problems = refused.problems
        else:
            tell(request, "account.parameter_is_changed")
            return HttpResponseRedirect(reverse("parameter", args=[code]))
    history = [(row, _certainty(row.certainty)) for row in found.decided]
    context = {"shown": _shown(found), "history": history, "ships": _certainty(found.ships.certainty)}
    choices = [(one.value, _certainty(one.value)) for one in Certainty]
    return page(request, "number", problems, choices=choices, today=clock.today(), **context)


def _typed(request: HttpRequest, shipped: Any) -> dict[str, Any]:
    """Read the form. Raises `Refused` where a day is none; a value of another kind is the action's to refuse."""
    given = {name: request.POST.get(name, "").strip() for name in ("value", "effective_from", "source", "certainty")}
    try:
        day = date.fromisoformat(given["effective_from"])
    except ValueError:
        raise Refused([Problem("account.day_unread", {}, Place(field="effective_from"))]) from None
    value: Any = given["value"]
    if isinstance(shipped, bool):
        value = given["value"] == "true"
    elif isinstance(shipped, int) and value.lstrip("-").isdecimal():
        value = int(value)
    sure = given["certainty"] if given["certainty"] in set(Certainty) else Certainty.UNVERIFIED
    return {"value": value, "effective_from": day, "source": given["source"], "certainty": Certainty(sure)}
