"""An objection is put to a department, which gives its opinion; the head of the office answers in writing.

What is upheld about a figure leads to its correction, about an event of the ledger to its remedy, and both to a new run
beside the old one. Nothing that is out changes. The rest is carried out by the office (`actions.carrying`).
"""

from datetime import date
from typing import Any

from baton.assessment.actions.below.anew_year import ask_year_anew
from baton.assessment.actions.below.cells import current_figures
from baton.assessment.actions.below.correcting import correct
from baton.assessment.actions.below.doors import month_for_correction, require_head, require_office
from baton.assessment.actions.below.objecting import OFFICE_PEOPLE, concerned, locked, tell, tell_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import county_people, people_in
from baton.assessment.actions.below.remedying import remedy_event
from baton.assessment.choices import WAITING, WELL_FOUNDED, CorrectionState, ObjectionOutcome, ObjectionState, Remedy
from baton.assessment.models import Correction, Figure, Month, Objection
from baton.assessment.queries.numbers import numbers, objection_days
from baton.assessment.queries.working import works
from baton.assessment.rules.figures import read_typed
from baton.assessment.rules.objections import may_decide, may_give_opinion
from baton.core import clock
from baton.core.acting import SYSTEM, Actor, Told, acting
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import require
from baton.words import Place, Problem, Refused

GIVES = (Role.VERIFIER, Role.UNIT_HEAD)
_LONGEST = 2000


def assign_objection(*, by: Actor, objection: int, department: int) -> Objection:
    """Put an objection to a department for its opinion, with those that wait about the same thing.

    Raises `Refused` for the unit that objects and the one whose figure it is.
    """
    require_office(by)
    chosen = Unit.objects.filter(pk=department).first()
    if chosen is None:
        raise Refused([Problem("objections.department_lacking", {}, Place(field="department"))])
    with acting(by) as told:
        row = locked(objection, ObjectionState.LODGED, ObjectionState.ASSIGNED)
        if not may_give_opinion(chosen.pk, row.unit_id, row.about_id):
            raise Refused([Problem("objections.own_judge", {"unit": chosen.name}, Place(field="department"))])
        for one in (row, *_tied(row)):
            if one.state != ObjectionState.OPINED and may_give_opinion(chosen.pk, one.unit_id, one.about_id):
                _assign(told, by, one, chosen)
    return row


def _tied(row: Objection) -> list[Objection]:
    rows = Objection.objects.tied_to(row).select_for_update(of=("self",), no_key=True)
    return list(rows.with_results().select_related("unit", "about", "figure", "entry").order_by("pk"))


def _assign(told: Told, by: Actor, row: Objection, department: Unit) -> None:
    answer = row.answer_until or clock.today()
    row.department, row.assigned_by, row.assigned_at = department, by.user, clock.now()
    row.opinion_until = objection_days(numbers()).opinion_until(clock.today(), answer, works())
    row.state, row.reminded = ObjectionState.ASSIGNED.value, 0
    row.save(update_fields=["department", "assigned_by", "assigned_at", "opinion_until", "state", "reminded"])
    tell(told, people_in([department], *GIVES), row, "objections.notice_opinion")
    tell(told, concerned(row), row, "objections.notice_assigned")
    told.did("objections.assigned", row, department=department.code, until=row.opinion_until.isoformat())


def give_opinion(*, by: Actor, objection: int, opinion: str, proposed: str = "") -> Objection:
    """Say for a department what it found, and what the figure should be; for objections tied to it the same.

    By its verifiers or its head. Raises `Refused`.
    """
    with acting(by) as told:
        row = locked(objection, ObjectionState.ASSIGNED, ObjectionState.OPINED)
        department = row.department
        if department is None:
            raise Refused([Problem("objections.not_open")])
        require(by.user, *GIVES, unit=department)
        problems = [
            *_lacking(opinion, "opinion", "objections.opinion_lacking"),
            *_unreadable(row, proposed, "proposed"),
        ]
        if problems:
            raise Refused(problems)
        for one in (row, *_tied(row)):
            if one.department_id == department.pk:
                one.opinion, one.proposed = opinion.strip(), proposed.strip()
                one.opined_by, one.opined_at = by.user, clock.now()
                one.state, one.reminded = ObjectionState.OPINED.value, 0
                one.save(update_fields=["opinion", "proposed", "opined_by", "opined_at", "state", "reminded"])
                tell_office(told, one, "objections.notice_opined")
                told.did("objections.opined", one, opinion=one.opinion, proposed=one.proposed)
    return row


