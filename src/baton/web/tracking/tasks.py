"""Tasks without a figure: the list, setting one with its day, and saying that one is done."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.tasks import finish_task, set_task
from baton.assessment.actions.tracking import track_task
from baton.assessment.queries.office.tasks import TASK_STATES, TaskState, may_finish, state_of, tasks_of
from baton.core import clock
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.office.board import OFFICE, office_only
from baton.web.org.forming import Form, form_page, names_today
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, text


def tasks(request: HttpRequest) -> HttpResponse:
    """List the tasks that a person may see, the next to be due first."""
    listing = Listing(tasks_of(user_of(request)), _columns(), _filters(), "due", request.GET.dict())
    context = {"office": powers_of(request).has(*OFFICE), "told": told(request)}
    return list_page(request, listing, "web/tracking/tasks.html", file_name="tasks", **context)


def _said(state: str) -> str:
    return text(f"office.task_{state}", page_language())


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", "office.task", lambda row: row.title, ("title",), template="web/tracking/task_title.html"),
        Column("unit", "office.unit", lambda row: row.unit.name, ("unit__order",), template="web/tracking/unit.html"),
        Column("department", "office.department", lambda row: row.department.name if row.department else ""),
        Column("due", "office.task_due", lambda row: row.due, ("due",)),
        Column("state", "results.state", lambda row: _said(state_of(row).value)),
        Column("note", "office.done_note", lambda row: row.done_note),
    )


def _filters() -> tuple[Filter, ...]:
    def named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
        return rows.filter(Q(title__icontains=given) | Q(unit__name__icontains=given))

    states = [Choice(one.value, _said(one.value)) for one in TASK_STATES]
    return (
        Filter("q", "office.search_items", named),
        Filter("state", "results.state", lambda rows, given: rows.filter(TASK_STATES[TaskState(given)]), states),
    )


@office_only
def add(request: HttpRequest) -> HttpResponse:
    """Set a task without a figure; one whose day has passed already is tracked at once."""
    names = names_today(request)

    def do(form: Form) -> HttpResponse:
        unit = form.unit("unit", names, needed=True)
        department, due = form.unit("department", names), form.day("due", needed=True)
        form.problems += [
            Problem("office.field_missing", {}, Place(field=name)) for name in ("code", "title") if not form.text(name)
        ]
        form.check()
        if unit is None or due is None:
            raise Http404
        number = None if department is None else department.pk
        return _add(request, unit.pk, form.text("code")[:64], form.text("title"), due, number)

    return form_page(request, "web/tracking/task.html", Form(), do, choices_of_units=names.today)


def _add(request: HttpRequest, unit: int, code: str, title: str, due: date, department: int | None) -> HttpResponse:
    by = actor_of(request)
    if due < clock.today():
        made = track_task(by=by, unit=unit, code=code, title=title, due=due, department=department)
        tell(request, "office.task_was_added")
        return redirect("tracked-item", made.pk)
    set_task(by=by, unit=unit, code=code, title=title, due=due, department=department)
    tell(request, "office.task_was_set", day=due.isoformat())
    return redirect("tasks")


def task(request: HttpRequest, number: int) -> HttpResponse:
    """Show a task; on POST say that it is done, how and by which document."""
    user = user_of(request)
    row = tasks_of(user).filter(pk=number).first()
    if row is None:
        raise Http404
    finishes = may_finish(user, row)
    if request.method == "POST" and not finishes:
        raise Http404

    def do(form: Form) -> HttpResponse:
        finish_task(by=actor_of(request), task=number, note=form.text("note"))
        tell(request, "office.task_was_done")
        return redirect("tasks")

    context = {"row": row, "state": _said(state_of(row).value), "finishes": finishes}
    return form_page(request, "web/tracking/one_task.html", Form(), do, **context)
