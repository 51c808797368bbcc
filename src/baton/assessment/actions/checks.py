"""A unit checks what was reported about it: signs, contests a cell, or is silent until the days have passed."""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.checking import digest_about, sign
from baton.assessment.actions.below.correcting import correct
from baton.assessment.actions.below.doors import (
    OFFICE,
    SIGNS,
    is_office,
    month_of,
    month_of_figure,
    require_in,
    window_problem,
)
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, county_people, people_in
from baton.assessment.choices import ContestState, Stage
from baton.assessment.models import Check, Contest, Duty, Figure, Month, Window
from baton.assessment.queries.numbers import numbers
from baton.assessment.queries.working import works
from baton.assessment.rules.days import working_days_after
from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.core.files import Received, keep
from baton.engine.terms import Evidence
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import may
from baton.words import Place, Problem, Refused


def check_and_sign(*, by: Actor, period: str, unit: int, seen: str, key: str = "") -> Check:
    """Sign that a unit has checked what was reported about it; gives the receipt.

    `seen` is the digest of the figures as they were shown (`queries.checks.figures_about`): where one has changed
    since, the unit is told, and looks again. Signing twice gives the same receipt.
    """
    month, about = month_of(period), _unit(unit)
    require_in(by, about, *SIGNS)
    with acting(by) as told:
        call = once(by, "check_and_sign", key, period, unit, seen)
        if call.before is not None:
            return Check.objects.get(pk=call.before["check"])
        now, count = digest_about(month, about)
        before = Check.objects.filter(month=month, unit=about).first()
        if before is not None and before.seen == now and before.by_id is not None:
            return before
        _require_any_open(month, about)
        if seen != now:
            raise Refused([Problem("assessment.changed_while_checking")])
        made = sign(told, by, month, about, now, count)
        call.answer(check=made.pk)
    return made


def sign_for_the_silent(*, by: Actor = SYSTEM, period: str) -> list[Check]:
    """Give every unit that neither signed nor contests anything its receipt by silence, once its days have passed."""
    month = month_of(period)
    with acting(by) as told:
        made = []
        for unit in _silent(month):
            now, count = digest_about(month, unit)
            made.append(sign(told, SYSTEM, month, unit, now, count))
    return made


def _silent(month: Month) -> list[Unit]:
    """Give the units all of whose days to check have passed, without a receipt and without a contest."""
    rows = Window.objects.filter(month=month, stage=Stage.CHECK).select_related("unit", "release")
    today, open_, units = clock.today(), set(), {}
    for window in rows.prefetch_related("reopenings"):
        units[window.unit_id] = window.unit
        waits = window.release is not None and window.release.came is None
        if waits or today <= max([window.closes, *(one.until for one in window.reopenings.all())]):
            open_.add(window.unit_id)
    signed = set(Check.objects.filter(month=month).values_list("unit", flat=True))
    contests = set(Contest.objects.filter(month=month, state=ContestState.OPEN).values_list("unit", flat=True))
    return [unit for number, unit in sorted(units.items()) if number not in open_ | signed | contests]


def _unit(number: int) -> Unit:
    found = Unit.objects.filter(pk=number).first()
    if found is None:
        raise Refused([Problem("assessment.unit_unknown")])
    return found


def _require_any_open(month: Month, unit: Unit) -> None:
    """Let nobody pass where all of a unit's windows to check are closed; the last to close says why."""
    rows = Window.objects.filter(month=month, stage=Stage.CHECK, unit=unit).select_related("release")
    reasons = [window_problem(window) for window in rows.prefetch_related("reopenings").order_by("closes")]
    if not reasons:
        raise Refused([Problem("assessment.window_none")])
    if all(reason is not None for reason in reasons):
        raise Refused([reason for reason in reasons[-1:] if reason is not None])


