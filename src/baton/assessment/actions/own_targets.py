"""Targets that departments set themselves: put forward hung on a task, taken into the scheme or sent back."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import require_in, require_office
from baton.assessment.actions.below.drafting import add_revision, draft_of, newest, require_editable
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.choices import DraftChange, OwnTargetState
from baton.assessment.models import DraftRevision, OwnTarget
from baton.assessment.models.sight import UNIT_ROLES
from baton.assessment.rules.scheme_edits import own_target, with_new_line
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import written
from baton.org.models import Unit
from baton.words import Place, Problem, Refused

_LARGEST, _PLACES, _NAMED = Decimal("1e11"), 6, 5


def propose_target(
    *,
    by: Actor,
    draft: int,
    unit: Unit,
    name: str,
    value: str,
    measure: str,
    hook: str,
    definition: str = "",
    key: str = "",
) -> OwnTarget:
    """Put a target forward for a department's own scheme lines; by the department, while the text may still change.

    Raises `Refused` with everything that is missing; one that hangs on no task is not taken (domain.md, last section,
    10).
    """
    require_in(by, unit, *UNIT_ROLES)
    with acting(by) as told:
        call = once(by, "propose_target", key, draft, unit.pk, name, value, measure, hook, definition)
        if call.before is not None:
            return OwnTarget.objects.get(pk=call.before["target"])
        row = draft_of(draft)
        require_editable(row)
        if row.comments_until is None:
            raise Refused([Problem("workshop.not_put_before_units")])
        number = _number(value)
        problems = _problems(newest(row).scheme, unit, name, number, measure, hook)
        if problems or number is None:
            raise Refused(problems)
        made = OwnTarget.objects.create(
            draft=row,
            unit=unit,
            name=name.strip()[:200],
            definition=definition.strip()[:1000],
            value=number,
            measure=measure.strip()[:40],
            hook=hook,
            by=by.user,
            at=clock.now(),
        )
        told.did("workshop.target_proposed_by", made, unit=unit.code, hook=hook, draft=row.pk)
        call.answer(target=made.pk)
    return made


def _number(given: str) -> Decimal | None:
    try:
        found = Decimal(given.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    if not found.is_finite() or not 0 < found < _LARGEST or found != round(found, _PLACES):
        return None
    return found


def _problems(scheme: Scheme, unit: Unit, name: str, number: Decimal | None, measure: str, hook: str) -> list[Problem]:
    found = []
    if not any(one.code == unit.code and one.group is not None for one in scheme.units):
        found.append(Problem("workshop.unit_not_assessed", {"unit": unit.name}, Place(field="unit")))
    if not name.strip():
        found.append(Problem("workshop.name_lacking", {}, Place(field="name")))
    if number is None:
        found.append(Problem("workshop.value_lacking", {}, Place(field="value")))
    if not measure.strip():
        found.append(Problem("workshop.measure_lacking", {}, Place(field="measure")))
    if hook not in {task.code for task in scheme.tasks}:
        found.append(Problem("workshop.hook_lacking", {}, Place(field="hook")))
    return found


@dataclass(frozen=True, slots=True)
class Pick:
    """A target to be taken: under which node, and with which full marks, as typed."""

    target: int
    parent: str
    points: str


def take_targets(*, by: Actor, draft: int, picks: Sequence[Pick]) -> DraftRevision:
    """Take targets into the scheme as indicators of their units, all in one revision or none; by the office.

    Raises `Refused` with everything that does not hold, by the field of each target.
    """
    require_office(by)
    if not picks:
        raise Refused([Problem("workshop.nothing_picked")])
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        scheme = newest(row).scheme
        rows = {one.target: _waiting(one.target, draft) for one in sorted(picks, key=lambda one: one.target)}
        nodes = {node.code for node in scheme.nodes}
        problems = [problem for one in picks for problem in _pick_problems(one, nodes)]
        if problems:
            raise Refused(problems)
        for one in picks:
            scheme = _with_target(told, by, scheme, rows[one.target], one)
        units = list(dict.fromkeys(one.unit.name for one in rows.values()))
        note = "、".join(units[:_NAMED]) + ("…" if len(units) > _NAMED else "")
        return add_revision(told, by, row, scheme, DraftChange.OWN_TARGET, note=note)


def _pick_problems(one: Pick, nodes: Collection[str]) -> Iterator[Problem]:
    if one.parent not in nodes:
        yield Problem("workshop.parent_unknown", {}, Place(field=f"parent-{one.target}"))
    if _number(one.points) is None:
        yield Problem("workshop.points_lacking", {}, Place(field=f"points-{one.target}"))


def _with_target(told: Told, by: Actor, scheme: Scheme, row: OwnTarget, pick: Pick) -> Scheme:
    given = {"name": row.name, "definition": row.definition, "value": row.value, "measure": row.measure}
    worth = _number(pick.points) or Decimal(0)
    made = own_target(scheme, row.unit.code, given | {"hook": row.hook}, pick.parent, worth)
    line = written(made)
    assert isinstance(line, dict)
    _decide(row, by, OwnTargetState.TAKEN, indicator=made.code)
    link = places.draft_own_targets(row.draft_id)
    told.tell(people_in([row.unit], *OF_UNIT), "workshop.notice_taken", link=link, name=row.name)
    told.did("workshop.target_taken_by", row, indicator=made.code, points=str(worth))
    return with_new_line(scheme, "indicators", line)


def return_target(*, by: Actor, target: int, reason: str) -> OwnTarget:
    """Send a target back to its unit, with the reason; by the office."""
    require_office(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field=f"reason-{target}"))])
    with acting(by) as told:
        row = _waiting(target)
        _decide(row, by, OwnTargetState.RETURNED, answer=reason.strip()[:400])
        told.tell(
            people_in([row.unit], *OF_UNIT),
            "workshop.notice_returned",
            link=places.draft_own_targets(row.draft_id),
            name=row.name,
        )
        told.did("workshop.target_returned_by", row, reason=row.answer)
    return row


def withdraw_target(*, by: Actor, target: int) -> OwnTarget:
    """Take a target back that the office has not decided on; by its unit."""
    with acting(by) as told:
        row = _waiting(target)
        require_in(by, row.unit, *UNIT_ROLES)
        _decide(row, by, OwnTargetState.WITHDRAWN)
        told.did("workshop.target_withdrawn_by", row)
    return row


def _waiting(number: int, draft: int | None = None) -> OwnTarget:
    rows = OwnTarget.objects.select_related("unit").select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=number, **({} if draft is None else {"draft": draft})).first()
    if row is None or row.state != OwnTargetState.PROPOSED:
        raise Refused([Problem("workshop.target_closed")])
    return row


def _decide(row: OwnTarget, by: Actor, state: OwnTargetState, answer: str = "", indicator: str = "") -> None:
    row.state, row.answer, row.indicator = state.value, answer, indicator
    row.decided_by, row.decided_at = by.user, clock.now()
    row.save(update_fields=["state", "answer", "indicator", "decided_by", "decided_at"])
