"""A year of the county: the same from the same seed, with the worked sums in it."""

import hashlib
from decimal import Decimal

import polars as pl
import pytest

from baton.engine.panel.panel import Panel
from baton.engine.result import ScoreSheet
from baton.engine.score import score
from baton.example import CountyYear, make_year

JUNE = "12.676829 8.807018 10 12.444444 5.692308 5.82 5.58 4 6 5.2 6.4 7.333333"
ANNUAL = (
    "9.93 9.416 6 6 3.196 3.311128 3.996 3.6 2.750943 3.544 3.648 4.725 5 4.375 2.76 3 4.75 4.25 2 1.833333 1.888889 "
    "2 1.8"
)


@pytest.fixture(scope="module")
def year() -> CountyYear:
    return make_year(2025)


@pytest.fixture(scope="module")
def sheet(year: CountyYear) -> ScoreSheet:
    return score(year.scheme, Panel.of(year.observations, year.events))


def points(sheet: ScoreSheet, unit: str, period: str) -> dict[str, Decimal]:
    """Points by indicator, parts added up."""
    leaves = sheet.leaves.to_native().filter((pl.col("unit") == unit) & (pl.col("period") == period))
    sums = leaves.group_by("indicator").agg(pl.col("points").sum()).sort(pl.col("indicator").cast(pl.String))
    return {row["indicator"]: Decimal(row["points"]).scaleb(-6) for row in sums.iter_rows(named=True)}


def node(sheet: ScoreSheet, unit: str, code: str, period: str) -> Decimal:
    nodes = sheet.nodes.to_native()
    wanted = (pl.col("unit") == unit) & (pl.col("node") == code) & (pl.col("period") == period)
    return Decimal(nodes.filter(wanted)["score"].item()).scaleb(-6)


def test_the_same_seed_gives_the_same_year(year: CountyYear) -> None:
    again = make_year(2025)
    assert again.observations == year.observations
    assert again.events == year.events
    assert again.stories == year.stories


def test_another_seed_gives_another_year_of_the_same_kind(year: CountyYear) -> None:
    other = make_year(7)
    assert other.observations != year.observations
    standings = score(other.scheme, Panel.of(other.observations, other.events)).standings
    assert all(one.total is not None for one in standings)


def test_a_year_is_known_by_its_digest(year: CountyYear) -> None:
    """Chance must not depend on the machine: this is the digest everywhere."""
    assert len(year.observations) > 20_000
    lines = [f"{o.unit} {o.series} {o.figure} {o.period} {o.value}" for o in year.observations]
    assert (
        hashlib.sha256("\n".join(lines).encode()).hexdigest()
        == "2343b92d0f8eec2bb2dbfd27aff40c0651dbc9eed75de9a64956e69e4f4d0ba4"
    )


def test_worked_sums_of_june(sheet: ScoreSheet) -> None:
    assert list(points(sheet, "T04", "2025-06").values()) == [Decimal(text) for text in JUNE.split()]
    assert node(sheet, "T04", "M", "2025-06") == Decimal("89.953932")


def test_worked_sums_of_the_year(sheet: ScoreSheet) -> None:
    found = points(sheet, "T04", "2025")
    assert [value for code, value in found.items() if code[0] == "Y"] == [Decimal(text) for text in ANNUAL.split()]
    assert node(sheet, "T04", "Y", "2025") == Decimal("93.774293")
    assert node(sheet, "T04", "D", "2025") == Decimal("90.918060")


def test_worked_sum_of_points_shared_out(sheet: ScoreSheet) -> None:
    assert node(sheet, "D15", "M", "2025-04") == Decimal("89.390244")


