"""The everyday interval holds what it promises: the true ranks, in about as many cases as it says."""

import numpy as np
import pytest

from baton.engine.robustness.cube import cubes
from baton.engine.robustness.levels import drawn_levels
from baton.engine.robustness.noise import noise_of
from baton.engine.robustness.settings import Settings


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
