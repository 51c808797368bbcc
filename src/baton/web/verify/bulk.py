"""A verb on one report or many: looked at first with what it would change and what it cannot, then done."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from baton.assessment.actions.many_reports import act_on_reports
from baton.assessment.choices import Verb
from baton.assessment.models import Month, Submission
from baton.assessment.queries.office.plan import TO_SOMEBODY, colleagues
from baton.assessment.queries.office.plan import plan as look_at
from baton.assessment.rules.approval import needs_reason
from baton.web.asking import actor_of, user_of
from baton.web.org.forming import Form, page
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.web.verify.views import VERBS, month_for
from baton.words import Place, Problem, Refused, render, text

_MOST_TOLD = 20
_ALL_VERBS = frozenset(verb for some in VERBS.values() for verb in some)


@require_POST
def plan(request: HttpRequest, period: str) -> HttpResponse:
    """Show what a verb would do with the reports that were ticked: 将影响 27 条."""
    month, verb = _asked(request, period)
    numbers = _numbers(request)
    if not numbers:
        tell(request, "office.nothing_ticked")
        return redirect(_back(request, period))
    return _plan_page(request, month, verb, numbers, Form())


def _plan_page(
    request: HttpRequest, month: Month, verb: Verb, numbers: list[int], form: Form, status: int = 200
) -> HttpResponse:
    user = user_of(request)
    found = look_at(user, month, verb, numbers)
    return page(
        request,
        "web/verify/plan.html",
        status=status,
        month=month,
        plan=found,
        cannot=[(report, render(problem, page_language()).what) for report, problem in found.cannot],
        form=form,
        problems=form.shown,
        ticked=set(numbers),
        reasoned=needs_reason(verb),
        people=[(str(one.pk), one.name) for one in colleagues(user)] if verb in TO_SOMEBODY else None,
        key=request.POST.get("key") or secrets.token_hex(16),
        show=request.POST.get("show", ""),
        back=_back(request, month.period),
    )


@require_POST
def do(request: HttpRequest, period: str) -> HttpResponse:
    """Do it; what could not be done is told one by one."""
    month, verb = _asked(request, period)
    numbers, form = _numbers(request), Form(request.POST.dict())
    if needs_reason(verb) and not form.text("reason"):
        form.problems.append(Problem("assessment.reason_lacking", {}, Place(field="reason")))
    if verb in TO_SOMEBODY and not form.text("to").isdigit():
        form.problems.append(Problem("assessment.person_lacking", {}, Place(field="to")))
    if form.problems:
        return _plan_page(request, month, verb, numbers, form, 422)
    to = int(form.text("to")) if verb in TO_SOMEBODY else None
    seen = {one.submission.pk for one in look_at(user_of(request), month, verb, numbers).would}
    given: dict[str, Any] = {"reason": form.text("reason"), "to": to, "key": form.text("key")[:100]}
    try:
        done = act_on_reports(by=actor_of(request), reports=[one for one in numbers if one in seen], verb=verb, **given)
    except Refused as refused:
        form.problems = list(refused.problems)
        return _plan_page(request, month, verb, numbers, form, 422)
    tell(request, "office.verb_done", verb=text(f"assessment.verb_{verb.value}", page_language()), count=len(done.done))
    _tell_left(request, done.left)
    return redirect(_back(request, period))


def _tell_left(request: HttpRequest, left: tuple[tuple[int, Problem], ...]) -> None:
    units = Submission.objects.visible_to(user_of(request)).filter(pk__in=[number for number, _ in left])
    names = {one.pk: one.unit.name for one in units.select_related("unit")}
    for number, problem in left[:_MOST_TOLD]:
        why = render(problem, page_language()).what
        tell(request, "office.verb_left", unit=names.get(number, "—"), reason=why)


def _asked(request: HttpRequest, period: str) -> tuple[Month, Verb]:
    month = month_for(request, period)
    name = request.POST.get("verb", "")
    if month is None or name not in _ALL_VERBS:
        raise Http404
    return month, Verb(name)


def _numbers(request: HttpRequest) -> list[int]:
    return [int(one) for one in request.POST.getlist("report") if one.isdigit()]


def _back(request: HttpRequest, period: str) -> str:
    show = request.POST.get("show", "")
    return reverse("verify-month", args=[period]) + (f"?show={show}" if show in VERBS else "")
