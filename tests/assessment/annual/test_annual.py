"""The annual assessment: scored by the whole scheme, decided by people within the quotas, made known, taken back."""

from datetime import date
from decimal import Decimal

import pytest

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce, publish_annual, withdraw_annual
from baton.assessment.actions.annual.year import ask_for_annual, open_annual, run_annual
from baton.assessment.choices import Absent, LedgerKind, LedgerState, RunKind, RunState
from baton.assessment.models import (
    AnnualDecision,
    AnnualLeaf,
    AnnualPublication,
    AnnualResult,
    AnnualRun,
    DecidedGrade,
)
from baton.assessment.queries.annual.scored import annual_again
from baton.assessment.queries.inbox import to_do
from baton.core.models import AuditRow, Job, Notice
from baton.words import Refused
from cycle import on
from year import YEAR, YearCounty, county

__all__ = ["county"]


def grades(run: AnnualRun) -> dict[str, str]:
    return dict(AnnualResult.objects.filter(run=run).values_list("unit__code", "grade"))


def decided(county: YearCounty, run: AnnualRun, **given: object) -> AnnualDecision:
    fields = {"body": "县委常委会", "document": "云委〔2026〕3号", "on": date(2026, 1, 10), "grades": {}, "reasons": {}}
    return decide_grades(by=county.by("chief"), year=YEAR, run=run.pk, **(fields | given))  # type: ignore[arg-type]


def refused(code: str, do: object) -> Refused:
    with pytest.raises(Refused) as caught:
        do()  # type: ignore[operator]
    assert code in {one.code for one in caught.value.problems}, caught.value.problems
    return caught.value


def announced(county: YearCounty) -> AnnualPublication:
    return announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 12), contact="县考核办 0000-1234")


def published(county: YearCounty) -> AnnualPublication:
    return publish_annual(by=county.by("chief"), year=YEAR, document="云委〔2026〕5号", title="通报")


def test_a_year_is_scored_with_suggestions_and_everything_below_them(county: YearCounty) -> None:
    run = county.scored()
    assert run.state == RunState.DONE, run.problems
    # 10 townships x 35 % = 3.5, rounded down: the first three; T05 and T04 reach 90 and find no place.
    assert [code for code, grade in grades(run).items() if grade == "A"] == ["T01", "T02", "T03"]
    fourth = AnnualResult.objects.get(run=run, unit=county.units["T04"])
    assert (fourth.total, fourth.by_score, fourth.grade) == (Decimal("92.45"), "A", "B")
    assert fourth.reasons[0]["code"] == "engine.quota_full"
    assert AnnualLeaf.objects.filter(run=run, unit=county.units["T04"]).count() == 2
    assert AnnualResult.objects.get(run=run, unit=county.units["D1"]).grade == ""


def test_decided_events_count_and_others_are_shown(county: YearCounty) -> None:
    county.event("T02", "V1", LedgerKind.VETO, document="县纪〔2025〕8号")
    county.event("T04", "B1", LedgerKind.BONUS, level="省级")
    county.event("T05", "K1", LedgerKind.DEDUCTION, level="县级", state=LedgerState.ANNOUNCED, decided_at=None)
    run = county.scored()
    found = {one.unit.code: one for one in AnnualResult.objects.filter(run=run).select_related("unit")}
    assert (found["T02"].grade, found["T02"].vetoes) == ("C", ["V1"])
    assert (found["T04"].bonus, found["T04"].total, found["T04"].grade) == (1, Decimal("93.45"), "A")
    (shown,) = found["T05"].adjustments
    assert (shown["points"], shown["reason"]) == ("0", "engine.not_confirmed")


def test_a_figure_that_lacks_refuses_the_run_and_is_named(county: YearCounty) -> None:
    open_annual(by=county.by("office"), year=YEAR)
    county.figure("T03", "", absent=Absent.WITHDRAWN)
    run = run_annual(by=county.by("office"), year=YEAR)
    assert run.state == RunState.REFUSED
    assert any("第3镇" in str(one["params"]) for one in run.problems), run.problems
    assert not AnnualResult.objects.filter(run=run).exists()