def contest(
    *, by: Actor, figure: int, reason: str, claimed: str = "", evidence: Received | None = None, key: str = ""
) -> Contest:
    """Hold a figure about one's unit to be wrong: what it should be, and why.

    `evidence` is kept with it in the same step, against the unit's quota; it is given where the scheme requires it of
    the indicator, and nowhere else. Raises `Refused`.
    """
    about = Figure.objects.current().select_related("unit", "batch__month").filter(pk=figure).first()
    if about is None:
        raise Refused([Problem("assessment.figure_unknown")])
    require_in(by, about.unit, Role.REPORTER, *SIGNS)
    days, month = numbers()["contest_answer_days"], month_of_figure(about)
    problems = [] if reason.strip() else [Problem("assessment.reason_lacking", {}, Place(field="reason"))]
    problems += _evidence_problems(month, about, evidence)
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        call = once(by, "contest", key, figure, reason, claimed, *([evidence.digest] if evidence else []))
        if call.before is not None:
            return Contest.objects.get(pk=call.before["contest"])
        _require_any_open(month, about.unit)
        if Contest.objects.filter(unit=about.unit, about=about, state=ContestState.OPEN).exists():
            raise Refused([Problem("assessment.contested_already")])
        made = Contest.objects.create(
            month=month,
            unit=about.unit,
            about=about,
            claimed=claimed.strip()[:40],
            reason=reason.strip()[:1000],
            evidence=evidence.name if evidence else "",
            by=by.user,
            at=clock.now(),
            due=working_days_after(clock.today(), days, works()),
        )
        if evidence is not None:
            keep(told, evidence, owner=made, charged_to=made.unit)
        told.tell(
            people_in([_judge(made)], Role.VERIFIER) or county_people(*OFFICE),
            "assessment.notice_contested",
            link=places.contest(made.pk),
            unit=about.unit.name,
            period=month.period,
        )
        told.did("assessment.figure_contested", made, figure=about.pk, claimed=made.claimed, reason=made.reason)
        call.answer(contest=made.pk)
    return made


def _evidence_problems(month: Month, about: Figure, evidence: Received | None) -> list[Problem]:
    """Hold evidence against the scheme: required is required, and nobody is asked for more than the scheme asks."""
    field = month.scheme.form.fields.get((about.series, about.figure))
    required = field is not None and field.indicator.evidence is Evidence.REQUIRED
    if required == (evidence is not None):
        return []
    code = "assessment.evidence_missing" if required else "assessment.evidence_not_asked"
    return [Problem(code, {}, Place(field="evidence"))]


def withdraw_contest(*, by: Actor, contest: int) -> Contest:
    """Take a contest back."""
    with acting(by) as told:
        row = _open(contest)
        require_in(by, row.unit, Role.REPORTER, *SIGNS)
        row.state, row.answered_at, row.answered_by = ContestState.WITHDRAWN.value, clock.now(), by.user
        row.save(update_fields=["state", "answered_at", "answered_by"])
        told.did("assessment.contest_withdrawn_by", row)
    return row


def answer_contest(*, by: Actor, contest: int, upheld: bool, answer: str, typed: str = "", key: str = "") -> Contest:
    """Answer a contest in writing, and correct the figure where it is upheld; the answer is the correction's reason.

    By whoever verifies the figure, or the office; never by the unit that contests. Raises `Refused`.
    """
    with acting(by) as told:
        call = once(by, "answer_contest", key, contest, upheld, answer, typed)
        if call.before is not None:
            return Contest.objects.get(pk=contest)
        row = _open(contest)
        _require_judge(by, row)
        problems = [] if answer.strip() else [Problem("assessment.answer_lacking", {}, Place(field="answer"))]
        if upheld and not typed.strip():
            problems.append(Problem("assessment.correction_lacking", {}, Place(field="typed")))
        if problems:
            raise Refused(problems)
        state = ContestState.UPHELD if upheld else ContestState.REJECTED
        row.state, row.answer = state.value, answer.strip()[:1000]
        row.answered_by, row.answered_at = by.user, clock.now()
        if upheld:
            row.corrected = correct(told, by, row.about, typed, answer, row.about.preliminary)
        row.save(update_fields=["state", "answer", "answered_by", "answered_at", "corrected"])
        concerned, link = people_in([row.unit], *OF_UNIT), places.check(row.month.period, row.unit.code)
        told.tell(concerned, "assessment.notice_contest_answered", link=link, period=row.month.period)
        told.did("assessment.contest_answered", row, state=row.state, answer=row.answer)
        call.answer(contest=row.pk)
    return row


def _open(number: int) -> Contest:
    rows = Contest.objects.select_related("unit", "about__unit", "about__batch__month__scheme", "month")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=number).first()
    if row is None or row.state != ContestState.OPEN:
        raise Refused([Problem("assessment.contest_closed")])
    return row


def _require_judge(by: Actor, row: Contest) -> None:
    if is_office(by):
        return
    judge = _judge(row)
    if judge is None or judge.pk == row.unit_id or not may(by.user, Role.VERIFIER, unit=judge):
        raise Refused([Problem("assessment.contest_of_others", {"unit": judge.name if judge else "—"})])


def _judge(row: Contest) -> Unit | None:
    """Give the unit that verifies the figure; None: nobody is named, so the office answers."""
    duty = Duty.objects.filter(scheme=row.month.scheme_id, series=row.about.series, unit=row.unit_id)
    found = duty.select_related("verifier").first()
    return None if found is None else found.verifier
