"""How the pages of this room answer: problems on top and at their fields, what was typed kept, nothing cached."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from baton.core.choices import Power
from baton.core.powers import powers_of
from baton.web.asking import user_of
from baton.web.problems import by_field, shown
from baton.words import Problem

type View = Callable[..., HttpResponse]


def page(request: HttpRequest, template: str, problems: Iterable[Problem] = (), **context: Any) -> HttpResponse:
    """Show a page; with problems it is 422, and its fields can say theirs."""
    found = shown(problems)
    context |= {"problems": found, "messages": by_field(found), "typed": request.POST}
    return render(request, f"web/account/{template}.html", context, status=422 if found else 200)


def for_power(power: Power) -> Callable[[View], View]:
    """Open a page to the holders of a power only, and keep it out of every cache."""

    def guarded(view: View) -> View:
        @never_cache
        @wraps(view)
        def opened(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            if power not in powers_of(user_of(request)):
                raise PermissionDenied
            return view(request, *given, **named)

        return opened

    return guarded
