"""One objection, and its steps: signing, taking back, a department's opinion, the answer, carrying it out."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_POST

from baton.assessment.actions.carrying import carry_out_objection
from baton.assessment.actions.objecting import reply_to_objection, sign_objection, withdraw_objection
from baton.assessment.actions.objections import assign_objection, decide_objection, give_opinion
from baton.assessment.choices import ObjectionOutcome, Remedy
from baton.assessment.queries.objections.came import moved_by
from baton.assessment.queries.objections.page import ObjectionPage, objection_page
from baton.core.queries.files import files_of
from baton.web.asking import actor_of, key_of, user_of
from baton.web.org.forming import Form, form_page
from baton.web.telling import tell, told
from baton.words import Place, Problem, Refused

type Do = Callable[[Form], HttpResponse]


def _found(request: HttpRequest, number: int) -> ObjectionPage:
    found = objection_page(user_of(request), number)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, number: int, do: Do, form_of: str = "") -> HttpResponse:
    found = _found(request, number)
    context = {
        "found": found,
        "files": files_of(user_of(request), found.row),
        "moved": moved_by(user_of(request), found.row),
        "told": told(request),
        "outcomes": [one.value for one in ObjectionOutcome],
        "form_of": form_of,
        "new_key": get_random_string(16),
    }
    row, suggested = found.row, found.suggested
    department = suggested.pk if suggested else row.department_id or ""
    given = {
        "typed": row.proposed or row.claimed,
        "proposed": row.proposed,
        "reply": row.reply,
        "department": str(department),
    }
    return form_page(request, "web/object/objection.html", Form(given), do, **context)


def objection(request: HttpRequest, number: int) -> HttpResponse:
    """Show an objection with every step so far."""
    return _page(request, number, lambda _: redirect("objection", number))


@require_POST
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Sign what the clerk wrote."""

    def do(_: Form) -> HttpResponse:
        row = sign_objection(by=actor_of(request), objection=number)
        tell(request, "objections.was_lodged", number=row.number)
        return redirect("objection", number)

    return _page(request, number, do)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take an objection back."""

    def do(_: Form) -> HttpResponse:
        withdraw_objection(by=actor_of(request), objection=number)
        tell(request, "objections.was_withdrawn")
        return redirect("objection", number)

    return _page(request, number, do)


@require_POST
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Say what the unit whose figure it is has to say."""

    def do(form: Form) -> HttpResponse:
        reply_to_objection(by=actor_of(request), objection=number, reply=form.text("reply"))
        tell(request, "objections.was_replied")
        return redirect("objection", number)

    return _page(request, number, do)


@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Put it to a department."""

    def do(form: Form) -> HttpResponse:
        chosen = form.text("department")
        assign_objection(by=actor_of(request), objection=number, department=int(chosen) if chosen.isdecimal() else 0)
        tell(request, "objections.was_assigned")
        return redirect("objection", number)

    return _page(request, number, do, "assign")


@require_POST
def opinion(request: HttpRequest, number: int) -> HttpResponse:
    """Give a department's opinion."""

    def do(form: Form) -> HttpResponse:
        given = {"opinion": form.text("opinion"), "proposed": form.text("proposed")}
        give_opinion(by=actor_of(request), objection=number, **given)
        tell(request, "objections.was_opined")
        return redirect("objection", number)

    return _page(request, number, do, "opinion")


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Answer in writing."""

    def do(form: Form) -> HttpResponse:
        outcome = next((one for one in ObjectionOutcome if one.value == form.text("outcome")), None)
        if outcome is None:
            raise Refused([Problem("objections.outcome_lacking", {}, Place(field="outcome-upheld"))])
        typed = form.text("typed") if outcome is not ObjectionOutcome.REJECTED else ""
        remedy = next((one for one in Remedy if one.value == form.text("remedy")), None)
        given = {"answer": form.text("answer"), "typed": typed, "key": key_of(request)}
        decide_objection(by=actor_of(request), objection=number, outcome=outcome, remedy=remedy, **given)
        tell(request, "objections.was_decided")
        return redirect("objection", number)

    return _page(request, number, do, "decide")


@require_POST
def carry_out(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what carried an upheld objection out."""

    def do(form: Form) -> HttpResponse:
        link = form.text("link")
        chosen = int(link) if link.isdecimal() else None
        carry_out_objection(by=actor_of(request), objection=number, carried=form.text("carried"), link=chosen)
        tell(request, "objections.was_carried_out")
        return redirect("objection", number)

    return _page(request, number, do, "carry")
