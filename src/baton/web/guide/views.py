"""The page of the tour, open to visitors: it stands in installations that show an example, and nowhere else."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from baton.core.actions.sign_in import end
from baton.core.models import User
from baton.web.asking import actor_of
from baton.web.guide.step import Step


def _steps() -> tuple[Step, ...]:
    if not settings.GUIDE:
        raise Http404
    steps: tuple[Step, ...] = import_string(settings.GUIDE)
    return steps


def _in_examples_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, **named: int) -> HttpResponse:
        return view(request, _steps(), **named)

    return opened


@_in_examples_only
def guide(request: HttpRequest, steps: tuple[Step, ...]) -> HttpResponse:
    """Show the steps, with the name of each one's account and whether it is who has signed in."""
    names = dict(User.objects.filter(username__in=[one.account for one in steps]).values_list("username", "name"))
    rows = [(one, names.get(one.account, one.account), reverse(one.address)) for one in steps]
    me = request.user.username if isinstance(request.user, User) else ""
    frame = "guide" if me else "visitor"
    return render(request, f"web/guide/{frame}.html", {"steps": rows, "me": me})


@require_POST
@_in_examples_only
def become(request: HttpRequest, steps: tuple[Step, ...], number: int) -> HttpResponse:
    """Sign out, and ask for the password of a step's account on the way to its page."""
    if not 1 <= number <= len(steps):
        raise Http404
    step = steps[number - 1]
    if request.user.is_authenticated:
        end(by=actor_of(request), session_key=str(request.session.session_key))
        logout(request)
    wanted = urlencode({"next": reverse(step.address), "account": step.account})
    return HttpResponseRedirect(f"{reverse('sign-in')}?{wanted}")
