"""What a person keeps about themselves: account, password, sign-ins."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from baton.core import clock
from baton.core.actions.passwords import came_by_slip, change_password
from baton.core.actions.sessions import move_session, revoke, revoke_others
from baton.core.queries.parameters import parameters
from baton.core.queries.sign_ins import factor_of, own_sign_ins
from baton.web.account.browsers import Shown, shown_sign_ins
from baton.web.account.living import keep_alive
from baton.web.account.pages import page
from baton.web.asking import actor_of, user_of
from baton.web.telling import tell
from baton.words import Problem, Refused


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show what the house knows of the person who asks, and the ways to what they can change."""
    user = user_of(request)
    return page(request, "account", factor=factor_of(user), sign_ins=own_sign_ins(user).count())


@never_cache
@sensitive_post_parameters("current", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; other sign-ins end."""
    user = user_of(request)
    problems: tuple[Problem, ...] = ()
    key = str(request.session.session_key)
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("current", "new", "again")}
        try:
            ended = change_password(by=actor_of(request), session_key=key, **given)
        except Refused as refused:
            problems = refused.problems
        else:
            return _changed(request, ended)
    by_slip = user.must_change_password and came_by_slip(user, key)
    numbers = parameters(clock.today(), "account")
    return page(request, "password", problems, by_slip=by_slip, numbers=numbers, must=user.must_change_password)


def _changed(request: HttpRequest, ended: int) -> HttpResponse:
    before = str(request.session.session_key)
    update_session_auth_hash(request, user_of(request))
    move_session(before=before, after=str(request.session.session_key))
    keep_alive(request)
    tell(request, "account.password_is_changed", ended=ended)
    return HttpResponseRedirect(reverse("account"))


@never_cache
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show where the person who asks is signed in."""
    here = str(request.session.session_key)
    rows: list[Shown] = shown_sign_ins(own_sign_ins(user_of(request)), here)
    return page(request, "sign_ins", rows=rows, others=sum(not row.here for row in rows))


@require_POST
def end_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sign-ins. Of another person's there is none at this address."""
    revoke(by=actor_of(request), sign_in=get_object_or_404(own_sign_ins(user_of(request)), pk=pk))
    tell(request, "account.sign_ins_ended", ended=1)
    return HttpResponseRedirect(reverse("sign-ins"))


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own sign-ins but this one."""
    ended = revoke_others(by=actor_of(request), session_key=str(request.session.session_key))
    tell(request, "account.sign_ins_ended", ended=ended)
    return HttpResponseRedirect(reverse("sign-ins"))
