"""Pages of workbooks that come in: the form, the try with every problem and every change, taking and taking back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.org.actions.imports import take_back, take_import, try_import
from baton.org.choices import MAY_IMPORT, ImportKind, ImportState
from baton.org.models import Import
from baton.org.rules.imports import Change, changes_of, problems_of
from baton.sheets.annotate import annotate
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.lists.listing import PAGE_SIZE
from baton.web.lists.respond import WORKBOOK
from baton.web.org.forming import Form, form_page, page
from baton.web.org.roles import role_words
from baton.web.org.templates import template_of
from baton.web.problems import shown
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused, render, text

_SHOWN = 20
"""Imports listed on the page of their kind; the newest are the ones people come back for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A problem in the language of the page, with its sheet and cell."""

    place: str
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A change as the page shows it: the words of each field, before and after."""

    key: str
    label: str
    new: bool
    rows: list[tuple[str, str, str]]


def imports(request: HttpRequest, kind: str) -> HttpResponse:
    """Show how a kind of workbook comes in; on POST try the file that was chosen."""
    wanted = _kind_of(request, kind)

    def do(form: Form) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            raise Refused([Problem("units.file_missing", {}, Place(field="file"))])
        kept = try_import(kind=wanted, content=file.read(), file_name=file.name or "", by=actor_of(request))
        return HttpResponseRedirect(reverse("import", args=[kept.pk]))

    kept = Import.objects.visible_to(user_of(request)).filter(kind=kind).defer("file", "problems", "changes")
    context = {"kind": kind, "title": f"units.import_{kind}", "kept": kept.select_related("made_by")[:_SHOWN]}
    return form_page(request, "web/org/imports.html", Form(), do, back=reverse(_BACK[wanted]), **context)


_BACK: Mapping[ImportKind, str] = {
    ImportKind.UNITS: "units",
    ImportKind.ACCOUNTS: "people",
    ImportKind.DAYS: "calendar",
}
"""Where each kind of workbook belongs."""


def _kind_of(request: HttpRequest, kind: str) -> ImportKind:
    try:
        wanted = ImportKind(kind)
    except ValueError as error:
        raise Http404 from error
    if wanted not in _BACK or not powers_of(request).has(*MAY_IMPORT[wanted]):
        raise PermissionDenied
    return wanted


def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the form of a kind of workbook, with what is known today."""
    content = template_of(_kind_of(request, kind), user_of(request), page_language())
    headers = {"Content-Disposition": f'attachment; filename="{kind}.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)


def _import_of(request: HttpRequest, number: int) -> Import:
    found = Import.objects.visible_to(user_of(request)).select_related("made_by").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def imported(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a workbook would change, or has; on POST take it or take it back."""
    one = _import_of(request, number)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            if "take" in request.POST:
                take_import(imported=one, by=actor_of(request))
                tell(request, "units.was_taken", count=len(one.changes))
            elif "undo" in request.POST:
                take_back(imported=one, by=actor_of(request))
                tell(request, "units.taken_back")
            return HttpResponseRedirect(reverse("import", args=[number]))
        except Refused as refused:
            problems = list(refused.problems)
    changes = changes_of(one.changes)
    rows = [_changed(change) for change in changes]
    context: dict[str, Any] = {
        "one": one,
        "problems": shown(problems),
        "found": [_found(problem) for problem in problems_of(one.problems)],
        "changes": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")) if rows else None,
        "fresh": sum(change.new for change in changes),
        "edited": sum(not change.new for change in changes),
    }
    return page(request, "web/org/import.html", status=422 if problems else 200, **context)


def _found(problem: Problem) -> Found:
    sentence = render(problem, page_language())
    place = Place("", problem.place.sheet, problem.place.cell, problem.place.field)
    return Found(place.label(), sentence.what, sentence.mend)


def _changed(change: Change) -> Changed:
    language = page_language()
    rows = [
        (text(f"units.field_{name}", language), _said(name, before), _said(name, after))
        for name, (before, after) in change.fields.items()
        if before or after
    ]
    return Changed(change.key, change.label, change.new, rows)


def _said(name: str, value: str) -> str:
    """Say a value; roles are kept by their codes."""
    return "、".join(role_words(one) for one in value.split("、") if one) if name == "roles" else value


def marked(request: HttpRequest, number: int) -> HttpResponse:
    """Give a workbook back with every problem marked on its cell."""
    one = _import_of(request, number)
    if one.state != ImportState.REFUSED.value:
        raise Http404
    content = annotate(bytes(one.file), problems_of(one.problems), page_language(), one.file_name)
    headers = {"Content-Disposition": f'attachment; filename="marked-{one.pk}.xlsx"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)
