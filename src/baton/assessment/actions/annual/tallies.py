"""Leaders' and public evaluation: counted sheets entered, confirmed by a second person, then figures of the year."""

import hashlib
from collections.abc import Mapping, Sequence

from baton.assessment.actions.annual.year import annual_of
from baton.assessment.actions.below import places
from baton.assessment.actions.below.anew import ask_anew
from baton.assessment.actions.below.cells import Wish, current_figures, held_against, refuse
from baton.assessment.actions.below.doors import OFFICE
from baton.assessment.actions.below.figures import new_batch, write_wishes
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import county_people
from baton.assessment.actions.below.tallying import (
    Lines,
    TallyDesk,
    TallyTrial,
    require_counter,
    require_unknown,
    tried,
)
from baton.assessment.choices import Absent, BatchKind, TallyState
from baton.assessment.models import AnnualAssessment, Batch, Figure, Tally, TallyLine
from baton.assessment.rules.annual.tally import Line, read_line
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import Read
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.files import keep, receive_workbook
from baton.words import Place, Problem, Refused


def enter_tally(*, by: Actor, year: int, series: str, typed: Mapping[str, Mapping[str, str]], key: str = "") -> Tally:
    """Enter the counted sheets of a group of voters as they were typed: by unit (code), then by count or figure.

    Units of which nothing is typed, and lines that stand already, are left as they are. By people of the office on the
    list of readers. Raises `Refused` with every number that lacks or does not add up, every figure that came in another
    way already, while a count of the group waits, and once the year is made known.
    """
    require_counter(by)
    with acting(by) as told:
        call = once(by, "enter_tally", key, year, series, {unit: dict(row) for unit, row in typed.items()})
        if call.before is not None:
            return Tally.objects.get(pk=call.before["tally"])
        desk = _desk(year)
        voters, lines, problems = desk.group(series), [], []
        for code, row in typed.items():
            if code not in voters.units or code not in desk.units:
                problems.append(Problem("tallies.unit_not_asked", {"unit": code}))
                continue
            line, wrong = read_line(voters, code, desk.units[code].name, row)
            problems += wrong
            lines += [line] if line is not None else []
        wishes = desk.wishes(series, lines)
        problems += desk.held(wishes, current_figures(wish.key for wish in wishes))
        if problems:
            raise Refused(problems)
        (made,) = _entered(told, by, desk, {series: desk.new(series, lines)}) or (None,)
        if made is None:
            raise Refused([Problem("tallies.nothing_new")])
        call.answer(tally=made.pk)
    return made


def try_tallies(*, by: Actor, year: int, name: str, content: bytes) -> TallyTrial:
    """Say what a workbook of counts would do, with every problem by cell. Nothing is written."""
    require_counter(by)
    return tried(TallyDesk(annual_of(year)), name, content)


def import_tallies(*, by: Actor, year: int, name: str, content: bytes, agreed: str, key: str = "") -> list[Tally]:
    """Take what a trial said, whole or not at all: a count for each group of voters, each for a second person.

    Raises `Refused` as `enter_tally`, and where something changed since the trial.
    """
    require_counter(by)
    with acting(by) as told:
        digest = hashlib.sha256(content).hexdigest()
        call = once(by, "import_tallies", key, year, digest)
        if call.before is not None:
            return list(Tally.objects.filter(pk__in=call.before["tallies"]))
        desk = _desk(year)
        trial = tried(desk, name, content)
        if trial.errors:
            raise Refused(trial.errors)
        if not trial.count:
            raise Refused([Problem("tallies.nothing_new")])
        if trial.agreed != agreed:
            raise Refused([Problem("assessment.trial_outdated")])
        received = receive_workbook(name, content)
        made = _entered(told, by, desk, trial.lines, (name, digest))
        for one in made:
            keep(told, received, owner=one)
        call.answer(tallies=[one.pk for one in made])
    return made


def _desk(year: int) -> TallyDesk:
    annual = annual_of(year, lock=True)
    require_unknown(annual)
    return TallyDesk(annual)


