"""Asking that a figure be put right, and confirming or declining it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.corrections import ask_for_correction, decide_correction, withdraw_correction
from baton.assessment.queries.corrections import Asking, CorrectionPage, asking, correction_page
from baton.core.files import Received, receive
from baton.core.queries.files import files_of
from baton.web.asking import actor_of, user_of
from baton.web.org.forming import Form, form_page
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.telling import tell, told
from baton.words import Place, Problem, Refused


def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask what a figure should be and why, and put it to whoever confirms; one that waits is shown instead."""
    found = asking(user_of(request), number)
    if found is None:
        raise Http404
    if found.waiting is not None:
        return redirect("correction", found.waiting.pk)
    one: Asking = found

    def do(form: Form) -> HttpResponse:
        refuse_phone(request)
        given = {"typed": form.text("typed"), "reason": form.text("reason"), "key": form.text("key")[:64]}
        received = received_with(request)
        row = ask_for_correction(by=actor_of(request), figure=one.figure.pk, received=received, **given)
        tell(request, "corrections.was_asked")
        return redirect("correction", row.pk)

    return form_page(request, "web/correct/ask.html", Form(), do, found=one, only_looks=only_looks(request))


def received_with(request: HttpRequest) -> Received | None:
    """Give the file that came with a form as `evidence`; None where none did. Raises `Refused` at that field."""
    file = request.FILES.get("evidence")
    if file is None:
        return None
    try:
        return receive(file.name or "", file.chunks())
    except Refused as refused:
        raise Refused(Problem(one.code, one.params, Place(field="evidence")) for one in refused.problems) from refused


def correction(request: HttpRequest, number: int) -> HttpResponse:
    """Show a correction; on POST confirm or decline it."""
    found = _page_of(request, number)

    def do(form: Form) -> HttpResponse:
        if form.text("confirmed") not in ("yes", "no"):
            raise Refused([Problem("office.say_yes_or_no", {}, Place(field="confirmed-yes"))])
        confirmed = form.text("confirmed") == "yes"
        decide_correction(by=actor_of(request), correction=number, confirmed=confirmed, answer=form.text("answer"))
        tell(request, "corrections.was_confirmed" if confirmed else "corrections.was_declined")
        return redirect("correction", number)

    files = files_of(user_of(request), found.row)
    return form_page(request, "web/correct/correction.html", Form(), do, found=found, files=files, told=told(request))


def _page_of(request: HttpRequest, number: int) -> CorrectionPage:
    found = correction_page(user_of(request), number)
    if found is None:
        raise Http404
    return found


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a correction back that waits."""
    found = _page_of(request, number)

    def do(form: Form) -> HttpResponse:
        withdraw_correction(by=actor_of(request), correction=number)
        tell(request, "corrections.was_withdrawn")
        return redirect("correction", number)

    files = files_of(user_of(request), found.row)
    return form_page(request, "web/correct/correction.html", Form(), do, found=found, files=files)
