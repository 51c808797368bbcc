"""Special assessments of key work: opened on the plan, checked by the units, contests answered."""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.adopting import adopt, units_by_code
from baton.assessment.actions.below.doors import OFFICE, REPORTS, SIGNS, require_in, require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, county_people, people_in
from baton.assessment.actions.below.special_doors import require_not_out, special_of
from baton.assessment.actions.below.special_fit import fit_problems
from baton.assessment.choices import PlanKind, PlanState, SpecialCheckState
from baton.assessment.models import Duty, PlanItem, Special, SpecialCheck
from baton.assessment.queries.special_days import days_of
from baton.assessment.rules.special import Opening, day_problems
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from baton.org.models import Unit
from baton.words import Place, Problem, Refused

_AT_SCHEME = Place(field="scheme")


def open_special(*, by: Actor, given: Opening, key: str = "") -> Special:
    """Open a special assessment of an item of the plan, by a scheme of its own. By the office.

    Raises `Refused` for an item without a filing number (what is off the plan needs its reason filed first), and with
    everything that stands against the scheme, its units, its months and its days.
    """
    require_office(by)
    with acting(by) as told:
        call = once(by, "open_special", key, repr(given))
        if call.before is not None:
            return Special.objects.get(pk=call.before["special"])
        item = _startable(given.item)
        problems = day_problems(given, item.opens, item.closes, clock.today())
        scheme = _scheme(given.text, problems)
        if scheme is None or problems:
            raise Refused(problems)
        problems = [_at_scheme(one) for one in fit_problems(scheme, item, given.last)]
        if problems:
            raise Refused(problems)
        version = adopt(told, by, scheme, given.text, given.document or item.basis, units_by_code())
        special = Special.objects.create(
            item=item,
            version=version,
            first=given.first,
            last=given.last,
            report_until=given.report_until,
            check_until=given.check_until,
            opened_by=by.user,
            opened_at=clock.now(),
        )
        assessed = {duty.unit_id for duty in Duty.objects.filter(scheme=version)}
        SpecialCheck.objects.bulk_create(SpecialCheck(special=special, unit_id=unit) for unit in sorted(assessed))
        _tell_opened(told, special, assessed)
        told.did("plans.special_opened", special, number=item.number, scheme=version.digest)
        call.answer(special=special.pk)
    return special


def sign_special(*, by: Actor, special: int, unit: int) -> SpecialCheck:
    """Say that the figures about a unit are right. By the unit, while it may check. Raises `Refused`."""
    return _say(by, special, unit, SpecialCheckState.SIGNED, "")


def contest_special(*, by: Actor, special: int, unit: int, note: str) -> SpecialCheck:
    """Say which figure about a unit is wrong and why; the office answers in writing. Raises `Refused`."""
    if not note.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="note"))])
    return _say(by, special, unit, SpecialCheckState.CONTESTED, note.strip()[:1000])


def answer_special(*, by: Actor, check: int, upheld: bool, answer: str) -> SpecialCheck:
    """Answer a unit's contest in writing; where it is upheld, the figure is put right in the grid. By the office."""
    require_office(by)
    if not answer.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="answer"))])
    with acting(by) as told:
        rows = SpecialCheck.objects.select_for_update(of=("self",), no_key=True).select_related("special__item", "unit")
        row = rows.filter(pk=check).first()
        if row is None or row.state != SpecialCheckState.CONTESTED:
            raise Refused([Problem("plans.no_contest_waits")])
        row.state = (SpecialCheckState.UPHELD if upheld else SpecialCheckState.REJECTED).value
        row.answer, row.answered_by, row.answered_at = answer.strip()[:1000], by.user, clock.now()
        row.save()
        link = places.special_check(row.special_id, row.unit.code)
        told.tell(people_in([row.unit], *OF_UNIT), "plans.notice_answered", link=link, title=str(row.special))
        told.did("plans.special_answered", row.special, unit=row.unit.code, upheld=upheld, answer=row.answer)
    return row


def _startable(number: int) -> PlanItem:
    """Give an item that may begin. Raises `Refused` where it stands on no plan and no reason is filed for it."""
    rows = PlanItem.objects.select_for_update(of=("self",), no_key=True).select_related("organiser")
    item, place = rows.filter(pk=number).first(), Place(field="item")
    if item is None:
        raise Refused([Problem("plans.item_unknown", {}, place)])
    if item.state != PlanState.APPROVED:
        code = "plans.reason_not_filed" if item.off_plan else "plans.not_approved"
        raise Refused([Problem(code, {"title": item.title}, place)])
    if item.kind != PlanKind.ASSESSMENT:
        raise Refused([Problem("plans.special_is_no_assessment", {"title": item.title}, place)])
    if Special.objects.filter(item=item).exists():
        raise Refused([Problem("plans.special_is_open", {"title": item.title}, place)])
    return item


def _scheme(text: str, problems: list[Problem]) -> Scheme | None:
    if not text.strip():
        problems.append(Problem("plans.scheme_lacking", {}, _AT_SCHEME))
        return None
    try:
        versions = from_yaml(text, "")
    except Refused as refused:
        problems += [_at_scheme(one) for one in refused.problems]
        return None
    if len(versions) != 1:
        problems.append(Problem("plans.scheme_not_one", {"count": len(versions)}, _AT_SCHEME))
        return None
    return versions[0]


def _at_scheme(one: Problem) -> Problem:
    return Problem(one.code, one.params, Place(field="scheme", line=one.place.line))


def _tell_opened(told: Told, special: Special, assessed: set[int]) -> None:
    link, title = places.special(special.pk), str(special)
    reporters = Duty.objects.filter(scheme=special.version, reporter__isnull=False)
    numbers = set(reporters.values_list("reporter", flat=True))
    until, check = special.report_until.isoformat(), special.check_until.isoformat()
    told.tell(people_in(numbers, *REPORTS), "plans.notice_report", link=link, title=title, until=until)
    told.tell(people_in(assessed, *OF_UNIT), "plans.notice_check", link=link, title=title, until=check)


def _say(by: Actor, special: int, unit: int, state: SpecialCheckState, note: str) -> SpecialCheck:
    with acting(by) as told:
        row = special_of(special)
        checks = SpecialCheck.objects.select_for_update(of=("self",), no_key=True).select_related("unit")
        check = checks.filter(special=row, unit=unit).first()
        if check is None:
            raise Refused([Problem("plans.special_unknown")])
        _require_of(by, check.unit)
        _require_checking(row, check.unit)
        if check.state == SpecialCheckState.CONTESTED:
            raise Refused([Problem("plans.contest_waits")])
        check.state, check.note, check.by, check.at = state.value, note, by.user, clock.now()
        check.answer, check.answered_by, check.answered_at = "", None, None
        check.save()
        if state is SpecialCheckState.CONTESTED:
            link = places.special_check(row.pk, check.unit.code)
            told.tell(county_people(*OFFICE), "plans.notice_contested", link=link, title=str(row), unit=check.unit.name)
        told.did("plans.special_checked", row, unit=check.unit.code, state=state.value, note=note)
    return check


def _require_of(by: Actor, unit: Unit) -> None:
    require_in(by, unit, *REPORTS, *SIGNS)


def _require_checking(row: Special, unit: Unit) -> None:
    require_not_out(row)
    until = days_of(row).checks_until(unit.pk)
    if clock.today() > until:
        raise Refused([Problem("plans.special_check_closed", {"closes": until.isoformat()})])
