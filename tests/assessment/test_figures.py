"""Figures typed into a grid: whole or not at all, all problems at once, the second of two people is told."""

from datetime import date

import pytest
from django.utils.timezone import localtime

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import correct_figure, enter_figures, save_draft, undo_batch
from baton.assessment.models import Batch, DraftCell, Figure
from baton.core.models import AuditRow
from baton.words import Refused
from county import County

PERIOD = "2026-09"


@pytest.fixture(autouse=True)
def month(county: County) -> None:
    county.month()


def values(series: str = "HOT") -> dict[str, str]:
    rows = Figure.objects.counting().filter(series=series).select_related("unit")
    return {one.unit.code: one.value for one in rows}


def test_a_department_reports_once_for_all_units(county: County) -> None:
    batch = county.enter("d2", "HOT", {"T1": "９５", "T2": "1,093.50", "T3": "无", "D1": "88.0"})
    assert batch is not None
    assert values() == {"T1": "95", "T2": "1093.5", "T3": "", "D1": "88"}
    assert (batch.unit, batch.behalf_of) == (county.units["D2"], "")
    row = AuditRow.objects.get(action="assessment.figures_entered")
    assert (row.by, row.detail["count"], row.detail["series"]) == (county.people["d2"], 4, ["HOT"])


def test_all_problems_are_told_at_once_and_nothing_is_entered(county: County) -> None:
    cells = [
        Typed("T1", "HOT", "actual", PERIOD, "九十五"),
        Typed("T2", "HOT", "actual", PERIOD, "95"),
        Typed("T9", "HOT", "actual", PERIOD, "95"),
        Typed("T1", "INV", "actual", PERIOD, "95"),
        Typed("T3", "HOT", "actual", "2026-08", "95"),
        Typed("T3", "NEU", "actual", PERIOD, "95"),
    ]
    with pytest.raises(Refused) as refused:
        enter_figures(by=county.by("d2"), period=PERIOD, cells=cells)
    found = {(one.place.field.split(":")[0], one.code) for one in refused.value.problems}
    assert ("T1", "assessment.not_yours") in found
    assert ("T9", "assessment.not_asked") in found
    assert ("T3", "assessment.period_of_another_month") in found
    assert ("T3", "assessment.not_asked") in found
    assert len(refused.value.problems) == 5
    assert not Figure.objects.exists()


@pytest.mark.parametrize("who", ["d1", "t1", "t1_head", "leader", "official", "nobody"])
def test_whoever_does_not_report_a_series_is_refused(county: County, who: str) -> None:
    with pytest.raises(Refused):
        county.enter(who, "HOT", {"T1": "95"})
    assert not Figure.objects.exists()


def test_the_office_enters_on_behalf_and_is_marked(county: County) -> None:
    batch = county.enter("office", "HOT", {"T1": "95"})
    assert batch is not None
    assert batch.behalf_of == "政府办"


def test_the_second_of_two_people_is_told_and_sees_both(county: County) -> None:
    county.enter("d2", "HOT", {"T1": "95"})
    with pytest.raises(Refused) as refused:
        enter_figures(by=county.by("office"), period=PERIOD, cells=[Typed("T1", "HOT", "actual", PERIOD, "97", 0)])
    (problem,) = refused.value.problems
    assert problem.code == "assessment.changed_meanwhile"
    assert (problem.params["mine"], problem.params["theirs"], problem.params["by"]) == ("97", "95", "政府办审核")
    assert problem.params["at"] == f"{localtime(Batch.objects.get().at):%Y-%m-%d %H:%M}", "by the county's clock"
    seen = Figure.objects.get().pk
    enter_figures(by=county.by("office"), period=PERIOD, cells=[Typed("T1", "HOT", "actual", PERIOD, "97", seen)])
    assert values() == {"T1": "97"}


def test_the_same_key_does_it_once(county: County) -> None:
    cells = [Typed("T1", "HOT", "actual", PERIOD, "95")]
    first = enter_figures(by=county.by("d2"), period=PERIOD, cells=cells, key="a")
    assert enter_figures(by=county.by("d2"), period=PERIOD, cells=cells, key="a") == first
    assert Batch.objects.count() == 1
    with pytest.raises(Refused) as refused:
        enter_figures(by=county.by("d2"), period=PERIOD, cells=[], key="a")
    assert refused.value.problems[0].code == "assessment.key_reused"


def test_what_is_the_same_is_no_change(county: County) -> None:
    county.enter("d2", "HOT", {"T1": "95"})
    assert county.enter("d2", "HOT", {"T1": "95.00", "T2": ""}) is None
    assert Figure.objects.count() == 1


