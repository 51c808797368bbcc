"""Special assessments: on the plan or with a filed reason; reported, checked, scored, published, then fixed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from baton.assessment.actions.plans import approve_item
from baton.assessment.actions.special_scores import publish_special, score_special, withdraw_special
from baton.assessment.actions.specials import answer_special, contest_special, open_special, sign_special
from baton.assessment.choices import PlanKind, RunKind, RunState, SpecialCheckState, SpecialState
from baton.assessment.models import Figure, SchemeVersion, Special, SpecialCheck, SpecialResult, SpecialRun
from baton.assessment.queries.burdens import burdens
from baton.assessment.queries.inbox import Do, to_do
from baton.assessment.queries.special_grid import special_grid
from baton.assessment.queries.specials import check_page, run_shown, special_page, specials
from baton.assessment.rules.special import asks_of, months_of, periods_of, span_scheme
from baton.core.models import AuditRow, Notice
from baton.engine.scheme.text import from_yaml
from baton.words import Refused
from county import SCHEME, County
from special import SPECIAL_SCHEME, filled, opened, opening, planned_item, report, verify

OFFICIAL = RunKind.OFFICIAL


@pytest.fixture
def special(county: County) -> Special:
    """A special assessment of the third quarter, open."""
    return opened(county)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_a_span_asks_for_its_months_its_quarters_and_the_year() -> None:
    assert months_of("2026-08", "2026-10") == ("2026-08", "2026-09", "2026-10")
    assert periods_of("2026-08", "2026-10") == ("2026-08", "2026-09", "2026-10", "2026-Q3", "2026")
    (scheme,) = from_yaml(SPECIAL_SCHEME, "")
    assert span_scheme(scheme, "2026-07", "2026-09").units[0].valid_to == date(2026, 9, 30)


def test_it_is_opened_on_the_plan_and_everybody_concerned_is_told(county: County, special: Special) -> None:
    assert special.item.number == "考备〔2026〕1号"
    told = set(Notice.objects.filter(code="plans.notice_report").values_list("recipient__name", flat=True))
    assert {"发改审核", "发改填报", "甲镇填报"} <= told
    told = set(Notice.objects.filter(code="plans.notice_check").values_list("recipient__name", flat=True))
    assert "甲镇书记" in told
    assert special.checks.count() == 2
    for who, sees in (("t1", True), ("d1", True), ("leader", True), ("d2", False), ("nobody", False)):
        assert bool(specials(county.people[who])) is sees, who
    assert AuditRow.objects.filter(action="plans.special_opened").count() == 1


def test_the_months_scheme_stays_the_countys(county: County, special: Special) -> None:
    assert SchemeVersion.objects.on(date(2026, 10, 31)).get().name == "小县2026年度考核方案"
    assert county.month().scheme.code == "SMALL-2026"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": " "}, "plans.scheme_lacking"),
        ({"text": SCHEME}, "plans.scheme_of_the_year"),
        ({"text": SPECIAL_SCHEME.replace("T2", "T3")}, "plans.unit_not_in_item"),
        ({"text": SPECIAL_SCHEME.replace("lead: D1", "lead: D9")}, "engine.scheme_unknown_unit"),
        ({"text": SPECIAL_SCHEME.replace("unit: 亩", "unit: 公顷")}, "plans.series_differs"),
        ({"first": "2026-13"}, "plans.no_month"),
        ({"first": "2026-10"}, "plans.months_in_no_order"),
        ({"report_until": date(2026, 10, 1)}, "assessment.day_is_past"),
        ({"check_until": date(2026, 10, 10)}, "plans.checks_before_reports"),
        ({"check_until": date(2026, 12, 1)}, "plans.days_outside_item"),
    ],
)
def test_what_stands_against_it_is_told(county: County, given: dict[str, Any], code: str) -> None:
    item = planned_item(county)
    with pytest.raises(Refused) as refused:
        open_special(by=county.by("office"), given=opening(item, **given))
    assert code in codes(refused)
    assert not Special.objects.exists()
    assert SchemeVersion.objects.count() == 1


def test_only_assessments_of_the_plan_are_opened_once_and_by_the_office(county: County) -> None:
    item = planned_item(county)
    for who in ("d1", "leader", "t1", "nobody"):
        with pytest.raises(Refused):
            open_special(by=county.by(who), given=opening(item))
    made = [open_special(by=county.by("office"), given=opening(item), key="k") for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Refused) as refused:
        open_special(by=county.by("office"), given=opening(item))
    assert codes(refused) == ["plans.special_is_open"]


def test_an_inspection_is_no_assessment_and_nothing_begins_early(county: County) -> None:
    item = planned_item(county, kind=PlanKind.INSPECTION, opens=date(2026, 10, 5))
    with pytest.raises(Refused) as refused:
        open_special(by=county.by("office"), given=opening(item))
    assert codes(refused) == ["plans.special_is_no_assessment"]


def test_lead_department_and_units_are_asked_for_what_is_not_held(county: County, special: Special) -> None:
    grid = special_grid(county.people["d1"], special.pk, "D1")
    assert grid is not None
    assert [column.key for column in grid.columns] == [
        ("ZINV", "actual", "2026-07"),
        ("ZINV", "actual", "2026-08"),
        ("ZINV", "actual", "2026-09"),
        ("ZINV", "target", "2026"),
    ]
    own = special_grid(county.people["t1"], special.pk, "T1")
    assert own is not None
    assert [(cell.cell.series, cell.held) for cell in own.cells] == [("ZVIS", False)] + [("ARB", True)] * 3
    assert special_grid(county.people["t1"], special.pk, "D1") is None
    assert special_grid(county.people["t2"], special.pk, "T1") is None
    with pytest.raises(Refused) as refused:
        report(county, special, "t1", ("T1", "ARB", "actual", "2026-09", "8"))
    assert codes(refused) == ["plans.held_already"]


def test_others_figures_cells_not_asked_for_and_what_cannot_be_read_are_refused(
    county: County, special: Special
) -> None:
    wrong = [
        ("t1", ("T2", "ZVIS", "actual", "2026-Q3", "3"), "assessment.not_yours"),
        ("d1", ("T1", "ZINV", "actual", "2026-06", "3"), "plans.special_does_not_ask"),
        ("d1", ("T3", "ZINV", "actual", "2026-09", "3"), "plans.special_does_not_ask"),
        ("d1", ("T1", "ZINV", "actual", "2026-09", "三十"), "sheets.not_a_number"),
    ]
    for who, cell, code in wrong:
        with pytest.raises(Refused) as refused:
            report(county, special, who, cell)
        assert codes(refused) == [code]
    assert not Figure.objects.exists()


def test_after_the_last_day_only_the_office_enters_and_who_signed_checks_again(
    county: County, special: Special
) -> None:
    filled(county, special)
    t1 = county.units["T1"].pk
    sign_special(by=county.by("t1"), special=special.pk, unit=t1)
    county.on(date(2026, 10, 12))
    cell = ("T1", "ZINV", "actual", "2026-09", "20")
    with pytest.raises(Refused) as refused:
        report(county, special, "d1", cell)
    assert codes(refused) == ["plans.special_reports_closed"]
    batch = report(county, special, "office", cell)
    assert batch is not None
    assert batch.behalf_of == "发改局"
    assert SpecialCheck.objects.get(special=special, unit=t1).state == SpecialCheckState.OPEN
    assert Notice.objects.filter(code="plans.notice_check_again", recipient=county.people["t1_head"]).exists()


def test_from_figures_to_a_published_result_with_its_calculation(county: County, special: Special) -> None:
    filled(county, special)
    for who, unit in (("t1_head", "T1"), ("t2_head", "T2")):
        sign_special(by=county.by(who), special=special.pk, unit=county.units[unit].pk)
    run = score_special(by=county.by("office"), special=special.pk, kind=OFFICIAL)
    assert run.state == RunState.DONE, run.problems
    assert run_shown(county.people["t1"], special.pk) is None
    assert run_shown(county.people["chief"], special.pk) is None
    publish_special(by=county.by("chief"), special=special.pk, document="云考办发〔2026〕11号")
    shown = run_shown(county.people["t1"], special.pk)
    assert shown == run
    first, second = run.results.order_by("rank")
    assert (first.unit.code, first.score, first.full) == ("T1", Decimal(100), Decimal(100))
    assert second.score is not None
    total = sum(Decimal(line["contribution"]) for line in second.lines)
    assert total == second.score
    (leaf,) = second.lines[0]["leaves"]
    assert (leaf["value"], leaf["target"], leaf["points"]) == ("45", "90", "30")
    assert leaf["check"]
    with pytest.raises(Refused) as refused:
        report(county, special, "office", ("T1", "ZINV", "actual", "2026-09", "1"))
    assert codes(refused) == ["plans.special_is_out"]
    for again in (score_special, publish_special):
        extra = {"document": "又一号"} if again is publish_special else {}
        with pytest.raises(Refused):
            again(by=county.by("chief"), special=special.pk, **extra)  # type: ignore[operator]
    assert SpecialRun.objects.count() == 1


def test_a_figure_that_the_month_brought_in_counts_without_being_asked_for(county: County, special: Special) -> None:
    county.month()
    county.enter("", "ARB", {"T1": "8", "T2": "10"})
    filled(county, special)
    run = score_special(by=county.by("office"), special=special.pk)
    lines = SpecialResult.objects.get(run=run, unit__code="T1").lines
    assert [one["leaves"][0]["value"] for one in lines if one["code"] == "Z03"] == ["8"]


def test_a_run_without_what_must_be_there_says_what_is_missing(county: County, special: Special) -> None:
    run = score_special(by=county.by("office"), special=special.pk)
    assert run.state == RunState.REFUSED
    assert run.problems
    assert not run.results.exists()


def test_a_contest_is_answered_before_the_official_run(county: County, special: Special) -> None:
    filled(county, special)
    t1 = county.units["T1"].pk
    with pytest.raises(Refused):
        contest_special(by=county.by("t1"), special=special.pk, unit=t1, note=" ")
    with pytest.raises(Refused):
        contest_special(by=county.by("t2"), special=special.pk, unit=t1, note="不对")
    check = contest_special(by=county.by("t1"), special=special.pk, unit=t1, note="9 月完成投资应为 35")
    assert Notice.objects.filter(code="plans.notice_contested", recipient=county.people["office"]).exists()
    with pytest.raises(Refused) as refused:
        score_special(by=county.by("office"), special=special.pk, kind=OFFICIAL)
    assert codes(refused) == ["plans.contests_wait"]
    for who, answer in (("office", " "), ("d1", "核实"), ("t1", "核实")):
        with pytest.raises(Refused):
            answer_special(by=county.by(who), check=check.pk, upheld=True, answer=answer)
    answer_special(by=county.by("office"), check=check.pk, upheld=True, answer="经核实成立")
    assert Notice.objects.filter(code="plans.notice_answered", recipient=county.people["t1_head"]).exists()
    with pytest.raises(Refused) as refused:
        answer_special(by=county.by("office"), check=check.pk, upheld=True, answer="经核实成立")
    assert codes(refused) == ["plans.no_contest_waits"]
    with pytest.raises(Refused) as refused:
        score_special(by=county.by("office"), special=special.pk, kind=OFFICIAL)
    assert codes(refused) == ["plans.check_not_over"]
    county.on(date(2026, 10, 16))
    assert score_special(by=county.by("office"), special=special.pk, kind=OFFICIAL).state == RunState.DONE
    with pytest.raises(Refused) as refused:
        sign_special(by=county.by("t1"), special=special.pk, unit=t1)
    assert codes(refused) == ["plans.special_check_closed"]


def test_nothing_is_published_without_document_and_run_of_the_figures_that_stand(
    county: County, special: Special
) -> None:
    filled(county, special)
    county.on(date(2026, 10, 16))
    chief = county.by("chief")

    def refused(by: Any, document: str) -> str:
        with pytest.raises(Refused) as found:
            publish_special(by=by, special=special.pk, document=document)
        return codes(found)[0]

    assert refused(chief, "云考办发〔2026〕11号") == "plans.no_official_run"
    score_special(by=county.by("office"), special=special.pk, kind=OFFICIAL)
    assert refused(chief, " ") == "plans.result_document_lacking"
    refused(county.by("office"), "云考办发〔2026〕11号")
    report(county, special, "office", ("T1", "ZINV", "actual", "2026-09", "20"))
    assert refused(chief, "云考办发〔2026〕11号") == "plans.special_run_outdated"
    page = special_page(county.people["chief"], special.pk)
    assert page is not None
    special.refresh_from_db()
    assert special.state == SpecialState.OPEN


def test_units_see_their_own_check_and_reporters_only_their_own_reports(county: County, special: Special) -> None:
    filled(county, special)
    page = check_page(county.people["t1"], special.pk, "T1")
    assert page is not None
    assert [figure.value if figure else None for _, figure, _ in page.figures][:4] == ["30", "30", "30", "90"]
    assert (page.says, page.answers) == (True, False)
    assert check_page(county.people["t1"], special.pk, "T2") is None
    own = special_page(county.people["t1"], special.pk)
    assert own is not None
    assert ([one.unit.code for one in own.reporters], [one.unit.code for one in own.checks]) == (["T1"], ["T1"])
    office = special_page(county.people["office"], special.pk)
    assert office is not None
    assert [(one.unit.code, one.there, one.asked) for one in office.reporters] == [
        ("T1", 1, 1),
        ("T2", 1, 1),
        ("D1", 8, 8),
    ]


def test_what_a_special_assessment_asks_of_units_is_part_of_their_burden(county: County, special: Special) -> None:
    asked = asks_of(special.version.form, special.first, special.last)
    assert sum("T1" in ask.among for ask in asked if ask.field.series == "ZVIS") == 1
    assert burdens(county.people["office"]).units[county.units["T1"].pk].figures == 12 + 1


def test_off_the_plan_it_is_refused_until_its_reason_is_filed(county: County) -> None:
    item = planned_item(county, off_plan=True)
    with pytest.raises(Refused) as refused:
        open_special(by=county.by("office"), given=opening(item))
    assert codes(refused) == ["plans.reason_not_filed"]
    approve_item(by=county.by("chief"), item=item.pk)
    assert open_special(by=county.by("office"), given=opening(item)).item == item


def test_a_result_is_withdrawn_and_published_anew_beside_the_old_one(county: County, special: Special) -> None:
    filled(county, special)
    county.on(date(2026, 10, 16))
    chief, office = county.by("chief"), county.by("office")
    with pytest.raises(Refused) as refused:
        withdraw_special(by=chief, special=special.pk, reason="有误")
    assert codes(refused) == ["plans.special_is_not_out"]
    first = score_special(by=office, special=special.pk, kind=OFFICIAL)
    publish_special(by=chief, special=special.pk, document="云考办发〔2026〕11号")
    for by, reason in ((office, "有误"), (chief, " ")):
        with pytest.raises(Refused):
            withdraw_special(by=by, special=special.pk, reason=reason)
    before = [(one.unit_id, one.score, one.lines) for one in first.results.all()]
    withdraw_special(by=chief, special=special.pk, reason="9 月投资漏统计")
    assert run_shown(county.people["t1"], special.pk) is None
    assert Notice.objects.filter(code="plans.notice_withdrawn", recipient=county.people["t1_head"]).exists()
    with pytest.raises(Refused) as refused:
        publish_special(by=chief, special=special.pk, document="云考办发〔2026〕12号")
    assert codes(refused) == ["plans.no_official_run"]
    report(county, special, "office", ("T2", "ZINV", "actual", "2026-09", "30"))
    second = score_special(by=office, special=special.pk, kind=OFFICIAL)
    publish_special(by=chief, special=special.pk, document="云考办发〔2026〕12号")
    assert run_shown(county.people["t1"], special.pk) == second
    first.refresh_from_db()
    assert (first.document, first.withdrawn_reason) == ("云考办发〔2026〕11号", "9 月投资漏统计")
    assert [(one.unit_id, one.score, one.lines) for one in first.results.all()] == before
    assert second.digest != first.digest


def waiting(county: County, who: str) -> list[tuple[Do, str, int]]:
    return [(one.do, one.unit, one.count) for one in to_do(county.people[who])]


def test_what_waits_stands_in_the_inbox_of_whoever_can_do_it(county: County, special: Special) -> None:
    assert waiting(county, "d1") == [(Do.SPECIAL_REPORT, "发改局", 8)]
    assert waiting(county, "t1") == [(Do.SPECIAL_REPORT, "甲镇", 1)]
    assert waiting(county, "t1_head") == waiting(county, "office") == []
    filled(county, special, verified=False)
    assert waiting(county, "d1") == [(Do.SPECIAL_VERIFY, "发改局", 2)]
    verify(county, special)
    assert waiting(county, "d1") == waiting(county, "t1") == []
    county.on(date(2026, 10, 12))
    assert waiting(county, "t1_head") == [(Do.SPECIAL_CHECK, "甲镇", 1)]
    contest_special(by=county.by("t1_head"), special=special.pk, unit=county.units["T1"].pk, note="应为 35")
    assert waiting(county, "t1_head") == []
    assert waiting(county, "office") == [(Do.SPECIAL_CONTEST, "甲镇", 1)]


def test_what_is_off_the_plan_waits_for_the_head(county: County) -> None:
    planned_item(county, off_plan=True)
    assert waiting(county, "chief") == [(Do.PLAN_ITEM, "发改局", 1)]
    assert waiting(county, "office") == []