def test_a_run_is_made_again_whatever_happened_since(county: YearCounty) -> None:
    county.event("T04", "B1", LedgerKind.BONUS, level="省级")
    run = county.scored()
    county.figure("T01", "10")
    county.event("T05", "K1", LedgerKind.DEDUCTION, level="县级")
    assert annual_again(run).sheet.digest == run.digest
    later = run_annual(by=county.by("office"), year=YEAR)
    assert later.digest != run.digest


def test_only_the_office_opens_and_scores(county: YearCounty) -> None:
    for who in ("t01_head", "leader", "d1", "nobody"):
        with pytest.raises(Refused):
            open_annual(by=county.by(who), year=YEAR)
        with pytest.raises(Refused):
            run_annual(by=county.by(who), year=YEAR)


def test_a_year_to_come_and_one_without_a_scheme_are_refused(county: YearCounty) -> None:
    refused("annual.year_to_come", lambda: open_annual(by=county.by("office"), year=2027))
    refused("annual.no_scheme", lambda: open_annual(by=county.by("office"), year=2026))
    refused("annual.not_opened", lambda: run_annual(by=county.by("office"), year=YEAR))


def test_the_same_key_gives_the_same_run_and_two_jobs_at_once_are_refused(county: YearCounty) -> None:
    open_annual(by=county.by("office"), year=YEAR)
    first = run_annual(by=county.by("office"), year=YEAR, key="a")
    assert run_annual(by=county.by("office"), year=YEAR, key="a") == first
    ask_for_annual(by=county.by("office"), year=YEAR, kind=RunKind.OFFICIAL)
    refused("annual.under_way", lambda: ask_for_annual(by=county.by("office"), year=YEAR, kind=RunKind.TRIAL))
    assert Job.objects.filter(kind="annual.job_score").count() == 1


