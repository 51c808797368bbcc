"""What a person's units have to report in the months that are open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from baton.assessment.choices import MonthState, Stage, SubmissionState
from baton.assessment.models import Month, Submission, Window
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.windows import Until, until_of
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers

REPORTS = (Role.REPORTER, Role.VERIFIER)
_SHOWN_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A month that a unit reports: until when, and whether it is open; `closes` the latest day of its windows."""

    month: Month
    unit: Unit
    untils: tuple[Until, ...]

    @property
    def open(self) -> bool:
        """Whether anything can be entered today."""
        return any(one.closed is None for one in self.untils)

    @property
    def closes(self) -> date:
        """The first day on which something that is still open closes; the last one where nothing is."""
        still = [one.closes for one in self.untils if one.closed is None]
        return min(still) if still else max(one.closes for one in self.untils)


def open_months(user: User) -> list[Month]:
    """Give the newest months that are not out yet, newest first."""
    rows = Month.objects.visible_to(user).exclude(state=MonthState.PUBLISHED).select_related("scheme")
    return list(rows[:_SHOWN_MONTHS])


def units_reporting(user: User) -> frozenset[int]:
    """Give the numbers of the units that a person reports for."""
    return powers(user, clock.today()).units_of(*REPORTS)


def tasks_of(user: User, months: Iterable[Month]) -> list[Task]:
    """Give what the person's units report for the whole county, newest month first; the office sees all units'."""
    sight = sight_of(user)
    rows = Window.objects.visible_to(user).filter(month__in=list(months), stage=Stage.REPORT)
    if not sight.office:
        rows = rows.filter(unit__in=units_reporting(user))
    found: dict[tuple[int, int], list[Window]] = {}
    rows = rows.select_related("month__scheme", "unit", "release").prefetch_related("reopenings")
    for row in rows.order_by("-month__period", "unit__order", "closes"):
        found.setdefault((row.month_id, row.unit_id), []).append(row)
    return [
        Task(several[0].month, several[0].unit, tuple(until_of(one) for one in several)) for several in found.values()
    ]


def submissions_of(user: User, months: Iterable[Month]) -> list[Submission]:
    """Give the reports that the person's units make themselves, those that wait first."""
    sight = sight_of(user)
    rows = Submission.objects.visible_to(user).filter(month__in=list(months))
    rows = rows.filter(Q(unit__in=sight.units, office=None) | Q(office__in=sight.units) | Q(holder=user))
    found = rows.select_related("month__scheme", "unit", "office", "window__release", "holder")
    found = found.prefetch_related("window__reopenings")
    return sorted(found, key=lambda one: one.state == SubmissionState.APPROVED)
