"""Objections to the result of a year: when, tied to what, in the way of publishing, carried out beside what is out."""

from datetime import date
from decimal import Decimal

import pytest

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce, publish_annual, withdraw_annual
from baton.assessment.actions.annual.year import run_annual
from baton.assessment.actions.carrying import carry_out_objection
from baton.assessment.actions.months import open_month
from baton.assessment.actions.objecting import sign_objection, withdraw_objection, write_objection
from baton.assessment.actions.objections import assign_objection, decide_objection, give_opinion
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.choices import LedgerKind, LedgerState, ObjectionKind, ObjectionOutcome, Remedy, RunKind
from baton.assessment.models import AnnualDecision, AnnualResult, AnnualRun, Figure, LedgerEntry, Objection
from baton.assessment.queries.annual.scored import annual_again
from baton.assessment.queries.inbox import to_do
from baton.assessment.queries.objections.came import moved_by
from baton.core.acting import SYSTEM
from baton.core.models import AuditRow, Job, Notice
from baton.words import Refused
from cycle import on
from year import SCHEME, YEAR, YearCounty, county

__all__ = ["county"]


def decided(county: YearCounty, run: AnnualRun, day: int = 10) -> AnnualDecision:
    given = {"body": "县委常委会", "document": f"云委〔2026〕{day}号", "on": date(2026, 1, day)}
    return decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, grades={}, reasons={}, **given)  # type: ignore[arg-type]


@pytest.fixture
def shown(county: YearCounty) -> YearCounty:
    """The result of 2025 is up for publicity from the 12th to the 19th of January 2026; T01 has a deduction."""
    county.event("T01", "K1", LedgerKind.DEDUCTION, level="县级", document="县办〔2025〕9号")
    decided(county, county.scored())
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="县考核办")
    return county


def stands(unit: str = "T01") -> Figure:
    return Figure.objects.current().get(unit__code=unit, series="ALL")


def object_to(
    county: YearCounty, kind: ObjectionKind, who: str = "t01_head", unit: str = "T01", **given: object
) -> Objection:
    asked = {"period": str(YEAR), "unit": county.units[unit].pk, "kind": kind, "reason": "口径有误", **given}
    return write_objection(by=county.by(who), **asked)  # type: ignore[arg-type]


def to_event(county: YearCounty, who: str = "t01_head", unit: str = "T01") -> Objection:
    given = {"entry": LedgerEntry.objects.get(item="K1", unit__code="T01").pk, "about": county.units["T01"].pk}
    return object_to(county, ObjectionKind.DEDUCTION, who, unit, **given)


def answered(
    county: YearCounty, row: Objection, outcome: ObjectionOutcome = ObjectionOutcome.UPHELD, **given: object
) -> Objection:
    assign_objection(by=county.by("office"), objection=row.pk, department=county.units["D1"].pk)
    give_opinion(by=county.by("d1"), objection=row.pk, opinion="核查属实")
    by = county.by("chief")
    return decide_objection(by=by, objection=row.pk, outcome=outcome, answer="答复如下", **given)  # type: ignore[arg-type]


def anew(county: YearCounty) -> AnnualRun:
    """Do the job that was asked for."""
    job = Job.objects.unfinished().get(kind="annual.job_score")
    kind, reason = RunKind(job.params["kind"]), job.params["reason"]
    return run_annual(by=SYSTEM, year=YEAR, kind=kind, reason=reason)


def publish(county: YearCounty) -> None:
    publish_annual(by=county.by("chief"), year=YEAR, document="云委〔2026〕5号", title="通报")


