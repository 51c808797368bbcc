"""Signing in and out, and the choice of a language."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.acting import Actor
from baton.core.actions.second_factor import check_code
from baton.core.actions.sign_in import check_in, end
from baton.web.account.entering import enter, pending, proceed, wanted_address
from baton.web.account.pages import page
from baton.web.asking import actor_of, address_of
from baton.web.language import COOKIE
from baton.web.telling import tell
from baton.words import Language, Problem, Refused

_A_YEAR = 365 * 86400


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for account and password, or the code of a slip."""
    after = wanted_address(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(after)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("username", "password")}
        try:
            user, means = check_in(by=Actor(address=address_of(request)), **given)
        except Refused as refused:
            problems = refused.problems
        else:
            return proceed(request, user, means, after)
    ended = "ended" in request.GET and not problems
    shown = {"account": request.GET.get("account", ""), "guide": bool(settings.GUIDE)}
    return page(request, "sign_in", problems, next=after, ended=ended, oidc=settings.OIDC, **shown)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of who has shown their password."""
    waiting = pending(request)
    if waiting is None:
        return HttpResponseRedirect(reverse("sign-in"))
    user, means, after = waiting
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            check_code(by=Actor(address=address_of(request)), user=user, code=request.POST.get("code", ""))
        except Refused as refused:
            problems = refused.problems
        else:
            return enter(request, user, means, after, second_factor=True)
    return page(request, "sign_in_code", problems)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, back to the sign-in page."""
    end(by=actor_of(request), session_key=str(request.session.session_key))
    logout(request)
    tell(request, "account.you_are_signed_out")
    return HttpResponseRedirect(reverse("sign-in"))


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and come back to the same address."""
    after = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}):
        after = "/"
    response = HttpResponseRedirect(after)
    chosen = request.POST.get("language", "")
    if chosen in {one.value for one in Language}:
        response.set_cookie(COOKIE, chosen, max_age=_A_YEAR, samesite="Lax", httponly=True)
    return response
