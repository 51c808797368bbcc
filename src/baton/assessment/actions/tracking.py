"""Lagging work: opened by lights and dates, reminded by a schedule, answered, closed by figures or by a decision."""

from datetime import date

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import SIGNS, month_of, require_head, require_in, require_office
from baton.assessment.actions.below.following import (
    close_recovered,
    lagging,
    open_items,
    open_task,
    people_of,
    write_step,
)
from baton.assessment.choices import Consequence, ItemState, LedgerKind, RunKind, RunState, TrackStep
from baton.assessment.models import LedgerEntry, Run, SchemeVersion, TrackedItem, TrackedStep
from baton.assessment.queries.numbers import numbers, schedule
from baton.assessment.queries.working import works
from baton.assessment.rules.lagging import proposal_due, reminders_due
from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.core.models import User
from baton.org.choices import Role
from baton.words import Place, Problem, Refused


def follow_up(*, by: Actor = SYSTEM, period: str) -> tuple[list[TrackedItem], list[TrackedItem]]:
    """Open an item for whatever has been red for N months by a month's official result, and close what caught up.

    Gives both. Doing it again changes nothing.
    """
    require_office(by)
    with acting(by) as told:
        month = month_of(period, lock=True)
        run = Run.objects.filter(month=month, kind=RunKind.OFFICIAL, state=RunState.DONE).first()
        if run is None:
            raise Refused([Problem("assessment.no_official_run", {"period": period})])
        closed = close_recovered(told, run)
        opened = open_items(told, run, lagging(run, numbers()["lagging_months"]))
    return opened, closed


def track_task(*, by: Actor, unit: int, code: str, title: str, due: date, department: int | None = None) -> TrackedItem:
    """Track a task without a figure that has passed its date. By the office; once per task while it is open."""
    require_office(by)
    if due >= clock.today():
        raise Refused([Problem("assessment.task_not_due", {"due": due.isoformat()}, Place(field="due"))])
    with acting(by) as told:
        item, _ = open_task(told, unit, code, title, due, department)
    return item


def remind(*, by: Actor = SYSTEM) -> list[TrackedStep]:
    """Give every reminder whose day has come, missed ones too, and propose consequences where the days are over.

    What is proposed counts for nothing until a person confirms it.
    """
    require_office(by)
    plan, worked, today = schedule(numbers()), works(), clock.today()
    made = []
    with acting(by) as told:
        rows = TrackedItem.objects.select_for_update(of=("self",), no_key=True).filter(state=ItemState.OPEN)
        for item in rows.select_related("unit", "department"):
            opened = clock.day_of(item.opened_at)
            given = list(item.steps.filter(kind=TrackStep.REMINDED).values_list("level", flat=True))
            for level, role in reminders_due(opened, given, today, plan, worked):
                made.append(write_step(item, TrackStep.REMINDED, by.user, level=level, to=role.value))
                link = places.tracked(item.pk)
                told.tell(people_of(item, role), "assessment.notice_reminded", link=link, title=item.title)
                told.did("assessment.item_reminded", item, level=level, to=role.value)
            proposed = item.steps.filter(kind=TrackStep.PROPOSED).exists()
            if not proposed and proposal_due(opened, today, plan, worked):
                made += [write_step(item, TrackStep.PROPOSED, by.user, consequence=one.value) for one in Consequence]
                told.did("assessment.consequences_proposed", item)
    return made


def answer_item(
    *, by: Actor, item: int, cause: str, measures: str, new_date: date | None = None, owner: int | None = None
) -> TrackedItem:
    """Say why work lags, what is done about it, by when, and who answers for it. By the unit."""
    with acting(by) as told:
        row = _open(item)
        require_in(by, row.unit, Role.REPORTER, *SIGNS)
        problems = [
            Problem("assessment.answer_lacking", {}, Place(field=name))
            for name, given in (("cause", cause), ("measures", measures))
            if not given.strip()
        ]
        if new_date is not None and new_date < clock.today():
            problems.append(Problem("assessment.day_is_past", {}, Place(field="new_date")))
        if owner is not None and not User.objects.filter(pk=owner, is_active=True).exists():
            problems.append(Problem("assessment.person_lacking", {}, Place(field="owner")))
        if problems:
            raise Refused(problems)
        redated = new_date is not None and new_date != row.new_date
        row.cause, row.measures = cause.strip()[:1000], measures.strip()[:1000]
        row.new_date, row.owner_id = new_date or row.new_date, owner or row.owner_id
        row.save(update_fields=["cause", "measures", "new_date", "owner"])
        write_step(row, TrackStep.ANSWERED, by.user, text=row.measures)
        if redated and new_date is not None:
            write_step(row, TrackStep.REDATED, by.user, text=new_date.isoformat())
        told.did("assessment.item_answered", row, cause=row.cause, measures=row.measures, new_date=str(row.new_date))
    return row


