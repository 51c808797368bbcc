"""A unit's check of what was reported about it for a special assessment, and the office's answer to its contest."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.specials import answer_special, contest_special, sign_special
from baton.assessment.queries.specials import check_page
from baton.web.asking import actor_of, user_of
from baton.web.org.forming import Form, form_page
from baton.web.telling import tell
from baton.words import Place, Problem, Refused


def check(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show what was reported about a unit; on POST sign, contest, or answer."""
    found = check_page(user_of(request), number, code)
    if found is None:
        raise Http404
    about = {"special": number, "unit": found.check.unit_id}

    def do(form: Form) -> HttpResponse:
        by, verb = actor_of(request), form.text("verb")
        if verb == "sign":
            sign_special(by=by, **about)
            tell(request, "plans.was_signed")
        elif verb == "contest":
            contest_special(by=by, note=form.text("note"), **about)
            tell(request, "plans.was_contested")
        elif verb in ("uphold", "reject"):
            answer_special(by=by, check=found.check.pk, upheld=verb == "uphold", answer=form.text("answer"))
            tell(request, "plans.was_answered")
        else:
            raise Refused([Problem("office.say_yes_or_no", {}, Place(field="note"))])
        return redirect("special-check", number, code)

    return form_page(request, "web/plans/special_check.html", Form(), do, found=found)
