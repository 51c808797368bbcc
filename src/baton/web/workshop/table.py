"""An office's own table of indicators: its columns mapped on the page, tried, and made a draft."""

from itertools import groupby
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from baton.assessment.actions.scheme_drafts import begin_from_file
from baton.assessment.actions.scheme_tables import keep_table_mapping
from baton.assessment.queries.workshop.tables import (
    TableTrial,
    fields_from,
    kept_mappings,
    try_table,
    units_in_force,
)
from baton.assessment.rules.table_mapping import KINDS, ROLES, RULES, guess, mapping_of, text_of
from baton.core import clock
from baton.org.models import Unit
from baton.sheets.scheme_table import Headings, headings_of
from baton.sheets.workbook import read_workbook
from baton.web.asking import actor_of, key_of, user_of
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page, page
from baton.web.problems import shown
from baton.web.report.trial import lines_of
from baton.web.report.uploaded import Uploaded, asked_for, content_of
from baton.web.telling import tell
from baton.words import Refused

_SHOWN = 200


@office_only
def table(request: HttpRequest, token: str) -> HttpResponse:
    """Show how a table's headings are understood; on POST try it, or begin a draft with it and keep the mapping."""
    given = asked_for(token, user_of(request))
    kept = kept_mappings(user_of(request))
    try:
        headings = headings_of(read_workbook(content_of(given), given.name), _asked(request))
    except Refused as refused:
        return page(
            request, "web/workshop/table_unread.html", status=422, problems=shown(refused.problems), given=given
        )
    units = units_in_force(user_of(request))
    picked = request.POST.getlist("units")
    trial: list[TableTrial] = []

    def do(form: Form) -> HttpResponse:
        names = {str(one.pk): one for one in units}
        chosen = [names[one] for one in picked if one in names]
        mapping = mapping_of(form.given, headings.labels, tuple(one.name for one in chosen))
        found = try_table(content_of(given), given.name, mapping, {one.name: one.code for one in chosen})
        trial.append(found)
        if form.text("step") != "begin" or found.scheme is None:
            return _drawn(request, given, headings, form, trial, units, kept, status=200 if found.scheme else 422)
        if form.text("keep"):
            keep_table_mapping(by=actor_of(request), name=form.text("keep"), text=text_of(mapping))
        made = begin_from_file(by=actor_of(request), scheme=found.scheme, file_name=given.name, key=key_of(request))
        tell(request, "workshop.was_begun")
        return redirect("workshop-draft", made.pk)

    form = Form(_first(request, headings, given))
    before = fields_from(kept, headings, request.GET.get("mapping", ""))
    if before is not None:
        form.given = {**form.given, **before[1], "keep": before[0]}
    context = _context(request, given, headings, trial, units, kept)
    return form_page(request, "web/workshop/table.html", form, do, **context)


def _asked(request: HttpRequest) -> str:
    return (request.POST if request.method == "POST" else request.GET).get("rows", "")


def _first(request: HttpRequest, headings: Headings, given: Uploaded) -> dict[str, str]:
    """Give what the form shows before anybody mapped anything: what the headings suggest, next year, all points 100."""
    year = clock.today().year + 1
    name = given.name.rpartition(".")[0] or given.name
    first = {f"role-{column}": role for column, role in guess(headings.labels).items()}
    return first | {"name": name, "code": f"S{year}", "year": str(year), "full": "100", "passed": "合计、总计、小计"}


def _drawn(
    request: HttpRequest,
    given: Uploaded,
    headings: Headings,
    form: Form,
    trial: list[TableTrial],
    units: list[Unit],
    kept: list[Any],
    *,
    status: int,
) -> HttpResponse:
    context = _context(request, given, headings, trial, units, kept)
    return page(request, "web/workshop/table.html", status=status, form=form, problems=[], **context)


def _context(
    request: HttpRequest,
    given: Uploaded,
    headings: Headings,
    trial: list[TableTrial],
    units: list[Unit],
    kept: list[Any],
) -> dict[str, Any]:
    tried = trial[0] if trial else None
    columns = [
        (f"role-{column}", label, "、".join(headings.samples[column])) for column, label in headings.labels.items()
    ]
    return {
        "given": given,
        "headings": headings,
        "columns": columns,
        "roles": ROLES,
        "kinds": KINDS,
        "rule_rows": range(1, RULES + 1),
        "labels": list(headings.labels.values()),
        "kept": kept,
        "picked": request.POST.getlist("units"),
        "unit_lists": [(kind, list(some)) for kind, some in groupby(units, key=lambda one: one.kind)],
        "trial": tried,
        "lines": lines_of(tried.problems)[:_SHOWN] if tried else [],
        "key": uuid4().hex,
    }


@require_safe
@office_only
def mapping_file(request: HttpRequest, number: int) -> HttpResponse:
    """Give a kept mapping as the file that the command line reads."""
    found = next((one for one in kept_mappings(user_of(request)) if one.pk == number), None)
    if found is None:
        raise Http404
    answer = HttpResponse(found.text, content_type="text/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="mapping-{number}.yaml"'
    return answer
