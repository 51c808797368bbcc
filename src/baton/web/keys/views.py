"""The page of keys. A key is shown once, on the answer to its issue, and nowhere again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from baton.core import clock
from baton.core.actions.tokens import issue_token, revoke_token
from baton.core.choices import Power, Scope
from baton.core.models import ApiToken, User
from baton.core.powers import powers_of
from baton.web.asking import actor_of, user_of
from baton.web.problems import Shown, by_field, shown
from baton.words import Place, Problem, Refused


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Show all keys, and the form for a new one."""
    return _page(request)


@require_POST
@never_cache
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a key and show it, this once."""
    given = request.POST
    try:
        user = User.objects.filter(username__iexact=given.get("user", "").strip()).first()
        if user is None:
            raise Refused([Problem("api.user_unknown", {"given": given.get("user", "")}, Place(field="user"))])
        scopes = [Scope(one) for one in given.getlist("scopes") if one in {scope.value for scope in Scope}]
        row, key = issue_token(
            by=actor_of(request),
            user=user,
            name=given.get("name", ""),
            scopes=scopes,
            expires_on=_day(given.get("expires_on", "")),
        )
    except Refused as refused:
        return _page(request, shown(refused.problems), given.dict() | {"scopes": given.getlist("scopes")}, 422)
    return render(request, "web/keys/issued.html", {"row": row, "key": key})


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Let a key open nothing any more."""
    try:
        revoke_token(by=actor_of(request), token=number)
    except Refused as refused:
        return _page(request, shown(refused.problems), status=409)
    return HttpResponseRedirect(reverse("keys"))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused([Problem("api.no_day", {"given": written}, Place(field="expires_on"))]) from None


def _page(
    request: HttpRequest, problems: list[Shown] | None = None, given: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    if Power.SYSTEM not in powers_of(user_of(request)):
        raise PermissionDenied
    opening = set(ApiToken.objects.on(clock.today()).values_list("pk", flat=True))
    rows = [(row, row.pk in opening) for row in ApiToken.objects.select_related("user", "issued_by")]
    found = problems or []
    context = {
        "rows": rows,
        "problems": found,
        "messages": by_field(found),
        "given": given or {},
        "scopes": [scope.value for scope in Scope],
    }
    return render(request, "web/keys/keys.html", context, status=status)
