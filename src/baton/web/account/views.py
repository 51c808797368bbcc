"""Signing in and out, and the choice of a language."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from baton.web.language import COOKIE
from baton.words import Language

_A_YEAR = 365 * 86400


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """The sign-in page."""

    template_name = "web/sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Signing out, back to the sign-in page."""

    next_page = "sign-in"


def account(request: HttpRequest) -> HttpResponse:
    """Show what the house knows of the person who asks."""
    return render(request, "web/account.html")


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