def yearly(county: YearCounty) -> list[tuple[str, str, int]]:
    todos = to_do(county.people["chief"])
    return [(one.do.value, one.period, one.count) for one in todos if one.do.value.startswith("annual")]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_a_year_is_objected_to_in_publicity_and_some_days_after_it_is_published(shown: YearCounty) -> None:
    row = object_to(shown, ObjectionKind.GRADE)
    assert (row.number, row.state, row.lodge_until) == ("YY2025-1-01", "lodged", date(2026, 1, 19))
    assert Notice.objects.filter(code="objections.notice_lodged", recipient=shown.people["office"]).exists()
    withdraw_objection(by=shown.by("t01_head"), objection=row.pk)
    on(date(2026, 1, 20))
    with pytest.raises(Refused) as refused:
        object_to(shown, ObjectionKind.GRADE)
    assert codes(refused) == ["objections.too_late"]
    publish(shown)
    again = object_to(shown, ObjectionKind.GRADE, "t01")
    assert (again.number, again.state, again.lodge_until) == ("", "drafted", date(2026, 1, 27))
    assert sign_objection(by=shown.by("t01_head"), objection=again.pk).number == "YY2025-1-02"


def test_nobody_objects_before_publicity_or_for_another_unit(county: YearCounty) -> None:
    decided(county, county.scored())
    announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 13), contact="县考核办")
    with pytest.raises(Refused) as refused:
        object_to(county, ObjectionKind.GRADE)
    assert codes(refused) == ["objections.nothing_out"]
    on(date(2026, 1, 13))
    for who in ("t02_head", "office", "leader"):
        with pytest.raises(Refused):
            object_to(county, ObjectionKind.GRADE, who)
    assert not Objection.objects.exists()


def test_publishing_waits_for_every_answer_and_says_which(shown: YearCounty) -> None:
    row = object_to(shown, ObjectionKind.OTHER)
    on(date(2026, 1, 20))
    with pytest.raises(Refused) as refused:
        publish(shown)
    (problem,) = refused.value.problems
    assert (problem.code, problem.params["numbers"]) == ("annual.objections_wait", "YY2025-1-01")
    assert yearly(shown) == []
    answered(shown, row, ObjectionOutcome.REJECTED)
    publish(shown)


def test_an_event_that_is_taken_back_leads_to_another_run_beside_the_old(shown: YearCounty) -> None:
    old = AnnualRun.objects.get()
    row = to_event(shown)
    with pytest.raises(Refused) as refused:
        answered(shown, row)
    assert codes(refused) == ["objections.remedy_lacking"]
    by = shown.by("chief")
    given = {"outcome": ObjectionOutcome.UPHELD, "answer": "通报已撤销", "remedy": Remedy.TAKEN_BACK}
    done = decide_objection(by=by, objection=row.pk, **given)  # type: ignore[arg-type]
    entry = LedgerEntry.objects.get(item="K1")
    assert (entry.state, done.carried_by, done.lacks_carrying) == ("dropped", shown.people["chief"], False)
    audit = AuditRow.objects.get(action="assessment.event_taken_back")
    assert (audit.detail["objection"], audit.detail["reason"]) == (row.number, "通报已撤销")
    new = anew(shown)
    assert new.reason == row.number
    totals = [AnnualResult.objects.get(run=run, unit__code="T01").total for run in (old, new)]
    assert totals == [Decimal("95.5"), Decimal(96)]
    assert annual_again(old).sheet.digest == old.digest
    moved = moved_by(shown.people["chief"], done)
    assert moved is not None
    mine = next(one for one in moved.units if one.after.unit.code == "T01")
    assert (mine.difference, mine.base, mine.events, mine.rest) == (Decimal("0.5"), 0, Decimal("0.5"), 0)
    assert moved_by(shown.people["t01_head"], done) is None
    on(date(2026, 1, 20))
    with pytest.raises(Refused) as refused:
        publish(shown)
    assert codes(refused) == ["annual.objections_changed_it"]
    assert yearly(shown) == [("annual_reissue", "2025", 1)]
    withdraw_annual(by=by, year=YEAR, reason="异议成立")
    assert [do for do, _, _ in yearly(shown)] == ["annual_decide"]
    decided(shown, new, 20)
    announce(by=by, year=YEAR, opens=date(2026, 1, 20), contact="县考核办")
    assert moved_by(shown.people["t01_head"], done) is not None
    on(date(2026, 1, 28))
    publish(shown)


