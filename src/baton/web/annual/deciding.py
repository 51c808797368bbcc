"""Writing down what was decided, putting it up for publicity, publishing it, and taking it back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce, publish_annual, withdraw_annual
from baton.assessment.queries.annual.board import annual_board
from baton.assessment.queries.annual.run import AnnualRunPage, annual_run
from baton.assessment.queries.numbers import numbers
from baton.core import clock
from baton.org.choices import Role
from baton.web.annual.board import board_page, year_for
from baton.web.asking import actor_of, key_of, user_of
from baton.web.org.forming import Form, form_page, only
from baton.web.problems import shown
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Problem, text

head_only = only(Role.OFFICE_HEAD)


@head_only
def decide(request: HttpRequest, year: int) -> HttpResponse:
    """Write the decision on the newest official run down: every unit's grade, the suggestion unless changed."""
    annual = year_for(request, year)
    board = annual_board(user_of(request), annual)
    found = None if board.official is None else annual_run(user_of(request), board.official.pk)
    if found is None:
        problem = Problem("annual.no_official_run", {"year": year})
        return board_page(request, annual, status=409, problems=shown([problem]))

    def do(form: Form) -> HttpResponse:
        given = form.given
        on = form.day("on")
        form.check()
        row = decide_grades(
            by=actor_of(request),
            year=year,
            run=int(given["run"]) if given.get("run", "").isdigit() else 0,
            grades={name.removeprefix("grade-"): code for name, code in given.items() if name.startswith("grade-")},
            reasons={
                name.removeprefix("reason-"): words.strip()
                for name, words in given.items()
                if name.startswith("reason-") and words.strip()
            },
            body=form.text("body"),
            document=form.text("document"),
            on=on,
            key=key_of(request),
        )
        tell(request, "annual.was_decided", count=row.grades.exclude(reason="").count())
        return redirect("year", year)

    form = Form(_as_suggested(found))
    return form_page(request, "web/annual/decide.html", form, do, found=found, annual=annual)


def _as_suggested(found: AnnualRunPage) -> dict[str, str]:
    """Give the form as it opens: grades as decided before on the same run, else as suggested."""
    given = {"on": clock.today().isoformat(), "body": text("annual.body_usual", page_language())}
    for table in found.tables:
        for row in table.rows:
            decided = row.decided
            code = row.result.unit.code
            given[f"grade-{code}"] = row.result.grade if decided is None else decided.grade
            given[f"reason-{code}"] = "" if decided is None else decided.reason
    if found.decision is not None:
        given |= {"body": found.decision.body, "document": found.decision.document}
    return given


@head_only
def publicity(request: HttpRequest, year: int) -> HttpResponse:
    """Put the decision up for publicity."""
    annual = year_for(request, year)
    board = annual_board(user_of(request), annual)
    if board.decision is None:
        raise Http404

    def do(form: Form) -> HttpResponse:
        opens = form.day("opens", needed=True)
        form.check()
        made = announce(by=actor_of(request), year=year, opens=opens, contact=form.text("contact"), key=key_of(request))
        tell(request, "annual.was_announced", closes=made.closes.isoformat())
        return redirect("year", year)

    form, days = Form({"opens": clock.today().isoformat()}), numbers()["publicity_days"]
    return form_page(request, "web/annual/publicity.html", form, do, board=board, days=days)


@head_only
def publish(request: HttpRequest, year: int) -> HttpResponse:
    """Publish what was up for publicity."""
    annual = year_for(request, year)
    board = annual_board(user_of(request), annual)
    if board.publication is None:
        raise Http404

    def do(form: Form) -> HttpResponse:
        given = {"document": form.text("document"), "title": form.text("title")}
        made = publish_annual(by=actor_of(request), year=year, **given)
        tell(request, "office.was_published", issue=made.issue)
        return redirect("year", year)

    form = Form({"title": text("annual.usual_title", page_language(), year=year)})
    return form_page(request, "web/annual/publish.html", form, do, board=board)


@head_only
def withdraw(request: HttpRequest, year: int) -> HttpResponse:
    """Take what was made known back, with the reason."""
    annual = year_for(request, year)
    board = annual_board(user_of(request), annual)

    def do(form: Form) -> HttpResponse:
        withdraw_annual(by=actor_of(request), year=year, reason=form.text("reason"))
        tell(request, "annual.was_withdrawn")
        return redirect("year", year)

    return form_page(request, "web/annual/withdraw.html", Form(), do, board=board)
