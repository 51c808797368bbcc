"""The steps between showing who one is and being signed in; what is known so far waits in the session."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions.sign_in import begin
from baton.core.choices import Means
from baton.core.models import User
from baton.core.queries.sign_ins import factor_of
from baton.web.account.living import keep_alive
from baton.web.asking import address_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
SECOND_FACTOR = "second_factor"
_PENDING = "pending"
_SECONDS = 600
"""How long the second step may take, as long as it takes to fetch a telephone."""


def wanted_address(request: HttpRequest) -> str:
    """Give the address to go to afterwards: the one asked for if it is of this house, else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("home")


def proceed(request: HttpRequest, user: User, means: Means, after: str) -> HttpResponse:
    """Go on with a person who has shown who they are: to the second factor if they have one, else in."""
    if factor_of(user).since is None:
        return enter(request, user, means, after, second_factor=False)
    request.session.cycle_key()
    at = int(clock.now().timestamp())
    request.session[_PENDING] = {"user": user.pk, "means": means.value, "after": after, "at": at}
    return HttpResponseRedirect(reverse("sign-in-code"))


def pending(request: HttpRequest) -> tuple[User, Means, str] | None:
    """Give who waits for the second step, by what means they came, and where they want to go."""
    held = request.session.get(_PENDING)
    if held is None or not 0 <= int(clock.now().timestamp()) - held["at"] <= _SECONDS:
        return None
    user = User.objects.filter(pk=held["user"], is_active=True).first()
    return None if user is None else (user, Means(held["means"]), held["after"])


def enter(request: HttpRequest, user: User, means: Means, after: str, *, second_factor: bool) -> HttpResponse:
    """Let a person in: a session of a new key, written down."""
    request.session.pop(_PENDING, None)
    if request.user.is_authenticated:
        request.session.flush()
    login(request, user, backend=BACKEND)
    if not request.session.session_key:
        request.session.create()
    request.session[SECOND_FACTOR] = second_factor
    begin(
        by=Actor(user, address=address_of(request)),
        session_key=str(request.session.session_key),
        means=means,
        second_factor=second_factor,
        browser=request.headers.get("User-Agent", ""),
    )
    keep_alive(request)
    return HttpResponseRedirect(after)
