"""What waits of the plan: items to file, and of special assessments figures to report, to check, contests to answer."""

from collections.abc import Iterator

from baton.assessment.actions.below.doors import REPORTS, SIGNS
from baton.assessment.choices import PlanState, SpecialCheckState, SpecialStage, SpecialState
from baton.assessment.models import PlanItem, Special
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.inbox.there import There
from baton.assessment.queries.special_days import days_of
from baton.assessment.queries.special_reports import office_verifies, special_reports
from baton.assessment.queries.specials import reporters_of, verifiers_of
from baton.assessment.rules.special_days import SpecialDays
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers

_OFFICE = {Role.OFFICE, Role.OFFICE_HEAD}


def to_plan(user: User, mine: Powers, there: There) -> Iterator[ToDo]:
    """Give the items off the plan that the head files, and what waits of special assessments that are open."""
    if there.off_plan and Role.OFFICE_HEAD in mine.county:
        rows = PlanItem.objects.filter(state=PlanState.PROPOSED, off_plan=True).select_related("organiser")
        for one in rows:
            yield ToDo(Do.PLAN_ITEM, one.opens, "", one.organiser.name, one.organiser_id, 1, one.pk, one.title)
    if not there.specials:
        return
    open_now = Special.objects.visible_to(user).filter(state=SpecialState.OPEN)
    for row in open_now.select_related("item", "version").prefetch_related("reopenings"):
        yield from _of(user, mine, row)


def _of(user: User, mine: Powers, row: Special) -> Iterator[ToDo]:
    days, title = days_of(row), row.item.title
    reports, signs = mine.units_of(*REPORTS), mine.units_of(*SIGNS)
    if reports or (mine.county & _OFFICE and office_verifies(row)):
        yield from _figures(user, row, days, reports)
    checks = row.checks.select_related("unit")
    if days.stage(clock.today()) is SpecialStage.CHECK and signs:
        for check in checks.filter(state=SpecialCheckState.OPEN, unit__in=signs):
            unit, until = check.unit, days.checks_until(check.unit_id)
            if clock.today() <= until:
                yield ToDo(Do.SPECIAL_CHECK, until, "", unit.name, unit.pk, 1, row.pk, title)
    if mine.county & _OFFICE:
        for check in checks.filter(state=SpecialCheckState.CONTESTED):
            unit = check.unit
            yield ToDo(Do.SPECIAL_CONTEST, days.checks_until(), "", unit.name, unit.pk, 1, row.pk, title)


def _figures(user: User, row: Special, days: SpecialDays, mine: frozenset[int]) -> Iterator[ToDo]:
    """Give what is to be reported, what came back, and what is to be verified."""
    found, title = special_reports(row), row.item.title
    for one in reporters_of(user, row, days, found):
        unit, left = one.unit, one.asked - one.there
        if unit.pk in mine and left and not one.overdue:
            yield ToDo(Do.SPECIAL_REPORT, one.until, "", unit.name, unit.pk, left, row.pk, title)
        if unit.pk in mine and one.returned:
            until = days.checks_until()
            yield ToDo(Do.SPECIAL_RETURNED, until, "", unit.name, unit.pk, one.returned, row.pk, title)
    for verifier in verifiers_of(user, found):
        if verifier.mine and verifier.waiting:
            name, number = ("", 0) if verifier.unit is None else (verifier.unit.name, verifier.unit.pk)
            yield ToDo(Do.SPECIAL_VERIFY, days.checks_until(), "", name, number, verifier.waiting, row.pk, title)
