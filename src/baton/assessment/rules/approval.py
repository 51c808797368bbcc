"""How a unit's own report goes: clerk → leader in charge → unit head → lead department, by the verbs people know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from baton.assessment.choices import StepRole, SubmissionState, Verb

_WAY = (
    (SubmissionState.DRAFT, StepRole.CLERK),
    (SubmissionState.LEADER_IN_CHARGE, StepRole.LEADER_IN_CHARGE),
    (SubmissionState.UNIT_HEAD, StepRole.UNIT_HEAD),
    (SubmissionState.VERIFIER, StepRole.VERIFIER),
)
_NEXT = {state: after for (state, _), (after, _) in pairwise(_WAY)}
_BEFORE = {after: state for state, after in _NEXT.items()}
TURN = dict(_WAY)
"""Whose turn it is in each state; nobody's once it is approved."""
_REASONED = frozenset({Verb.RETURN, Verb.RECALL, Verb.TRANSFER, Verb.COUNTERSIGN})


def verbs(state: SubmissionState, countersigning: bool = False) -> frozenset[Verb]:
    """What whose turn it is can do. Everybody concerned may copy and remind besides."""
    if state is SubmissionState.APPROVED:
        return frozenset()
    if countersigning:
        return frozenset({Verb.APPROVE, Verb.RETURN})
    if state is SubmissionState.DRAFT:
        return frozenset({Verb.SUBMIT, Verb.TRANSFER})
    return frozenset({Verb.APPROVE, Verb.RETURN, Verb.TRANSFER, Verb.COUNTERSIGN})


def after(state: SubmissionState, verb: Verb) -> SubmissionState:
    """Give the state after a verb. Raises `KeyError` where the verb has no place there."""
    if verb in (Verb.SUBMIT, Verb.APPROVE):
        return _NEXT.get(state, SubmissionState.APPROVED)
    if verb is Verb.RETURN:
        return SubmissionState.DRAFT if state is not SubmissionState.DRAFT else state
    if verb is Verb.RECALL:
        return _BEFORE[state]
    return state


def needs_reason(verb: Verb) -> bool:
    """Whether a verb is said with its reason: what sends work back or on to somebody else."""
    return verb in _REASONED


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken: when, and whose turn it was afterwards (None: nobody's)."""

    at: datetime
    turn: StepRole | None


def late_step(steps: Iterable[Done], deadline: datetime) -> StepRole | None:
    """Give the step with which the report lay when its time was up; None where it was with the lead department by then.

    The step that had it is late, not those before that were quick, nor the lead department that could not have it yet.
    """
    turn: StepRole | None = StepRole.CLERK
    for step in sorted(steps, key=lambda one: one.at):
        if step.at > deadline:
            break
        turn = step.turn
    return None if turn in (None, StepRole.VERIFIER) else turn
