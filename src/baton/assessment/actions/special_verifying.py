"""Reports of a special assessment verified, or sent back with the reason, by the department that verifies them."""

from collections.abc import Sequence

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import REPORTS, require_in, require_office
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import people_in
from baton.assessment.actions.below.special_doors import require_not_out, special_of
from baton.assessment.choices import SpecialReportState, SpecialVerdictState
from baton.assessment.models import Special, SpecialVerdict
from baton.assessment.queries.special_days import days_of
from baton.assessment.queries.special_reports import SpecialReport, special_reports
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.org.choices import Role
from baton.words import Place, Problem, Refused

_NOTHING_TO_SAY = {
    SpecialReportState.MISSING: "plans.report_missing",
    SpecialReportState.OWN: "plans.report_own",
}


def verify_special(
    *, by: Actor, special: int, reports: Sequence[str], verified: bool, seen: int, reason: str = "", key: str = ""
) -> int:
    """Say of some reports, all or none, that they are right, or send them back with the reason; gives how many.

    `reports`: as `series:unit`. `seen`: the newest figure (number) that whoever says so has looked at. By the verifying
    department, by the office where none is named; what was said can be changed until the result is out. Raises
    `Refused` with every report that is another's, not there, its own department's, or has changed meanwhile.
    """
    if not verified and not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    with acting(by) as told:
        call = once(by, "verify_special", key, special, sorted(reports), verified, reason)
        if call.before is not None:
            return int(call.before["count"])
        row = special_of(special)
        require_not_out(row)
        chosen = _chosen(row, reports)
        for one in chosen:
            _require_verifies(by, one)
        state = SpecialVerdictState.VERIFIED if verified else SpecialVerdictState.RETURNED
        _require_sayable(chosen, state, seen)
        _write(told, row, chosen, state, reason.strip()[:400])
        call.answer(count=len(chosen))
    return len(chosen)


def _chosen(row: Special, names: Sequence[str]) -> list[SpecialReport]:
    known = {one.name: one for one in special_reports(row)}
    lacking = [name for name in names if name not in known]
    if lacking or not names:
        code = "plans.report_unknown" if lacking else "plans.no_report_chosen"
        raise Refused([Problem(code, {"names": "、".join(lacking)} if lacking else {}, Place(field="report"))])
    return [known[name] for name in dict.fromkeys(names)]


def _require_verifies(by: Actor, one: SpecialReport) -> None:
    if one.duty.verifier is None:
        require_office(by)
    else:
        require_in(by, one.duty.verifier, Role.VERIFIER)


def _require_sayable(chosen: Sequence[SpecialReport], state: SpecialVerdictState, seen: int) -> None:
    problems = []
    for one in chosen:
        code = _NOTHING_TO_SAY.get(one.state)
        if code is None and one.state.value == state.value:
            code = "plans.report_said_already"
        if code is None and one.newest > seen:
            code = "plans.report_changed"
        if code is not None:
            names = {"unit": one.duty.unit.name, "name": one.values[0].ask.field.indicator.name}
            problems.append(Problem(code, names, Place(field="report")))
    if problems:
        raise Refused(problems)


def _write(told: Told, row: Special, chosen: Sequence[SpecialReport], state: SpecialVerdictState, reason: str) -> None:
    days, now = days_of(row), clock.now()
    for one in chosen:
        late = clock.today() > days.checks_until(one.duty.unit_id)
        fields = {"reason": reason, "until": one.newest, "late": late, "by": told.by.user, "at": now}
        SpecialVerdict.objects.create(
            special=row, series=one.duty.series, unit=one.duty.unit, state=state.value, **fields
        )
    if state is SpecialVerdictState.RETURNED:
        for reporter in {one.duty.reporter for one in chosen if one.duty.reporter is not None}:
            link = places.special_grid(row.pk, reporter.code)
            told.tell(
                people_in([reporter], *REPORTS), "plans.notice_sent_back", link=link, title=str(row), reason=reason
            )
    action = "plans.special_verified" if state is SpecialVerdictState.VERIFIED else "plans.special_sent_back"
    told.did(action, row, reports=[one.name for one in chosen], reason=reason)
