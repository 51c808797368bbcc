"""A unit's own report on its way: whose turn it is, and who may take it."""

from datetime import datetime, time

from django.utils import timezone

from baton.assessment.actions.below.people import people_in
from baton.assessment.choices import StepRole, SubmissionState, Verb
from baton.assessment.models import Duty, Submission, SubmissionStep, Window
from baton.assessment.rules.approval import TURN, Done, after, late_step
from baton.core import clock
from baton.core.acting import Actor
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import may

_ROLES = {
    StepRole.PART: (Role.REPORTER, Role.UNIT_HEAD),
    StepRole.CLERK: (Role.REPORTER,),
    StepRole.LEADER_IN_CHARGE: (Role.LEADER_IN_CHARGE, Role.UNIT_HEAD),
    StepRole.UNIT_HEAD: (Role.UNIT_HEAD,),
    StepRole.VERIFIER: (Role.VERIFIER,),
}


def turn_of(row: Submission) -> StepRole | None:
    """Whose turn it is; None once it is approved."""
    if row.whole_id is not None and row.state == SubmissionState.DRAFT:
        return StepRole.PART
    return TURN.get(SubmissionState(row.state))


def desk_of(row: Submission, turn: StepRole) -> Unit | None:
    """Give the unit at which a step is taken; None: nobody is named to verify, so the office does."""
    if turn is StepRole.VERIFIER:
        duty = Duty.objects.filter(scheme=row.month.scheme_id, series=row.series, unit=row.unit_id)
        found = duty.select_related("verifier").first()
        return None if found is None else found.verifier
    return row.office if turn is StepRole.PART else row.unit


def may_take(by: Actor, row: Submission, turn: StepRole) -> bool:
    """Whether it is this person's turn: by role at the desk, or because the report was put to them."""
    if by.user is None:
        return True
    if row.holder_id is not None:
        return row.holder_id == by.user.pk
    desk = desk_of(row, turn)
    if desk is None:
        return may(by.user, Role.OFFICE, Role.OFFICE_HEAD)
    if turn is StepRole.VERIFIER and may(by.user, Role.OFFICE, Role.OFFICE_HEAD):
        return True
    return may(by.user, *_ROLES[turn], unit=desk)


def waiting_people(row: Submission, verb: Verb, to: int | None) -> list[User]:
    """Give the people to be told of a step: whom it was put to, else whoever has the report now."""
    if verb is Verb.COPY or row.holder_id is not None:
        holder = to if verb is Verb.COPY else row.holder_id
        return list(User.objects.filter(pk__in=[holder]))
    turn = turn_of(row)
    return [] if turn is None else people_in([desk_of(row, turn)], *_ROLES[turn])


def take(row: Submission, by: Actor, turn: StepRole, verb: Verb, reason: str = "", to: int | None = None) -> None:
    """Take a step: write it down, and put the report on the next desk. Whoever was late with it is named."""
    deadline = end_of(row.window)
    now = clock.now()
    if verb not in (Verb.COPY, Verb.REMIND):
        if not (verb is Verb.APPROVE and row.countersigns):
            row.state = _after(row, verb).value
        row.holder_id = to
        row.countersigns = verb is Verb.COUNTERSIGN
    SubmissionStep.objects.create(
        submission=row, role=turn, verb=verb, by=by.user, to_id=to, at=now, late=now > deadline, reason=reason[:400]
    )
    row.late_step = _late(row, deadline)
    row.save(update_fields=["state", "holder", "countersigns", "late_step"])


def _after(row: Submission, verb: Verb) -> SubmissionState:
    """Give the state after a verb; a part goes straight back to the clerk of the whole."""
    if row.whole_id is not None and verb is Verb.SUBMIT:
        return SubmissionState.APPROVED
    return after(SubmissionState(row.state), verb)


def _late(row: Submission, deadline: datetime) -> str:
    """Name the step with which the report lay when its time was up; a source that came late made nobody late."""
    if clock.now() <= deadline:
        return ""
    steps = row.steps.exclude(verb__in=(Verb.COPY, Verb.REMIND)).order_by("pk")
    done, state = [], SubmissionState.DRAFT
    for step in steps:
        verb = Verb(step.verb)
        if verb in (Verb.SUBMIT, Verb.APPROVE, Verb.RETURN, Verb.RECALL):
            state = after(state, verb)
        done.append(Done(step.at, TURN.get(state)))
    found = late_step(done, deadline)
    return "" if found is None else found.value


def end_of(window: Window) -> datetime:
    """Give the end of the last day on which a window is open; a later day where it was opened again."""
    last = max([window.closes, *(one.until for one in window.reopenings.all())])
    return datetime.combine(last, time.max, timezone.get_current_timezone())