def test_an_emptied_cell_takes_its_figure_back(county: County) -> None:
    county.enter("d2", "HOT", {"T1": "95"})
    county.enter("d2", "HOT", {"T1": ""})
    assert values() == {}
    assert Figure.objects.count() == 2


def test_a_final_figure_replaces_a_preliminary_one_and_not_the_other_way_round(county: County) -> None:
    def enter(typed: str, preliminary: bool) -> None:
        cells = [Typed("T1", "HOT", "actual", PERIOD, typed)]
        enter_figures(by=county.by("d2"), period=PERIOD, cells=cells, preliminary=preliminary)

    enter("95", True)
    enter("95", False)
    assert not Figure.objects.current().get().preliminary
    with pytest.raises(Refused) as refused:
        enter("94", True)
    assert refused.value.problems[0].code == "assessment.final_stands"


def test_a_batch_is_taken_back_as_one_step(county: County) -> None:
    county.enter("d2", "HOT", {"T1": "95"})
    batch = county.enter("d2", "HOT", {"T1": "96", "T2": "97"})
    assert batch is not None
    with pytest.raises(Refused):
        undo_batch(by=county.by("d1"), batch=batch.pk)
    undo_batch(by=county.by("d2"), batch=batch.pk)
    assert values() == {"T1": "95"}
    assert Figure.objects.count() == 5
    with pytest.raises(Refused) as refused:
        undo_batch(by=county.by("d2"), batch=batch.pk)
    assert refused.value.problems[0].code == "assessment.batch_undone"


def test_a_batch_that_others_built_on_or_whose_window_closed_stays(county: County) -> None:
    batch = county.enter("d2", "HOT", {"T1": "96", "T2": "97"})
    assert batch is not None
    county.enter("office", "HOT", {"T2": "98"})
    with pytest.raises(Refused) as refused:
        undo_batch(by=county.by("d2"), batch=batch.pk)
    assert [one.code for one in refused.value.problems] == ["assessment.changed_since"]
    other = county.enter("d2", "HOT", {"T3": "90"})
    assert other is not None
    county.on(date(2026, 10, 9))
    with pytest.raises(Refused) as refused:
        undo_batch(by=county.by("d2"), batch=other.pk)
    assert [one.code for one in refused.value.problems] == ["assessment.window_closed"]
    assert values() == {"T1": "96", "T2": "98", "T3": "90"}


def test_after_its_window_a_figure_is_corrected_with_a_reason(county: County) -> None:
    county.enter("d2", "HOT", {"T1": "95"})
    county.on(date(2026, 10, 9))
    figure = Figure.objects.get().pk
    with pytest.raises(Refused):
        correct_figure(by=county.by("d2"), figure=figure, typed="94", reason="笔误")
    with pytest.raises(Refused) as refused:
        correct_figure(by=county.by("office"), figure=figure, typed="94", reason=" ")
    assert refused.value.problems[0].code == "assessment.reason_lacking"
    made = correct_figure(by=county.by("office"), figure=figure, typed="94", reason="笔误")
    assert (made.value, made.reason, made.supersedes_id) == ("94", "笔误", figure)
    with pytest.raises(Refused):
        correct_figure(by=county.by("office"), figure=figure, typed="93", reason="笔误")
    row = AuditRow.objects.get(action="assessment.figure_corrected")
    assert (row.detail["before"], row.detail["after"]) == ("95", "94")


def test_drafts_are_kept_right_or_wrong_and_go_when_entered(county: County) -> None:
    cells = [Typed("T1", "HOT", "actual", PERIOD, "九十"), Typed("T2", "HOT", "actual", PERIOD, "9")]
    assert save_draft(by=county.by("d2"), period=PERIOD, cells=cells) == 2
    save_draft(by=county.by("d2"), period=PERIOD, cells=[Typed("T2", "HOT", "actual", PERIOD, "95")])
    assert set(DraftCell.objects.values_list("typed", flat=True)) == {"九十", "95"}
    assert not Figure.objects.exists()
    county.enter("d2", "HOT", {"T2": "95"})
    assert DraftCell.objects.get().typed == "九十"


def test_a_unit_sees_its_own_and_what_it_reports(county: County) -> None:
    county.fill()

    def seen(who: str) -> set[tuple[str, str]]:
        rows = Figure.objects.visible_to(county.people[who]).select_related("unit")
        return {(one.unit.code, one.series) for one in rows}

    assert seen("t1") == {("T1", "INV"), ("T1", "HOT"), ("T1", "ARB")}
    assert {unit for unit, series in seen("d2") if series == "HOT"} == {"T1", "T2", "T3", "D1", "D2"}
    assert ("T1", "INV") not in seen("d2")
    assert ("D1", "INV") in seen("d2")
    assert len(seen("office")) == len(seen("leader")) == 13
    assert seen("nobody") == seen("official") == set()
