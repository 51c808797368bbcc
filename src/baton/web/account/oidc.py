"""Signing in by the county's identity provider: there, and back."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from baton.core.acting import Actor
from baton.core.actions.sign_in import check_in_by_provider
from baton.core.choices import Means
from baton.core.provider import Provider
from baton.web.account.entering import proceed, wanted_address
from baton.web.account.pages import page
from baton.web.account.provider import ProviderDown, send, vouched_for
from baton.web.asking import address_of
from baton.words import Problem, Refused

_AFTER = "oidc_after"


def _provider() -> Provider:
    provider: Provider | None = settings.OIDC
    if provider is None:
        raise Http404
    return provider


def _refused(request: HttpRequest, *problems: Problem) -> HttpResponse:
    after = request.session.get(_AFTER, reverse("home"))
    return page(request, "sign_in", problems, next=after, oidc=settings.OIDC)


@login_not_required
@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Go to the provider."""
    provider = _provider()
    request.session[_AFTER] = wanted_address(request)
    try:
        return send(request, provider, request.build_absolute_uri(reverse("oidc-back")))
    except ProviderDown:
        return _refused(request, Problem("account.oidc_down"))


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Come back from the provider with what it vouches for; a second factor is asked for as ever."""
    provider = _provider()
    try:
        claimed = vouched_for(request, provider)
        user = check_in_by_provider(by=Actor(address=address_of(request)), claimed=claimed)
    except ProviderDown:
        return _refused(request, Problem("account.oidc_down"))
    except Refused as refused:
        return _refused(request, *refused.problems)
    return proceed(request, user, Means.OIDC, request.session.pop(_AFTER, reverse("home")))
