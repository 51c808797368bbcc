"""Answers to what is on the table: the department or the office to a proposal, the unit to their number."""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import SIGNS, require_office
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.actions.below.targets import (
    field_of,
    locked,
    named,
    people_of_department,
    read_number,
    require_department,
    require_seen,
    require_state,
    require_unit,
    step,
    weigh,
)
from baton.assessment.choices import TargetState, TargetStepKind
from baton.assessment.models import Target
from baton.core.acting import Actor, acting
from baton.words import Place, Problem, Refused


def accept_target(*, by: Actor, target: int, seen: int | None = None) -> Target:
    """Agree to the number on the table: the department to a proposal, the unit's head to the department's number.

    `seen`: number of the last step that was seen, so that nobody agrees to another number than the one on the page.
    The other side is told. Raises `Refused` for whose turn it is not.
    """
    with acting(by) as told:
        (row,) = locked([target])
        require_state(row, TargetState.PROPOSED, TargetState.COUNTERED)
        require_seen(row, seen)
        if row.state == TargetState.PROPOSED:
            of, behalf, row.agreed = require_department(by, row), "", row.proposed
            others = people_in([row.unit], *OF_UNIT)
        else:
            behalf, of, row.agreed = require_unit(by, row, *SIGNS), row.unit, row.countered
            others = people_of_department(row)
        row.state, row.drafted, row.draft_reason = TargetState.AGREED.value, "", ""
        row.save()
        step(row, by, TargetStepKind.ACCEPTED, of, value=row.agreed, behalf_of=behalf)
        weigh([row])
        given = named(row, value=row.agreed)
        told.tell(others, "targets.notice_agreed", link=places.target(row.pk), **given)
        told.did("targets.did_accept", row, value=row.agreed, behalf_of=behalf)
    return row


def counter_target(*, by: Actor, target: int, typed: str, reason: str, seen: int | None = None) -> Target:
    """Answer a proposal with another number and the reason; by the lead department, or the office.

    What both have agreed on can still be answered by the office, before it is fixed. Raises `Refused` with everything
    that stands against it: no number, no reason, the number that is on the table already.
    """
    with acting(by) as told:
        (row,) = locked([target])
        require_state(row, TargetState.PROPOSED, TargetState.AGREED)
        if row.state == TargetState.AGREED:
            require_office(by)
        of = require_department(by, row)
        require_seen(row, seen)
        value = read_number(typed, field_of(row), reason)
        if value == row.table:
            raise Refused([Problem("targets.same_number", {"value": value}, Place(field="typed"))])
        row.state, row.countered, row.agreed = TargetState.COUNTERED.value, value, ""
        row.save(update_fields=["state", "countered", "agreed"])
        step(row, by, TargetStepKind.COUNTERED, of, value=value, reason=reason)
        weigh([row])
        given = named(row, value=value)
        told.tell(people_in([row.unit], *OF_UNIT), "targets.notice_countered", link=places.target(row.pk), **given)
        told.did("targets.did_counter", row, value=value, reason=reason.strip()[:400])
    return row
