"""Reporting workbooks: a trial that writes nothing, what it would change, then all of it in one step, or nothing."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from baton.assessment.actions.below.cells import Desk, Key, Wish, current_figures, held_against, refuse
from baton.assessment.actions.below.doors import month_of
from baton.assessment.actions.below.entering import enter
from baton.assessment.actions.below.filling import OwnCell, fill_in, own_cells
from baton.assessment.actions.below.once import once
from baton.assessment.choices import BatchKind
from baton.assessment.models import Batch, Figure, Submission
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import Read
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.files import keep, receive_workbook
from baton.engine.panel import Observation
from baton.sheets.annotate import annotate
from baton.sheets.cells import Absent as Mark
from baton.sheets.reports import Import, read_reports
from baton.words import Language, Place, Problem, Refused, Severity


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that would change: what stands there (None: nothing) and what the workbook says, with its cell.

    `own`: it fills in the unit's own report, where `stood` stands now; that report then goes over the unit's desks.
    """

    cell: Cell
    unit: str
    field: str
    before: Figure | None
    after: str
    sheet: str
    at: str
    own: bool = False
    stood: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a workbook brought in: figures as a batch (None: none changed), and the own reports that it filled in."""

    batch: Batch | None
    reports: tuple[Submission, ...]


@dataclass(frozen=True)
class Trial:
    """What a workbook would do. `agreed` names exactly these changes: who commits hands it back.

    `before`: the batch that brought the same file in already. `same`: figures that stand as the workbook says.
    """

    name: str
    digest: str
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    same: int
    agreed: str
    before: Batch | None
    headers: dict[str, int]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being taken."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    def marked(self, content: bytes, language: Language) -> bytes:
        """Give the workbook back with everything marked: red cells, notes, a column of explanations."""
        return annotate(content, [*self.problems], language, self.name, self.headers)


@dataclass(frozen=True)
class _Read:
    """A workbook read and held against what stands."""

    trial: Trial
    changes: list[Wish]
    current: dict[Key, Figure]
    own: list[OwnCell]


def try_workbook(*, by: Actor, period: str, name: str, content: bytes, preliminary: bool = False) -> Trial:
    """Read a workbook and say what it would change, with every problem by cell. Nothing is written.

    What a unit reports about itself fills in its own report, which goes over the unit's desks; where that is on its
    way already, a notice says so.
    """
    return _read(Desk(month_of(period), by), name, content, preliminary).trial


def import_workbook(
    *,
    by: Actor,
    period: str,
    name: str,
    content: bytes,
    agreed: str,
    preliminary: bool = False,
    key: str = "",
) -> Taken:
    """Bring in what a trial said, in one step. Raises `Refused` with every problem, and nothing is taken then.

    Also where the same file was taken already, and where the changes are no longer those that were agreed to. The file
    is kept with what it brought in, as evidence of what was committed.
    """
    month = month_of(period)
    with acting(by) as told:
        call = once(by, "import_workbook", key, period, hashlib.sha256(content).hexdigest(), preliminary)
        if call.before is not None:
            return _before(call.before)
        desk = Desk(month, by)
        read = _read(desk, name, content, preliminary)
        trial = read.trial
        refuse(trial.errors)
        if trial.before is not None:
            raise Refused([_taken(trial.before)])
        if trial.agreed != agreed:
            raise Refused([Problem("assessment.trial_outdated")])
        batch = enter(told, desk, read.changes, BatchKind.WORKBOOK, read.current, (name, trial.digest))
        reports = fill_in(told, read.own)
        if batch is None and not reports:
            raise Refused([Problem("assessment.workbook_changes_nothing", {"file": name})])
        received = receive_workbook(name, content)
        for owner in [*([] if batch is None else [batch]), *reports]:
            # Against nobody's quota: a full one must not keep a deadline's figures out.
            keep(told, received, owner=owner)
        call.answer(batch=None if batch is None else batch.pk, reports=[one.pk for one in reports])
    return Taken(batch, tuple(reports))


def _before(answer: Mapping[str, Any]) -> Taken:
    reports = Submission.objects.filter(pk__in=answer["reports"]).order_by("pk")
    return Taken(Batch.objects.filter(pk=answer["batch"]).first(), tuple(reports))


def _taken(before: Batch) -> Problem:
    by = before.by.name if before.by is not None else "—"
    return Problem("assessment.file_taken", {"by": by, "at": clock.minute_of(before.at)})


def _read(desk: Desk, name: str, content: bytes, preliminary: bool) -> _Read:
    # What a file lacks is no news here: others report the rest of the month.
    found = read_reports([(name, content)], desk.form.scheme, periods=(), context=desk.form.reading)
    problems = list(found.problems)
    if found.events:
        problems.append(Problem("assessment.events_not_here", {"count": len(found.events)}, Place(name)))
    wishes, by_desks = [], []
    for one in _reported(found):
        wish = _wish(desk, one, preliminary)
        if isinstance(wish, Problem):
            problems.append(wish)
            continue
        barred = desk.barred(wish.cell, replace(wish.place, file=name))
        if barred is not None and barred.code == "assessment.goes_by_desks":
            by_desks.append(wish)
            continue
        problems += [barred] if barred is not None else []
        wishes.append(wish)
    current = current_figures(wish.key for wish in wishes)
    changes, conflicts = held_against(wishes, current)
    problems += [replace(one, place=replace(one.place, file=name)) for one in conflicts]
    own, on_their_way = own_cells(desk.by, desk, by_desks, name)
    problems += on_their_way
    (receipt,) = found.receipts
    trial = _trial(name, receipt.digest, found, problems, wishes, changes, current)
    if own:
        shown = (*trial.changes, *map(_own_change, own))
        trial = replace(trial, changes=shown, agreed=_with_own(trial.agreed, own))
    return _Read(trial, changes, current, own)


def _own_change(one: OwnCell) -> Change:
    wish = one.wish
    name, heading = wish.unit.name, wish.field.heading
    return Change(wish.cell, name, heading, None, one.text, wish.sheet, wish.at, own=True, stood=one.stood)


def _with_own(agreed: str, own: Iterable[OwnCell]) -> str:
    """Name the own cells too."""
    lines = sorted(f"{one.report} {one.name} {one.stood} {one.text}" for one in own)
    return hashlib.sha256("\n".join([agreed, *lines]).encode()).hexdigest()


def _reported(found: Import) -> Iterable[Observation]:
    """Give the figures but those whose cells say that they are still lacking (缺、未报): these are no report."""
    lacking = {(one.unit, one.series, one.figure, one.period) for one in found.absences if one.kind is Mark.LACKING}
    return (one for one in found.observations if (one.unit, one.series, one.figure, one.period) not in lacking)


def _wish(desk: Desk, one: Observation, preliminary: bool) -> Wish | Problem:
    cell, origin = Cell(one.unit, one.series, one.figure, one.period), one.origin
    unknown = desk.known(cell)
    if unknown is not None:
        return replace(unknown, place=Place(origin.file, origin.sheet, origin.cell, unknown.place.field))
    read = Read(one.value, False, origin.conversion)
    field, unit = desk.form.fields[one.series, one.figure], desk.units[one.unit]
    first = preliminary or one.preliminary
    return Wish(cell, read, field, unit, None, first, origin.sheet, origin.cell)


def _trial(
    name: str,
    digest: str,
    found: Import,
    problems: list[Problem],
    wishes: list[Wish],
    changes: list[Wish],
    current: dict[Key, Figure],
) -> Trial:
    shown = [
        Change(
            wish.cell,
            wish.unit.name,
            wish.field.heading,
            current.get(wish.key),
            wish.read.text or wish.absent,
            wish.sheet,
            wish.at,
        )
        for wish in changes
    ]
    before = Batch.objects.filter(file_digest=digest, undone_by__isnull=True).exclude(kind=BatchKind.UNDO)
    headers = {sheet: row for receipt in found.receipts for sheet, row in receipt.headers.items()}
    return Trial(
        name,
        digest,
        tuple(problems),
        tuple(shown),
        len(wishes) - len(changes),
        _agreed(digest, changes, current),
        before.select_related("by").first() if digest else None,
        headers,
    )


def _agreed(digest: str, changes: Iterable[Wish], current: dict[Key, Figure]) -> str:
    """Name exactly these changes: SHA-256 over the file, and over every cell with what stands there and would."""
    lines = sorted(
        f"{wish.cell} {current[wish.key].pk if wish.key in current else 0} {wish.read.text or wish.absent}"
        f" {wish.preliminary}"
        for wish in changes
    )
    return hashlib.sha256("\n".join([digest, *lines]).encode()).hexdigest()
