"""Reporting for a special assessment: one grid, or a workbook that is tried first and taken in one step."""

import json
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.special_figures import draft_special, enter_special, import_special, try_special_workbook
from baton.assessment.queries.desk.cells import cell_named, name_of
from baton.assessment.queries.desk.typing import answers
from baton.assessment.queries.special_grid import SpecialGrid, special_files, special_grid
from baton.assessment.rules.special import periods_of
from baton.sheets.forms import period_words
from baton.sheets.templates import lead_template, leads_of, unit_template, units_reporting
from baton.web.asking import actor_of, key_of, user_of
from baton.web.correct.views import received_with
from baton.web.lists.respond import workbook_file
from baton.web.org.forming import Form, form_page
from baton.web.report.drafts import MOST, cell_of, told_of
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.report.telling import grid_words
from baton.web.report.trial import lines_of
from baton.web.report.typed import cells_in, seen_in
from baton.web.report.uploaded import asked_for, content_of
from baton.web.report.uploaded import received as uploaded
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Refused, render

_SHOWN = 500


def grid(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show what a unit reports; on POST save what was typed, all of it or nothing."""
    found = _grid_of(request, number, code)

    def do(form: Form) -> HttpResponse:
        refuse_phone(request)
        cells = _typed(found, form)
        received, key = received_with(request), key_of(request)
        batch = enter_special(by=actor_of(request), special=number, cells=cells, received=received, key=key)
        if batch is None:
            tell(request, "plans.nothing_changed")
        else:
            tell(request, "plans.was_saved", count=batch.figures.count())
        return redirect("special-grid", number, code)

    return _page(request, found, do)


def _page(request: HttpRequest, found: SpecialGrid, do: Any) -> HttpResponse:
    seen = json.dumps({cell.name: cell.seen for cell in found.cells})
    context = {
        "found": found,
        "seen": seen,
        "words": grid_words(),
        "files": special_files(user_of(request), found),
        "key": uuid4().hex,
        "only_looks": only_looks(request),
        "forms": [(period, period_words(period)) for period in _workbook_periods(found)],
    }
    return form_page(request, "web/plans/special_grid.html", Form(), do, **context)


def _typed(found: SpecialGrid, form: Form) -> list[Typed]:
    """Give the cells that differ from what stood there when the page was made; others are no wish of this person's."""
    seen = seen_in(form.given.get("seen", ""))
    typed = []
    for cell in found.cells:
        key = cell_named(cell.name)
        given = form.given.get(cell.name)
        if cell.locked is None and given is not None and key is not None and given.strip() != cell.stands:
            typed.append(Typed(key.unit, key.series, key.figure, key.period, given, seen.get(cell.name, 0)))
    return typed


@require_POST
def drafts(request: HttpRequest, number: int, code: str) -> HttpResponseBase:
    """Keep cells as they are typed; answers as `grid.js` wants it."""
    found, sent = _grid_of(request, number, code), cells_in(request.body)
    if sent is None or len(sent) > MOST:
        return HttpResponseBadRequest()
    open_ = {cell.name for cell in found.cells if cell.locked is None}
    cells = [one for row in sent if (one := cell_of(row)) is not None and name_of(one[0]) in open_]
    told = answers(user_of(request), found.row.version.form, cells)
    typed = [Typed(cell.unit, cell.series, cell.figure, cell.period, text, seen) for cell, text, seen in cells]
    try:
        refuse_phone(request)
        draft_special(by=actor_of(request), special=number, cells=typed)
    except Refused as refused:
        return JsonResponse({"cells": [], "words": render(refused.problems[0], page_language()).what})
    return JsonResponse({"cells": [told_of(one) for one in told]})


def _grid_of(request: HttpRequest, number: int, code: str) -> SpecialGrid:
    found = special_grid(user_of(request), number, code)
    if found is None:
        raise Http404
    return found


def _workbook_periods(found: SpecialGrid) -> list[str]:
    """Give the periods for which there is a form: those whose figures this unit still reports."""
    row, scheme, code = found.row, found.row.version.scheme, found.unit.code
    asked = {column.period for column in found.columns}
    return [
        one
        for one in periods_of(row.first, row.last)
        if one in asked and (code in leads_of(scheme, one) or code in units_reporting(scheme, one))
    ]


@require_safe
def template(request: HttpRequest, number: int, code: str, period: str) -> HttpResponse:
    """Give the workbook of a period."""
    found = _grid_of(request, number, code)
    if period not in _workbook_periods(found):
        raise Http404
    scheme, language = found.row.version.scheme, page_language()
    make = lead_template if code in leads_of(scheme, period) else unit_template
    return workbook_file(make(scheme, code, period, language), f"special-{number}-{period}-{code}.xlsx")


@require_POST
def upload(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Take an uploaded workbook to its trial."""
    found = _grid_of(request, number, code)

    def do(form: Form) -> HttpResponse:
        refuse_phone(request)
        given = uploaded(request.FILES.get("file"), user_of(request), preliminary=False)
        return redirect(reverse("special-trial", args=[number, code, given.token]))

    return _page(request, found, do)


def trial(request: HttpRequest, number: int, code: str, token: str) -> HttpResponse:
    """Show what a workbook would do; on POST take it, whole or not at all."""
    found, given = _grid_of(request, number, code), asked_for(token, user_of(request))
    content, by = content_of(given), actor_of(request)

    def do(form: Form) -> HttpResponse:
        refuse_phone(request)
        agreed, key = form.text("agreed"), key_of(request)
        words = {"name": given.name, "agreed": agreed, "key": key}
        batch = import_special(by=by, special=number, content=content, received=received_with(request), **words)
        tell(request, "plans.was_saved", count=batch.figures.count())
        return redirect("special-grid", number, code)

    tried = try_special_workbook(by=by, special=number, name=given.name, content=content)
    context = {"found": found, "trial": tried, "lines": lines_of(tried.problems)[:_SHOWN], "key": uuid4().hex}
    return form_page(request, "web/plans/special_trial.html", Form(), do, changes=tried.changes[:_SHOWN], **context)
