"""Contesting a cell: what it should be and why, with evidence only where the scheme requires it."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from baton.assessment.actions.checks import contest as contest_figure
from baton.assessment.actions.checks import withdraw_contest
from baton.assessment.models import Contest
from baton.assessment.queries.office.check import CHECKERS, Line
from baton.core.files import receive
from baton.web.asking import actor_of, key_of, powers_of, user_of
from baton.web.check.line_look import written_value
from baton.web.check.views import sheet_of, sheet_page
from baton.web.org.forming import Form, form_page
from baton.web.problems import shown
from baton.web.telling import tell
from baton.words import Place, Problem, Refused


def contest(request: HttpRequest, period: str, code: str, figure: int) -> HttpResponse:
    """Ask what is wrong with a figure, and put it to whoever answers."""
    sheet = sheet_of(request, period, code)
    line = next((one for one in sheet.there if one.asked.figure and one.asked.figure.pk == figure), None)
    if line is None or not powers_of(request).has_in(sheet.unit.pk, *CHECKERS):
        raise Http404
    back = reverse("check-sheet", args=(period, code))

    def do(form: Form) -> HttpResponse:
        made = _send(request, form, line, figure)
        tell(request, "office.contest_sent", day=made.due.isoformat())
        return redirect(back)

    given = {"sheet": sheet, "line": line, "value": written_value(line), "back": back, "key": uuid4().hex}
    return form_page(request, "web/check/contest.html", Form(), do, **given)


def _send(request: HttpRequest, form: Form, line: Line, figure: int) -> Contest:
    """Send a contest; where evidence is required, it is kept with it."""
    file = request.FILES.get("evidence") if line.needs_evidence else None
    try:
        received = None if file is None else receive(file.name or "", file.chunks())
    except Refused as refused:
        raise Refused(Problem(one.code, one.params, Place(field="evidence")) for one in refused.problems) from refused
    return contest_figure(
        by=actor_of(request),
        figure=figure,
        reason=form.text("reason"),
        claimed=form.text("claimed"),
        evidence=received,
        key=key_of(request),
    )


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a contest back."""
    row = Contest.objects.visible_to(user_of(request)).filter(pk=number).select_related("month", "unit").first()
    if row is None:
        raise Http404
    sheet = sheet_of(request, row.month.period, row.unit.code)
    try:
        withdraw_contest(by=actor_of(request), contest=number)
    except Refused as refused:
        return sheet_page(request, sheet, status=422, problems=shown(refused.problems))
    tell(request, "office.contest_was_withdrawn")
    return redirect("check-sheet", row.month.period, row.unit.code)
