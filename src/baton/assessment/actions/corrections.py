"""Corrections after the window: asked for by whoever reports a figure, confirmed by a second person, then scored anew.

Until it is confirmed the figure stands as it was. What is published stays out until its head withdraws and reissues it.
"""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.cells import Desk, by_desks, current_figures, place_of
from baton.assessment.actions.below.correcting import bar_elsewhere, correct
from baton.assessment.actions.below.doors import OFFICE, REPORTS, is_office, month_of_figure, window_problem
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, county_people, people_in
from baton.assessment.choices import CorrectionState
from baton.assessment.models import Correction, Duty, Figure
from baton.assessment.rules.corrections import checker_of
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import read_typed
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.core.files import Received, keep
from baton.core.models import User
from baton.engine.terms import Evidence
from baton.org.choices import Role
from baton.org.queries import may
from baton.words import Place, Problem, Refused


def ask_for_correction(
    *, by: Actor, figure: int, typed: str, reason: str, received: Received | None = None, key: str = ""
) -> Correction:
    """Say that a figure is wrong, what it should be and why; by whoever reports it, or the office on behalf.

    `received`: a file that shows it; needed where the scheme requires evidence for the indicator. Raises `Refused`
    with every reason against it: while the window is open, figures are changed where they are entered.
    """
    stands = Figure.objects.select_related("unit", "batch__month__scheme").filter(pk=figure).first()
    if stands is None:
        raise Refused([Problem("assessment.figure_unknown")])
    asked = _Asked(by, stands)
    asked.require_reporter()
    problems = [*asked.wrong(typed, reason, received)]
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        call = once(by, "ask_for_correction", key, figure, typed, reason, received.digest if received else "")
        if call.before is not None:
            return Correction.objects.get(pk=call.before["correction"])
        asked.require_free()
        row = Correction.objects.create(
            month=asked.month,
            about=stands,
            typed=typed.strip(),
            reason=reason.strip(),
            evidence=received.name if received else "",
            by=by.user,
            behalf_of=asked.behalf_of,
            at=clock.now(),
        )
        if received is not None:
            keep(told, received, owner=row, charged_to=asked.duty.reporter)
        told.tell(
            _who_confirms(asked.duty),
            "assessment.notice_correction_asked",
            link=places.correction(row.pk),
            unit=stands.unit.name,
            title=asked.field.indicator.name,
            period=stands.period,
        )
        told.did("assessment.correction_asked", row, figure=figure, typed=row.typed, reason=row.reason)
        call.answer(correction=row.pk)
    return row


class _Asked:
    """A figure that somebody holds to be wrong, with what the scheme says of it."""

    def __init__(self, by: Actor, stands: Figure) -> None:
        self.by, self.stands = by, stands
        self.month = month_of_figure(stands)
        self.desk = Desk(self.month, by, {stands.series})
        duty = self.desk.duties.get((stands.series, stands.unit_id))
        field = self.desk.form.fields.get((stands.series, stands.figure))
        if duty is None or field is None:
            raise Refused([Problem("assessment.figure_unknown")])
        self.duty, self.field = duty, field
        self.cell = Cell(stands.unit.code, stands.series, stands.figure, stands.period)

    @property
    def behalf_of(self) -> str:
        """The unit for which the office asks; empty where a unit asks itself."""
        reporter = self.duty.reporter
        own = reporter is None or may(self.by.user, *REPORTS, unit=reporter)
        return "" if own or reporter is None else reporter.name

    def require_reporter(self) -> None:
        """Let only those pass who report the figure, or the office. Raises `Refused`."""
        reporter = self.duty.reporter
        if is_office(self.by) or (reporter is not None and may(self.by.user, *REPORTS, unit=reporter)):
            return
        raise Refused([Problem("assessment.not_yours", {"unit": reporter.name if reporter else "—"})])

    def wrong(self, typed: str, reason: str, received: Received | None) -> list[Problem]:
        """Give everything that stands against asking."""
        place = Place(field="typed")
        found = []
        barred = bar_elsewhere(self.stands)
        if barred is not None:
            return [barred]
        window = self.desk.window(self.duty)
        by_grid = not by_desks(self.duty, self.field) and not self.field.target
        if by_grid and window is not None and window_problem(window) is None:
            found.append(Problem("assessment.correct_where_entered", {}, place))
        read = read_typed(typed, self.field, place_of(self.cell, self.stands.unit.name, self.field))
        if isinstance(read, Problem):
            found.append(Problem(read.code, read.params, place))
        elif read.blank:
            found.append(Problem("assessment.correction_lacking", {}, place))
        elif (read.text, read.value is None) == (self.stands.value, bool(self.stands.absent)):
            found.append(Problem("assessment.nothing_changed", {}, place))
        if not reason.strip():
            found.append(Problem("assessment.reason_lacking", {}, Place(field="reason")))
        if received is None and self.field.indicator.evidence is Evidence.REQUIRED:
            found.append(Problem("assessment.evidence_lacking", {}, Place(field="evidence")))
        return found

    def require_free(self) -> None:
        """Refuse a figure that was replaced, and one for which a correction waits already."""
        key = (self.stands.unit_id, self.stands.series, self.stands.figure, self.stands.period)
        now = current_figures([key]).get(key)
        if now is None or now.pk != self.stands.pk:
            params = {"value": (now.value if now else "") or "—"}
            raise Refused([Problem("assessment.figure_replaced", params, Place(field="typed"))])
        if Correction.objects.filter(about=self.stands, state=CorrectionState.OPEN).exists():
            raise Refused([Problem("assessment.correction_waits")])