def test_who_cancels_leaves_nothing_behind(county: YearCounty) -> None:
    open_annual(by=county.by("office"), year=YEAR)

    def stop(done: int, of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_annual(by=county.by("office"), year=YEAR, tell=stop)
    assert not AnnualRun.objects.exists()
    assert not AnnualResult.objects.exists()


class TestDeciding:
    def test_suggestions_are_taken_over_and_departures_keep_their_reason(self, county: YearCounty) -> None:
        run = county.scored()
        row = decided(county, run, grades={"T03": "B", "T04": "A"}, reasons={"T03": "群众反映", "T04": "防汛表现突出"})
        kept = {one.unit.code: one for one in DecidedGrade.objects.filter(decision=row).select_related("unit")}
        assert (kept["T01"].suggested, kept["T01"].grade, kept["T01"].reason) == ("A", "A", "")
        assert (kept["T04"].suggested, kept["T04"].grade, kept["T04"].reason) == ("B", "A", "防汛表现突出")
        told = AuditRow.objects.get(action="annual.decided")
        assert told.detail["departed"] == ["T03", "T04"]

    def test_a_quota_is_refused_with_its_arithmetic(self, county: YearCounty) -> None:
        run = county.scored()
        problem = refused(
            "annual.quota_broken", lambda: decided(county, run, grades={"T04": "A"}, reasons={"T04": "好"})
        )
        (one,) = problem.problems
        assert (one.params["units"], one.params["exact"], one.params["places"]) == (10, "3.5", 3)
        assert (one.params["taken"], one.params["over"]) == (4, 1)
        assert not AnnualDecision.objects.exists()

    def test_everything_that_stands_against_it_is_said_at_once(self, county: YearCounty) -> None:
        county.event("T02", "V1", LedgerKind.VETO)
        run = county.scored()
        chosen = {"T02": "B", "T07": "Z", "T08": "B", "X9": "A"}
        caught = refused(
            "annual.veto_stands_against", lambda: decided(county, run, grades=chosen, document="", on=None)
        )
        codes = {one.code for one in caught.problems}
        assert codes >= {
            "annual.grade_unknown",
            "annual.departs_without_reason",
            "annual.unit_unknown",
            "annual.document_lacking",
            "annual.day_lacking",
        }

    def test_only_the_head_decides_on_the_newest_official_run(self, county: YearCounty) -> None:
        trial = county.scored(RunKind.TRIAL)
        refused("annual.no_official_run", lambda: decided(county, trial))
        first, second = county.scored(), county.scored()
        refused("annual.newer_run", lambda: decided(county, first))
        with pytest.raises(Refused):
            decide_grades(
                by=county.by("office"),
                year=YEAR,
                run=second.pk,
                grades={},
                reasons={},
                body="会",
                document="号",
                on=None,
            )
        assert decided(county, second).run == second


class TestMakingKnown:
    def test_publicity_runs_its_working_days_before_anything_is_published(self, county: YearCounty) -> None:
        decided(county, county.scored())
        row = announced(county)
        # Five working days after Monday the 12th: the 13th to the 19th, with a week-end between.
        assert row.closes == date(2026, 1, 19)
        assert Notice.objects.filter(code="annual.notice_publicity", recipient=county.people["t01_head"]).exists()
        on(date(2026, 1, 19))
        refused(
            "annual.publicity_runs", lambda: publish_annual(by=county.by("chief"), year=YEAR, document="号", title="")
        )
        on(date(2026, 1, 20))
        made = publish_annual(by=county.by("chief"), year=YEAR, document="云委〔2026〕5号", title="通报")
        assert made.published_at is not None
        refused(
            "annual.published_already",
            lambda: publish_annual(by=county.by("chief"), year=YEAR, document="号", title=""),
        )

    def test_nothing_is_made_known_that_no_longer_holds(self, county: YearCounty) -> None:
        refused("annual.not_opened", lambda: announced(county))
        run = county.scored()
        refused("annual.nothing_decided", lambda: announced(county))
        decided(county, run)
        county.figure("T01", "97")
        refused("annual.run_outdated", lambda: announced(county))

    def test_what_is_known_is_not_decided_anew_before_it_was_withdrawn(self, county: YearCounty) -> None:
        run = county.scored()
        decided(county, run)
        announced(county)
        refused("annual.made_known_already", lambda: decided(county, run))
        refused("annual.made_known_already", lambda: announced(county))
        refused("assessment.reason_lacking", lambda: withdraw_annual(by=county.by("chief"), year=YEAR, reason=" "))
        withdraw_annual(by=county.by("chief"), year=YEAR, reason="核查认定一项数据有误")
        refused("annual.nothing_made_known", lambda: withdraw_annual(by=county.by("chief"), year=YEAR, reason="再"))
        decided(county, run)
        assert announced(county).issue == 2

    def test_units_see_a_result_from_the_day_of_publicity_on(self, county: YearCounty) -> None:
        run = county.scored()
        decided(county, run)
        people = county.people

        def seen(who: str) -> bool:
            return AnnualResult.objects.visible_to(people[who]).filter(run=run).exists()

        assert [who for who in people if seen(who)] == ["chief", "office"]
        announce(by=county.by("chief"), year=YEAR, opens=date(2026, 1, 13), contact="考核办")
        assert not seen("t01_head")
        on(date(2026, 1, 13))
        assert [who for who in people if not seen(who)] == ["nobody"]
        withdraw_annual(by=county.by("chief"), year=YEAR, reason="有误")
        assert not seen("t01_head")


def test_the_inbox_of_the_head_has_the_next_step_and_units_look_during_publicity(county: YearCounty) -> None:
    def waits(who: str) -> list[str]:
        return [one.do.value for one in to_do(county.people[who]) if one.do.value.startswith("annual")]

    run = county.scored()
    assert waits("chief") == ["annual_decide"]
    decided(county, run)
    assert waits("chief") == ["annual_announce"]
    announced(county)
    assert waits("chief") == []
    assert waits("t01_head") == ["annual_look"]
    assert waits("t01") == []
    on(date(2026, 1, 20))
    assert waits("chief") == ["annual_publish"]
    assert waits("t01_head") == []
    published(county)
    assert waits("chief") == []
