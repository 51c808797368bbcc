"""Special assessments on their way: reports verified or sent back, days opened again, what is late marked as late."""

from datetime import date
from typing import Any

import pytest

from baton.assessment.actions.special_reopening import reopen_special
from baton.assessment.actions.special_scores import publish_special, score_special
from baton.assessment.actions.specials import contest_special, open_special, sign_special
from baton.assessment.choices import RunKind, RunState, SpecialReportState, SpecialStage
from baton.assessment.models import Special, SpecialReopening, SpecialVerdict
from baton.assessment.queries.inbox import Do, to_do
from baton.assessment.queries.special_grid import special_grid
from baton.assessment.queries.special_reports import special_reports
from baton.assessment.queries.special_verify import special_verify_desk
from baton.assessment.queries.specials import check_page, special_page
from baton.assessment.rules.special_days import Reopened, SpecialDays
from baton.assessment.rules.unusual import Why
from baton.core.models import AuditRow, Notice
from baton.words import Refused
from county import County
from reporting import client_of
from special import SPECIAL_SCHEME, filled, opened, opening, planned_item, report, verify

OFFICIAL, REPORT, CHECK = RunKind.OFFICIAL, SpecialStage.REPORT, SpecialStage.CHECK
VISITS = ("T1", "ZVIS", "actual", "2026-Q3")
WHY = "台账补录"


@pytest.fixture
def special(county: County) -> Special:
    """A special assessment of the third quarter, with every figure in, and nothing verified."""
    return filled(county, opened(county), verified=False)


