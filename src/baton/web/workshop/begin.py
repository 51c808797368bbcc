"""Beginning a scheme: from a workbook or file that is tried first, from one of an earlier year, or as an amendment."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from baton.assessment.actions.scheme_drafts import begin_amendment, begin_for_year, begin_from_file
from baton.assessment.queries.workshop.drafts import versions
from baton.assessment.rules.scheme_files import SchemeRead, read_scheme_file
from baton.core import clock
from baton.sheets.annotate import annotate
from baton.web.asking import actor_of, key_of, user_of
from baton.web.lists.respond import workbook_file
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page
from baton.web.report.trial import lines_of
from baton.web.report.uploaded import Uploaded, asked_for, content_of, received
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused

_SHOWN = 500
"""Findings that a page lists; the workbook that goes back has all of them."""


@office_only
def begin(request: HttpRequest) -> HttpResponse:
    """Show the ways to begin; on POST go one of them."""

    def do(form: Form) -> HttpResponse:
        ways = {"file": _file, "table": _table, "year": _year, "amend": _amend}
        way = ways.get(form.text("way"))
        if way is None:
            raise Http404
        return way(request, form)

    given = versions(user_of(request))
    context = {"versions": [(str(one.pk), str(one)) for one in given], "key": uuid4().hex}
    return form_page(request, "web/workshop/begin.html", Form(), do, next_year=clock.today().year + 1, **context)


def _file(request: HttpRequest, form: Form) -> HttpResponse:
    return redirect("workshop-trial", received(request.FILES.get("file"), user_of(request), preliminary=False).token)


def _table(request: HttpRequest, form: Form) -> HttpResponse:
    try:
        given = received(request.FILES.get("table"), user_of(request), preliminary=False)
    except Refused as refused:
        # The page has two fields for a file; what is wrong with this one stands at it.
        raise Refused(replace(one, place=Place(one.place.file, field="table")) for one in refused.problems) from refused
    return redirect("workshop-table", given.token)


def _year(request: HttpRequest, form: Form) -> HttpResponse:
    year = form.text("year")
    if not year.isdecimal() or len(year) > 4:
        form.problems.append(Problem("workshop.no_year", {"given": year or "—"}, Place(field="year")))
    form.check()
    made = begin_for_year(by=actor_of(request), version=_number(form, "version"), year=int(year), key=key_of(request))
    return redirect("workshop-draft", made.pk)


def _amend(request: HttpRequest, form: Form) -> HttpResponse:
    day = form.day("effective_from", needed=True)
    if day is None:
        raise Refused(form.problems)
    made = begin_amendment(
        by=actor_of(request),
        version=_number(form, "amended"),
        effective_from=day,
        reason=form.text("reason"),
        key=key_of(request),
    )
    return redirect("workshop-draft", made.pk)


def _number(form: Form, name: str) -> int:
    given = form.text(name)
    if not given.isdecimal() or len(given) > 9:
        raise Refused([Problem("workshop.version_unknown", {}, Place(field=name))])
    return int(given)


def read_of(given: Uploaded) -> SchemeRead:
    """Read a scheme file that was uploaded."""
    return read_scheme_file(given.name, content_of(given))


def trial_context(given: Uploaded, trial: SchemeRead) -> dict[str, Any]:
    """Give what the page of a tried scheme file shows."""
    return {"given": given, "trial": trial, "lines": lines_of(trial.problems)[:_SHOWN], "key": uuid4().hex}


@office_only
def trial(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a scheme file says and what is found in it; on POST begin a draft with it."""
    given = asked_for(token, user_of(request))
    found = read_of(given)

    def do(form: Form) -> HttpResponse:
        if found.scheme is None:
            raise Refused(found.problems)
        made = begin_from_file(by=actor_of(request), scheme=found.scheme, file_name=given.name, key=key_of(request))
        tell(request, "workshop.was_begun")
        return redirect("workshop-draft", made.pk)

    return form_page(request, "web/workshop/trial.html", Form(), do, **trial_context(given, found))


@require_safe
@office_only
def marked(request: HttpRequest, token: str) -> HttpResponse:
    """Give a scheme workbook back with everything that was found marked on its cell."""
    given = asked_for(token, user_of(request))
    found = read_of(given)
    if not found.book:
        raise Http404
    return workbook_file(annotate(content_of(given), found.problems, page_language(), given.name), "marked.xlsx")
