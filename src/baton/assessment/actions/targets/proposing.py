"""A unit proposes: a clerk drafts number and reason, the head signs; again in each round until both agree."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import SIGNS
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.targets import (
    field_of,
    locked,
    people_of_department,
    read_number,
    require_seen,
    require_state,
    require_unit,
    step,
    weigh,
)
from baton.assessment.choices import TargetState, TargetStepKind
from baton.assessment.models import Target
from baton.assessment.queries.targets.lists import DRAFTS
from baton.core.acting import Actor, Told, acting
from baton.words import Place, Problem, Refused

_UNITS_TURN = (TargetState.OPEN, TargetState.COUNTERED)


@dataclass(frozen=True, slots=True)
class Draft:
    """A number that a clerk puts before the head, with its reason, as typed."""

    target: int
    typed: str
    reason: str


def draft_targets(*, by: Actor, drafts: Sequence[Draft]) -> Sequence[Target]:
    """Put numbers and their reasons before the unit's head, many at once; nobody outside the unit sees them.

    By the unit's people. Raises `Refused` with everything that stands against any of them, each at its own field
    (`typed-7`, `reason-7`), and where it is not the unit's turn.
    """
    given = {one.target: one for one in drafts}
    with acting(by) as told:
        rows = locked(given)
        problems: list[Problem] = []
        for row in rows:
            require_unit(by, row, *DRAFTS)
            require_state(row, *_UNITS_TURN)
            one = given[row.pk]
            try:
                row.drafted = read_number(one.typed, field_of(row), one.reason)
            except Refused as refused:
                problems += [_at(row, problem) for problem in refused.problems]
            row.draft_reason, row.drafted_by = one.reason.strip()[:400], by.user
        if problems:
            raise Refused(problems)
        for row in rows:
            row.save(update_fields=["drafted", "draft_reason", "drafted_by"])
            told.did("targets.did_draft", row, value=row.drafted)
    return rows


def _at(row: Target, problem: Problem) -> Problem:
    place = Place(sheet=row.unit.name, column=row.title, field=f"{problem.place.field}-{row.pk}")
    return Problem(problem.code, problem.params, place)


def propose_target(
    *, by: Actor, target: int, typed: str, reason: str, seen: int | None = None, key: str = ""
) -> Target:
    """Propose a number, or answer the department's with another, with the reason; by who signs for the unit.

    The office may on behalf of the unit, and is marked so. `seen`: number of the last step that was seen. Raises
    `Refused` with everything that stands against it, and where somebody said something since.
    """
    with acting(by) as told:
        call = once(by, "propose_target", key, target, typed, reason)
        (row,) = locked([target])
        if call.before is not None:
            return row
        behalf = require_unit(by, row, *SIGNS)
        require_state(row, *_UNITS_TURN)
        require_seen(row, seen)
        row.drafted = read_number(typed, field_of(row), reason)
        row.draft_reason = reason.strip()[:400]
        _propose(told, by, [row], behalf)
        call.answer(target=row.pk)
    return row


def sign_targets(*, by: Actor, targets: Collection[int], key: str = "") -> Sequence[Target]:
    """Sign what clerks drafted, many at once; by who signs for the unit. Raises `Refused` with every one unready."""
    if not targets:
        raise Refused([Problem("targets.none_chosen", {}, Place(field="wanted"))])
    with acting(by) as told:
        call = once(by, "sign_targets", key, sorted(targets))
        rows = locked(targets)
        if call.before is not None:
            return rows
        behalf = ""
        for row in rows:
            behalf = require_unit(by, row, *SIGNS)
        problems = [
            Problem("targets.no_draft", {"unit": row.unit.name, "title": row.title})
            for row in rows
            if row.state not in _UNITS_TURN or not row.drafted
        ]
        if problems:
            raise Refused(problems)
        _propose(told, by, rows, behalf)
        call.answer(targets=[row.pk for row in rows])
    return rows


def _propose(told: Told, by: Actor, rows: Sequence[Target], behalf: str) -> None:
    for row in rows:
        row.round += 1
        row.state, row.proposed = TargetState.PROPOSED.value, row.drafted
        said = {"value": row.proposed, "reason": row.draft_reason, "behalf_of": behalf}
        step(row, by, TargetStepKind.PROPOSED, row.unit, **said)
        told.did("targets.did_propose", row, value=row.proposed, round=row.round, behalf_of=behalf)
        row.drafted, row.draft_reason, row.drafted_by = "", "", None
        row.save()
    weigh(rows)
    departments: dict[int | None, list[Target]] = {}
    for row in rows:
        departments.setdefault(row.department_id, []).append(row)
    for those in departments.values():
        unit, count = those[0].unit.name, len(those)
        link = places.target(those[0].pk) if count == 1 else places.waiting_targets()
        told.tell(people_of_department(those[0]), "targets.notice_proposed", link=link, unit=unit, count=count)
