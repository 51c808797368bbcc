"""Sessions while they live: they end when nobody does anything, and what must be done first comes first.

Once a minute a session in use is prolonged and its row says so; in between a page costs nothing more. A clock that was
set back is noticed, and the session's end is reckoned anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from baton.core import clock
from baton.core.actions.sessions import note_seen
from baton.core.models import User
from baton.core.queries.parameters import parameters
from baton.org.choices import ADMINISTRATORS
from baton.org.queries.access import keep_powers
from baton.web.asking import address_of, powers_of

_SEEN, _IDLE, _WARN = "seen", "idle", "warn"
_EVERY = 60
FREE = frozenset(
    {"sign-in", "sign-in-code", "sign-out", "language", "session", "password", "second-factor", "oidc", "oidc-back"}
)
"""Pages that may be opened before a password is changed or a second factor is set up."""
QUIET = frozenset({"session"})
"""Addresses that the page asks by itself: nobody has done anything."""


@dataclass(frozen=True, slots=True)
class TimeOut:
    """When this session ends by itself: seconds from now, and how many before that the page warns."""

    left: int
    warn: int


def _now() -> int:
    return int(clock.now().timestamp())


def keep_alive(request: HttpRequest) -> None:
    """Let a session begin its idle time anew."""
    numbers = parameters(clock.today(), "account")
    idle, warn = numbers["idle_minutes"] * 60, numbers["warning_minutes"] * 60
    request.session.update({_SEEN: _now(), _IDLE: idle, _WARN: min(warn, idle // 2)})
    request.session.set_expiry(idle)
    note_seen(session_key=str(request.session.session_key), address=address_of(request))


def time_out_of(request: HttpRequest) -> TimeOut | None:
    """Give when a session ends; None for a visitor's."""
    if not request.user.is_authenticated or _SEEN not in request.session:
        return None
    idle = request.session[_IDLE]
    left = request.session[_SEEN] + idle - _now()
    return TimeOut(max(0, min(left, idle)), request.session[_WARN])


class LiveSession:
    """Prolongs sessions in use, leads to what must be done first, and answers htmx where a session has ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; where a visitor's htmx is sent to the sign-in page, the whole page goes there and comes back."""
        response = self.get_response(request)
        sent_to = response.headers.get("Location", "")
        if "HX-Request" in request.headers and sent_to.startswith(reverse("sign-in")):
            here = urlsplit(request.headers.get("HX-Current-URL", "/"))
            query = {"next": urlunsplit(("", "", here.path, here.query, "")), "ended": "1"}
            return HttpResponseClientRedirect(f"{reverse('sign-in')}?{urlencode(query)}")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], given: Any, named: Any
    ) -> HttpResponse | None:
        """Look up once what the person may do, prolong the session, and say where to go first."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not isinstance(request.user, User) or name in QUIET:
            return None
        keep_powers(request.user)
        seen = request.session.get(_SEEN)
        if seen is not None and not 0 <= _now() - seen < _EVERY:
            keep_alive(request)
        return None if name in FREE else _first(request)


def _first(request: HttpRequest) -> HttpResponse | None:
    """Lead to the password page, or to the second factor, whoever must go there before anything else."""
    if getattr(request.user, "must_change_password", False):
        return HttpResponseRedirect(reverse("password"))
    if settings.SECOND_FACTOR_REQUIRED and not request.session.get("second_factor"):
        mine = powers_of(request)
        if mine.has(*ADMINISTRATORS):
            return HttpResponseRedirect(reverse("second-factor"))
    return None
