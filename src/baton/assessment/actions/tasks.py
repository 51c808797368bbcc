"""Tasks without a figure: set with their day, done by word of the department, tracked once the day has passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baton.assessment.actions.below.doors import REPORTS, is_office, require_office
from baton.assessment.actions.below.following import open_task
from baton.assessment.actions.below.once import once
from baton.assessment.models import Task, TrackedItem
from baton.core import clock
from baton.core.acting import SYSTEM, Actor, Told, acting
from baton.org.models import Unit
from baton.org.queries import require
from baton.words import Place, Problem, Refused

_AT_CODE = Place(field="code")


@dataclass(frozen=True, slots=True)
class Setting:
    """A task to be set: numbers of its unit and of the responsible department (None: the office), its last day."""

    unit: int
    code: str
    title: str
    due: date
    department: int | None = None
    place: Place = _AT_CODE


def set_task(*, by: Actor, unit: int, code: str, title: str, due: date, department: int | None = None) -> Task:
    """Set a task of a unit and its last day, or set its title, day and department anew while it runs. By the office.

    Raises `Refused` for a day that has passed, and for a task that is done or tracked already.
    """
    (row,) = set_tasks(by=by, tasks=[Setting(unit, code, title, due, department)])
    return row


def set_tasks(*, by: Actor, tasks: Sequence[Setting], key: str = "") -> list[Task]:
    """Set tasks as `set_task` does, all of them or none. Raises `Refused` with everything that stands against it."""
    require_office(by)
    if any(one.due < clock.today() for one in tasks):
        raise Refused([Problem("assessment.day_is_past", {}, Place(field="due"))])
    with acting(by) as told:
        asked = [(one.unit, one.code, one.title, one.due.isoformat(), one.department) for one in tasks]
        call = once(by, "set_tasks", key, asked)
        if call.before is not None:
            return list(Task.objects.filter(pk__in=call.before["tasks"]).order_by("pk"))
        there = _locked(tasks)
        over = [(row, one) for one in tasks if (row := there.get((one.unit, one.code))) is not None and is_over(row)]
        if over:
            raise Refused(Problem("assessment.task_over", {"task": row.title}, one.place) for row, one in over)
        made = [_set(told, by, there.get((one.unit, one.code)), one) for one in tasks]
        call.answer(tasks=[row.pk for row in made])
    return made


def is_over(task: Task) -> bool:
    """Whether a task is done, or tracked as lagging: nobody sets it anew."""
    return task.done_at is not None or task.item_id is not None


def _locked(tasks: Sequence[Setting]) -> dict[tuple[int, str], Task]:
    """Give the tasks that are there under the same units and codes."""
    rows = Task.objects.select_for_update(of=("self",), no_key=True).filter(
        unit__in={one.unit for one in tasks}, code__in={one.code for one in tasks}
    )
    return {(row.unit_id, row.code): row for row in rows.order_by("pk")}


def _set(told: Told, by: Actor, row: Task | None, one: Setting) -> Task:
    row = row or Task(unit=Unit.objects.get(pk=one.unit), code=one.code)
    row.title, row.due, row.department_id = one.title[:200], one.due, one.department
    row.set_by, row.set_at = by.user, clock.now()
    row.save()
    told.did("assessment.task_was_set", row, unit=row.unit.code, code=one.code, due=one.due.isoformat())
    return row


def finish_task(*, by: Actor, task: int, note: str) -> Task:
    """Say that a task is done, how and by which document. By the responsible department, or the office.

    Raises `Refused` where it is over; one that is tracked is closed by a decision.
    """
    if not note.strip():
        raise Refused([Problem("assessment.done_note_lacking", {}, Place(field="note"))])
    with acting(by) as told:
        rows = Task.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "department")
        row = rows.filter(pk=task).first()
        if row is None:
            raise Refused([Problem("assessment.task_unknown")])
        if row.department is None:
            require_office(by)
        elif not is_office(by):
            require(by.user, *REPORTS, unit=row.department)
        if is_over(row):
            raise Refused([Problem("assessment.task_over", {"task": row.title})])
        row.done_at, row.done_by, row.done_note = clock.now(), by.user, note.strip()[:1000]
        row.save(update_fields=["done_at", "done_by", "done_note"])
        told.did("assessment.task_was_done", row, unit=row.unit.code, code=row.code, note=row.done_note)
    return row


def track_overdue(*, by: Actor = SYSTEM) -> list[TrackedItem]:
    """Track every task whose day has passed and that is not done; doing it again changes nothing."""
    require_office(by)
    opened = []
    with acting(by) as told:
        rows = Task.objects.running().filter(due__lt=clock.today()).select_for_update(of=("self",), no_key=True)
        for row in rows.order_by("pk"):
            item, is_new = open_task(told, row.unit_id, row.code, row.title, row.due, row.department_id)
            row.item = item
            row.save(update_fields=["item"])
            opened += [item] if is_new else []
    return opened
