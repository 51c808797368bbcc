"""What waits of the plan: items to file, and of special assessments figures to report, to check, contests to answer."""

from collections.abc import Iterator

from baton.assessment.actions.below.doors import REPORTS, SIGNS
from baton.assessment.choices import PlanState, SpecialCheckState, SpecialStage, SpecialState
from baton.assessment.models import PlanItem, Special
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.specials import reporters_of
from baton.assessment.rules.special import stage_of
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers


def to_plan(user: User, mine: Powers) -> Iterator[ToDo]:
    """Give the items off the plan that the head files, and what waits of special assessments that are open."""
    if Role.OFFICE_HEAD in mine.county:
        rows = PlanItem.objects.filter(state=PlanState.PROPOSED, off_plan=True).select_related("organiser")
        for one in rows:
            yield ToDo(Do.PLAN_ITEM, one.opens, "", one.organiser.name, one.organiser_id, 1, one.pk, one.title)
    open_now = Special.objects.visible_to(user).filter(state=SpecialState.OPEN)
    for row in open_now.select_related("item", "version"):
        yield from _of(user, mine, row)


def _of(user: User, mine: Powers, row: Special) -> Iterator[ToDo]:
    stage, title = stage_of(row.report_until, row.check_until, clock.today()), row.item.title
    reports, signs = mine.units_of(*REPORTS), mine.units_of(*SIGNS)
    if stage is SpecialStage.REPORT and reports:
        for one in reporters_of(user, row):
            left, unit = one.asked - one.there, one.unit
            if left and unit.pk in reports:
                yield ToDo(Do.SPECIAL_REPORT, row.report_until, "", unit.name, unit.pk, left, row.pk, title)
    checks = row.checks.select_related("unit")
    if stage is SpecialStage.CHECK and signs:
        for check in checks.filter(state=SpecialCheckState.OPEN, unit__in=signs):
            unit = check.unit
            yield ToDo(Do.SPECIAL_CHECK, row.check_until, "", unit.name, unit.pk, 1, row.pk, title)
    if mine.county & {Role.OFFICE, Role.OFFICE_HEAD}:
        for check in checks.filter(state=SpecialCheckState.CONTESTED):
            unit = check.unit
            yield ToDo(Do.SPECIAL_CONTEST, row.check_until, "", unit.name, unit.pk, 1, row.pk, title)
