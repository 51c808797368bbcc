"""Tasks without a figure: tracked by themselves once their day has passed, done by word of the department."""

from datetime import date

import pytest

from baton.assessment.actions.tasks import finish_task, set_task, track_overdue
from baton.assessment.actions.tracking import close_item, remind
from baton.assessment.choices import ItemKind, ItemState
from baton.assessment.models import Task, TrackedItem
from baton.core.acting import SYSTEM
from baton.core.jobs.kinds import kind_of
from baton.core.jobs.work import Work
from baton.core.models import AuditRow
from baton.words import Refused
from county import County

DUE = date(2026, 10, 20)


@pytest.fixture
def task(county: County) -> Task:
    given = {"code": "XM009", "title": "低效用地清理", "department": county.units["D1"].pk}
    return set_task(by=county.by("office"), unit=county.units["T2"].pk, due=DUE, **given)  # type: ignore[arg-type]


def test_a_task_is_tracked_by_itself_on_the_day_after(county: County, task: Task) -> None:
    county.on(DUE)
    assert track_overdue() == [], "its last day is in time"
    county.on(date(2026, 10, 21))
    (item,) = track_overdue()
    assert (item.kind, item.unit, item.subject, item.due) == (ItemKind.TASK, county.units["T2"], "XM009", DUE)
    assert (item.department, item.state) == (county.units["D1"], ItemState.OPEN)
    assert track_overdue() == []
    task.refresh_from_db()
    assert task.item == item
    assert [row.detail["subject"] for row in AuditRow.objects.filter(action="assessment.item_opened")] == ["XM009"]


def test_the_clock_of_the_house_does_it_and_reminds_at_once(county: County, task: Task) -> None:
    county.on(date(2026, 10, 21))
    kind_of("assessment.job_follow").run(Work(0, "", {}, SYSTEM, 0))
    item = TrackedItem.objects.get()
    assert list(item.steps.values_list("kind", flat=True)) == ["opened", "reminded"]


def test_what_is_done_in_time_is_never_tracked(county: County, task: Task) -> None:
    for who in ("t2", "t2_head", "d2", "leader", "nobody"):
        with pytest.raises(Refused):
            finish_task(by=county.by(who), task=task.pk, note="已清理")
    with pytest.raises(Refused):
        finish_task(by=county.by("d1"), task=task.pk, note=" ")
    done = finish_task(by=county.by("d1"), task=task.pk, note="验收单〔2026〕4号")
    assert (done.done_note, done.done_by) == ("验收单〔2026〕4号", county.people["d1"])
    county.on(date(2026, 11, 1))
    assert track_overdue() == []
    with pytest.raises(Refused):
        finish_task(by=county.by("d1"), task=task.pk, note="再办一次")


def test_a_task_that_nobody_is_responsible_for_is_the_offices(county: County) -> None:
    one = set_task(by=SYSTEM, unit=county.units["T1"].pk, code="R1", title="整改", due=DUE)
    with pytest.raises(Refused):
        finish_task(by=county.by("d1"), task=one.pk, note="已办")
    finish_task(by=county.by("office"), task=one.pk, note="已办")


def test_it_can_be_put_off_while_it_runs_and_not_after(county: County, task: Task) -> None:
    given = {"unit": county.units["T2"].pk, "code": "XM009", "title": "低效用地清理"}
    with pytest.raises(Refused):
        set_task(by=county.by("d1"), due=date(2026, 12, 1), **given)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        set_task(by=county.by("office"), due=date(2026, 9, 1), **given)  # type: ignore[arg-type]
    assert refused.value.problems[0].code == "assessment.day_is_past"
    set_task(by=county.by("office"), due=date(2026, 10, 30), **given)  # type: ignore[arg-type]
    county.on(date(2026, 10, 25))
    assert track_overdue() == []
    county.on(date(2026, 10, 31))
    track_overdue()
    with pytest.raises(Refused) as refused:
        set_task(by=county.by("office"), due=date(2026, 12, 1), **given)  # type: ignore[arg-type]
    assert refused.value.problems[0].code == "assessment.task_over"


def test_an_item_closed_by_a_decision_is_not_opened_again(county: County, task: Task) -> None:
    county.on(date(2026, 10, 21))
    (item,) = track_overdue()
    close_item(by=county.by("chief"), item=item.pk, reason="上级已取消")
    assert track_overdue() == []
    assert remind() == []


def test_tasks_are_seen_by_their_unit_their_department_and_the_office(county: County, task: Task) -> None:
    seen = {name for name, user in county.people.items() if Task.objects.visible_to(user).exists()}
    assert seen == {"t2", "t2_head", "d1", "d1_clerk", "chief", "office", "leader"}
