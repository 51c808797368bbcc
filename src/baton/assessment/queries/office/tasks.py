"""Tasks without a figure as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from baton.assessment.models import Task
from baton.assessment.models.sight import sight_of
from baton.assessment.rules.task_table import Given, read_tasks
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers
from baton.org.queries.names import NamesOnDay
from baton.words import Place, Problem, Severity

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


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task that a workbook sets, or sets anew: `before` is how it stands (None: it is not there yet)."""

    given: Given
    unit: Unit
    department: Unit | None
    before: Task | None


@dataclass(frozen=True, slots=True)
class TasksTrial:
    """What a workbook of tasks would do; `same` of them stand as it says."""

    changes: Sequence[TaskChange]
    same: int
    problems: Sequence[Problem]

    @property
    def fine(self) -> bool:
        """Whether it can be taken."""
        return bool(self.changes) and not any(one.severity is Severity.ERROR for one in self.problems)

    @property
    def fresh(self) -> int:
        """How many tasks are not there yet."""
        return sum(one.before is None for one in self.changes)

    @property
    def anew(self) -> int:
        """How many tasks would change."""
        return len(self.changes) - self.fresh


def try_tasks(user: User, name: str, content: bytes) -> TasksTrial:
    """Say what a workbook of tasks would do, with every problem by its cell; nothing is kept."""
    names = NamesOnDay(user, clock.today())

    def code_of(given: str, place: Place) -> str | Problem:
        found = names.find(given, place)
        return found if isinstance(found, Problem) else found.code

    read = read_tasks(name, content, code_of, clock.today())
    codes = {one.code for one in read.tasks}
    there = {(row.unit.code, row.code): row for row in tasks_of(user).filter(code__in=codes)}
    problems, changes = list(read.problems), []
    for one in read.tasks:
        before, department = there.get((one.unit, one.code)), names.by_code.get(one.department)
        if before is not None and _stands(before, one):
            continue
        if before is not None and state_of(before) is not TaskState.RUNS:
            problems.append(Problem("assessment.task_over", {"task": before.title}, one.place))
        changes.append(TaskChange(one, names.by_code[one.unit], department, before))
    return TasksTrial(changes, len(read.tasks) - len(changes), problems)


def _stands(before: Task, given: Given) -> bool:
    department = "" if before.department is None else before.department.code
    return (before.title, before.due, department) == (given.title, given.due, given.department)
