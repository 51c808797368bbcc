"""Answering a contest in writing: upheld with the figure put right, or rejected with the grounds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.checks import answer_contest
from baton.assessment.choices import ContestState
from baton.assessment.models import Contest
from baton.assessment.queries.office.judging import judges
from baton.core.queries.files import files_of
from baton.web.asking import actor_of, user_of
from baton.web.org.forming import Form, form_page
from baton.web.telling import tell
from baton.words import Place, Problem


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Show a contest with the figure it is about, and take the answer."""
    user = user_of(request)
    rows = Contest.objects.visible_to(user).select_related("month__scheme", "unit", "about__batch__unit", "by")
    row = rows.filter(pk=number).first()
    if row is None or not judges(user, row):
        raise Http404

    def do(form: Form) -> HttpResponse:
        if form.text("upheld") not in ("yes", "no"):
            form.problems.append(Problem("office.say_yes_or_no", {}, Place(field="upheld-yes")))
        form.check()
        given = {"answer": form.text("answer"), "typed": form.text("typed")}
        answer_contest(by=actor_of(request), contest=number, upheld=form.text("upheld") == "yes", **given)
        tell(request, "office.contest_answered", unit=row.unit.name)
        return redirect("verify-month", row.month.period)

    field = row.month.scheme.form.fields.get((row.about.series, row.about.figure))
    return form_page(
        request,
        "web/verify/contest.html",
        Form({"typed": row.claimed}),
        do,
        contest=row,
        field=field,
        open=row.state == ContestState.OPEN,
        files=files_of(user, row),
    )
