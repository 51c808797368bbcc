"""Tasks without a figure as their pages show them."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Q, QuerySet

from baton.assessment.models import Task
from baton.assessment.models.sight import sight_of
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import powers

FINISHERS = (Role.REPORTER, Role.VERIFIER)


class TaskState(StrEnum):
    """How a task stands."""

    RUNS = "runs"
    DONE = "done"
    TRACKED = "tracked"


TASK_STATES: Mapping[TaskState, Q] = {
    TaskState.RUNS: Q(done_at__isnull=True, item__isnull=True),
    TaskState.DONE: Q(done_at__isnull=False),
    TaskState.TRACKED: Q(item__isnull=False),
}
"""The rows of each state."""


def tasks_of(user: User) -> QuerySet[Task]:
    """Give the tasks that a person may see."""
    return Task.objects.visible_to(user).select_related("unit", "department", "item", "done_by")


def state_of(row: Task) -> TaskState:
    """Say how a task stands: past its day it runs until the clock's next round tracks it."""
    if row.item_id is not None:
        return TaskState.TRACKED
    return TaskState.RUNS if row.done_at is None else TaskState.DONE


def may_finish(user: User, row: Task) -> bool:
    """Whether a person can say that a task is done: who works for the responsible department, and the office."""
    if state_of(row) is not TaskState.RUNS:
        return False
    mine = powers(user, clock.today())
    return sight_of(user).office or (row.department_id is not None and mine.has_in(row.department_id, *FINISHERS))