def close_item(*, by: Actor, item: int, reason: str, document: str = "") -> TrackedItem:
    """Close an item by a decision, with the reason. Figures close the others by themselves."""
    require_head(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    with acting(by) as told:
        row = _open(item)
        row.state, row.closed_at, row.closed_by = ItemState.DECIDED.value, clock.now(), by.user
        row.closed_reason, row.document = reason.strip()[:1000], document[:200]
        row.save(update_fields=["state", "closed_at", "closed_by", "closed_reason", "document"])
        write_step(row, TrackStep.CLOSED, by.user, text=row.closed_reason)
        told.did("assessment.item_closed_by", row, state=row.state, reason=row.closed_reason, document=row.document)
    return row


def confirm_consequence(
    *, by: Actor, item: int, consequence: Consequence, deduction: str = "", points_level: str = ""
) -> TrackedStep:
    """Let a proposed consequence take effect. A deduction becomes an entry of the ledger, under an item of the scheme.

    That entry is then announced to the unit and confirmed like every other. Raises `Refused`.
    """
    require_head(by)
    with acting(by) as told:
        row = _proposed(item, consequence)
        ledger = _entry(by, row, deduction, points_level) if consequence is Consequence.DEDUCTION else None
        step = write_step(row, TrackStep.CONFIRMED, by.user, consequence=consequence.value, ledger=ledger)
        told.did("assessment.consequence_confirmed", row, consequence=consequence.value, item=deduction)
    return step


def drop_consequence(*, by: Actor, item: int, consequence: Consequence, reason: str) -> TrackedStep:
    """Let a proposed consequence fall, with the reason."""
    require_head(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    with acting(by) as told:
        row = _proposed(item, consequence)
        step = write_step(row, TrackStep.DROPPED, by.user, consequence=consequence.value, text=reason.strip()[:1000])
        told.did("assessment.consequence_dropped", row, consequence=consequence.value, reason=step.text)
    return step


def _open(number: int) -> TrackedItem:
    rows = TrackedItem.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "department")
    row = rows.filter(pk=number, state=ItemState.OPEN).first()
    if row is None:
        raise Refused([Problem("assessment.item_closed")])
    return row


def _proposed(number: int, consequence: Consequence) -> TrackedItem:
    """Give the item whose consequence was proposed and is not decided yet."""
    rows = TrackedItem.objects.select_for_update(of=("self",), no_key=True).select_related("unit")
    row = rows.filter(pk=number).first()
    kinds = [] if row is None else list(row.steps.filter(consequence=consequence).values_list("kind", flat=True))
    if row is None or TrackStep.PROPOSED not in kinds or {TrackStep.CONFIRMED, TrackStep.DROPPED} & set(kinds):
        raise Refused([Problem("assessment.consequence_not_open")])
    return row


def _entry(by: Actor, item: TrackedItem, deduction: str, level: str) -> LedgerEntry:
    scheme = SchemeVersion.objects.on(clock.today()).first()
    codes = [] if scheme is None else [one.code for one in scheme.scheme.deductions]
    if deduction not in codes:
        raise Refused([Problem("assessment.item_unknown", {"item": deduction}, Place(field="deduction"))])
    return LedgerEntry.objects.create(
        unit=item.unit,
        kind=LedgerKind.DEDUCTION.value,
        item=deduction,
        level=level,
        quantity="" if level else "1",
        matter=f"ZH-{item.pk}",
        on=clock.today(),
        note=item.title,
        noted_by=by.user,
        noted_at=clock.now(),
    )
