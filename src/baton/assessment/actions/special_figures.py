"""Figures of a special assessment: typed or by workbook, all or none; what is held is not asked again."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baton.assessment.actions.below import places
from baton.assessment.actions.below.anew import ask_anew
from baton.assessment.actions.below.cells import Wish, current_figures, held_against, refuse
from baton.assessment.actions.below.draft_cells import forget_typed, keep_typed
from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.below.figures import new_batch, write_wishes
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.actions.below.special_desk import SpecialDesk
from baton.assessment.actions.below.special_doors import special_of
from baton.assessment.choices import BatchKind, SpecialCheckState
from baton.assessment.models import Batch, Special, SpecialCheck
from baton.core.acting import Actor, Told, acting
from baton.core.files import Received, keep, receive_workbook
from baton.engine.panel import Observation
from baton.engine.terms import Evidence
from baton.org.models import Unit
from baton.sheets.cells import Absent as Mark
from baton.sheets.reports import Import, read_reports
from baton.words import Place, Problem, Refused, Severity


@dataclass(frozen=True, slots=True)
class SpecialTrial:
    """What a workbook would do: problems by cell, changes, figures that stand already. `agreed` names it."""

    name: str
    problems: tuple[Problem, ...]
    changes: tuple[Wish, ...]
    same: int
    agreed: str

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being taken."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)


def enter_special(
    *, by: Actor, special: int, cells: Sequence[Typed], received: Received | None = None, key: str = ""
) -> Batch | None:
    """Enter figures of a special assessment, all of them or none; None where nothing changes.

    By whoever reports them until the last day, then by the office until the result is out. Raises `Refused` with every
    cell that is wrong, another's, held by the house already, or changed by somebody else meanwhile; and without
    `received`, the file that shows it, where the scheme requires evidence for a figure that changes.
    """
    with acting(by) as told:
        call = once(by, "enter_special", key, special, [repr(one) for one in cells])
        if call.before is not None:
            return Batch.objects.filter(pk=call.before["batch"]).first()
        desk = SpecialDesk(special_of(special), by)
        wishes, problems = desk.typed(cells)
        changes, conflicts = held_against(wishes, current_figures(wish.key for wish in wishes))
        refuse([*problems, *conflicts])
        batch = _write(told, desk, changes, BatchKind.GRID, received=received)
        forget_typed(by, cells)
        call.answer(batch=None if batch is None else batch.pk)
    return batch


def draft_special(*, by: Actor, special: int, cells: Sequence[Typed]) -> int:
    """Keep cells as they are being typed, seen by nobody else, but for those not asked; gives how many."""
    if by.user is None:
        return 0
    desk = SpecialDesk(special_of(special, lock=False), by)
    asked = [one for one in cells if (one.series, one.figure, one.period) in desk.asks and one.unit in desk.units]
    with acting(by):
        keys = [(desk.units[one.unit].pk, one.series, one.figure, one.period) for one in asked]
        keep_typed(by.user, keys, asked)
    return len(asked)


def try_special_workbook(*, by: Actor, special: int, name: str, content: bytes) -> SpecialTrial:
    """Read a workbook and say what it would change, with every problem by cell. Nothing is written."""
    return _try(SpecialDesk(special_of(special, lock=False), by), name, content)


def import_special(
    *,
    by: Actor,
    special: int,
    name: str,
    content: bytes,
    agreed: str,
    received: Received | None = None,
    key: str = "",
) -> Batch:
    """Bring in what a trial said, in one step; the file is kept with it. Raises `Refused`; nothing is taken then."""
    with acting(by) as told:
        call = once(by, "import_special", key, special, hashlib.sha256(content).hexdigest())
        if call.before is not None:
            return Batch.objects.get(pk=call.before["batch"])
        desk = SpecialDesk(special_of(special), by)
        trial = _try(desk, name, content)
        refuse(trial.errors)
        if trial.agreed != agreed:
            raise Refused([Problem("assessment.trial_outdated")])
        file = (name, hashlib.sha256(content).hexdigest())
        batch = _write(told, desk, trial.changes, BatchKind.WORKBOOK, file, received)
        if batch is None:
            raise Refused([Problem("assessment.workbook_changes_nothing", {"file": name})])
        keep(told, receive_workbook(name, content), owner=batch)
        call.answer(batch=batch.pk)
    return batch


def _try(desk: SpecialDesk, name: str, content: bytes) -> SpecialTrial:
    found = read_reports([(name, content)], desk.form.scheme, periods=(), context=desk.form.reading)
    wishes, problems = desk.observed(_reported(found))
    current = current_figures(wish.key for wish in wishes)
    changes, conflicts = held_against(wishes, current)
    lines = sorted(f"{one.cell} {current[one.key].pk if one.key in current else 0} {one.read.text}" for one in changes)
    agreed = hashlib.sha256("\n".join([hashlib.sha256(content).hexdigest(), *lines]).encode()).hexdigest()
    return SpecialTrial(
        name, (*found.problems, *problems, *conflicts), tuple(changes), len(wishes) - len(changes), agreed
    )


def _reported(found: Import) -> Iterable[Observation]:
    """Give the figures but those whose cells say that they are still lacking (缺、未报): these are no report."""
    lacking = {(one.unit, one.series, one.figure, one.period) for one in found.absences if one.kind is Mark.LACKING}
    return (one for one in found.observations if (one.unit, one.series, one.figure, one.period) not in lacking)


def _write(
    told: Told,
    desk: SpecialDesk,
    changes: Sequence[Wish],
    kind: BatchKind,
    file: tuple[str, str] = ("", ""),
    received: Received | None = None,
) -> Batch | None:
    """Write changes down as a batch of the assessment; units that had signed are asked to look again."""
    if not changes:
        return None
    _require_evidence(changes, received)
    special = desk.special
    reporters = {desk.duties[wish.cell.series, wish.unit.pk].reporter for wish in changes}
    unit = next(iter(reporters)) if len(reporters) == 1 else None
    batch = new_batch(desk.by, kind, None, unit, _behalf(desk, reporters), file, reason=str(special))
    write_wishes(batch, changes, current_figures(wish.key for wish in changes))
    special.batches.add(batch)
    if received is not None:
        keep(told, received, owner=batch, charged_to=unit)
    _ask_again(told, special, {wish.unit.pk for wish in changes})
    ask_anew(told, batch, {wish.cell.period for wish in changes})
    told.did(
        "plans.special_reported",
        special,
        batch=batch.pk,
        count=len(changes),
        behalf_of=batch.behalf_of,
        file=batch.file_digest,
    )
    return batch


def _require_evidence(changes: Sequence[Wish], received: Received | None) -> None:
    """Refuse figures without the file that the scheme requires for them, each indicator once."""
    needing = {
        wish.field.indicator.name: None
        for wish in changes
        if wish.field.indicator.evidence is Evidence.REQUIRED and not wish.read.blank
    }
    if received is None:
        refuse(Problem("plans.evidence_lacking", {"name": name}, Place(field="evidence")) for name in needing)


def _behalf(desk: SpecialDesk, reporters: Iterable[Unit | None]) -> str:
    """Name the units for which the office enters."""
    if not desk.office or desk.by.user is None:
        return ""
    return "、".join(sorted(one.name for one in reporters if one is not None))[:200]


def _ask_again(told: Told, special: Special, units: set[int]) -> None:
    """Let units check again whose figures changed after they had signed."""
    rows = SpecialCheck.objects.filter(special=special, unit__in=units, state=SpecialCheckState.SIGNED)
    for row in rows.select_for_update(of=("self",), no_key=True).select_related("unit"):
        row.state, row.by, row.at = SpecialCheckState.OPEN.value, None, None
        row.save(update_fields=["state", "by", "at"])
        link = places.special_check(special.pk, row.unit.code)
        told.tell(people_in([row.unit], *OF_UNIT), "plans.notice_check_again", link=link, title=str(special))
