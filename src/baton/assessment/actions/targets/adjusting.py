"""A fixed target changes in the year by a recorded request only: reason, document, and the word of the office's head.

The new number is a figure beside the old one. What is published stays as it was published.
"""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import SIGNS, is_office, require_head
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, county_people, people_in
from baton.assessment.actions.below.targets import (
    field_of,
    locked,
    named,
    number_in,
    people_of_department,
    step,
    write_target,
)
from baton.assessment.choices import AdjustmentState, TargetState, TargetStepKind
from baton.assessment.models import Figure, Target, TargetAdjustment
from baton.assessment.queries.targets.lists import DEPARTMENT
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import may
from baton.words import Place, Problem, Refused


def ask_adjustment(
    *, by: Actor, target: int, typed: str, reason: str, document: str, key: str = ""
) -> TargetAdjustment:
    """Ask that a fixed target be changed: to what, why, by which document; by the unit's head or the department.

    Raises `Refused` with everything that stands against it; nothing changes before the head of the office says so.
    """
    with acting(by) as told:
        call = once(by, "ask_adjustment", key, target, typed, reason, document)
        if call.before is not None:
            return TargetAdjustment.objects.get(pk=call.before["adjustment"])
        (row,) = locked([target])
        of = _asks(by, row)
        before, value = _read(row, typed, reason, document)
        made = TargetAdjustment.objects.create(
            target=row,
            before=before,
            value=value,
            reason=reason.strip()[:400],
            document=document.strip()[:200],
            of=of,
            by=by.user,
            behalf_of=by.behalf_of,
            at=clock.now(),
        )
        given = named(row, value=value)
        link = places.adjustment(made.pk)
        told.tell(county_people(Role.OFFICE_HEAD), "targets.notice_adjustment_asked", link=link, **given)
        told.did("targets.did_ask_adjustment", made, target=row.pk, value=value, document=made.document)
        call.answer(adjustment=made.pk)
    return made


def _asks(by: Actor, row: Target) -> Unit | None:
    """Give the unit or department that asks, None for the office. Raises `Refused` for anybody else."""
    if by.user is not None and may(by.user, *SIGNS, unit=row.unit):
        return row.unit
    if row.department is not None and by.user is not None and may(by.user, *DEPARTMENT, unit=row.department):
        return row.department
    if is_office(by):
        return None
    raise Refused([Problem("targets.unit_says", {"unit": row.unit.name})])


def _read(row: Target, typed: str, reason: str, document: str) -> tuple[Figure, str]:
    if row.state != TargetState.FIXED or row.figure is None:
        raise Refused([Problem("targets.not_fixed")])
    if row.adjustments.filter(state=AdjustmentState.OPEN).exists():
        raise Refused([Problem("targets.adjustment_waits")])
    found, problems = number_in(typed, field_of(row)), list[Problem]()
    if isinstance(found, Problem):
        problems.append(found)
    elif found == row.figure.value:
        problems.append(Problem("targets.same_number", {"value": found}, Place(field="typed")))
    if not reason.strip():
        problems.append(Problem("targets.reason_lacking", {}, Place(field="reason")))
    if not document.strip():
        problems.append(Problem("targets.document_lacking", {}, Place(field="document")))
    if problems or isinstance(found, Problem):
        raise Refused(problems)
    return row.figure, found


def decide_adjustment(
    *, by: Actor, adjustment: int, granted: bool, answer: str = "", key: str = ""
) -> TargetAdjustment:
    """Grant a change, so that the new target counts from now on, or decline it with the reason; by the office's head.

    Never by the person who asked. Published results stay as they are. Raises `Refused`, also where it was decided.
    """
    require_head(by)
    with acting(by) as told:
        call = once(by, "decide_adjustment", key, adjustment, granted, answer)
        if call.before is not None:
            return TargetAdjustment.objects.get(pk=adjustment)
        one = _waiting(adjustment)
        (row,) = locked([one.target_id])
        if by.user is not None and by.user.pk == one.by_id:
            raise Refused([Problem("targets.adjustment_own")])
        if not granted and not answer.strip():
            raise Refused([Problem("targets.reason_lacking", {}, Place(field="answer"))])
        if granted:
            _change(told, by, row, one)
        one.state = (AdjustmentState.GRANTED if granted else AdjustmentState.DECLINED).value
        one.answer, one.decided_by, one.decided_at = answer.strip()[:400], by.user, clock.now()
        one.save()
        given = named(row)
        who = [*people_in([row.unit], *OF_UNIT), *people_of_department(row), *([one.by] if one.by else [])]
        told.tell(who, f"targets.notice_adjustment_{one.state}", link=places.adjustment(one.pk), **given)
        told.did("targets.did_decide_adjustment", one, state=one.state, answer=one.answer)
        call.answer(adjustment=one.pk)
    return one


def _change(told: Told, by: Actor, row: Target, one: TargetAdjustment) -> None:
    made = write_target(told, by, row, one.value, f"{one.reason}；{one.document}")
    one.made = row.figure = made
    row.save(update_fields=["figure"])
    step(row, by, TargetStepKind.ADJUSTED, None, value=one.value, reason=one.reason, document=one.document)


def withdraw_adjustment(*, by: Actor, adjustment: int) -> TargetAdjustment:
    """Take a request back that waits; by whoever may ask for it. Raises `Refused`."""
    with acting(by) as told:
        one = _waiting(adjustment)
        (row,) = locked([one.target_id])
        of = _asks(by, row)
        if of != one.of:
            raise Refused([Problem("targets.adjustment_of_others")])
        one.state, one.decided_by, one.decided_at = AdjustmentState.WITHDRAWN.value, by.user, clock.now()
        one.save(update_fields=["state", "decided_by", "decided_at"])
        told.did("targets.did_withdraw_adjustment", one)
    return one


def _waiting(number: int) -> TargetAdjustment:
    rows = TargetAdjustment.objects.select_related("of", "by").select_for_update(of=("self",), no_key=True)
    one = rows.filter(pk=number).first()
    if one is None or one.state != AdjustmentState.OPEN:
        raise Refused([Problem("targets.adjustment_closed")])
    return one
