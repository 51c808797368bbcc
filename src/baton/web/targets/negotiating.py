"""One target: the grounds to judge it by, what is worth checking, how it went, and whoever's turn it is answers."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.targets.answering import accept_target, counter_target
from baton.assessment.actions.targets.flags import answer_flag, waive_flag
from baton.assessment.actions.targets.proposing import Draft, draft_targets, propose_target
from baton.assessment.queries.targets.page import Can, TargetPage, target_page
from baton.web.asking import actor_of, key_of, user_of
from baton.web.org.forming import Form, form_page
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.telling import tell, told
from baton.words import Place, Problem, Refused


def page_of(request: HttpRequest, number: int) -> TargetPage:
    """Give a target's page; there is none for those who may not see it."""
    found = target_page(user_of(request), number)
    if found is None:
        raise Http404
    return found


def target(request: HttpRequest, number: int) -> HttpResponse:
    """Show a target; on POST do what the pressed button says."""
    found = page_of(request, number)
    kind = form_kind(found.can, request.GET.get("behalf", ""))

    def do(form: Form) -> HttpResponse:
        verb, _, flag = form.text("verb").partition("-")
        if verb not in _VERBS:
            raise Http404
        return _VERBS[verb](request, found, form, int(flag) if flag.isdigit() else 0)

    first = {"typed": found.row.drafted, "reason": found.row.draft_reason} if kind == "propose" and found.draft else {}
    context = {"found": found, "kind": kind, "told": told(request), "only_looks": only_looks(request)}
    return form_page(request, "web/targets/target.html", Form(first), do, **context)


def form_kind(can: Can, behalf: str) -> str:
    """Say which form for a number stands on the page: to propose, to answer with another number, or none."""
    if can.draft or (can.behalf and behalf):
        return "propose"
    return "counter" if can.counter else ""


def _seen(form: Form) -> int | None:
    return int(form.text("seen")) if form.text("seen").isdigit() else None


def _draft(request: HttpRequest, found: TargetPage, form: Form, _: int) -> HttpResponse:
    refuse_phone(request)
    number = found.row.pk
    try:
        draft_targets(by=actor_of(request), drafts=[Draft(number, form.text("typed"), form.text("reason"))])
    except Refused as refused:
        raise Refused(_at_fields(refused, number)) from refused
    tell(request, "targets.was_drafted")
    return redirect("target", number)


def _at_fields(refused: Refused, number: int) -> list[Problem]:
    """Give problems at the fields of a single form, which need no number behind them."""
    return [
        Problem(one.code, one.params, Place(field=one.place.field.removesuffix(f"-{number}")))
        for one in refused.problems
    ]


def _propose(request: HttpRequest, found: TargetPage, form: Form, _: int) -> HttpResponse:
    refuse_phone(request)
    given = {"typed": form.text("typed"), "reason": form.text("reason"), "key": key_of(request)}
    propose_target(by=actor_of(request), target=found.row.pk, seen=_seen(form), **given)
    tell(request, "targets.was_proposed")
    return redirect("target", found.row.pk)


def _agree(request: HttpRequest, found: TargetPage, form: Form, _: int) -> HttpResponse:
    accept_target(by=actor_of(request), target=found.row.pk, seen=_seen(form))
    tell(request, "targets.was_agreed")
    return redirect("target", found.row.pk)


def _counter(request: HttpRequest, found: TargetPage, form: Form, _: int) -> HttpResponse:
    given = {"typed": form.text("typed"), "reason": form.text("reason")}
    counter_target(by=actor_of(request), target=found.row.pk, seen=_seen(form), **given)
    tell(request, "targets.was_countered")
    return redirect("target", found.row.pk)


def _answer(request: HttpRequest, found: TargetPage, form: Form, flag: int) -> HttpResponse:
    answer_flag(by=actor_of(request), flag=_flag(found, flag), answer=form.text(f"flag-{flag}"))
    tell(request, "targets.was_answered")
    return redirect("target", found.row.pk)


def _waive(request: HttpRequest, found: TargetPage, form: Form, flag: int) -> HttpResponse:
    waive_flag(by=actor_of(request), flag=_flag(found, flag), reason=form.text(f"flag-{flag}"))
    tell(request, "targets.was_waived")
    return redirect("target", found.row.pk)


def _flag(found: TargetPage, number: int) -> int:
    """Let only flags of this target be answered on its page."""
    if number not in {one.pk for one in found.flags}:
        raise Refused([Problem("targets.flag_over")])
    return number


_VERBS: Mapping[str, Callable[[HttpRequest, TargetPage, Form, int], HttpResponse]] = {
    "draft": _draft,
    "propose": _propose,
    "agree": _agree,
    "counter": _counter,
    "answer": _answer,
    "waive": _waive,
}
"""What the buttons of the page do; those of flags carry the flag's number behind the verb."""
