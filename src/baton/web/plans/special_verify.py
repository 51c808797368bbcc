"""The verifying department's desk of a special assessment: reports found right, or sent back with the reason."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.special_verifying import verify_special
from baton.assessment.queries.special_verify import special_verify_desk
from baton.web.asking import actor_of, key_of, user_of
from baton.web.org.forming import Form, form_page
from baton.web.telling import tell
from baton.words import Place, Problem, Refused

_VERBS = ("verify", "return")


def verify(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a department verifies; on POST find the ticked reports right, or send them back."""
    desk = special_verify_desk(user_of(request), number)
    if desk is None:
        raise Http404
    ticked = request.POST.getlist("report")

    def do(form: Form) -> HttpResponse:
        verb, seen = form.text("verb"), form.text("seen")
        if verb not in _VERBS or not seen.isdecimal():
            raise Refused([Problem("office.say_yes_or_no", {}, Place(field="reason"))])
        count = verify_special(
            by=actor_of(request),
            special=number,
            reports=ticked,
            verified=verb == "verify",
            seen=int(seen[:18]),
            reason=form.text("reason"),
            key=key_of(request),
        )
        tell(request, "plans.was_verified" if verb == "verify" else "plans.was_sent_back", count=count)
        return redirect("special-verify", number)

    context = {"desk": desk, "ticked": ticked, "key": uuid4().hex}
    return form_page(request, "web/plans/special_verify.html", Form(), do, **context)
