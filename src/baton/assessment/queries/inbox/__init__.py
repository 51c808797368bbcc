"""What a person has to do, by when: the home page's inbox."""

from baton.assessment.queries.inbox.correcting import to_correct
from baton.assessment.queries.inbox.deciding import to_decide
from baton.assessment.queries.inbox.objecting import to_object
from baton.assessment.queries.inbox.planned import to_plan
from baton.assessment.queries.inbox.reporting import to_report
from baton.assessment.queries.inbox.targets import to_settle
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.inbox.unit import to_answer
from baton.assessment.queries.inbox.workshop import to_make
from baton.assessment.queries.inbox.yearly import of_the_year
from baton.core import clock
from baton.core.models import User
from baton.org.queries import powers

__all__ = ["Do", "ToDo", "to_do"]


def to_do(user: User) -> list[ToDo]:
    """Give everything that waits for a person, what is due first; what has no day comes last."""
    mine = powers(user, clock.today())
    rooms = (to_report, to_answer, to_decide, to_correct, to_object, to_plan, of_the_year)
    found = [one for room in rooms for one in room(user, mine)]
    found += [*to_make(mine), *to_settle(mine)]
    return sorted(found, key=lambda one: (one.due is None, one.due or clock.today(), one.do, one.period))
