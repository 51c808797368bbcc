"""Objections to results: to be signed, put to a department, given an opinion on, answered, carried out."""

from collections.abc import Iterator

from baton.assessment.choices import WAITING, ObjectionState
from baton.assessment.models import Objection
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.rules.objections import may_decide
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers

_SIGNS = (Role.UNIT_HEAD, Role.LEADER_IN_CHARGE)
_OFFICE = {Role.OFFICE, Role.OFFICE_HEAD}


def to_object(user: User, mine: Powers) -> Iterator[ToDo]:
    """Give whatever of an objection waits for a person, with the day it is due."""
    office, head = bool(mine.county & _OFFICE), Role.OFFICE_HEAD in mine.county
    signs, gives = mine.units_of(*_SIGNS), mine.units_of(Role.VERIFIER, Role.UNIT_HEAD)
    if not (office or signs or gives):
        return
    seen = Objection.objects.visible_to(user)
    rows = seen.filter(state__in=(ObjectionState.DRAFTED, *WAITING)) | seen.to_carry_out()
    for row in rows.select_related("unit", "publication__month", "annual__annual"):
        state, today = ObjectionState(row.state), clock.today()
        if state is ObjectionState.DRAFTED and row.unit_id in signs and today <= row.lodge_until:
            yield _do(Do.OBJECTION_SIGN, row)
        elif state is ObjectionState.DECIDED:
            if office:
                yield _do(Do.OBJECTION_CARRY, row)
        elif state is ObjectionState.LODGED and office:
            yield _do(Do.OBJECTION_ASSIGN, row)
        elif state is ObjectionState.ASSIGNED and row.department_id in gives:
            yield _do(Do.OBJECTION_OPINION, row)
        elif head and may_decide(state, row.opinion_until, today):
            yield _do(Do.OBJECTION_DECIDE, row)


def _do(do: Do, row: Objection) -> ToDo:
    days = {Do.OBJECTION_SIGN: row.lodge_until, Do.OBJECTION_OPINION: row.opinion_until, Do.OBJECTION_CARRY: None}
    due = days.get(do, row.answer_until)
    return ToDo(do, due, row.issued.period, row.unit.name, row.unit_id, 1, row.pk, row.number)
