"""A unit objects to a result of a month or a year: its clerk writes, its head signs; until decided it can go back."""

from collections.abc import Iterator
from typing import Any

from baton.assessment.actions.below.doors import REPORTS, SIGNS
from baton.assessment.actions.below.objecting import concerned, locked, tell, tell_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import people_in
from baton.assessment.choices import WAITING, ObjectionKind, ObjectionState
from baton.assessment.models import AnnualPublication, Figure, LedgerEntry, Objection, Publication
from baton.assessment.models.objection import Issued, run_of
from baton.assessment.queries.numbers import numbers, objection_days
from baton.assessment.queries.objections.asking import events_objectable, figures_read, issued_in_force, lodge_until
from baton.assessment.queries.working import works
from baton.assessment.rules.figures import read_typed
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.files import Received, keep
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import may, require
from baton.words import Place, Problem, Refused

WRITES = (*REPORTS, *SIGNS)
_LONGEST = 2000


def write_objection(
    *,
    by: Actor,
    period: str,
    unit: int,
    kind: ObjectionKind,
    reason: str,
    about: int | None = None,
    indicator: str = "",
    figure: int | None = None,
    entry: int | None = None,
    claimed: str = "",
    received: Received | None = None,
    key: str = "",
) -> Objection:
    """Object to the result of a month, or of a year (`period` 2025), for a unit.

    A head's objection is lodged at once, a clerk's waits for it. `about`: the unit whose figure or result it is (by
    default the unit's own). `figure`: the number of the figure, for that kind; `claimed`: what it should be. `entry`:
    that of the event, for a deduction or bonus. Raises `Refused` with everything that stands against it.
    """
    mine = Unit.objects.filter(pk=unit).first()
    issued = issued_in_force(period)
    if mine is None or issued is None:
        raise Refused([Problem("objections.nothing_out", {"period": period})])
    require(by.user, *WRITES, unit=mine)
    asked = _Asked(issued, mine, about or mine.pk, kind, indicator)
    problems = [*asked.choose(by, figure, entry), *asked.wrong(reason, claimed)]
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        chosen = figure if entry is None else f"entry {entry}"
        given = (period, unit, kind, about, indicator, chosen, claimed, reason, received.digest if received else "")
        call = once(by, "write_objection", key, *given)
        if call.before is not None:
            return Objection.objects.get(pk=call.before["objection"])
        asked.require_first()
        row = Objection.objects.create(
            **asked.result,
            unit=mine,
            kind=kind.value,
            about_id=asked.about,
            indicator=asked.code,
            figure=asked.figure,
            entry=asked.entry,
            claimed=claimed.strip(),
            reason=reason.strip(),
            written_by=by.user,
            written_at=clock.now(),
            lodge_until=asked.until,
        )
        if received is not None:
            keep(told, received, owner=row, charged_to=mine)
        told.did("objections.written", row, period=period, kind=kind.value, indicator=asked.code)
        if may(by.user, *SIGNS, unit=mine):
            _lodge(told, by, row)
        else:
            tell(told, people_in([mine], *SIGNS), row, "objections.notice_to_sign")
        call.answer(objection=row.pk)
    return row


class _Asked:
    """What is objected to, with what stands against it."""

    def __init__(self, issued: Issued, unit: Unit, about: int, kind: ObjectionKind, indicator: str) -> None:
        self.issued, self.unit, self.about, self.kind = issued, unit, about, kind
        self.run = run_of(issued)
        self.figure: Figure | None = None
        self.entry: LedgerEntry | None = None
        self.indicators = {one.code: one for one in self.run.scheme.scheme.indicators}
        self.code = indicator if kind in (ObjectionKind.FIGURE, ObjectionKind.RULE) else ""
        self.until = lodge_until(issued)
        field = "annual" if isinstance(issued, AnnualPublication) else "publication"
        self.result: dict[str, Any] = {field: issued}

    def choose(self, by: Actor, figure: int | None, entry: int | None) -> Iterator[Problem]:
        """Take the figure or event that was chosen, and say what stands against the choice of the event."""
        if self.kind is ObjectionKind.FIGURE and figure is not None:
            rows = figures_read(self.issued, self.about)
            self.figure = rows.select_related("unit").filter(pk=figure).first()
        if self.kind is ObjectionKind.DEDUCTION and entry is not None and by.user is not None:
            self.entry = events_objectable(by.user, self.issued, self.about).filter(pk=entry).first()
            if self.entry is None:
                yield Problem("objections.entry_unknown", {}, Place(field="entry"))
        if self.kind is ObjectionKind.GRADE and not isinstance(self.issued, AnnualPublication):
            yield Problem("objections.grade_of_a_year", {}, Place(field="kind"))

    def wrong(self, reason: str, claimed: str) -> list[Problem]:
        """Give everything that stands against it."""
        found = []
        if clock.today() > self.until:
            found.append(Problem("objections.too_late", {"until": self.until.isoformat()}, Place(field="reason")))
        if not reason.strip():
            found.append(Problem("assessment.reason_lacking", {}, Place(field="reason")))
        if len(reason.strip()) > _LONGEST:
            found.append(Problem("objections.too_long", {"most": _LONGEST}, Place(field="reason")))
        if not self.run.units.filter(unit=self.about).exists():
            found.append(Problem("objections.no_result", {}, Place(field="about")))
        if self.code and self.code not in self.indicators:
            found.append(Problem("objections.indicator_unknown", {"indicator": self.code}, Place(field="indicator")))
        elif self.kind is ObjectionKind.FIGURE:
            found += self._wrong_figure(claimed)
        elif self.kind is ObjectionKind.RULE and not self.code:
            found.append(Problem("objections.indicator_lacking", {}, Place(field="indicator")))
        return found

    def _wrong_figure(self, claimed: str) -> list[Problem]:
        one, indicator = self.figure, self.indicators.get(self.code)
        if one is None or indicator is None or one.series != indicator.series_code:
            return [Problem("objections.figure_lacking", {}, Place(field="figure"))]
        field = self.run.scheme.form.fields.get((one.series, one.figure))
        if field is None or not claimed.strip():
            return []
        read = read_typed(claimed, field, Place(field="claimed"))
        return [Problem(read.code, read.params, Place(field="claimed"))] if isinstance(read, Problem) else []

    def require_first(self) -> None:
        """Refuse what the unit has objected to already."""
        same = Objection.objects.filter(**self.result, unit=self.unit).exclude(state=ObjectionState.WITHDRAWN)
        if self.figure is not None:
            same = same.filter(figure=self.figure)
        elif self.entry is not None:
            same = same.filter(entry=self.entry)
        else:
            same = same.filter(figure=None, entry=None, about=self.about, kind=self.kind.value, indicator=self.code)
        first = same.first()
        if first is not None:
            raise Refused([Problem("objections.objected_already", {"number": str(first)})])


