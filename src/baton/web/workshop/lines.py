"""Small changes in the page: one line of a draft through a form, a task more or one less."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.scheme_drafts import add_line, change_line, remove_line
from baton.assessment.queries.workshop.drafts import DraftPage
from baton.assessment.rules.coverage import KINDS
from baton.sheets.scheme_book.vocabulary import word
from baton.web.asking import actor_of
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page, refused_on_a_page
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.web.workshop import indicator
from baton.web.workshop.at_fields import at_fields
from baton.web.workshop.rooms import around, draft_for, seen_in
from baton.words import Place, Problem, Refused

type Read = Callable[[Form, Any, Any], dict[str, Any]]


def _text(form: Form, name: str) -> str | None:
    return form.text(name) or None


def _task(form: Form, one: Any, request: HttpRequest) -> dict[str, Any]:
    return {"name": form.text("name"), "document": _text(form, "document"), "lead": _text(form, "lead")}


def _based(form: Form, one: Any, request: HttpRequest) -> dict[str, Any]:
    return {"name": form.text("name"), "basis": _text(form, "basis")}


_READ: Mapping[str, Read] = {
    "tasks": _task,
    "vetoes": _based,
    "bonuses": _based,
    "deductions": _based,
}
"""What of a line is changed in the page (`rules.scheme_lines.EDITABLE`); indicators have a form of their own."""


@office_only
def edit(request: HttpRequest, number: int, section: str, code: str) -> HttpResponse:
    """Show one line with its fields; on POST save it as a revision."""
    if section == "indicators":
        return indicator.edit(request, number, code)
    found = draft_for(request, number)
    one = next((line for line in getattr(found.scheme, section, ()) if line.code == code), None)
    if section not in _READ or one is None or not found.row.editable:
        raise Http404

    def do(form: Form) -> HttpResponse:
        changes = _READ[section](form, one, request)
        try:
            change_line(
                by=actor_of(request),
                draft=number,
                seen=seen_in(form),
                section=section,
                code=code,
                changes=changes,
                note=form.text("note"),
            )
        except Refused as refused:
            raise Refused(at_fields(refused.problems, form.given, request.POST)) from refused
        tell(request, "workshop.line_saved", name=changes["name"])
        return redirect(f"{redirect('workshop-draft', number).url}#{code}")

    form = Form(_given(one))
    context: dict[str, Any] = {"section": section, "one": one, **_choices(found)}
    context["findings"] = found.found.get(f"{section}[{code}]", ())
    return form_page(request, "web/workshop/edit.html", do=do, **around(request, found, **context) | {"form": form})


def _given(one: Any) -> dict[str, str]:
    return {name: getattr(one, name, "") or "" for name in ("name", "lead", "document", "basis")}


def _choices(found: DraftPage) -> dict[str, Any]:
    return {"leads": [(unit.code, unit.name) for unit in found.scheme.units]}


@office_only
def add_task(request: HttpRequest, number: int) -> HttpResponse:
    """Add a task to one of the three lists."""
    found = draft_for(request, number)

    def do(form: Form) -> HttpResponse:
        kind, code = form.text("kind"), form.text("code")
        if kind not in KINDS:
            raise Refused([Problem("workshop.kind_lacking", {}, Place(field="kind"))])
        line = {"code": code, "name": form.text("name"), "kind": kind}
        optional = {"document": form.text("document"), "lead": form.text("lead")}
        line |= {name: given for name, given in optional.items() if given}
        try:
            add_line(by=actor_of(request), draft=number, section="tasks", line=line)
        except Refused as refused:
            raise Refused(at_fields(refused.problems, form.given, request.POST)) from refused
        tell(request, "workshop.task_added", name=line["name"])
        return redirect("workshop-coverage", number)

    kinds = [(kind, word("task", kind, page_language())) for kind in KINDS]
    context = around(request, found, kinds=kinds, **_choices(found))
    form = Form({"kind": request.GET.get("kind", "")})
    return form_page(request, "web/workshop/task.html", do=do, **context | {"form": form})


@require_POST
@office_only
def remove(request: HttpRequest, number: int, section: str, code: str) -> HttpResponse:
    """Take a task or an indicator out of a draft."""
    found = draft_for(request, number)
    if section not in ("tasks", "indicators"):
        raise Http404
    try:
        remove_line(by=actor_of(request), draft=number, section=section, code=code)
    except Refused as refused:
        context = around(request, found, section=section, code=code)
        return refused_on_a_page(request, "web/workshop/not_removed.html", refused.problems, **context)
    tell(request, "workshop.line_removed", what=code)
    return redirect("workshop-coverage" if section == "tasks" else "workshop-draft", number)
