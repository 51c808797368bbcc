"""Opening a month: windows by the calendar, releases that move them, reopening with a reason."""

from datetime import date

import pytest

from baton.assessment.actions.months import note_release, open_month, reopen_window
from baton.assessment.choices import Stage
from baton.assessment.models import Duty, Month, Submission, Window
from baton.core.models import AuditRow
from baton.words import Refused
from county import County


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_month_opens_its_windows(county: County) -> None:
    month = open_month(by=county.by("office"), period="2026-09")
    windows = {
        (one.stage, one.unit.code, one.release.source if one.release else ""): (one.opens, one.closes)
        for one in Window.objects.select_related("unit", "release")
    }
    assert windows[Stage.REPORT, "D2", ""] == (date(2026, 10, 1), date(2026, 10, 8))
    assert windows[Stage.REPORT, "D1", "统计月报"] == (date(2026, 10, 1), date(2026, 10, 23))
    assert windows[Stage.REPORT, "T1", ""] == (date(2026, 10, 1), date(2026, 10, 8))
    assert windows[Stage.CHECK, "T3", ""] == (date(2026, 10, 9), date(2026, 10, 10))
    assert (Stage.REPORT, "T1", "统计月报") not in windows
    assert month.publish_on == date(2026, 10, 26)
    assert AuditRow.objects.filter(action="assessment.month_opened").count() == 1


def test_a_month_is_opened_once(county: County) -> None:
    first = county.month()
    count = Window.objects.count()
    assert open_month(by=county.by("chief"), period="2026-09") == first
    assert (Month.objects.count(), Window.objects.count()) == (1, count)


@pytest.mark.parametrize("who", ["d1", "t1_head", "leader", "nobody"])
def test_only_the_office_opens_a_month(county: County, who: str) -> None:
    with pytest.raises(Refused):
        open_month(by=county.by(who), period="2026-09")
    assert not Month.objects.exists()


def test_without_a_scheme_no_month_opens(county: County) -> None:
    with pytest.raises(Refused) as refused:
        open_month(by=county.by("office"), period="2027-01")
    assert codes(refused) == {"assessment.no_scheme"}


def test_own_reports_and_figures_about_oneself_go_over_desks(county: County) -> None:
    county.month()
    found = {(one.unit.code, one.series) for one in Submission.objects.select_related("unit")}
    assert found == {("T1", "ARB"), ("T2", "ARB"), ("T3", "ARB"), ("D1", "INV"), ("D2", "HOT")}
    itself = Duty.objects.get(series="INV", unit__code="D1")
    assert (itself.reporter.code, itself.verifier.code) == ("D1", "D2")  # type: ignore[union-attr]


def test_figures_late_from_above_move_the_deadline_and_nobody_is_late(county: County) -> None:
    county.month()
    county.on(date(2026, 10, 28))
    assert county.enter("d1", "INV", {"T1": "101"}) is not None
    note_release(by=county.by("office"), period="2026-09", source="统计月报", came=date(2026, 10, 28))
    window = Window.objects.get(stage=Stage.REPORT, unit__code="D1", release__isnull=False)
    assert (window.planned, window.closes) == (date(2026, 10, 23), date(2026, 10, 29))
    county.on(date(2026, 10, 30))
    with pytest.raises(Refused) as refused:
        county.enter("d1", "INV", {"T2": "101"})
    assert codes(refused) == {"assessment.window_closed"}


def test_a_release_is_noted_by_the_office_when_it_came(county: County) -> None:
    county.month()
    with pytest.raises(Refused):
        note_release(by=county.by("d1"), period="2026-09", source="统计月报", came=date(2026, 10, 1))
    for source, came in (("统计月报", date(2026, 12, 1)), ("没有的", date(2026, 10, 1))):
        with pytest.raises(Refused):
            note_release(by=county.by("office"), period="2026-09", source=source, came=came)


def test_a_closed_window_opens_again_with_a_reason(county: County) -> None:
    county.month()
    county.on(date(2026, 10, 9))
    window = Window.objects.get(stage=Stage.REPORT, unit__code="D2")
    with pytest.raises(Refused) as refused:
        reopen_window(by=county.by("office"), window=window.pk, until=date(2026, 10, 1), reason=" ")
    assert codes(refused) == {"assessment.reason_lacking", "assessment.day_is_past"}
    with pytest.raises(Refused):
        reopen_window(by=county.by("d2"), window=window.pk, until=date(2026, 10, 10), reason="系统故障")
    with pytest.raises(Refused):
        county.enter("d2", "HOT", {"T1": "95"})
    reopen_window(by=county.by("office"), window=window.pk, until=date(2026, 10, 10), reason="系统故障")
    assert county.enter("d2", "HOT", {"T1": "95"}) is not None
    county.on(date(2026, 10, 11))
    with pytest.raises(Refused):
        county.enter("d2", "HOT", {"T1": "96"})
    assert AuditRow.objects.get(action="assessment.window_reopened").detail["reason"] == "系统故障"