def test_a_claim_that_was_dropped_counts_after_all(shown: YearCounty) -> None:
    claim = {"claimed": True, "state": LedgerState.DROPPED, "level": "市级", "decision": "佐证不足"}
    entry = shown.event("T01", "B1", LedgerKind.BONUS, **claim)
    row = object_to(shown, ObjectionKind.DEDUCTION, entry=entry.pk)
    with pytest.raises(Refused) as refused:
        answered(shown, row, remedy=Remedy.TAKEN_BACK)
    assert codes(refused) == ["objections.entry_changed_meanwhile"]
    given = {"outcome": ObjectionOutcome.PARTLY, "answer": "予以认定", "remedy": Remedy.COUNTED}
    decide_objection(by=shown.by("chief"), objection=row.pk, **given)  # type: ignore[arg-type]
    entry.refresh_from_db()
    assert (entry.state, entry.decision) == ("confirmed", "佐证不足")
    assert AnnualResult.objects.get(run=anew(shown), unit__code="T01").bonus == Decimal("0.5")


def test_an_event_is_changed_beside_the_one_that_it_replaces(shown: YearCounty) -> None:
    entry = shown.event("T01", "B1", LedgerKind.BONUS, level="市级", claimed=True)
    row = object_to(shown, ObjectionKind.DEDUCTION, entry=entry.pk)
    with pytest.raises(Refused) as refused:
        answered(shown, row, remedy=Remedy.CHANGED)
    assert codes(refused) == ["objections.change_lacking"]
    by, given = shown.by("chief"), {"outcome": ObjectionOutcome.UPHELD, "answer": "应为省级", "remedy": Remedy.CHANGED}
    for typed, code in (("国家级", "engine.event_unknown_level"), ("市级", "assessment.nothing_changed")):
        with pytest.raises(Refused) as refused:
            decide_objection(by=by, objection=row.pk, typed=typed, **given)  # type: ignore[arg-type]
        assert codes(refused) == [code]
    made = decide_objection(by=by, objection=row.pk, typed="省级", **given).entry_made  # type: ignore[arg-type]
    entry.refresh_from_db()
    assert made is not None
    assert (entry.state, entry.level, made.state, made.level) == ("dropped", "市级", "confirmed", "省级")
    assert AnnualResult.objects.get(run=anew(shown), unit__code="T01").bonus == 1


def test_objections_to_one_event_and_to_one_rule_go_together(shown: YearCounty) -> None:
    first, second = to_event(shown), to_event(shown, "t02_head", "T02")
    rule = {"indicator": "Y01", "about": shown.units["T01"].pk}
    third = object_to(shown, ObjectionKind.RULE, **rule)
    fourth = object_to(shown, ObjectionKind.RULE, "t02_head", "T02", **rule)
    object_to(shown, ObjectionKind.RULE, indicator="Y02")
    assert list(Objection.objects.tied_to(first)) == [second]
    assert list(Objection.objects.tied_to(third)) == [fourth]
    answered(shown, second, remedy=Remedy.TAKEN_BACK)
    first.refresh_from_db()
    assert (first.state, first.remedy, first.lacks_carrying) == ("decided", "taken_back", False)
    assert AuditRow.objects.filter(action="assessment.event_taken_back").count() == 1


