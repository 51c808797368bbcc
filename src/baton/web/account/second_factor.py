"""Setting up a second factor, its recovery codes, and doing without."""

import pyotp
import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from baton.core.actions.second_factor import confirm, give_up, offer, renew_recovery_codes
from baton.core.models import User
from baton.core.queries.sign_ins import factor_of, offered_seed
from baton.org.choices import ADMINISTRATORS
from baton.web.account.entering import SECOND_FACTOR
from baton.web.account.pages import page
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.telling import tell
from baton.words import Problem, Refused, text

_GROUP = 4


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show the second factor of the person who asks; on POST do what the button pressed says."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            return _done(request)
        except Refused as refused:
            problems = refused.problems
    user = user_of(request)
    factor, seed = factor_of(user), offered_seed(user)
    required = powers_of(request).has(*ADMINISTRATORS)
    context = {"factor": factor, "required": required, "doing": request.POST.get("do", "")}
    if factor.since is None and seed is not None:
        context |= {"picture": picture(user, seed), "seed": in_groups(seed)}
    return page(request, "second_factor", problems, **context)


def _done(request: HttpRequest) -> HttpResponse:
    by, code = actor_of(request), request.POST.get("code", "")
    match request.POST.get("do"):
        case "confirm":
            codes = confirm(by=by, code=code, session_key=str(request.session.session_key))
            request.session[SECOND_FACTOR] = True
            return page(request, "recovery_codes", codes=codes)
        case "renew":
            return page(request, "recovery_codes", codes=renew_recovery_codes(by=by, code=code))
        case "give-up":
            give_up(by=by, code=code)
            request.session[SECOND_FACTOR] = False
            tell(request, "account.second_factor_is_given_up")
        case _:
            offer(by=by)
    return HttpResponseRedirect(reverse("second-factor"))


def picture(user: User, seed: str) -> SafeString:
    """Draw what the telephone scans; no style, no script, nothing from outside."""
    uri = pyotp.TOTP(seed).provisioning_uri(name=user.username, issuer_name=text("web.product"))
    drawn = segno.make(uri, error="m").svg_inline(scale=5, dark="#1b2733", light="#ffffff", border=4)
    return mark_safe(drawn)


def in_groups(seed: str) -> str:
    """Write a seed in groups, for those who type it."""
    return " ".join(seed[start : start + _GROUP] for start in range(0, len(seed), _GROUP))