def _entered(told: Told, by: Actor, desk: TallyDesk, given: Lines, file: tuple[str, str] = ("", "")) -> list[Tally]:
    """Write counts down, one for each series that has lines; raises `Refused` where one of a series waits already."""
    series = [one for one, lines in given.items() if lines]
    waiting = Tally.objects.filter(annual=desk.annual, series__in=series, state=TallyState.WAITING)
    refuse(
        Problem("tallies.waits", {"group": desk.voters[one.series].indicator.name, "by": _name(one)})
        for one in waiting.select_related("by")
    )
    return [_written(told, by, desk.annual, one, given[one], file, desk) for one in series]


def _name(row: Tally) -> str:
    return "—" if row.by is None else row.by.name


def _written(
    told: Told,
    by: Actor,
    annual: AnnualAssessment,
    series: str,
    lines: Sequence[Line],
    file: tuple[str, str],
    desk: TallyDesk,
) -> Tally:
    row = Tally.objects.create(
        annual=annual, series=series, file_name=file[0][:200], file_digest=file[1], by=by.user, at=clock.now()
    )
    TallyLine.objects.bulk_create(
        TallyLine(
            tally=row,
            unit=desk.units[line.unit],
            due=line.due,
            **line.counts,
            votes=dict(line.votes),
            mean="" if line.mean is None else Read(line.mean).text,
            cells={name: list(at) for name, at in line.cells.items()},
        )
        for line in lines
    )
    group = desk.voters[series].indicator.name
    others = [one for one in county_people(*OFFICE) if by.user is None or one.pk != by.user.pk]
    link = places.tally(annual.year, row.pk)
    told.tell(others, "tallies.notice_waits", link=link, year=annual.year, group=group)
    told.did("tallies.entered", row, year=annual.year, series=series, units=len(lines), file=file[1])
    return row


def confirm_tally(*, by: Actor, tally: int, key: str = "") -> Tally:
    """Confirm a count, so that it becomes the year's figures; by another person than entered it.

    Raises `Refused` where figures came in another way meanwhile, and once the year is made known.
    """
    require_counter(by)
    with acting(by) as told:
        call = once(by, "confirm_tally", key, tally)
        if call.before is not None:
            return Tally.objects.get(pk=tally)
        row = _of(tally, TallyState.WAITING)
        if by.user is not None and by.user.pk == row.by_id:
            raise Refused([Problem("tallies.own")])
        desk = TallyDesk(row.annual)
        wishes = desk.wishes(row.series, [line_from(one) for one in row.lines.select_related("unit")])
        current = current_figures(wish.key for wish in wishes)
        refuse(desk.held(wishes, current))
        changes, _ = held_against(wishes, current)
        if changes:
            row.batch = _figures(told, row, changes)
        row.state, row.confirmed_by, row.confirmed_at = TallyState.CONFIRMED.value, by.user, clock.now()
        row.save(update_fields=["state", "confirmed_by", "confirmed_at", "batch"])
        _tell(told, row, "tallies.notice_confirmed", desk)
        told.did("tallies.confirmed", row, year=row.annual.year, series=row.series, figures=len(changes))
        call.answer(tally=row.pk)
    return row


def _figures(told: Told, row: Tally, changes: Sequence[Wish]) -> Batch:
    kind = BatchKind.WORKBOOK if row.file_digest else BatchKind.GRID
    batch = new_batch(Actor(row.by), kind, None, file=(row.file_name, row.file_digest))
    write_wishes(batch, changes, current_figures(wish.key for wish in changes))
    ask_anew(told, batch, {str(row.annual.year)})
    return batch


def line_from(row: TallyLine) -> Line:
    """Give a kept line as the rules want it."""
    counts = {"issued": row.issued, "returned": row.returned, "valid": row.valid}
    counts |= {"spoilt": row.spoilt, "abstained": row.abstained}
    mean = row.figures.get("actual") if row.mean else None
    cells = {name: (at[0], at[1]) for name, at in row.cells.items()}
    return Line(row.unit.code, counts, row.due, row.votes, mean, cells)


