"""Tasks without a figure: set with their day, done by word of the department, tracked once the day has passed."""

from datetime import date

from baton.assessment.actions.below.doors import REPORTS, is_office, require_office
from baton.assessment.actions.below.following import open_task
from baton.assessment.models import Task, TrackedItem
from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.org.models import Unit
from baton.org.queries import require
from baton.words import Place, Problem, Refused


def set_task(*, by: Actor, unit: int, code: str, title: str, due: date, department: int | None = None) -> Task:
    """Set a task of a unit and its last day, or set its title, day and department anew while it runs. By the office.

    Raises `Refused` for a day that has passed, and for a task that is done or tracked already.
    """
    require_office(by)
    if due < clock.today():
        raise Refused([Problem("assessment.day_is_past", {}, Place(field="due"))])
    with acting(by) as told:
        row = Task.objects.select_for_update(of=("self",), no_key=True).filter(unit=unit, code=code).first()
        if row is not None and (row.done_at is not None or row.item_id is not None):
            raise Refused([Problem("assessment.task_over", {"task": row.title}, Place(field="code"))])
        row = row or Task(unit=Unit.objects.get(pk=unit), code=code)
        row.title, row.due, row.department_id = title[:200], due, department
        row.set_by, row.set_at = by.user, clock.now()
        row.save()
        told.did("assessment.task_was_set", row, unit=row.unit.code, code=code, due=due.isoformat())
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
        if row.done_at is not None or row.item_id is not None:
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
