"""How sure a place is: kept with the run that gave it, once there are months enough."""

from datetime import date

from baton.assessment.actions.scores import score_month
from baton.assessment.choices import RunKind
from baton.assessment.models import UnitResult
from baton.core.acting import SYSTEM
from county import County

MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09")
HOT = (("88", "91", "83"), ("90", "86", "85"), ("87", "89", "80"), ("89", "88", "84"))


def results(county: County, months: tuple[str, ...]) -> dict[str, UnitResult]:
    for period, hot in zip(months, HOT, strict=False):
        county.on(date(2026, int(period[5:]) + 1, 2)).month(period)
        county.fill(period)
        county.enter("", "HOT", dict(zip(("T1", "T2", "T3"), hot, strict=True)), period)
    run = score_month(by=SYSTEM, period=months[-1], kind=RunKind.TRIAL)
    return {row.unit.code: row for row in UnitResult.objects.filter(run=run).select_related("unit")}


def test_four_months_tell_which_places_a_unit_could_have(county: County) -> None:
    found = results(county, MONTHS)
    for code in ("T1", "T2", "T3"):
        row = found[code]
        assert row.best is not None
        assert row.worst is not None
        assert row.mean_rank is not None
        assert row.best <= row.mean_rank <= row.worst
    assert found["T1"].band == found["T2"].band
    assert found["T3"].worst == 3
    assert found["D1"].best is None


def test_three_months_do_not(county: County) -> None:
    assert {row.best for row in results(county, MONTHS[:3]).values()} == {None}
