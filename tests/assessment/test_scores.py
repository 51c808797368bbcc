"""A month scored, published, withdrawn, scored anew; and who sees it when."""

from datetime import date
from decimal import Decimal

import pytest

from baton.assessment.actions.below.anew import JOB
from baton.assessment.actions.figures import correct_figure
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.scores import publish_month, rescore_changed, score_month, withdraw_publication
from baton.assessment.choices import Light, MonthState, RunKind, RunState
from baton.assessment.models import (
    Batch,
    Figure,
    LeafResult,
    Month,
    NodeResult,
    Publication,
    ResultReader,
    Run,
    UnitResult,
)
from baton.assessment.queries.runs import stale_months
from baton.core import clock
from baton.core.acting import SYSTEM
from baton.core.chain import verify_chain
from baton.core.jobs.kinds import kind_of
from baton.core.jobs.work import Work
from baton.core.models import AuditRow, Job
from baton.org.choices import Role
from baton.words import Refused
from county import SCHEME, County

PERIOD = "2026-09"


@pytest.fixture
def full(county: County) -> County:
    county.month()
    county.fill()
    return county


def official(county: County) -> Run:
    return score_month(by=county.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)


def test_a_month_is_scored_from_the_figures_that_stand(full: County) -> None:
    full.enter("", "HOT", {"T1": "88"})
    full.enter("", "INV", {"T2": "80"})
    run = official(full)
    assert run.state == RunState.DONE
    found = {one.unit.code: one for one in UnitResult.objects.filter(run=run).select_related("unit")}
    assert found["T3"].score == Decimal(100)
    assert found["T1"].score == Decimal(98)
    assert found["T2"].score == Decimal(40)
    assert [found[code].rank for code in ("T3", "T1", "T2")] == [1, 2, 3]
    assert [found[code].light for code in ("T3", "T2")] == [Light.GREEN, Light.RED]
    leaf = LeafResult.objects.get(run=run, unit__code="T2", indicator="M01")
    assert (leaf.value, leaf.points, leaf.full, leaf.rank, leaf.behind) == ("80", 0, 60, 3, 1)
    assert NodeResult.objects.get(run=run, unit__code="T2", node="M-民生").score == 40
    assert Month.objects.get().state == MonthState.SCORED
    assert all((run.scheme_digest, run.month_digest, run.data_digest, run.digest))
    assert verify_chain()[1] is None


def test_a_figure_is_held_against_what_was_due_of_the_years_plan_by_then(county: County) -> None:
    plan = """rule: {kind: time_progress, step: 0.001}
    target: {value: 120, spread: proportional}"""
    adopt_scheme(by=SYSTEM, text=SCHEME.replace("rule: {kind: threshold_deduct, line: 90, step: 0.05}", plan))
    county.month()
    county.fill()
    county.enter("", "HOT", {"T1": "84", "T2": "71"})
    run = official(county)
    found = {one.unit.code: one for one in LeafResult.objects.filter(run=run, indicator="M02").select_related("unit")}
    assert found["T1"].target == "120"
    assert (found["T1"].light, found["T1"].behind) == (Light.GREEN, 0)
    assert (found["T2"].light, found["T2"].behind) == (Light.RED, 1)


def test_what_must_be_there_refuses_the_run_and_says_who(full: County) -> None:
    full.enter("", "HOT", {"T1": ""})
    run = official(full)
    assert run.state == RunState.REFUSED
    assert run.problems[0]["code"] == "engine.figure_required"
    assert not UnitResult.objects.exists()
    assert Month.objects.get().state == MonthState.OPEN
    with pytest.raises(Refused):
        publish_month(by=full.by("chief"), period=PERIOD)
    assert score_month(by=SYSTEM, period=PERIOD, kind=RunKind.PREVIEW).state == RunState.DONE


@pytest.mark.parametrize("who", ["d1", "d2", "t1_head", "leader", "nobody"])
def test_only_the_office_scores(full: County, who: str) -> None:
    with pytest.raises(Refused):
        score_month(by=full.by(who), period=PERIOD)
    assert not Run.objects.exists()


def test_the_head_of_the_office_publishes_and_withdraws_and_both_stay(full: County) -> None:
    official(full)
    with pytest.raises(Refused):
        publish_month(by=full.by("office"), period=PERIOD)
    first = publish_month(by=full.by("chief"), period=PERIOD, document="县考办〔2026〕9号", key="p")
    assert publish_month(by=full.by("chief"), period=PERIOD, document="县考办〔2026〕9号", key="p") == first
    with pytest.raises(Refused) as refused:
        publish_month(by=full.by("chief"), period=PERIOD)
    assert refused.value.problems[0].code == "assessment.published_already"
    with pytest.raises(Refused):
        withdraw_publication(by=full.by("chief"), period=PERIOD, reason="")
    withdraw_publication(by=full.by("chief"), period=PERIOD, reason="数据更正")
    assert Month.objects.get().state == MonthState.SCORED
    second = publish_month(by=full.by("chief"), period=PERIOD)
    assert (first.issue, second.issue) == (1, 2)
    assert Publication.objects.count() == 2
    actions = AuditRow.objects.filter(action__startswith="assessment.result").order_by("sequence")
    assert [row.action.rpartition("_")[2] for row in actions] == ["published", "withdrawn", "published"]


