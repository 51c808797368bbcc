"""The inbox of each role through a month, and the preview before figures are submitted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from baton.assessment.actions.checks import contest
from baton.assessment.actions.ledger import announce_event, note_event
from baton.assessment.actions.scores import score_month
from baton.assessment.actions.tasks import finish_task, set_task
from baton.assessment.choices import RunKind
from baton.assessment.models import Figure, Month, ResultReader
from baton.assessment.queries.inbox import Do, to_do
from baton.assessment.queries.preview import preview
from baton.assessment.rules.apart import apart
from baton.assessment.rules.expected import Cell
from baton.org.choices import Role
from baton.words import text
from county import County

PERIOD = "2026-09"


def inbox(county: County, who: str) -> dict[Do, list[tuple[str, int, date | None]]]:
    found: dict[Do, list[tuple[str, int, date | None]]] = {}
    for one in to_do(county.people[who]):
        found.setdefault(one.do, []).append((one.unit, one.count, one.due))
        params = {"unit": one.unit, "period": one.period, "count": one.count, "title": one.title}
        assert text(f"assessment.do_{one.do}", "zh", **params)
    return found


def test_before_the_month_is_opened_nobody_has_anything_to_do(county: County) -> None:
    assert all(not to_do(user) for user in county.people.values())


def test_departments_report_and_townships_their_own_figure(county: County) -> None:
    county.month()
    assert inbox(county, "d2") == {Do.REPORT: [("政府办", 4, date(2026, 10, 8))]}
    assert inbox(county, "d1")[Do.REPORT] == [("发改局", 4, date(2026, 10, 23))]
    assert inbox(county, "t1") == {Do.OWN_REPORT: [("甲镇", 1, date(2026, 10, 8))]}
    assert inbox(county, "d1_clerk")[Do.OWN_REPORT] == [("发改局", 1, date(2026, 10, 23))]
    assert inbox(county, "t1_head") == inbox(county, "nobody") == inbox(county, "leader") == {}
    county.enter("d2", "HOT", {"T1": "95", "T2": "95"})
    assert inbox(county, "d2")[Do.REPORT] == [("政府办", 2, date(2026, 10, 8))]
    county.on(date(2026, 10, 9))
    assert Do.REPORT not in inbox(county, "d2")


def test_a_task_stands_there_when_its_day_is_near_until_it_is_done(county: County) -> None:
    given = {"code": "XM009", "title": "低效用地清理", "due": date(2026, 10, 20)}
    task = set_task(by=county.by("office"), unit=county.units["T2"].pk, department=county.units["D1"].pk, **given)
    county.on(date(2026, 10, 5))
    assert Do.TASK not in inbox(county, "t2_head")
    county.on(date(2026, 10, 6))
    for who in ("t2", "t2_head", "d1"):
        assert inbox(county, who)[Do.TASK] == [("乙镇", 1, date(2026, 10, 20))]
    assert Do.TASK not in inbox(county, "t1_head")
    finish_task(by=county.by("d1"), task=task.pk, note="验收单〔2026〕4号")
    assert Do.TASK not in inbox(county, "t2_head")


def test_units_check_and_answer_and_departments_answer_contests(county: County) -> None:
    county.month()
    county.fill()
    county.on(date(2026, 10, 9))
    assert Do.CHECK in inbox(county, "t1_head")
    assert Do.CHECK not in inbox(county, "t1")
    figure = Figure.objects.current().get(unit__code="T1", series="HOT").pk
    contest(by=county.by("t1"), figure=figure, reason="不对")
    assert inbox(county, "d2")[Do.CONTEST] == [("甲镇", 1, date(2026, 10, 22))]
    assert Do.CONTEST not in inbox(county, "d1")
    entry = note_event(by=county.by("d2"), unit=county.units["T1"].pk, item="K1", on=date(2026, 9, 20), level="县级")
    assert Do.ANNOUNCE in inbox(county, "office")
    announce_event(by=county.by("office"), entry=entry.pk)
    assert Do.REPLY in inbox(county, "t1")
    assert Do.CONFIRM not in inbox(county, "chief")
    county.on(date(2026, 10, 20))
    assert Do.CONFIRM in inbox(county, "chief")
    assert Do.CONFIRM not in inbox(county, "office")


def test_the_office_scores_and_its_head_publishes(county: County) -> None:
    county.month()
    county.fill()
    assert Do.SCORE not in inbox(county, "office")
    county.on(date(2026, 10, 24))
    found = inbox(county, "office")
    assert {Do.SCORE, Do.RELEASE} <= set(found)
    score_month(by=county.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)
    assert Do.PUBLISH in inbox(county, "chief")
    assert not {Do.PUBLISH, Do.SCORE} & set(inbox(county, "office"))


@pytest.mark.parametrize("who", ["d1", "t1_head", "chief"])
def test_the_inbox_is_quick(county: County, django_assert_max_num_queries: Any, who: str) -> None:
    county.month()
    with django_assert_max_num_queries(20):
        to_do(county.people[who])


def test_a_preview_shows_the_county_before_submission(county: County) -> None:
    county.month()
    county.enter("d2", "HOT", {"T1": "95", "T2": "95", "T3": "95", "D1": "95"})
    month = Month.objects.get()
    cells = {Cell("T1", "HOT", "actual", PERIOD): Decimal(88), Cell("T2", "HOT", "actual", PERIOD): None}
    found = preview(county.people["d2"], month, cells)
    assert {one.unit for one in found.leaves["M01"]} == {"D1"}
    assert {one.unit for one in found.leaves["M02"]} == {"T1", "T2", "T3", "D1"}
    rows = {one.unit: (one.points, one.points_before) for one in found.leaves["M02"]}
    assert rows["T1"] == (Decimal(18), Decimal(20))
    assert rows["T2"] == (None, Decimal(20))
    assert found.apart["M02", "A"].different == 2
    assert found.scores == {}
    assert Figure.objects.counting().count() == 4
    ResultReader.objects.create(role=Role.OFFICE, valid_from=date(2026, 1, 1), reason="考核办")
    assert preview(county.people["office"], month, cells).scores["T1"] == Decimal(90)
    assert preview(county.people["t1"], month, cells).leaves == {}


def test_an_indicator_that_gives_all_the_same_tells_nobody_apart() -> None:
    assert apart([Decimal(5), Decimal(5), None], Decimal(5)).tells_nobody_apart
    found = apart([Decimal(5), Decimal(3), Decimal(3)], Decimal(5))
    assert (found.units, found.different, found.at_full, found.reach) == (3, 2, 1, Decimal("0.4"))
    assert not apart([], Decimal(0)).tells_nobody_apart
