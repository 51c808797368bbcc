"""Stretch of targets: intervals that hold, chances that are right, shrinking, refusals."""

import numpy as np
import pytest

from baton.engine.integrity.stretch import History, Outlook, county_plan, outlooks, student_quantile
from baton.words import Refused

YEARS = tuple(range(2018, 2026))


def made(seed: int, units: int = 60, years: int = 8, year_noise: float = 0.02) -> tuple[list[History], np.ndarray]:
    """Histories that follow the model, and what came next."""
    rng = np.random.default_rng(seed)
    growth = 0.06 + 0.02 * rng.standard_normal((units, 1)) + 0.05 * rng.standard_normal((units, years))
    growth = growth + year_noise * rng.standard_normal((1, years))
    levels = np.exp(6 + rng.standard_normal((units, 1)) + np.cumsum(growth, axis=1))
    span = YEARS[: years - 1]
    return [History(f"U{u}", f"G{u % 3}", span, tuple(levels[u, :-1])) for u in range(units)], levels[:, -1]


@pytest.mark.parametrize("share", [0.5, 0.8, 0.9, 0.95])
def test_intervals_hold_as_often_as_they_say(share: float) -> None:
    held = []
    for seed in range(60):
        histories, came = made(seed)
        told = outlooks(histories)
        intervals = [told[one.unit].interval(share) for one in histories]
        held.append(np.mean([low <= value <= high for (low, high), value in zip(intervals, came, strict=True)]))
    # The year is common to all units of a run, so runs vary; the mean of 60 runs is held to 4 points.
    assert np.mean(held) == pytest.approx(share, abs=0.04)


def test_chances_are_reached_as_often_as_they_say() -> None:
    stated, reached = [], []
    for seed in range(60):
        histories, came = made(seed)
        told = outlooks(histories)
        for one, value in zip(histories, came, strict=True):
            target = one.values[-1] * 1.08
            stated.append(told[one.unit].chance_of(target))
            reached.append(value >= target)
    assert np.mean(reached) == pytest.approx(np.mean(stated), abs=0.05)
    sure = np.array(stated) > 0.6
    assert np.mean(np.array(reached)[sure]) > np.mean(np.array(reached)[~sure]) + 0.15


def test_chance_falls_with_the_target_and_turns_round_where_less_is_better() -> None:
    told = outlooks(made(1)[0])["U3"]
    chances = [told.chance_of(told.last * factor) for factor in (0.7, 1.0, 1.1, 1.5)]
    assert chances == sorted(chances, reverse=True)
    assert told.chance_of(told.expected) == pytest.approx(0.5)
    assert told.chance_of(told.last, higher=False) == pytest.approx(1 - chances[1])
    assert told.chance_of(-1.0) == 1.0


def test_years_that_differ_leave_more_doubt_and_fewer_degrees_of_freedom() -> None:
    calm, restless = (list(outlooks(made(2, year_noise=noise)[0]).values()) for noise in (0.0, 0.2))
    assert restless[0].scale > 2 * calm[0].scale
    assert restless[0].freedom < calm[0].freedom
    assert restless[0].freedom < 8


def test_quantiles_of_student_are_those_of_the_tables() -> None:
    for freedom, table in ((5, 2.015), (10, 1.812), (30, 1.697)):
        assert student_quantile(0.95, freedom) == pytest.approx(table, rel=0.01)


def test_figures_that_are_not_all_positive_are_taken_as_differences() -> None:
    rng = np.random.default_rng(3)
    histories = [History(f"U{u}", "G", YEARS, tuple(rng.standard_normal(8))) for u in range(20)]
    told = outlooks(histories)["U1"]
    assert not told.logs
    low, high = told.interval()
    assert low < told.expected < high


def test_a_unit_without_last_year_has_no_outlook() -> None:
    histories, _ = made(4)
    histories[0] = History("U0", "G0", histories[0].years, (*histories[0].values[:-1], float("nan")))
    assert "U0" not in outlooks(histories)


def test_the_county_plan_is_held_against_the_sum_of_its_units() -> None:
    histories, _ = made(6)
    told: list[Outlook] = list(outlooks(histories).values())
    expected = sum(one.expected for one in told)
    targets = {one.unit: one.expected * 0.95 for one in told}
    plan = county_plan(told, targets, expected)
    assert not plan.covered
    assert plan.chance == pytest.approx(0.5)
    assert county_plan(told, targets, expected * 0.9).covered
    assert county_plan(told, targets, expected * 1.3).chance < 0.05


@pytest.mark.parametrize(
    ("histories", "code"),
    [
        (made(1)[0][:4], "integrity.few_units"),
        ([*made(1)[0], made(1)[0][0]], "integrity.history_twice"),
        (made(1, years=3)[0], "integrity.few_years"),
        ([*made(1)[0], History("X", "G", (2024, 2025), (1.0, 2.0))], "integrity.spans_differ"),
        ([History(f"U{u}", "G", YEARS, (5.0,) * 8) for u in range(9)], "integrity.no_growth"),
        ([History(f"U{u}", "G", YEARS, (float("nan"),) * 8) for u in range(9)], "integrity.no_growth"),
    ],
)
def test_what_nothing_can_be_told_from_is_refused(histories: list[History], code: str) -> None:
    with pytest.raises(Refused) as refused:
        outlooks(histories)
    assert code in {problem.code for problem in refused.value.problems}
