"""Weights that matter, leave-one-out and reversal points, against what can be worked out by hand."""

import numpy as np
import pytest

from baton.engine.robustness.branch import Floats
from baton.engine.robustness.cube import cubes
from baton.engine.robustness.reversals import reversals
from baton.engine.robustness.sensitivity import first_order, latin_hypercube
from baton.engine.robustness.settings import Settings
from baton.engine.robustness.slider import Slider
from baton.engine.robustness.weighing import Weighing
from baton.engine.robustness.weights import weights_that_matter
from baton.words import Refused

ROWS = {"A": [90, 60], "B": [50, 95], "C": [40, 50]}


def weighing(sheet):
    (cube,) = cubes(sheet)
    return Weighing(cube)


def pcg(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


def ishigami(points: Floats) -> Floats:
    """Ishigami & Homma 1990, a = 7, b = 0.1; a quarter of its variance is in the first and the third input together."""
    x = (points * 2 - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


TEN, FORTY = np.arange(10, 0, -1.0), np.linspace(1, 0.1, 40)


@pytest.mark.parametrize(
    ("model", "true"),
    [
        # 0.3139, 0.4424 and 0 (Saltelli et al. 2008).
        (ishigami, np.array([0.3139, 0.4424, 0])),
        (lambda points: points @ TEN, TEN**2 / (TEN**2).sum()),
        (lambda points: points @ FORTY, FORTY**2 / (FORTY**2).sum()),
    ],
)
def test_the_worst_error_of_first_order_indices_at_1024_runs(model, true) -> None:
    """At most 0.018, what Sobol points with a centred estimator leave at 1,024 points and inputs + 2 times the runs."""
    wrong = []
    for seed in range(60):
        points = latin_hypercube(1_024, len(true), pcg(seed))
        found = first_order(points, model(points))
        assert found is not None
        wrong.append(found - true)
    assert np.sqrt((np.array(wrong) ** 2).mean(axis=0)).max() <= 0.018


def test_the_worst_error_of_the_importance_of_weights(make) -> None:
    """Rank shifts of fifteen units under eight weights, against picking and freezing with 400,000 runs.

    More than a third of the variance is between weights. Picking and freezing with 10,240 runs leaves 0.03.
    """
    rows = {f"U{n}": pcg(n).uniform(20, 95, 8).round(1).tolist() for n in range(15)}
    tried = weighing(make(rows, ["0.3", "0.2", "0.15", "0.1", "0.1", "0.05", "0.05", "0.05"]))

    def shift(points: Floats) -> Floats:
        found: Floats = tried.shifts(1 + Settings().doubt * np.sqrt(12) * (points - 0.5)).sum(axis=1)
        return found

    one, other = pcg(90).random((40_000, 8)), pcg(91).random((40_000, 8))
    base = np.concatenate([shift(one), shift(other)])
    first, second = shift(one) - base.mean(), shift(other) - base.mean()
    true = []
    for number in range(8):
        frozen = one.copy()
        frozen[:, number] = other[:, number]
        true.append((second * (shift(frozen) - base.mean() - first)).mean() / base.var())
    wrong = []
    for seed in range(40):
        points = latin_hypercube(Settings().points, 8, pcg(seed))
        found = first_order(points, shift(points))
        assert found is not None
        wrong.append(found - true)
    assert max(true) > 0.1
    assert np.sqrt((np.array(wrong) ** 2).mean(axis=0)).max() <= 0.018


@pytest.mark.parametrize("runs", [64, 65, 100, 4_096])
def test_few_runs_and_many_give_indices_between_0_and_1(runs: int) -> None:
    points = latin_hypercube(runs, 30, pcg())
    found = first_order(points, points[:, 0] + (points[:, 1] > 0.5))
    assert found is not None
    assert ((found >= 0) & (found <= 1)).all()
    assert set(np.argsort(found)[-2:]) == {0, 1}


def test_first_order_indices_of_a_sum_are_its_parts_and_do_not_hang_on_its_level() -> None:
    points = latin_hypercube(2048, 3, pcg(2))
    values = points @ np.array([3.0, 2.0, 0.0])
    assert first_order(points, values) == pytest.approx([9 / 13, 4 / 13, 0], abs=0.02)
    assert first_order(points, values + 1e6) == pytest.approx(first_order(points, values), abs=1e-6)
    assert first_order(points, np.ones(2048)) is None


def test_a_hypercube_has_one_point_in_every_slice() -> None:
    points = latin_hypercube(64, 5, pcg())
    assert (np.sort((points * 64).astype(int), axis=0) == np.arange(64)[:, None]).all()


def test_leave_one_out_ranks_by_what_is_left(make) -> None:
    found = {one.code: one for one in weights_that_matter(weighing(make(ROWS, ["0.6", "0.4"])), Settings(), pcg())}
    assert found["I0"].weight == pytest.approx(0.6)
    assert found["I0"].without == pytest.approx(2 / 3)
    assert (found["I0"].most, found["I1"].without) == (1, 0)


def test_a_reversal_point_is_where_both_are_equal(make) -> None:
    """By hand: 90 w + 60 (1 - w) = 50 w + 95 (1 - w) at w = 35 / 75."""
    first, second = reversals(weighing(make(ROWS, ["0.6", "0.4"])))
    assert (first.ahead, first.behind) == ("A", "B")
    assert first.needed == pytest.approx(35 / 75 if first.code == "I0" else 40 / 75)
    assert (second.ahead, second.behind, second.code, second.needed) == ("B", "C", "", None)


@pytest.mark.parametrize("kind", ["geometric", "harmonic"])
def test_a_reversal_point_of_a_curved_mean_is_found_by_halving(make, kind) -> None:
    tried = weighing(make(ROWS, ["0.6", "0.4"], combine={"kind": kind}))
    first = reversals(tried)[0]
    logs = {"geometric": np.log, "harmonic": lambda x: -1 / x}[kind]
    ours, theirs = logs(np.array([90.0, 60])), logs(np.array([50.0, 95]))
    weight = (theirs[1] - ours[1]) / ((ours[0] - theirs[0]) + (theirs[1] - ours[1]))
    assert first.needed == pytest.approx(weight if first.code == "I0" else 1 - weight, abs=1e-4)


def test_closed_form_and_grid_agree(make) -> None:
    random = pcg(5)
    rows = {f"U{unit}": [f"{x:.4f}" for x in random.uniform(40, 95, 5)] for unit in range(12)}
    straight = weighing(make(rows, ["0.1", "0.3", "0.2", "0.15", "0.25"]))
    assert straight.cube.linear
    bent = weighing(
        make(rows, ["0.1", "0.3", "0.2", "0.15", "0.25"], combine={"kind": "minimum_penalised", "penalty": 0})
    )
    assert not bent.cube.linear
    for one, other in zip(reversals(straight), reversals(bent), strict=True):
        assert (one.ahead, one.behind) == (other.ahead, other.behind)
        if one.needed is not None and one.needed < 0.99:
            assert other.needed == pytest.approx(one.needed, abs=2e-3) or other.code != one.code


def test_a_slider_gives_the_result_itself_and_what_other_weights_give(make) -> None:
    sheet = make(ROWS, ["0.6", "0.4"])
    slider = Slider(sheet, "G")
    assert slider.weights == pytest.approx({"I0": 0.6, "I1": 0.4})
    assert [(one.total, one.rank, one.won) for one in slider.weigh({})] == [(78, 1, 0), (68, 2, 0), (44, 3, 0)]
    tried = {one.unit: one for one in slider.weigh({"I0": 1, "I1": 3})}
    assert (tried["B"].total, tried["B"].rank, tried["B"].won) == (83.75, 1, 1)
    other = {one.unit: float(one.total) for one in make(ROWS, ["0.25", "0.75"]).standings}
    assert {unit: one.total for unit, one in tried.items()} == pytest.approx(other)


def test_a_slider_refuses_what_has_no_weight(make) -> None:
    slider = Slider(make(ROWS, ["0.6", "0.4"]), "G")
    with pytest.raises(Refused) as refused:
        slider.weigh({"I9": 1, "I0": -1})
    assert {one.code for one in refused.value.problems} == {"robust.unknown_weight", "robust.weight_below_zero"}
    with pytest.raises(Refused):
        Slider(make(ROWS, ["0.6", "0.4"]), "H")


def test_a_slider_says_how_sure_places_are_where_months_tell_the_noise(make) -> None:
    silent = Slider(make(ROWS, ["0.6", "0.4"]), "G")
    assert {one.sure for one in silent.weigh({})} == {None}
