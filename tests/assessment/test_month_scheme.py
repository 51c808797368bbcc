"""The scheme of a month gives the month's scores, and nothing that is not due yet."""

from decimal import Decimal
from functools import cache

import polars as pl
import pytest

from baton.assessment.rules.duties import duties_of
from baton.assessment.rules.expected import Form
from baton.assessment.rules.month_scheme import (
    first_reading,
    month_before,
    month_scheme,
    monthly_roots,
    periods_read,
)
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.digest import digest
from baton.engine.scheme.structure import check
from baton.engine.score import score
from baton.example import make_year, scheme
from baton.words import Refused


@cache
def observations() -> tuple[Observation, ...]:
    return make_year().observations


def scored(month: str, without: str = "", lenient: bool = False) -> ScoreSheet:
    of_month = month_scheme(scheme(), month, lenient)
    series = {one.series_code for one in of_month.indicators}
    given = [
        one
        for one in observations()
        if one.series in series
        and (one.period <= month if len(one.period) == 7 else one.figure == "target")
        and (one.unit, one.series, one.period) != ("T04", without, month)
    ]
    return score(of_month, Panel.of(given), 2025)


def month_score(sheet: ScoreSheet, unit: str, month: str) -> Decimal:
    row = sheet.nodes.to_native().filter(pl.col("unit") == unit, pl.col("node") == "M", pl.col("period") == month)
    return Decimal(int(row["score"][0])).scaleb(-6)


def test_the_worked_month_of_the_example_comes_out() -> None:
    assert month_score(scored("2025-06"), "T04", "2025-06") == Decimal("89.953932")


def test_later_months_do_not_change_a_month() -> None:
    assert month_score(scored("2025-09"), "T04", "2025-06") == Decimal("89.953932")


def test_december_has_the_mean_that_the_year_has() -> None:
    whole = score(scheme(), Panel.of(observations()), 2025)
    expected = {one.unit: one.parts["M"] for one in whole.standings if one.group != "ZH"}
    found = {one.unit: one.total for one in scored("2025-12").standings}
    assert len(found) > 80
    assert found == expected


def test_the_mean_so_far_is_that_of_the_months_so_far() -> None:
    sheet = scored("2025-03")
    total = next(one.total for one in sheet.standings if one.unit == "T04")
    mean = sum(month_score(sheet, "T04", f"2025-0{month}") for month in (1, 2, 3)) / 3
    assert total == mean.quantize(Decimal("0.000001"))


def test_a_figure_that_must_be_there_stops_the_month_and_not_its_preview() -> None:
    with pytest.raises(Refused) as refused:
        scored("2025-06", without="ARB")
    assert {problem.params["unit"] for problem in refused.value.problems} == {"柳林驿镇"}
    assert month_score(scored("2025-06", without="ARB", lenient=True), "T04", "2025-06") > 0


def test_groups_without_monthly_scores_are_left_out() -> None:
    assert set(monthly_roots(scheme())) == {"TA", "TB", "DQ", "JJ", "MS", "YQ"}
    assert check(month_scheme(scheme(), "2025-01")) == ()


def test_the_same_month_is_the_same_scheme() -> None:
    assert digest(month_scheme(scheme(), "2025-06")) == digest(month_scheme(scheme(), "2025-06"))
    assert digest(month_scheme(scheme(), "2025-06")) != digest(month_scheme(scheme(), "2025-07"))


def test_a_lead_department_is_not_checked_by_itself() -> None:
    found = duties_of(scheme())
    itself = [one for one in found if one.of_itself]
    assert itself
    assert all(one.verifier and one.verifier != one.unit for one in itself)
    assert all(one.verifier != one.unit for one in found)


def test_a_month_asks_for_what_is_due_and_of_whom_it_is_due() -> None:
    form = Form(scheme())
    cells = [cell for cell, _ in form.expected("2025-06")]
    arable = sorted(cell.unit for cell in cells if (cell.series, cell.figure) == ("ARB", "actual"))
    assert arable == [f"T{number:02d}" for number in range(1, 19)]
    assert len(cells) == len(set(cells))
    assert all(cell.period in ("2025-06", "2025-Q2", "2025") for cell in cells)
    assert {cell.figure for cell in cells if cell.period == "2025"} == {"target"}


def test_months_are_counted_back_over_the_year() -> None:
    assert month_before("2026-01") == "2025-12"
    assert month_before("2026-09", 12) == "2025-09"


def test_a_figure_is_read_from_its_month_on_the_last_of_its_quarter_or_january():
    assert [first_reading(one) for one in ("2026-09", "2026-Q3", "2026")] == ["2026-09", "2026-09", "2026-01"]
    assert periods_read("2026-04") == ("2026-01", "2026-02", "2026-03", "2026-04", "2026-Q1", "2026")
    every = [*(f"2026-{n:02d}" for n in range(1, 13)), *(f"2026-Q{n}" for n in range(1, 5)), "2026"]
    for month in every[:12]:
        assert set(periods_read(month)) == {one for one in every if first_reading(one) <= month}
