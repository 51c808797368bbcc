"""What a person has to do, by when: the home page's inbox."""

from baton.assessment.queries.inbox.correcting import to_correct
from baton.assessment.queries.inbox.deciding import to_decide
from baton.assessment.queries.inbox.planned import to_plan
from baton.assessment.queries.inbox.reporting import to_report
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.inbox.unit import to_answer
from baton.core import clock
from baton.core.models import User
from baton.org.queries import powers

__all__ = ["Do", "ToDo", "to_do"]


def to_do(user: User) -> list[ToDo]:
    """Give everything that waits for a person, what is due first; what has no day comes last."""
    mine = powers(user, clock.today())
    found = [*to_report(user, mine), *to_answer(user, mine), *to_decide(user, mine), *to_correct(user, mine)]
    found += to_plan(user, mine)
    return sorted(found, key=lambda one: (one.due is None, one.due or clock.today(), one.do, one.period))
