"""Target checks on real plans and outcomes: Viet Nam's province budgets, and 122 counties of Hunan."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from baton.engine.integrity.asked import Asked, Stretch, asked_of
from baton.engine.integrity.stretch import History, outlooks

pytestmark = pytest.mark.published
FIRST, LAST = 2006, 2014


def revenue(path: Path) -> dict[tuple[str, int], float]:
    """Total revenue by province and year."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["prov"], int(row["year"])): float(row["total.rev"])
            for row in csv.DictReader(file)
            if row["total.rev"] not in ("", "NA")
        }


@pytest.fixture(scope="module")
def budgets(shared_data: Path) -> tuple[list[Asked], dict[tuple[str, int], float]]:
    """Plans of 2010-2014, each judged by the finals of the years before it; and the finals."""
    final, plan = (revenue(shared_data / "vietnam" / f"budget_{name}.csv") for name in ("final", "plan"))
    judged: list[Asked] = []
    for year in range(FIRST + 4, LAST + 1):
        years = tuple(range(FIRST, year))
        names = sorted({province for province, _ in final})
        histories = [History(p, "V", years, tuple(final.get((p, y), np.nan) for y in years)) for p in names]
        judged += asked_of(histories, {p: plan[p, year] for p in names if (p, year) in plan}, "revenue")
    return judged, final


def test_half_of_the_budget_plans_are_low_and_every_low_one_was_exceeded(
    budgets: tuple[list[Asked], dict[tuple[str, int], float]],
) -> None:
    judged, final = budgets
    low = [one for one in judged if one.stretch is Stretch.LOW]
    assert (len(judged), len(low)) == (315, 161)
    reached = [final[one.unit, one.year] / one.target for one in low if (one.unit, one.year) in final]
    assert min(reached) >= 1
    assert np.median(reached) == pytest.approx(2.39, abs=0.01)


def test_plans_that_were_called_low_were_exceeded_by_more_than_the_others(
    budgets: tuple[list[Asked], dict[tuple[str, int], float]],
) -> None:
    judged, final = budgets
    ratios: dict[bool, list[float]] = defaultdict(list)
    for one in judged:
        if (one.unit, one.year) in final:
            ratios[one.stretch is Stretch.LOW].append(final[one.unit, one.year] / one.target)
    assert np.median(ratios[True]) > 1.4 * np.median(ratios[False])


def test_the_middle_plan_asked_for_a_third_less_than_the_year_before_had_brought(
    budgets: tuple[list[Asked], dict[tuple[str, int], float]],
) -> None:
    judged, _ = budgets
    for year in range(2011, LAST + 1):
        asked = [one.asked for one in judged if one.year == year and one.asked is not None]
        assert np.median(asked) < -0.3


@pytest.fixture(scope="module")
def counties(shared_data: Path) -> dict[str, dict[str, dict[int, float]]]:
    """Figures by metric, county and year."""
    found: dict[str, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    with (shared_data / "cn" / "hunan_county_panel.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["metric"]][row["adcode"]][int(row["year"])] = float(row["value"])
    return found


def coverage(counties: dict[str, dict[str, dict[int, float]]], year: int) -> dict[str, float]:
    """Share of counties whose figure of the year lay in the 90 % interval told from the years before, by metric."""
    held = {}
    for metric, by_county in counties.items():
        years = tuple(range(2015, year))
        histories = [History(c, c[:4], years, tuple(v.get(y, np.nan) for y in years)) for c, v in by_county.items()]
        told = outlooks(histories)
        intervals = {county: told[county].interval(0.9) for county in by_county if county in told}
        inside = [low <= by_county[county][year] <= high for county, (low, high) in intervals.items()]
        held[metric] = float(np.mean(inside))
    return held


def test_intervals_of_2023_hold_for_every_metric_of_hunan(counties: dict[str, dict[str, dict[int, float]]]) -> None:
    held = coverage(counties, 2023)
    assert len(held) == 6
    assert min(held.values()) >= 0.9
    assert np.mean(list(held.values())) == pytest.approx(0.973, abs=0.005)


def test_breaks_of_2020_in_population_and_wages_are_foretold_by_no_history(
    counties: dict[str, dict[str, dict[int, float]]],
) -> None:
    held = coverage(counties, 2020)
    assert held["population"] < 0.5
    assert held["avgWage"] < 0.5
    assert min(share for metric, share in held.items() if metric not in ("population", "avgWage")) > 0.8
