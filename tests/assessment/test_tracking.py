"""Lagging work from light to closure."""

from datetime import date

import pytest

from baton.assessment.actions.figures import correct_figure
from baton.assessment.actions.scores import score_month
from baton.assessment.actions.tracking import (
    answer_item,
    close_item,
    confirm_consequence,
    drop_consequence,
    follow_up,
    remind,
    track_task,
)
from baton.assessment.choices import Consequence, ItemState, LedgerState, RunKind, TrackStep
from baton.assessment.models import Figure, LedgerEntry, TrackedItem
from baton.core.acting import SYSTEM
from baton.core.models import AuditRow, Notice
from baton.org.choices import Role
from baton.words import Refused
from county import County


def month(county: County, period: str, inv: str) -> None:
    """Let a month pass in which 甲镇 has this investment."""
    county.on(date(int(period[:4]), int(period[5:]) + 1, 2))
    county.month(period)
    county.fill(period)
    county.enter("", "INV", {"T1": inv}, period)
    score_month(by=SYSTEM, period=period, kind=RunKind.OFFICIAL)
    follow_up(period=period)


@pytest.fixture
def item(county: County) -> TrackedItem:
    month(county, "2026-09", "80")
    assert not TrackedItem.objects.exists()
    month(county, "2026-10", "80")
    return TrackedItem.objects.get()


def test_what_is_red_for_two_months_is_tracked(county: County, item: TrackedItem) -> None:
    assert (item.unit.code, item.subject, item.title, item.behind, item.times) == ("T1", "M01", "投资完成率", 2, 1)
    assert item.department == county.units["D1"]
    follow_up(period="2026-10")
    assert TrackedItem.objects.count() == 1
    assert AuditRow.objects.filter(action="assessment.item_opened").count() == 1


def test_it_is_closed_by_its_figures(county: County, item: TrackedItem) -> None:
    month(county, "2026-11", "100")
    item.refresh_from_db()
    assert item.state == ItemState.CAUGHT_UP
    assert item.steps.last().kind == TrackStep.CLOSED  # type: ignore[union-attr]


def test_a_correction_of_the_month_closes_it_too(county: County, item: TrackedItem) -> None:
    figure = Figure.objects.current().get(unit__code="T1", series="INV", period="2026-10")
    correct_figure(by=county.by("office"), figure=figure.pk, typed="100", reason="核定")
    score_month(by=SYSTEM, period="2026-10", kind=RunKind.OFFICIAL)
    follow_up(period="2026-10")
    item.refresh_from_db()
    assert item.state == ItemState.CAUGHT_UP


def test_what_lags_again_in_the_same_year_is_told_as_such(county: County, item: TrackedItem) -> None:
    close_item(by=county.by("chief"), item=item.pk, reason="暂缓")
    follow_up(period="2026-10")
    assert TrackedItem.objects.get(state=ItemState.OPEN).times == 2


def test_reminders_climb_by_the_schedule_and_are_caught_up(county: County, item: TrackedItem) -> None:
    assert [step.to for step in remind()] == [Role.UNIT_HEAD]
    assert remind() == []
    assert set(Notice.objects.values_list("recipient__username", flat=True)) == {"t1_head"}
    county.on(date(2026, 12, 7))
    steps = remind()
    assert [step.to for step in steps if step.kind == TrackStep.REMINDED] == [Role.VERIFIER, Role.COUNTY_LEADER]
    assert {step.consequence for step in steps if step.kind == TrackStep.PROPOSED} == set(Consequence)
    assert set(Notice.objects.values_list("recipient__username", flat=True)) == {"t1_head", "d1", "leader"}
    assert remind() == []


def test_the_unit_answers_with_cause_measures_and_date(county: County, item: TrackedItem) -> None:
    given = {"cause": "设备推迟", "measures": "调整工序", "new_date": date(2026, 12, 20)}
    for who in ("t2", "d1", "leader", "nobody"):
        with pytest.raises(Refused):
            answer_item(by=county.by(who), item=item.pk, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        answer_item(by=county.by("t1"), item=item.pk, cause="", measures=" ", new_date=date(2026, 1, 1))
    assert len(refused.value.problems) == 3
    owner = county.people["t1_leader"].pk
    row = answer_item(by=county.by("t1"), item=item.pk, owner=owner, **given)  # type: ignore[arg-type]
    assert (row.cause, row.new_date, row.owner_id) == ("设备推迟", date(2026, 12, 20), owner)
    assert [step.kind for step in row.steps.all()][-2:] == [TrackStep.ANSWERED, TrackStep.REDATED]


def test_it_is_closed_by_a_decision_only_with_a_reason(county: County, item: TrackedItem) -> None:
    for who, reason in (("chief", ""), ("office", "县委决定"), ("t1_head", "已完成")):
        with pytest.raises(Refused):
            close_item(by=county.by(who), item=item.pk, reason=reason)
    row = close_item(by=county.by("chief"), item=item.pk, reason="上级取消项目", document="县委纪要〔2026〕3号")
    assert (row.state, row.closed_reason) == (ItemState.DECIDED, "上级取消项目")
    with pytest.raises(Refused):
        answer_item(by=county.by("t1"), item=item.pk, cause="x", measures="y")


def test_consequences_are_confirmed_by_a_person(county: County, item: TrackedItem) -> None:
    with pytest.raises(Refused):
        confirm_consequence(by=county.by("chief"), item=item.pk, consequence=Consequence.LISTED)
    county.on(date(2026, 12, 7))
    remind()
    with pytest.raises(Refused):
        confirm_consequence(by=county.by("office"), item=item.pk, consequence=Consequence.LISTED)
    confirm_consequence(by=county.by("chief"), item=item.pk, consequence=Consequence.LISTED)
    with pytest.raises(Refused):
        confirm_consequence(by=county.by("chief"), item=item.pk, consequence=Consequence.LISTED)
    drop_consequence(by=county.by("chief"), item=item.pk, consequence=Consequence.TALK, reason="已整改")
    with pytest.raises(Refused):
        confirm_consequence(by=county.by("chief"), item=item.pk, consequence=Consequence.DEDUCTION, deduction="K9")
    confirm_consequence(
        by=county.by("chief"), item=item.pk, consequence=Consequence.DEDUCTION, deduction="K1", points_level="县级"
    )
    entry = LedgerEntry.objects.get()
    assert (entry.state, entry.unit, entry.item) == (LedgerState.NOTED, county.units["T1"], "K1")


def test_a_task_that_passed_its_date_is_tracked_once(county: County) -> None:
    given = {"unit": county.units["T2"].pk, "code": "XM009", "title": "低效用地清理"}
    with pytest.raises(Refused):
        track_task(by=county.by("office"), due=date(2026, 12, 1), **given)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        track_task(by=county.by("t2"), due=date(2026, 9, 1), **given)  # type: ignore[arg-type]
    first = track_task(by=county.by("office"), due=date(2026, 9, 1), **given)  # type: ignore[arg-type]
    assert track_task(by=SYSTEM, due=date(2026, 9, 1), **given) == first  # type: ignore[arg-type]
    follow = TrackedItem.objects.visible_to(county.people["t2"])
    assert list(follow) == [first]
    assert not TrackedItem.objects.visible_to(county.people["t1"]).exists()