def decide_correction(*, by: Actor, correction: int, confirmed: bool, answer: str = "", key: str = "") -> Correction:
    """Confirm a correction, so that its figure counts and scored months are scored anew, or decline it with the reason.

    By whoever verifies the figure or the office, and never by the person who asked. Raises `Refused`, and with the
    figure that stands now where it was replaced meanwhile.
    """
    with acting(by) as told:
        call = once(by, "decide_correction", key, correction, confirmed, answer)
        if call.before is not None:
            return Correction.objects.get(pk=correction)
        row = _waiting(correction)
        _require_second(by, row)
        if not confirmed and not answer.strip():
            raise Refused([Problem("assessment.reason_lacking", {}, Place(field="answer"))])
        row.state = (CorrectionState.CONFIRMED if confirmed else CorrectionState.DECLINED).value
        row.answer, row.decided_by, row.decided_at = answer.strip()[:400], by.user, clock.now()
        if confirmed:
            asker = Actor(row.by, row.behalf_of)
            row.made = correct(told, asker, row.about, row.typed, row.reason, row.about.preliminary)
        row.save(update_fields=["state", "answer", "decided_by", "decided_at", "made"])
        _tell_decided(told, row)
        told.did("assessment.correction_decided", row, state=row.state, answer=row.answer)
        call.answer(correction=row.pk)
    return row


def withdraw_correction(*, by: Actor, correction: int) -> Correction:
    """Take back a correction that waits; by whoever reports the figure, or the office. Raises `Refused`."""
    with acting(by) as told:
        row = _waiting(correction)
        reporter = duty_of(row).reporter
        if not is_office(by) and (reporter is None or not may(by.user, *REPORTS, unit=reporter)):
            raise Refused([Problem("assessment.not_yours", {"unit": reporter.name if reporter else "—"})])
        row.state, row.decided_by, row.decided_at = CorrectionState.WITHDRAWN.value, by.user, clock.now()
        row.save(update_fields=["state", "decided_by", "decided_at"])
        told.did("assessment.correction_withdrawn_by", row)
    return row


def _waiting(number: int) -> Correction:
    rows = Correction.objects.select_related("month__scheme", "about__unit", "about__batch__month__scheme", "by")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=number).first()
    if row is None or row.state != CorrectionState.OPEN:
        raise Refused([Problem("assessment.correction_closed")])
    return row


def duty_of(row: Correction) -> Duty:
    """Give who reports and verifies the figure of a correction."""
    duties = Duty.objects.filter(scheme=row.month.scheme_id, series=row.about.series, unit=row.about.unit_id)
    return duties.select_related("reporter", "verifier").get()


def _require_second(by: Actor, row: Correction) -> None:
    duty = duty_of(row)
    checker = checker_of(duty.reporter_id, duty.verifier_id, duty.unit_id)
    unit = duty.verifier if checker is not None else None
    if not is_office(by) and (unit is None or not may(by.user, Role.VERIFIER, unit=unit)):
        raise Refused([Problem("assessment.correction_of_others", {"unit": unit.name if unit else "—"})])
    if by.user is not None and by.user.pk == row.by_id:
        raise Refused([Problem("assessment.correction_own")])


def _who_confirms(duty: Duty) -> list[User]:
    """Give the verifiers; the office where nobody else verifies."""
    checker = checker_of(duty.reporter_id, duty.verifier_id, duty.unit_id)
    return people_in([checker], Role.VERIFIER) or county_people(*OFFICE)


def _tell_decided(told: Told, row: Correction) -> None:
    """Tell who asked how it ended; of a figure that changed, the unit it is about."""
    link, unit, period = places.correction(row.pk), row.about.unit, row.about.period
    if row.by is not None:
        told.tell([row.by], f"assessment.notice_correction_{row.state}", link=link, unit=unit.name, period=period)
    if row.made is not None:
        concerned = people_in([unit], *OF_UNIT)
        told.tell(concerned, "assessment.notice_corrected", link=link, unit=unit.name, period=period)