def refused(do: Any, *given: Any, **named: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        do(*given, **named)
    return [one.code for one in found.value.problems]


def states(special: Special) -> dict[str, SpecialReportState]:
    return {one.name: one.state for one in special_reports(special)}


def reopened(county: County, special: Special, who: str = "office", **given: Any) -> SpecialReopening:
    fields: dict[str, Any] = {"stage": REPORT, "unit": None, "until": date(2026, 10, 20), "reason": WHY}
    return reopen_special(by=county.by(who), special=special.pk, **fields | given)


def test_days_opened_again_count_for_the_unit_or_for_all() -> None:
    again = (Reopened(REPORT, 7, date(2026, 10, 20)), Reopened(CHECK, None, date(2026, 10, 25)))
    days = SpecialDays(date(2026, 10, 10), date(2026, 10, 15), again)
    assert (days.reports_until(7), days.reports_until(8)) == (date(2026, 10, 20), date(2026, 10, 10))
    assert (days.reports_until(), days.checks_until(8)) == (date(2026, 10, 20), date(2026, 10, 25))
    assert (days.all_report_until, days.all_check_until) == (date(2026, 10, 10), date(2026, 10, 25))
    assert days.stage(date(2026, 10, 21)) is CHECK
    assert days.stage(date(2026, 10, 26)) is SpecialStage.RESULT
    assert days.checks_after(date(2026, 10, 22), date(2026, 10, 31)) == date(2026, 10, 27)
    assert days.checks_after(date(2026, 10, 29), date(2026, 10, 31)) == date(2026, 10, 31)


def test_what_a_unit_reports_is_verified_by_the_lead_department_and_its_own_by_nobody(
    county: County, special: Special
) -> None:
    waits, own = SpecialReportState.WAITING, SpecialReportState.OWN
    assert states(special) == {"ZINV:T1": own, "ZINV:T2": own, "ZVIS:T1": waits, "ZVIS:T2": waits}
    desk = special_verify_desk(county.people["d1"], special.pk)
    assert desk is not None
    assert desk.acts
    (group,) = desk.groups
    assert [(one.report.duty.unit.code, one.values[0].words) for one in group.reports] == [("T1", "10"), ("T2", "9")]
    for who in ("t1", "t1_head", "d2", "nobody", "d1_clerk"):
        assert special_verify_desk(county.people[who], special.pk) is None, who
    office = special_verify_desk(county.people["office"], special.pk)
    assert office is not None
    assert not office.acts
    assert verify(county, special) == 2
    assert states(special)["ZVIS:T1"] is SpecialReportState.VERIFIED
    assert AuditRow.objects.get(action="plans.special_verified").detail["reports"] == ["ZVIS:T1", "ZVIS:T2"]


def test_what_is_striking_stands_on_top(county: County) -> None:
    monthly = SPECIAL_SCHEME.replace("frequency: quarter", "frequency: month")
    row = open_special(by=county.by("office"), given=opening(planned_item(county), text=monthly))
    for unit, last in (("T1", "3"), ("T2", "300")):
        for period, typed in (("2026-07", "1"), ("2026-08", "2"), ("2026-09", last)):
            report(county, row, unit.lower(), (unit, "ZVIS", "actual", period, typed))
    desk = special_verify_desk(county.people["d1"], row.pk)
    assert desk is not None
    (group,) = desk.groups
    assert [(one.report.duty.unit.code, one.striking) for one in group.reports] == [("T2", True), ("T1", False)]
    assert group.reports[0].values[-1].whys == (Why.TENFOLD,)


def test_sent_back_it_says_why_and_may_be_put_right_after_the_last_day(county: County, special: Special) -> None:
    assert refused(verify, county, special, "ZVIS:T1", verified=False, reason=" ") == ["assessment.reason_lacking"]
    county.on(date(2026, 10, 12))
    verify(county, special, "ZVIS:T1", verified=False, reason="走访台账只有 8 家")
    notice = Notice.objects.get(code="plans.notice_sent_back", recipient=county.people["t1"])
    assert notice.link == f"/plan/specials/{special.pk}/report/T1"
    assert [(one.do, one.count) for one in to_do(county.people["t1"])] == [(Do.SPECIAL_RETURNED, 1)]
    grid = special_grid(county.people["t1"], special.pk, "T1")
    assert grid is not None
    assert [one.reason for one in grid.returned] == ["走访台账只有 8 家"]
    assert refused(report, county, special, "t2", ("T2", *VISITS[1:], "8")) == ["plans.special_reports_closed"]
    assert report(county, special, "t1", (*VISITS, "8")) is not None
    assert states(special)["ZVIS:T1"] is SpecialReportState.WAITING
    assert not any(one.late for one in special_reports(special)), "what is put right was reported in time"
    county.on(date(2026, 10, 16))
    assert refused(report, county, special, "t1", (*VISITS, "7")) == ["plans.special_reports_closed"]
    verify(county, special, "ZVIS:T1")
    assert SpecialVerdict.objects.last().late  # type: ignore[union-attr]


def test_only_what_was_seen_and_is_its_own_to_verify_is_verified(county: County, special: Special) -> None:
    before = special_reports(special)[-1].newest
    report(county, special, "t2", ("T2", *VISITS[1:], "8"))
    assert refused(verify, county, special, "ZVIS:T2", seen=before) == ["plans.report_changed"]
    for who in ("office", "chief", "t1", "d2", "d1_clerk", "leader"):
        refused(verify, county, special, "ZVIS:T1", who=who)
    assert refused(verify, county, special, "ZINV:T1") == ["plans.report_own"]
    assert refused(verify, county, special, "ZVIS:T9") == ["plans.report_unknown"]
    assert not SpecialVerdict.objects.exists()
    verify(county, special)
    assert refused(verify, county, special) == ["plans.report_said_already"] * 2


def test_where_the_lead_department_is_assessed_the_office_verifies(county: County) -> None:
    item = planned_item(county, units=[county.units["T1"].pk, county.units["T2"].pk, county.units["D1"].pk])
    text = SPECIAL_SCHEME.replace("{code: D1, name: 发改局}", "{code: D1, name: 发改局, group: Z}")
    row = open_special(by=county.by("office"), given=opening(item, text=text))
    report(county, row, "d1", ("D1", *VISITS[1:], "10"))
    refused(verify, county, row, "ZVIS:D1")
    desk = special_verify_desk(county.people["d1"], row.pk)
    assert desk is not None
    assert "D1" not in {one.report.duty.unit.code for group in desk.groups for one in group.reports}
    assert (Do.SPECIAL_VERIFY, "") in [(one.do, one.unit) for one in to_do(county.people["office"])]
    home = client_of(county.people["office"]).get("/").content.decode()
    assert "考核办：“重点项目建设专项考核”有 1 份报数待核实" in home
    assert verify(county, row, "ZVIS:D1", who="office") == 1


def test_the_official_run_waits_for_verification_or_says_why_not(county: County, special: Special) -> None:
    county.on(date(2026, 10, 16))
    office, chief = county.by("office"), county.by("chief")
    assert score_special(by=office, special=special.pk).state == RunState.DONE, "a trial waits for nobody"
    assert refused(score_special, by=office, special=special.pk, kind=OFFICIAL) == ["plans.not_verified"]
    run = score_special(by=office, special=special.pk, kind=OFFICIAL, reason="部门负责人出差，先行计分")
    assert run.reason == "部门负责人出差，先行计分"
    verify(county, special)
    run = score_special(by=office, special=special.pk, kind=OFFICIAL, reason="用不着")
    assert run.reason == ""
    verify(county, special, "ZVIS:T2", verified=False, reason="台账缺签字")
    assert refused(publish_special, by=chief, special=special.pk, document="一号") == ["plans.not_verified"]
    verify(county, special, "ZVIS:T2")
    publish_special(by=chief, special=special.pk, document="一号")
    assert refused(verify, county, special, "ZVIS:T2", verified=False, reason="晚了") == ["plans.special_is_out"]


def test_days_are_opened_again_for_one_unit_and_those_it_reports_about_check_after(county: County) -> None:
    special = opened(county)
    county.on(date(2026, 10, 17))
    t1 = county.units["T1"].pk
    assert refused(report, county, special, "t1", (*VISITS, "10")) == ["plans.special_reports_closed"]
    reopened(county, special, unit=t1)
    assert report(county, special, "t1", (*VISITS, "10")) is not None
    assert refused(report, county, special, "t2", ("T2", *VISITS[1:], "9")) == ["plans.special_reports_closed"]
    assert Notice.objects.filter(code="plans.notice_report_again", recipient=county.people["t1"]).exists()
    assert Notice.objects.filter(code="plans.notice_check_until", recipient=county.people["t1_head"]).exists()
    assert not Notice.objects.filter(code="plans.notice_check_until", recipient=county.people["t2_head"]).exists()
    sign_special(by=county.by("t1_head"), special=special.pk, unit=t1)
    t2 = county.units["T2"].pk
    assert refused(sign_special, by=county.by("t2_head"), special=special.pk, unit=t2) == ["plans.special_check_closed"]
    assert AuditRow.objects.filter(action="plans.special_reopened").count() == 2
    assert [one.until for one in SpecialReopening.objects.filter(stage=CHECK)] == [date(2026, 10, 25)]


def test_for_all_units_at_once_and_a_silent_one_is_waited_for(county: County, special: Special) -> None:
    verify(county, special)
    county.on(date(2026, 10, 17))
    reopened(county, special, stage=CHECK)
    assert SpecialReopening.objects.count() == 1
    office = county.by("office")
    assert refused(score_special, by=office, special=special.pk, kind=OFFICIAL) == ["plans.check_not_over"]
    contest_special(by=county.by("t2_head"), special=special.pk, unit=county.units["T2"].pk, note="应为 10 家")
    page = check_page(county.people["t2_head"], special.pk, "T2")
    assert page is not None
    assert (page.until, page.late) == (date(2026, 10, 20), True)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " "}, "assessment.reason_lacking"),
        ({"until": date(2026, 10, 1)}, "assessment.day_is_past"),
        ({"until": date(2026, 10, 9)}, "plans.reopen_not_later"),
        ({"until": date(2026, 11, 30)}, "plans.reopen_outside_item"),
        ({"unit": "D2"}, "plans.reopen_no_such_unit"),
        ({"stage": CHECK, "unit": "D1"}, "plans.reopen_no_such_unit"),
    ],
)
def test_what_stands_against_opening_again_is_told(
    county: County, special: Special, given: dict[str, Any], code: str
) -> None:
    unit = given.pop("unit", None)
    number = None if unit is None else county.units[unit].pk
    assert code in refused(reopened, county, special, unit=number, **given)
    assert not SpecialReopening.objects.exists()


