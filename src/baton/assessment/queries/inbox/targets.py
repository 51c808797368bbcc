"""Yearly targets in the inbox: to propose or answer, to fix, and changes for the head of the office; a line each."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min

from baton.assessment.choices import TargetState
from baton.assessment.models import Target
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.targets.lists import DEPARTMENT, DRAFTS, OFFICE, UNITS_TURN, open_adjustments
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
        alone = Target.objects.filter(state=TargetState.PROPOSED, department__isnull=True).count()
        if alone:
            yield ToDo(Do.TARGET_ANSWER, count=alone)
        ready = Target.objects.filter(state=TargetState.AGREED).count()
        if ready:
            yield ToDo(Do.TARGET_FIX, count=ready)
    if Role.OFFICE_HEAD in mine.county and (asked := open_adjustments()):
        yield ToDo(Do.TARGET_ADJUST, count=asked)


def _by(do: Do, whose: str, **which: object) -> Iterator[ToDo]:
    """Give a line per unit or department and year, due on the day the first call closes that is not answered yet."""
    rows = Target.objects.filter(**which).order_by()
    found = rows.values_list("year", f"{whose}__name", f"{whose}_id").annotate(
        count=Count("pk"), closes=Min("call__closes")
    )
    for year, name, number, count, closes in found:
        due: date | None = closes if do is Do.TARGET_PROPOSE else None
        yield ToDo(do, due, str(year), name, number, count)
