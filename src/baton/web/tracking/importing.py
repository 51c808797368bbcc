"""Tasks from a workbook: the empty form, a trial with every problem by its cell, all of them set in one step."""

from io import BytesIO
from uuid import uuid4

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from baton.assessment.actions.tasks import Setting, set_tasks
from baton.assessment.queries.office.tasks import TasksTrial, try_tasks
from baton.assessment.rules.task_table import COLUMNS
from baton.sheets.annotate import annotate
from baton.web.asking import actor_of, user_of
from baton.web.lists.respond import workbook_file
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page
from baton.web.report.trial import lines_of
from baton.web.report.uploaded import Uploaded, asked_for, content_of, received
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Problem, Refused, text

_WIDTHS = (28, 44, 14, 14, 28)
_SHOWN = 500
"""Problems and changes that a page lists; the workbook that goes back has all of them."""


@office_only
def choose(request: HttpRequest) -> HttpResponse:
    """Show how tasks come in by workbook; on POST try the one that was chosen."""

    def do(form: Form) -> HttpResponse:
        given = received(request.FILES.get("file"), user_of(request), preliminary=False)
        return redirect("tasks-trial", given.token)

    return form_page(request, "web/tracking/import.html", Form(), do)


@require_safe
@office_only
def empty_form(request: HttpRequest) -> HttpResponse:
    """Give the empty form; its headings are Chinese in both languages."""
    made, language = BytesIO(), page_language()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        bold, hint = book.add_format({"bold": True, "bottom": 1}), book.add_format({"font_color": "#566473"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(text("office.tasks_sheet", language))
        sheet.write_string(0, 0, text("office.tasks_form_line", language), hint)
        for place, (column, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.write_string(1, place, column.headers[0], bold)
            sheet.set_column(place, place, width, day if column.key == "due" else None)
        sheet.freeze_panes(2, 0)
    return workbook_file(made.getvalue(), "tasks.xlsx")


@office_only
def trial(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a workbook would set; on POST set it, whole or not at all."""
    given = asked_for(token, user_of(request))
    found = _tried(request, given)

    def do(form: Form) -> HttpResponse:
        if not found.fine:
            raise Refused(found.problems or [Problem("assessment.nothing_to_bring")])
        made = set_tasks(by=actor_of(request), tasks=_settings(found), key=form.text("key")[:64])
        tell(request, "office.tasks_were_set", count=len(made))
        return redirect("tasks")

    lines, changes = lines_of(found.problems)[:_SHOWN], found.changes[:_SHOWN]
    context = {"given": given, "trial": found, "lines": lines, "changes": changes, "key": uuid4().hex}
    return form_page(request, "web/tracking/trial.html", Form(), do, **context)


@require_safe
@office_only
def marked(request: HttpRequest, token: str) -> HttpResponse:
    """Give a workbook back with every problem marked on its cell."""
    given = asked_for(token, user_of(request))
    problems = list(_tried(request, given).problems)
    return workbook_file(annotate(content_of(given), problems, page_language(), given.name), "marked-tasks.xlsx")


def _settings(found: TasksTrial) -> list[Setting]:
    return [
        Setting(
            one.unit.pk,
            one.given.code,
            one.given.title,
            one.given.due,
            None if one.department is None else one.department.pk,
            one.given.place,
        )
        for one in found.changes
    ]


def _tried(request: HttpRequest, given: Uploaded) -> TasksTrial:
    return try_tasks(user_of(request), given.name, content_of(given))