def _lacking(words: str, field: str, code: str) -> list[Problem]:
    if not words.strip():
        return [Problem(code, {}, Place(field=field))]
    if len(words.strip()) > _LONGEST:
        return [Problem("objections.too_long", {"most": _LONGEST}, Place(field=field))]
    return []


def _unreadable(row: Objection, typed: str, name: str) -> list[Problem]:
    one = row.figure
    if one is None or not typed.strip():
        return []
    field = row.run.scheme.form.fields[one.series, one.figure]
    read = read_typed(typed, field, Place(field=name))
    return [Problem(read.code, read.params, Place(field=name))] if isinstance(read, Problem) else []


def decide_objection(
    *,
    by: Actor,
    objection: int,
    outcome: ObjectionOutcome,
    answer: str,
    typed: str = "",
    remedy: Remedy | None = None,
    key: str = "",
) -> Objection:
    """Answer an objection in writing, and with the same answer all that wait about the same thing.

    By the head of the assessment office, and not by whoever gave the opinion or wrote the objection. A figure that is
    upheld, wholly or partly, is corrected to `typed`; an event has its `remedy`, with `typed` as its new level, number
    or points; scored months and the year are scored anew beside what is out. Raises `Refused`.
    """
    require_head(by)
    with acting(by) as told:
        call = once(by, "decide_objection", key, objection, outcome, answer, typed, remedy)
        if call.before is not None:
            return Objection.objects.get(pk=objection)
        row = locked(objection, *WAITING)
        rows = [row, *_tied(row)]
        _require_other(by, rows)
        _check(row, outcome, answer, typed, remedy)
        row.answer = answer.strip()
        now, came = clock.now(), {}
        if outcome in WELL_FOUNDED:
            came = _carried_out(told, by, row, typed, remedy)
        for one in rows:
            one.state, one.outcome, one.answer = ObjectionState.DECIDED.value, outcome.value, row.answer
            one.decided_by, one.decided_at = by.user, now
            if came:
                one.carried_by, one.carried_at = by.user, now
            for name, value in came.items():
                setattr(one, name, value)
            one.save()
            tell(told, concerned(one), one, "objections.notice_decided")
            told.did("objections.decided", one, outcome=outcome.value, answer=one.answer)
        call.answer(objection=row.pk)
    return row


def _require_other(by: Actor, rows: list[Objection]) -> None:
    own = {number for one in rows for number in (one.opined_by_id, one.written_by_id, one.lodged_by_id)}
    if by.user is not None and by.user.pk in own:
        raise Refused([Problem("objections.takes_another")])


def _check(row: Objection, outcome: ObjectionOutcome, answer: str, typed: str, remedy: Remedy | None) -> None:
    if not may_decide(ObjectionState(row.state), row.opinion_until, clock.today()):
        raise Refused([Problem("objections.opinion_awaited", {}, Place(field="answer"))])
    problems = _lacking(answer, "answer", "objections.answer_lacking")
    if row.figure is not None and outcome is not ObjectionOutcome.REJECTED:
        if not typed.strip():
            problems.append(Problem("objections.typed_lacking", {}, Place(field="typed")))
        problems += _unreadable(row, typed, "typed")
    if row.entry is not None and outcome is not ObjectionOutcome.REJECTED and remedy is None:
        problems.append(Problem("objections.remedy_lacking", {}, Place(field="remedy")))
    if problems:
        raise Refused(problems)


