"""The sampling plan: chances as stated, replay, and totals that are right on average."""

import numpy as np
import pytest

from baton.engine.integrity import Flag
from baton.engine.integrity.sampling import Candidate, Visit, candidates_of, corrected, corrected_total, draw
from baton.words import Refused

CANDIDATES = [Candidate(f"U{n:02d}", "A" if n < 14 else "B", 1.0 + (n * 7 % 5)) for n in range(24)]


def test_a_plan_can_be_drawn_again_whatever_the_order_of_the_list() -> None:
    assert draw(CANDIDATES, 8, 42) == draw(CANDIDATES[::-1], 8, 42)
    assert len({tuple(v.unit for v in draw(CANDIDATES, 8, seed).visits) for seed in range(20)}) > 10


def test_every_unit_is_drawn_as_often_as_its_chance_says() -> None:
    draws = 4000
    count = dict.fromkeys((one.unit for one in CANDIDATES), 0)
    for seed in range(draws):
        plan = draw(CANDIDATES, 8, seed)
        assert len(plan.visits) == 8
        for visit in plan.visits:
            count[visit.unit] += 1
    assert sum(plan.chances.values()) == pytest.approx(8)
    for unit, chance in plan.chances.items():
        assert count[unit] / draws == pytest.approx(chance, abs=4 * (chance * (1 - chance) / draws) ** 0.5)


def test_the_chances_follow_the_risk_within_a_group() -> None:
    chances = draw(CANDIDATES, 8, 1).chances
    first, second = CANDIDATES[1], CANDIDATES[2]
    assert chances[first.unit] / chances[second.unit] == pytest.approx(first.risk / second.risk)


def test_an_overwhelming_risk_is_visited_for_sure() -> None:
    plan = draw([*CANDIDATES, Candidate("X", "A", 100.0)], 8, 3)
    assert plan.chances["X"] == 1
    assert sum(plan.chances.values()) == pytest.approx(8)


def test_the_corrected_total_is_right_on_average_and_its_interval_holds() -> None:
    rng = np.random.default_rng(5)
    reported = {one.unit: 100.0 + 10 * n for n, one in enumerate(CANDIDATES)}
    truth = {one.unit: reported[one.unit] * (1 - 0.04 * one.risk * rng.random()) for one in CANDIDATES}
    found = [corrected_total(draw(CANDIDATES, 8, seed), reported, truth) for seed in range(3000)]
    totals, goal = np.array([one.total for one in found]), sum(truth.values())
    assert totals.mean() == pytest.approx(goal, abs=4 * totals.std() / len(totals) ** 0.5)
    held = np.mean([one.low <= goal <= one.high for one in found])
    assert held > 0.92
    assert np.mean([one.error for one in found]) == pytest.approx(totals.std(), rel=0.25)


def test_all_units_visited_leave_no_doubt() -> None:
    reported = {one.unit: 10.0 for one in CANDIDATES}
    truth = {one.unit: 9.0 for one in CANDIDATES}
    found = corrected_total(draw(CANDIDATES, len(CANDIDATES), 1), reported, truth)
    assert found.total == pytest.approx(9.0 * len(CANDIDATES))
    assert found.error == 0


def test_flags_raise_the_risk_and_nobody_is_left_without_a_chance() -> None:
    flags = [Flag("copied", "a", "M", ("2025-01",), 9.0), Flag("copied", "elsewhere", "M", ("2025-01",), 9.0)]
    risks = {one.unit: one.risk for one in candidates_of({"a": "G", "b": "G"}, flags)}
    assert risks == {"a": 4.0, "b": 1.0}


@pytest.mark.parametrize(
    ("candidates", "visits", "code"),
    [
        ([*CANDIDATES, CANDIDATES[0]], 8, "integrity.candidate_twice"),
        ([*CANDIDATES, Candidate("X", "A", 0.0)], 8, "integrity.risk_not_positive"),
        (CANDIDATES, 1, "integrity.visits_out_of_range"),
        (CANDIDATES, 25, "integrity.visits_out_of_range"),
    ],
)
def test_plans_that_cannot_be_drawn_are_refused(candidates: list[Candidate], visits: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        draw(candidates, visits, 1)
    assert {problem.code for problem in refused.value.problems} == {code}


def test_a_visit_without_a_figure_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        corrected_total(draw(CANDIDATES, 4, 1), {}, {})
    assert len(refused.value.problems) == 4


def test_degrees_of_freedom_follow_the_strata_that_bring_the_variance() -> None:
    """Eleven visits of a stratum bring nearly all of it: ten degrees of freedom, t = 2.23; two bring it: one, 12.7."""
    many = [Visit(f"A{n}", "A", 0.5) for n in range(11)]
    two = [Visit("B0", "B", 0.5), Visit("B1", "B", 0.5)]
    wobble = {one.unit: float(n % 3) for n, one in enumerate(many)}
    quiet, loud = {"B0": 1.0, "B1": 1.0}, {"B0": 0.0, "B1": 500.0}
    steady = corrected(1000.0, [*many, *two], wobble | quiet)
    assert (steady.high - steady.total) / steady.error == pytest.approx(2.23, abs=0.02)
    restless = corrected(1000.0, [*many, *two], wobble | loud)
    assert (restless.high - restless.total) / restless.error > 12