def decline_tally(*, by: Actor, tally: int, reason: str, key: str = "") -> Tally:
    """Send a count back that waits, with the reason; by another person than entered it. Raises `Refused`."""
    require_counter(by)
    with acting(by) as told:
        call = once(by, "decline_tally", key, tally, reason)
        if call.before is not None:
            return Tally.objects.get(pk=tally)
        row = _of(tally, TallyState.WAITING)
        if by.user is not None and by.user.pk == row.by_id:
            raise Refused([Problem("tallies.own")])
        _end(row, by, TallyState.DECLINED, reason)
        _tell(told, row, "tallies.notice_declined", TallyDesk(row.annual))
        told.did("tallies.declined", row, year=row.annual.year, series=row.series, reason=row.reason)
        call.answer(tally=row.pk)
    return row


def take_back_tally(*, by: Actor, tally: int, reason: str, key: str = "") -> Tally:
    """Take a count back: one that waits by whoever entered it, a confirmed one by the office, with its figures.

    What stood before stands again. Raises `Refused` without a reason, where figures were replaced since, and once the
    year is made known.
    """
    require_counter(by)
    with acting(by) as told:
        call = once(by, "take_back_tally", key, tally, reason)
        if call.before is not None:
            return Tally.objects.get(pk=tally)
        row = _of(tally, TallyState.WAITING, TallyState.CONFIRMED)
        waits = row.state == TallyState.WAITING
        if waits and by.user is not None and by.user.pk != row.by_id:
            raise Refused([Problem("tallies.of_another", {"by": _name(row)})])
        _end(row, by, TallyState.TAKEN_BACK, reason)
        count = 0 if row.batch is None else _undone(told, by, row)
        told.did("tallies.taken_back", row, year=row.annual.year, series=row.series, figures=count)
        call.answer(tally=row.pk)
    return row


def _undone(told: Told, by: Actor, row: Tally) -> int:
    figures = list(Figure.objects.filter(batch=row.batch_id).select_related("unit", "supersedes"))
    form = row.annual.scheme.form
    current = current_figures((one.unit_id, one.series, one.figure, one.period) for one in figures)
    replaced = [one for one in figures if not _still(one, current[one.unit_id, one.series, one.figure, one.period])]
    if replaced:
        raise Refused([Problem("assessment.earlier_replaced", {"count": len(replaced)})])
    wishes = [
        Wish(
            Cell(one.unit.code, one.series, one.figure, one.period),
            _before(one.supersedes),
            form.fields[one.series, one.figure],
            one.unit,
        )
        for one in figures
    ]
    made = new_batch(by, BatchKind.UNDO, None, undoes=row.batch)
    write_wishes(made, wishes, current)
    ask_anew(told, made, {str(row.annual.year)})
    return len(wishes)


def _still(one: Figure, now: Figure) -> bool:
    """Whether a figure stands, or stands again since a later count was taken back."""
    again = now.batch.undoes_id is not None and Tally.objects.filter(batch=now.batch.undoes_id).exists()
    return now.pk == one.pk or (again and (now.value, now.absent) == (one.value, one.absent))


def _before(one: Figure | None) -> Read:
    return Read(None, blank=True) if one is None or one.absent == Absent.WITHDRAWN else Read(one.number)


def _end(row: Tally, by: Actor, state: TallyState, reason: str) -> None:
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    row.state, row.reason = state.value, reason.strip()[:400]
    row.ended_by, row.ended_at = by.user, clock.now()
    row.save(update_fields=["state", "reason", "ended_by", "ended_at"])


def _of(number: int, *states: TallyState) -> Tally:
    """Give a count in one of some states, locked with its year, which must not be made known."""
    found = Tally.objects.filter(pk=number).values_list("annual__year", flat=True).first()
    if found is not None:
        require_unknown(annual_of(found, lock=True))
    rows = Tally.objects.select_related("annual__scheme", "by", "batch")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=number).first()
    if row is None or row.state not in {one.value for one in states}:
        raise Refused([Problem("tallies.ended")])
    return row


def _tell(told: Told, row: Tally, code: str, desk: TallyDesk) -> None:
    if row.by is not None:
        voters = desk.voters.get(row.series)
        group = row.series if voters is None else voters.indicator.name
        link = places.tally(row.annual.year, row.pk)
        told.tell([row.by], code, link=link, year=row.annual.year, group=group)