def test_a_correction_scores_the_month_anew_and_leaves_what_is_out(full: County) -> None:
    out = publish_month(by=full.by("chief"), period=PERIOD) if official(full) else None
    assert out is not None
    assert stale_months() == []
    assert rescore_changed() == []
    full.on(date(2026, 11, 2))
    figure = Figure.objects.current().get(unit__code="T1", series="HOT")
    correct_figure(by=full.by("office"), figure=figure.pk, typed="88", reason="核定")
    assert stale_months() == [PERIOD]
    (run,) = rescore_changed()
    assert (run.kind, run.state) == (RunKind.OFFICIAL, RunState.DONE)
    assert UnitResult.objects.get(run=run, unit__code="T1").score == 98
    assert UnitResult.objects.get(run=out.run, unit__code="T1").score == 100
    assert stale_months() == []


def test_an_outdated_run_is_not_published(full: County) -> None:
    official(full)
    full.enter("", "HOT", {"T1": "88"})
    with pytest.raises(Refused) as refused:
        publish_month(by=full.by("chief"), period=PERIOD)
    assert refused.value.problems[0].code == "assessment.run_outdated"


def test_before_it_is_out_a_result_is_for_a_list_of_people(full: County) -> None:
    run = official(full)
    ResultReader.objects.create(role=Role.OFFICE, valid_from=date(2026, 1, 1), reason="考核办")
    ResultReader.objects.create(user=full.people["leader"], valid_from=date(2026, 1, 1), reason="分管")
    seen = {who for who, user in full.people.items() if UnitResult.objects.visible_to(user).filter(run=run).exists()}
    assert seen == {"office", "leader"}
    publish_month(by=full.by("chief"), period=PERIOD)
    assert {who for who, user in full.people.items() if Run.objects.visible_to(user).exists()} == {*full.people} - {
        "nobody"
    }
    withdraw_publication(by=full.by("chief"), period=PERIOD, reason="更正")
    assert not LeafResult.objects.visible_to(full.people["t1"]).exists()
    assert Publication.objects.visible_to(full.people["t1"]).exists()


def test_movement_is_told_against_the_month_before(full: County) -> None:
    for month, hot in (("2026-10", "80"), ("2026-11", "95")):
        full.on(date(2026, int(month[5:]) + 1, 2))
        full.month(month)
        full.fill(month)
        full.enter("", "HOT", {"T1": hot}, month)
    run = score_month(by=SYSTEM, period="2026-11")
    one = UnitResult.objects.get(run=run, unit__code="T1")
    assert (one.score, one.score_before, one.rank, one.rank_before) == (100, 90, 1, 3)
    assert one.mean == Decimal("96.666667")


def test_what_was_refused_is_not_tried_again_before_figures_change(full: County) -> None:
    official(full)
    full.enter("", "HOT", {"T1": ""})
    assert [run.state for run in rescore_changed()] == [RunState.REFUSED]
    assert rescore_changed() == []
    full.enter("", "HOT", {"T1": "88"})
    assert [run.state for run in rescore_changed()] == [RunState.DONE]


def test_a_change_of_a_scored_month_asks_for_scoring_anew(full: County) -> None:
    assert not Job.objects.filter(kind=JOB).exists()
    official(full)
    full.enter("", "HOT", {"T1": "88"})
    job = Job.objects.get(kind=JOB)
    kind_of(job.kind).run(Work(job.pk, "", {}, SYSTEM))
    assert UnitResult.objects.filter(unit__code="T1").latest("pk").score == 98
    assert stale_months() == []


def test_a_figure_of_a_month_that_no_result_reads_asks_for_nothing(full: County) -> None:
    official(full)
    full.month("2026-10")
    full.on(date(2026, 11, 5))
    full.enter("", "HOT", {"T1": "88"}, "2026-10")
    assert not Job.objects.filter(kind=JOB).exists()
    assert stale_months() == []


def test_what_was_being_written_while_a_run_read_is_not_lost(full: County) -> None:
    run = official(full)
    late = Batch(pk=0, kind="grid", month=run.month, unit=full.units["D2"], at=clock.now())
    late.save(force_insert=True)
    assert stale_months() == [PERIOD]
    assert len(rescore_changed()) == 1
    assert stale_months() == []


def test_changes_that_one_job_will_see_ask_once_and_nobody_is_told(full: County) -> None:
    official(full)
    full.enter("d2", "HOT", {"T1": "88"})
    full.enter("d2", "HOT", {"T3": "87"})
    assert Job.objects.get(kind=JOB).by is None
    Job.objects.update(state="running")
    full.enter("d2", "HOT", {"T3": "86"})
    assert Job.objects.filter(kind=JOB).count() == 2