def _carried_out(told: Told, by: Actor, row: Objection, typed: str, remedy: Remedy | None) -> dict[str, Any]:
    """Carry out what is upheld about a figure or an event; nothing where it is the office's to carry out."""
    if row.figure is not None:
        month = row.publication.month if row.publication is not None else month_for_correction(row.figure)
        made = None if month is None else _corrected(told, by, row, typed, month)
        return {} if made is None else {"correction": made}
    if row.entry is not None and remedy is not None:
        made_entry = remedy_event(told, by, row, remedy, typed)
        return {"remedy": remedy.value, "entry_made": made_entry}
    return {}


def _corrected(told: Told, by: Actor, row: Objection, typed: str, month: Month) -> Correction:
    """Put the figure right that stands now; where it says already what was decided, name the correction that did so."""
    first = row.figure
    assert first is not None
    key = (first.unit_id, first.series, first.figure, first.period)
    now = current_figures([key])[key]
    stands = Figure.objects.select_related("unit", "batch__month__scheme").get(pk=now.pk)
    field = row.run.scheme.form.fields[first.series, first.figure]
    read = read_typed(typed, field, Place(field="typed"))
    if not isinstance(read, Problem) and read.text == stands.value:
        before = Correction.objects.filter(made=stands).first()
        if before is not None:
            return before
        raise Refused([Problem("assessment.nothing_changed", {}, Place(field="typed"))])
    asker = Actor(row.lodged_by, row.unit.name)
    reason = f"{row.number} {row.reason}"[:400]
    made = correct(told, asker, stands, typed, reason, stands.preliminary)
    if row.annual is not None:
        ask_year_anew(told, row.annual.annual.year, row.number)
    return Correction.objects.create(
        month=month,
        about=stands,
        typed=typed.strip(),
        reason=reason,
        by=row.lodged_by,
        behalf_of=row.unit.name,
        at=clock.now(),
        state=CorrectionState.CONFIRMED.value,
        answer=row.number,
        decided_by=by.user,
        decided_at=clock.now(),
        made=made,
    )


def remind_of_objections(*, by: Actor = SYSTEM) -> list[Objection]:
    """Remind whoever has the turn shortly before the day and once after it; whoever was reminded is not told again."""
    require_office(by)
    days, worked, today = objection_days(numbers()), works(), clock.today()
    rows = Objection.objects.exclude(state__in=(ObjectionState.DECIDED, ObjectionState.WITHDRAWN)).order_by("pk")
    late = {row.pk: days.reminders(_due(row), today, worked) for row in rows}
    wanted = [row.pk for row in rows if late[row.pk] > row.reminded and not _past_lodging(row)]
    made = []
    for number in wanted:
        with acting(by) as told:
            row = locked(number, ObjectionState.DRAFTED, *WAITING)
            if row.reminded < late[number]:
                row.reminded = late[number]
                row.save(update_fields=["reminded"])
                code = "objections.notice_overdue" if late[number] > 1 else "objections.notice_due"
                tell(told, _whose_turn(row), row, code)
                told.did("objections.reminded", row, times=row.reminded)
                made.append(row)
    return made


def _past_lodging(row: Objection) -> bool:
    return row.state == ObjectionState.DRAFTED and clock.today() > row.lodge_until


def _due(row: Objection) -> date:
    by_state = {ObjectionState.DRAFTED: row.lodge_until, ObjectionState.ASSIGNED: row.opinion_until}
    return by_state.get(ObjectionState(row.state)) or row.answer_until or row.lodge_until


def _whose_turn(row: Objection) -> list[User]:
    match ObjectionState(row.state):
        case ObjectionState.DRAFTED:
            return people_in([row.unit], Role.UNIT_HEAD, Role.LEADER_IN_CHARGE)
        case ObjectionState.ASSIGNED:
            return people_in([row.department_id], *GIVES)
        case ObjectionState.OPINED:
            return county_people(Role.OFFICE_HEAD)
        case _:
            return county_people(*OFFICE_PEOPLE)