def test_only_the_office_opens_again_and_once_under_a_key(county: County, special: Special) -> None:
    for who in ("d1", "t1", "leader", "nobody"):
        refused(reopened, county, special, who)
    assert reopened(county, special, key="k") == reopened(county, special, key="k")
    county.on(date(2026, 10, 26))
    verify(county, special)
    score_special(by=county.by("office"), special=special.pk, kind=OFFICIAL)
    publish_special(by=county.by("chief"), special=special.pk, document="一号")
    assert refused(reopened, county, special, until=date(2026, 11, 2)) == ["plans.special_is_out"]


def test_what_comes_after_the_planned_day_is_marked_late_for_all_who_see_it(county: County) -> None:
    special = opened(county)
    report(county, special, "t2", ("T2", *VISITS[1:], "9"))
    county.on(date(2026, 10, 17))
    page = special_page(county.people["office"], special.pk)
    assert page is not None
    assert {one.unit.code: one.overdue for one in page.reporters} == {"T1": True, "T2": False, "D1": True}
    reopened(county, special)
    report(county, special, "t1", (*VISITS, "10"))
    report(county, special, "t2", ("T2", *VISITS[1:], "8"))
    late = {one.name: one.late for one in special_reports(special)}
    assert (late["ZVIS:T1"], late["ZVIS:T2"]) == (True, False)
    own = check_page(county.people["t1"], special.pk, "T1")
    assert own is not None
    assert [late for ask, _, late in own.figures if ask.field.series == "ZVIS"] == [True]
    page = special_page(county.people["office"], special.pk)
    assert page is not None
    assert {one.unit.code: one.late for one in page.reporters} == {"T1": 1, "T2": 0, "D1": 0}
