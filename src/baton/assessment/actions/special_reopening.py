"""Days of a special assessment opened again, for one unit or all, with the reason."""

from collections.abc import Iterable
from datetime import date

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import REPORTS, require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.actions.below.special_doors import require_not_out, special_of
from baton.assessment.choices import SpecialStage
from baton.assessment.models import Duty, Special, SpecialReopening
from baton.assessment.queries.special_days import days_of
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.org.models import Unit
from baton.words import Place, Problem, Refused


def reopen_special(
    *, by: Actor, special: int, stage: SpecialStage, unit: int | None, until: date, reason: str, key: str = ""
) -> SpecialReopening:
    """Open the days to report or to check again up to a day, for a unit (by number) or (None) for all. By the office.

    Where reports are opened again, the units that these are about have as many days to check afterwards as planned.
    Late stays late: the planned day decides it. Whom it concerns is told. Raises `Refused` without a reason, for a day
    that is past, not later than the one in force, or outside the item's, for a unit that does neither, and once the
    result is out.
    """
    require_office(by)
    with acting(by) as told:
        call = once(by, "reopen_special", key, special, stage, unit, until, reason)
        if call.before is not None:
            return SpecialReopening.objects.get(pk=call.before["reopening"])
        row = special_of(special)
        require_not_out(row)
        concerned = _concerned(row, stage, unit)
        _require_days(row, stage, unit, until, reason)
        made = _write(told, row, stage, unit, until, reason)
        _tell(told, row, stage, concerned, until, made.reason)
        if stage is SpecialStage.REPORT:
            _open_checks(told, row, unit, until, made.reason)
        call.answer(reopening=made.pk)
    return made


def _concerned(row: Special, stage: SpecialStage, unit: int | None) -> set[int]:
    """Give the units that report or check. Raises `Refused` for one that does not."""
    duties = Duty.objects.filter(scheme=row.version, reporter__isnull=False).order_by()
    reports = stage is SpecialStage.REPORT
    numbers = set(duties.values_list("reporter" if reports else "unit", flat=True))
    if unit is not None and unit not in numbers:
        raise Refused([Problem("plans.reopen_no_such_unit", {}, Place(field="unit"))])
    return numbers if unit is None else {unit}


def _require_days(row: Special, stage: SpecialStage, unit: int | None, until: date, reason: str) -> None:
    problems = []
    if not reason.strip():
        problems.append(Problem("assessment.reason_lacking", {}, Place(field="reason")))
    if until < clock.today():
        problems.append(Problem("assessment.day_is_past", {}, Place(field="until")))
    days = days_of(row)
    last = days.reports_until(unit) if stage is SpecialStage.REPORT else days.checks_until(unit)
    if until <= last:
        problems.append(Problem("plans.reopen_not_later", {"until": last.isoformat()}, Place(field="until")))
    closes = row.item.closes
    if until > closes or (stage is SpecialStage.REPORT and until == closes):
        problems.append(Problem("plans.reopen_outside_item", {"closes": closes.isoformat()}, Place(field="until")))
    if problems:
        raise Refused(problems)


def _write(
    told: Told, row: Special, stage: SpecialStage, unit: int | None, until: date, reason: str
) -> SpecialReopening:
    fields = {"until": until, "reason": reason.strip()[:400], "by": told.by.user, "at": clock.now()}
    made = SpecialReopening.objects.create(special=row, stage=stage.value, unit_id=unit, **fields)
    code = "" if unit is None else Unit.objects.get(pk=unit).code
    detail = {"stage": stage.value, "unit": code, "until": until.isoformat(), "reason": made.reason}
    told.did("plans.special_reopened", row, **detail)
    return made


def _open_checks(told: Told, row: Special, reporter: int | None, until: date, reason: str) -> None:
    """Give the units that a reporter reports about their days to check after it."""
    days = days_of(row)
    wanted = days.checks_after(until, row.item.closes)
    duties = Duty.objects.filter(scheme=row.version).order_by()
    assessed = set(duties.values_list("unit", flat=True))
    about = assessed if reporter is None else set(duties.filter(reporter=reporter).values_list("unit", flat=True))
    short = {unit for unit in about if days.checks_until(unit) < wanted}
    for unit in [None] if short == assessed else sorted(short):
        _write(told, row, SpecialStage.CHECK, unit, wanted, reason)
    _tell(told, row, SpecialStage.CHECK, short, wanted, reason)


def _tell(told: Told, row: Special, stage: SpecialStage, units: Iterable[int], until: date, reason: str) -> None:
    roles = REPORTS if stage is SpecialStage.REPORT else OF_UNIT
    code = "plans.notice_report_again" if stage is SpecialStage.REPORT else "plans.notice_check_until"
    link, title = places.special(row.pk), str(row)
    told.tell(people_in(units, *roles), code, link=link, title=title, until=until.isoformat(), reason=reason)