def sign_objection(*, by: Actor, objection: int) -> Objection:
    """Sign what the unit's clerk wrote, so that it is lodged and has its number. Raises `Refused`, after the days too.

    By the head of the unit or its leader in charge.
    """
    with acting(by) as told:
        row = locked(objection, ObjectionState.DRAFTED)
        require(by.user, *SIGNS, unit=row.unit)
        if clock.today() > row.lodge_until:
            raise Refused([Problem("objections.too_late", {"until": row.lodge_until.isoformat()})])
        if row.issued.withdrawn_at is not None:
            raise Refused([Problem("objections.nothing_out", {"period": row.issued.period})])
        _lodge(told, by, row)
    return row


def _lodge(told: Told, by: Actor, row: Objection) -> None:
    """Give an objection its number; the result is locked, so that no two have the same."""
    model = AnnualPublication if row.annual is not None else Publication
    model._default_manager.select_for_update(no_key=True).get(pk=row.issued.pk)
    same = Objection.objects.filter(publication=row.publication_id, annual=row.annual_id)
    count = same.exclude(number="").count() + 1
    row.number = f"YY{row.issued.period}-{row.issued.issue}-{count:02d}"
    row.state, row.lodged_by, row.lodged_at = ObjectionState.LODGED.value, by.user, clock.now()
    row.answer_until, row.reminded = objection_days(numbers()).answer_until(clock.today(), works()), 0
    row.save(update_fields=["number", "state", "lodged_by", "lodged_at", "answer_until", "reminded"])
    tell_office(told, row, "objections.notice_lodged")
    tell(told, concerned(row), row, "objections.notice_receipt")
    told.did("objections.lodged", row, number=row.number, until=row.answer_until.isoformat())


def reply_to_objection(*, by: Actor, objection: int, reply: str) -> Objection:
    """Say what a unit has to say where another objects to its figure; until it is decided. Raises `Refused`."""
    with acting(by) as told:
        row = locked(objection, *WAITING)
        require(by.user, *WRITES, unit=row.about)
        if row.about_id == row.unit_id:
            raise Refused([Problem("objections.own_objection")])
        if not reply.strip():
            raise Refused([Problem("objections.reply_lacking", {}, Place(field="reply"))])
        if len(reply.strip()) > _LONGEST:
            raise Refused([Problem("objections.too_long", {"most": _LONGEST}, Place(field="reply"))])
        row.reply, row.replied_by, row.replied_at = reply.strip(), by.user, clock.now()
        row.save(update_fields=["reply", "replied_by", "replied_at"])
        tell_office(told, row, "objections.notice_replied")
        told.did("objections.replied", row, reply=row.reply)
    return row


def withdraw_objection(*, by: Actor, objection: int) -> Objection:
    """Take an objection back that is not decided; by the unit's head, or by its clerk while nobody has signed."""
    with acting(by) as told:
        row = locked(objection, ObjectionState.DRAFTED, *WAITING)
        roles = WRITES if row.state == ObjectionState.DRAFTED else SIGNS
        require(by.user, *roles, unit=row.unit)
        was = row.state
        row.state = ObjectionState.WITHDRAWN.value
        row.save(update_fields=["state"])
        if row.number:
            tell_office(told, row, "objections.notice_withdrawn")
            if row.department_id is not None:
                tell(told, people_in([row.department_id], Role.VERIFIER), row, "objections.notice_withdrawn")
        told.did("objections.withdrawn", row, was=was)
    return row
