"""What a person has to do, by when: the home page's inbox."""

from collections.abc import Iterable

from baton.assessment.choices import MonthState
from baton.assessment.models import Month
from baton.assessment.queries.inbox.correcting import to_correct
from baton.assessment.queries.inbox.deciding import to_decide
from baton.assessment.queries.inbox.objecting import to_object
from baton.assessment.queries.inbox.planned import to_plan
from baton.assessment.queries.inbox.reporting import to_report
from baton.assessment.queries.inbox.targets import to_settle
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.inbox.there import there_is
from baton.assessment.queries.inbox.unit import to_answer
from baton.assessment.queries.inbox.workshop import to_make
from baton.assessment.queries.inbox.yearly import of_the_year
from baton.core import clock
from baton.core.models import User
from baton.org.queries import powers

__all__ = ["Do", "ToDo", "to_do"]


def to_do(user: User, months: Iterable[Month] | None = None) -> list[ToDo]:
    """Give everything that waits for a person, what is due first; what has no day comes last.

    `months`: where they are known already, all that are not published, with their schemes; others do no harm.
    """
    mine, there = powers(user, clock.today()), there_is(user)
    known = Month.objects.exclude(state=MonthState.PUBLISHED).select_related("scheme") if months is None else months
    open_now = [one for one in known if one.state != MonthState.PUBLISHED]
    rooms: list[Iterable[ToDo]] = [
        to_report(user, mine, open_now, there),
        to_answer(user, mine),
        to_decide(user, mine, open_now, there),
        to_correct(user, mine, there),
        to_plan(user, mine, there),
    ]
    if there.objections:
        rooms.append(to_object(user, mine))
    if there.years:
        rooms.append(of_the_year(user, mine))
    if there.drafts:
        rooms.append(to_make(mine))
    if there.targets:
        rooms.append(to_settle(mine))
    found = [one for room in rooms for one in room]
    return sorted(found, key=lambda one: (one.due is None, one.due or clock.today(), one.do, one.period))
