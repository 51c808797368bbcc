"""Yearly targets in the inbox: to propose or answer, to fix, and changes for the head of the office; a line each."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min, Q

from baton.assessment.choices import AdjustmentState, TargetState
from baton.assessment.models import Target
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.targets.lists import DEPARTMENT, DRAFTS, OFFICE, UNITS_TURN
from baton.org.choices import Role
from baton.org.queries import Powers


def to_settle(mine: Powers) -> Iterator[ToDo]:
    """Give what waits for the person's units and departments, and for the office."""
    units, departments = mine.units_of(*DRAFTS), mine.units_of(*DEPARTMENT)
    if units:
        yield from _by(Do.TARGET_PROPOSE, "unit", state__in=UNITS_TURN, unit__in=units)
    if departments:
        yield from _by(Do.TARGET_ANSWER, "department", state=TargetState.PROPOSED, department__in=departments)
    if mine.county & set(OFFICE):
        yield from _of_office(Role.OFFICE_HEAD in mine.county)


def _of_office(head: bool) -> Iterator[ToDo]:
    """Give what waits for the office, and for its head; one query."""
    asked = Q(adjustments__state=AdjustmentState.OPEN)
    found = Target.objects.aggregate(
        alone=Count("pk", filter=Q(state=TargetState.PROPOSED, department__isnull=True), distinct=True),
        ready=Count("pk", filter=Q(state=TargetState.AGREED), distinct=True),
        asked=Count("adjustments", filter=asked, distinct=True),
    )
    of_head = found["asked"] if head else 0
    for do, count in ((Do.TARGET_ANSWER, found["alone"]), (Do.TARGET_FIX, found["ready"]), (Do.TARGET_ADJUST, of_head)):
        if count:
            yield ToDo(do, count=count)


def _by(do: Do, whose: str, **which: object) -> Iterator[ToDo]:
    """Give a line per unit or department and year, due on the day the first call closes that is not answered yet."""
    rows = Target.objects.filter(**which).order_by()
    found = rows.values_list("year", f"{whose}__name", f"{whose}_id").annotate(
        count=Count("pk"), closes=Min("call__closes")
    )
    for year, name, number, count, closes in found:
        due: date | None = closes if do is Do.TARGET_PROPOSE else None
        yield ToDo(do, due, str(year), name, number, count)
