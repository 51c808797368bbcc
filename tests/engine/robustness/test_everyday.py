"""The everyday interval holds what it promises: the true ranks, in about as many cases as it says."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pytest

from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result import ScoreSheet
from baton.engine.robustness.cube import cubes
from baton.engine.robustness.everyday import everyday
from baton.engine.robustness.levels import drawn_levels
from baton.engine.robustness.noise import noise_of
from baton.engine.robustness.robustness import robustness
from baton.engine.robustness.settings import Settings
from baton.engine.scheme.model import Scheme
from baton.engine.score import score


def coverage(units: int, noise: float, worlds: int, seed: int, level: float = 0.9) -> tuple[float, float]:
    """Share of units whose true rank lies in its interval, and the mean width; levels N(80, 4), known noise."""
    random = np.random.Generator(np.random.PCG64(seed))
    held, width = [], []
    for _ in range(worlds):
        true = random.normal(80, 4, units)
        seen = true + random.normal(0, noise, units)
        drawn = drawn_levels(seen, np.full(units, noise), 400, random)
        ranks = 1 + (-drawn).argsort(axis=1).argsort(axis=1)
        rank = 1 + (-true).argsort().argsort()
        low, high = np.quantile(ranks, [(1 - level) / 2, (1 + level) / 2], axis=0, method="inverted_cdf")
        held.append((low <= rank) & (rank <= high))
        width.append(high - low + 1)
    return float(np.mean(held)), float(np.mean(width))


@pytest.mark.parametrize(("units", "noise", "worlds"), [(8, 1, 150), (40, 1, 60), (40, 4, 60), (5, 0.5, 200)])
def test_intervals_hold_the_true_rank_about_as_often_as_they_say(units, noise, worlds) -> None:
    held, width = coverage(units, noise, worlds, seed=7)
    assert held >= 0.85
    assert width < units


def test_more_noise_makes_wider_intervals() -> None:
    widths = [coverage(40, noise, 20, seed=3)[1] for noise in (0.5, 1, 2, 4)]
    assert widths == sorted(widths)


def test_without_noise_ranks_stay_as_they_are() -> None:
    random = np.random.Generator(np.random.PCG64(1))
    scores = np.array([90.0, 80, 70])
    assert (drawn_levels(scores, np.zeros(3), 10, random) == scores).all()


def test_a_unit_without_noise_keeps_its_score_among_noisy_ones() -> None:
    random = np.random.Generator(np.random.PCG64(1))
    drawn = drawn_levels(np.array([90.0, 80, 70]), np.array([0.0, 5, 5]), 200, random)
    assert drawn[:, 0] == pytest.approx(90)
    assert drawn[:, 1].std() > 1


def test_noise_is_seen_in_the_months(make) -> None:
    random = np.random.Generator(np.random.PCG64(11))
    season = random.normal(0, 5, 12)
    rows = {
        f"U{unit}": [f"{70 + unit + season[month] + random.normal(0, 3):.4f}" for month in range(12)]
        for unit in range(12)
    }
    (cube,) = cubes(make(rows, ["1"], monthly=True))
    noise = noise_of(cube, Settings())
    assert noise.share == pytest.approx(1)
    assert np.mean(noise.deviation) == pytest.approx(3 / 12**0.5, rel=0.2)


def test_given_noise_is_taken_and_without_months_there_is_none(make) -> None:
    (cube,) = cubes(make({"A": [90], "B": [80], "C": [70]}, ["1"]))
    assert noise_of(cube, Settings()) is None
    given = noise_of(cube, Settings(noise={"A": 1, "B": 2, "C": 3}))
    assert list(given.deviation) == [1, 2, 3]


PERIODS = {
    "month": [f"2025-{number:02d}" for number in range(1, 13)],
    "quarter": [f"2025-Q{number}" for number in range(1, 5)],
    "year": ["2025"],
}


def mixed(points: Mapping[str, int], periods: int = 12, noise: float = 3.0, units: int = 12) -> ScoreSheet:
    """Units scored by month, quarter and year for so many points each, by two indicators of level and noise."""
    random = np.random.Generator(np.random.PCG64(5))
    nodes, indicators, observations = [], [], []
    for frequency, own in points.items():
        over = {} if frequency == "year" else {"over_periods": "mean"}
        nodes.append({"code": frequency, "name": frequency, "parent": "R", "full": own, "frequency": frequency, **over})
        for code in (f"{frequency}1", f"{frequency}2"):
            indicators.append(
                {
                    "code": code,
                    "name": code,
                    "parent": frequency,
                    "points": {"*": str(own / 2)},
                    "rule": {"kind": "goalposts", "low": 0, "high": 100, "clip": False},
                    "frequency": frequency,
                    "decimals": 4,
                    "missing": "exclude",
                }
            )
            observations += [
                Observation(f"U{unit}", code, "actual", period, Decimal(f"{40 + unit + random.normal(0, noise):.4f}"))
                for unit in range(units)
                for period in PERIODS[frequency][:periods]
            ]
    scheme = {
        "code": "S",
        "name": "试验方案",
        "effective_from": "2025-01-01",
        "groups": [{"code": "G", "name": "一组", "root": "R"}],
        "units": [{"code": f"U{unit}", "name": f"单位{unit}", "group": "G"} for unit in range(units)],
        "nodes": [{"code": "R", "name": "总分", "full": sum(points.values())}, *nodes],
        "indicators": indicators,
        "ranking": {"decimals": 4},
    }
    return score(Scheme.model_validate(scheme), Panel.of(observations), 2025)


@pytest.mark.parametrize(
    ("points", "periods", "covered"),
    [
        ({"month": 43, "year": 29}, 12, 43),
        ({"month": 42, "quarter": 20, "year": 10}, 12, 62),
        ({"quarter": 50, "year": 22}, 12, 50),
        ({"month": 72}, 12, 72),
        ({"month": 32, "year": 40}, 3, 0),
        ({"year": 72}, 12, 0),
    ],
)
def test_it_says_how_many_points_the_everyday_interval_covers(points, periods, covered) -> None:
    (group,) = robustness(mixed(points, periods), Settings(draws=100, points=64)).groups
    assert group.covered is not None
    assert group.covered.points == pytest.approx(covered)
    assert group.covered.full == 72
    told = {one.code: one.params for one in group.notices}
    assert ("robust.no_noise" in told) == (covered == 0)
    assert ("robust.noise_of_part" in told) == (0 < covered < 72)
    assert all((one.everyday is None) == (covered == 0) for one in group.units)
    if 0 < covered < 72:
        assert told["robust.noise_of_part"] == {"group": "一组", "points": str(covered), "full": "72"}


def test_noise_is_seen_in_four_quarters(make) -> None:
    """72 points on figures of 0..100, two halves: each quarter 72 x 3/100 / sqrt(2), their mean half of it."""
    (cube,) = cubes(mixed({"quarter": 72}, units=60))
    noise = noise_of(cube, Settings())
    assert noise.share == pytest.approx(1)
    assert np.mean(noise.deviation) == pytest.approx(0.72 * 3 / 2**0.5 / 2, rel=0.1)


def test_noise_that_is_given_covers_all_points() -> None:
    sheet = mixed({"month": 43, "year": 29})
    given = Settings(draws=100, points=64, noise={f"U{unit}": 1.0 for unit in range(12)})
    (group,) = robustness(sheet, given).groups
    assert group.covered is not None
    assert group.covered.whole


def test_every_result_has_at_once_the_intervals_that_the_whole_analysis_gives() -> None:
    sheet = mixed({"month": 60, "year": 40}, noise=4)
    found = everyday(sheet, Settings(draws=4_000))
    (group,) = robustness(sheet, Settings(draws=4_000, points=64)).groups
    assert set(found) == {one.unit for one in group.units}
    for one in group.units:
        assert one.everyday is not None
        assert abs(found[one.unit].interval.best - one.everyday.best) <= 1
        assert abs(found[one.unit].interval.worst - one.everyday.worst) <= 1
    assert [found[one.unit].band for one in group.units] == sorted(found[one.unit].band for one in group.units)
    assert everyday(sheet) == everyday(sheet)


@pytest.mark.parametrize("given", [{"periods": 3}, {"units": 2}])
def test_of_too_few_months_or_units_nothing_is_said(given: Mapping[str, int]) -> None:
    assert everyday(mixed({"month": 100}, **given)) == {}
    assert everyday(mixed({"month": 100}, periods=4, units=3)) != {}


def test_one_weight_is_enough_for_the_noise_of_figures(make) -> None:
    random = np.random.Generator(np.random.PCG64(3))
    rows = {f"U{unit}": [f"{80 + unit + random.normal(0, 2):.4f}" for _ in range(6)] for unit in range(4)}
    assert set(everyday(make(rows, ["1"], monthly=True))) == set(rows)
