"""What the security administrator sees of other people's sign-ins, and does about them."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.actions.second_factor import reset_second_factor
from baton.core.actions.sessions import lift_lock, revoke, revoke_all_of
from baton.core.choices import Power
from baton.core.models import SignedIn, User
from baton.core.queries.sign_ins import accounts, factor_of, locked, locked_for, sign_ins_of
from baton.web.account.browsers import shown_sign_ins
from baton.web.account.pages import for_power, page
from baton.web.asking import actor_of, user_of
from baton.web.telling import tell
from baton.words import Problem, Refused

_A_PAGE = 50
_MINUTE = timedelta(minutes=1)


def _minutes(wait: timedelta | None) -> int:
    return 0 if wait is None else -(-wait // _MINUTE)


@for_power(Power.SECURITY)
def accounts_page(request: HttpRequest) -> HttpResponse:
    """List the accounts: where they are signed in, whether they are locked, whether they have a second factor."""
    words = request.GET.get("words", "").strip()
    shown = Paginator(accounts(user_of(request), words), _A_PAGE).get_page(request.GET.get("page"))
    waits = locked(list(shown))
    rows = [(user, _minutes(waits.get(user.pk))) for user in shown]
    return page(request, "security", rows=rows, shown=shown, words=words)


@for_power(Power.SECURITY)
@require_http_methods(["GET", "POST"])
def account_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account's sign-ins; on POST end them, lift the lock, or reset the second factor."""
    asker = user_of(request)
    user = get_object_or_404(accounts(asker), pk=pk)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            _do(request, user)
        except Refused as refused:
            problems = refused.problems
        else:
            return HttpResponseRedirect(reverse("security-account", args=[pk]))
    rows = shown_sign_ins(sign_ins_of(asker, user), str(request.session.session_key))
    context = {"account": user, "rows": rows, "factor": factor_of(user), "locked": _minutes(locked_for(user))}
    return page(request, "security_account", problems, **context)


def _do(request: HttpRequest, user: User) -> None:
    by = actor_of(request)
    match request.POST.get("do"):
        case "end":
            tell(request, "account.sign_ins_ended", ended=revoke_all_of(by=by, user=user))
        case "lift":
            lift_lock(by=by, user=user)
            tell(request, "account.lock_is_lifted")
        case "reset":
            reset_second_factor(by=by, user=user)
            tell(request, "account.second_factor_is_reset")


@for_power(Power.SECURITY)
@require_POST
def end_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """End one sign-in of anybody."""
    sign_in = get_object_or_404(SignedIn.objects.select_related("user"), pk=pk)
    revoke(by=actor_of(request), sign_in=sign_in)
    tell(request, "account.sign_ins_ended", ended=1)
    return HttpResponseRedirect(reverse("security-account", args=[sign_in.user_id]))
