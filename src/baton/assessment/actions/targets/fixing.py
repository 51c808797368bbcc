"""The office fixes targets: what was agreed, many at once; what was not, by its head after enough rounds."""

from collections.abc import Collection, Sequence

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import require_head, require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.actions.below.targets import (
    field_of,
    locked,
    named,
    read_number,
    require_seen,
    step,
    write_target,
)
from baton.assessment.choices import TargetState, TargetStepKind
from baton.assessment.models import Target
from baton.assessment.queries.numbers import numbers
from baton.core.acting import Actor, Told, acting
from baton.words import Place, Problem, Refused


def fix_targets(*, by: Actor, targets: Collection[int], document: str = "", key: str = "") -> Sequence[Target]:
    """Fix targets on which unit and department agree; from then on scoring reads them, and their group sees them.

    `document`: by which they were made known, where there is one. Raises `Refused` with every target that is not agreed
    on, and every one with something worth checking to which nobody has said a word.
    """
    require_office(by)
    if not targets:
        raise Refused([Problem("targets.none_chosen", {}, Place(field="wanted"))])
    with acting(by) as told:
        call = once(by, "fix_targets", key, sorted(targets), document)
        rows = locked(targets)
        if call.before is not None:
            return rows
        problems = [problem for row in rows if (problem := _not_ready(row)) is not None]
        if problems:
            raise Refused(problems)
        for row in rows:
            _fix(told, by, row, row.agreed, TargetStepKind.FIXED, "", document)
        call.answer(targets=[row.pk for row in rows])
    return rows


def _not_ready(row: Target) -> Problem | None:
    given = {"unit": row.unit.name, "title": row.title}
    if row.state != TargetState.AGREED:
        return Problem("targets.not_agreed", given)
    return _unanswered(row)


def _unanswered(row: Target) -> Problem | None:
    count = row.flags.unanswered().count()
    given = {"unit": row.unit.name, "title": row.title, "count": count}
    return Problem("targets.flags_unanswered", given) if count else None


def rule_target(
    *, by: Actor, target: int, typed: str, reason: str, document: str, seen: int | None = None, key: str = ""
) -> Target:
    """Fix a target on which unit and department do not agree: by the head of the office, with reason and document.

    Only after as many proposals as the county lets pass first (`assessment.target_rounds`). Raises `Refused` with
    everything that stands against it.
    """
    require_head(by)
    with acting(by) as told:
        call = once(by, "rule_target", key, target, typed, reason, document)
        (row,) = locked([target])
        if call.before is not None:
            return row
        least = numbers()["target_rounds"]
        if row.state not in (TargetState.PROPOSED, TargetState.COUNTERED) or row.round < least:
            raise Refused([Problem("targets.too_few_rounds", {"round": row.round, "least": least})])
        require_seen(row, seen)
        unanswered = _unanswered(row)
        if unanswered is not None:
            raise Refused([unanswered])
        value = _read(row, typed, reason, document)
        _fix(told, by, row, value, TargetStepKind.RULED, reason, document)
        call.answer(target=row.pk)
    return row


def _read(row: Target, typed: str, reason: str, document: str) -> str:
    without = [] if document.strip() else [Problem("targets.document_lacking", {}, Place(field="document"))]
    try:
        value = read_number(typed, field_of(row), reason)
    except Refused as refused:
        raise Refused([*refused.problems, *without]) from refused
    if without:
        raise Refused(without)
    return value


def _fix(told: Told, by: Actor, row: Target, value: str, kind: TargetStepKind, reason: str, document: str) -> None:
    document = document.strip()[:200]
    why = "；".join(one for one in (reason.strip(), document) if one)
    row.figure = write_target(told, by, row, value, why)
    row.state, row.agreed = TargetState.FIXED.value, value
    row.drafted, row.draft_reason = "", ""
    row.save()
    step(row, by, kind, None, value=value, reason=reason, document=document)
    given = named(row, value=value)
    told.tell(people_in([row.unit], *OF_UNIT), "targets.notice_fixed", link=places.target(row.pk), **given)
    told.did("targets.did_fix", row, value=value, ruled=kind is TargetStepKind.RULED, document=document)