def test_a_rule_that_is_upheld_waits_until_the_amended_scheme_carries_it_out(shown: YearCounty) -> None:
    row = answered(shown, object_to(shown, ObjectionKind.RULE, indicator="Y01"))
    assert row.lacks_carrying
    on(date(2026, 1, 20))
    with pytest.raises(Refused) as refused:
        publish(shown)
    assert codes(refused) == ["annual.objections_to_carry"]
    waits = {who: [one.do for one in to_do(shown.people[who])] for who in ("office", "t01_head")}
    assert "objection_carry" in waits["office"]
    assert "objection_carry" not in waits["t01_head"]
    with pytest.raises(Refused):
        carry_out_objection(by=shown.by("t01_head"), objection=row.pk, carried="已修订")
    with pytest.raises(Refused) as refused:
        carry_out_objection(by=shown.by("office"), objection=row.pk, carried=" ")
    assert codes(refused) == ["objections.version_lacking", "objections.carried_lacking"]
    amended = SCHEME.replace("points: {A: 60, B: 60}", "points: {A: 50, B: 50}").replace("A: 40, B: 40", "A: 50, B: 50")
    (version,) = adopt_scheme(by=SYSTEM, text=amended, document="县委发〔2026〕2号")
    carry_out_objection(by=shown.by("office"), objection=row.pk, carried="县委发〔2026〕2号修订", link=version.pk)
    row.refresh_from_db()
    assert (row.scheme, row.lacks_carrying) == (version, False)
    assert Notice.objects.filter(code="objections.notice_carried", recipient=shown.people["t01_head"]).exists()
    old, new = AnnualRun.objects.get(), anew(shown)
    assert (old.scheme == version, new.scheme == version) == (False, True)
    assert annual_again(old).sheet.digest == old.digest
    with pytest.raises(Refused) as refused:
        carry_out_objection(by=shown.by("office"), objection=row.pk, carried="再", link=version.pk)
    assert codes(refused) == ["objections.not_to_carry"]


def test_a_grade_that_is_upheld_is_decided_anew(shown: YearCounty) -> None:
    row = answered(shown, object_to(shown, ObjectionKind.GRADE))
    withdraw_annual(by=shown.by("chief"), year=YEAR, reason="异议成立")
    decision = decided(shown, AnnualRun.objects.get(), 11)
    carry_out_objection(by=shown.by("office"), objection=row.pk, carried="重新审定", link=decision.pk)
    row.refresh_from_db()
    assert (row.decision, row.lacks_carrying) == (decision, False)


def test_a_figure_that_is_upheld_is_corrected_on_the_path_of_its_year(shown: YearCounty) -> None:
    open_month(by=SYSTEM, period="2025-12")
    row = object_to(shown, ObjectionKind.FIGURE, indicator="Y01", figure=stands().pk, claimed="97")
    done = answered(shown, row, typed="97")
    assert done.correction
    assert (done.correction.made, done.lacks_carrying) == (stands(), False)
    old, new = AnnualRun.objects.get(), anew(shown)
    assert old.pk != new.pk
    moved = moved_by(shown.people["chief"], done)
    assert moved is not None
    assert {(one.name, one.after) for one in moved.lines} >= {("年度任务完成得分", Decimal("58.2"))}


def test_a_figure_of_a_year_without_months_is_brought_in_anew_and_then_carried_out(shown: YearCounty) -> None:
    row = object_to(shown, ObjectionKind.FIGURE, indicator="Y01", figure=stands().pk)
    answered(shown, row, typed="97")
    with pytest.raises(Refused) as refused:
        carry_out_objection(by=shown.by("office"), objection=row.pk, carried="已导入")
    assert codes(refused) == ["objections.figure_still_stands"]
    shown.figure("T01", "97")
    carry_out_objection(by=shown.by("office"), objection=row.pk, carried="已导入")
    assert anew(shown).figures


def test_what_a_year_does_not_have_is_not_objected_to(shown: YearCounty) -> None:
    other = shown.event("T02", "K1", LedgerKind.DEDUCTION, level="县级")
    with pytest.raises(Refused) as refused:
        object_to(shown, ObjectionKind.DEDUCTION, entry=other.pk)
    assert codes(refused) == ["objections.entry_unknown"]
    with pytest.raises(Refused) as refused:
        object_to(shown, ObjectionKind.FIGURE, indicator="Y01", figure=stands("T02").pk)
    assert codes(refused) == ["objections.figure_lacking"]
    to_event(shown)
    with pytest.raises(Refused) as refused:
        to_event(shown)
    assert codes(refused) == ["objections.objected_already"]