def test_edge_cases_of_the_county(sheet: ScoreSheet) -> None:
    assert points(sheet, "T17", "2025-02")["M01"] == 0
    assert points(sheet, "D21", "2025-03")["M11"] == 14
    assert points(sheet, "D22", "2025-03")["M11"] == Decimal("11.2")
    assert points(sheet, "P03", "2025")["Y31"] == Decimal("5.4")
    assert points(sheet, "P02", "2025")["Y06"] == Decimal("5.5")
    assert points(sheet, "T13", "2025")["Y15"] == 0
    assert points(sheet, "T14", "2025")["Y15"] == 5


def test_bonuses_and_deductions_of_the_worked_sums(sheet: ScoreSheet) -> None:
    standings = {one.unit: one for one in sheet.standings}
    expected = {"T01": "1.5 0", "T02": "2.1 0.2", "T04": "2.55 0.5", "T06": "0.8 0", "T07": "1 0.5", "T09": "0.3 0"}
    expected |= {"T11": "0.25 0.3", "T12": "0 1.7", "P01": "5 0", "D38": "0 5"}
    for unit, texts in expected.items():
        bonus, deduction = (Decimal(text) for text in texts.split())
        assert (standings[unit].bonus, standings[unit].deduction) == (bonus, deduction), unit
    assert standings["T01"].vetoes == ("V1",)
    assert standings["T01"].grade == "良好"


def test_every_way_of_not_counting_in_full_occurs(sheet: ScoreSheet) -> None:
    reasons = {one.reason for one in sheet.adjustments}
    assert {"engine.same_matter", "engine.item_cap", "engine.total_cap", "engine.veto_without_basis"} <= reasons


def test_scores_look_like_a_county(sheet: ScoreSheet) -> None:
    totals = sorted(one.total for one in sheet.standings if one.total is not None)
    assert len(totals) == 85
    assert sum(78 <= total <= 95 for total in totals) >= 65
    assert 20 <= sum(total > 90 for total in totals) <= 50
    assert sum(total < 70 for total in totals) == 1
    assert totals[-1] < 100


def test_january_has_no_investment_and_no_industry(year: CountyYear) -> None:
    january = {(one.series, one.period) for one in year.observations}
    assert ("INV", "2025-01") not in january
    assert ("IVA", "2025-01") not in january
    assert ("FDI", "2025-01") in january


def test_sums_that_run_up_never_fall(year: CountyYear) -> None:
    for series in ("INV", "FDI", "SAN"):
        before: dict[str, Decimal] = {}
        for one in year.observations:
            if one.series == series and one.figure == "actual" and one.value is not None:
                assert one.value >= before.get(one.unit, Decimal(0)), one
                before[one.unit] = one.value


def test_nothing_done_exceeds_what_was_due(year: CountyYear) -> None:
    figures = {(one.unit, one.series, one.figure, one.period): one.value for one in year.observations}
    for (unit, series, figure, period), value in figures.items():
        due = {"numerator": "denominator"}.get(figure) or (
            "target" if series in {"MST", "SUP", "ARB", "ZMST"} else None
        )
        if due and figure != due and value is not None:
            assert value <= (figures[unit, series, due, period] or 0), (unit, series, period)


def test_the_stories_are_all_there(year: CountyYear) -> None:
    counts = {kind: sum(s.kind == kind for s in year.stories) for kind in {s.kind for s in year.stories}}
    assert {kind: counts[kind] for kind in counts if kind not in {"flood", "year_end_tail"}} == {
        "bunching": 3,
        "december_jump": 2,
        "whole_numbers": 1,
        "copied_month": 2,
        "low_target": 4,
        "changed_base": 1,
    }
    assert {s.unit for s in year.stories if s.kind == "flood"} == {"T16", "T18", "T08"}
    assert all(s.honest == (s.kind in {"flood", "year_end_tail"}) for s in year.stories)


def test_december_investment_was_first_provisional(year: CountyYear) -> None:
    final = {one.unit: one.value for one in year.observations if (one.series, one.period) == ("INV", "2025-12")}
    assert {one.unit for one in year.provisional} == set(final)
    assert all(one.preliminary for one in year.provisional)
    assert any(one.value != final[one.unit] for one in year.provisional)
