"""The whole analysis: repeatable, stoppable, honest about what it leaves out, and clear about what it refuses."""

import numpy as np
import pytest

from baton.engine.robustness.robustness import robustness, sure_of_grades
from baton.engine.robustness.settings import Aggregation, Gaps, Normalisation, Settings
from baton.words import Refused, Severity

QUICK = {"draws": 200, "points": 64}
GRADING = {
    "grades": [
        {"code": "优秀", "name": "优秀", "at_least": "85", "quota": "0.5"},
        {"code": "良好", "name": "良好"},
    ]
}


def table(units=6, columns=4, seed=1, step=3):
    random = np.random.Generator(np.random.PCG64(seed))
    return {f"U{unit}": [f"{x:.4f}" for x in random.normal(90 - step * unit, 2, columns)] for unit in range(units)}


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_the_same_seed_gives_the_same_and_another_seed_does_not(make) -> None:
    sheet = make(table(), ["0.25"] * 4, grading=GRADING)
    first = robustness(sheet, Settings(**QUICK))
    assert first == robustness(sheet, Settings(**QUICK))
    assert first != robustness(sheet, Settings(seed=2, **QUICK))
    assert first.digest == sheet.digest


def test_what_is_told_of_units_fits_together(make) -> None:
    (group,) = robustness(
        make(table(), ["0.25"] * 4, grading=GRADING), Settings(noise=dict.fromkeys(table(), 1.0), **QUICK)
    ).groups
    assert [one.unit for one in group.units] == ["U0", "U1", "U2", "U3", "U4", "U5"]
    for one in group.units:
        assert one.everyday.best <= one.rank <= one.everyday.worst
        assert one.choices.best <= one.rank <= one.choices.worst
        assert sum(one.grades_everyday.values()) == pytest.approx(1)
        assert sum(one.grades_by_choice.values()) == pytest.approx(1)
        assert one.noise == 1
        assert one.unit in group.bands[one.band - 1]
    assert [unit for band in group.bands for unit in band] == [one.unit for one in group.units]
    assert sum(one.weight for one in group.weights) == pytest.approx(1)
    assert all(one.importance is None or 0 <= one.importance <= 1 for one in group.weights)


def test_more_doubt_and_more_choices_make_wider_intervals(make) -> None:
    sheet = make(table(12, 6, seed=4, step=0.2), ["0.1", "0.1", "0.2", "0.2", "0.2", "0.2"])
    as_is = {"normalisations": (Normalisation.SCORED,), "aggregations": (Aggregation.SCHEME,), "gaps": (Gaps.SCHEME,)}
    each = [Settings(doubt=0.05, **as_is, **QUICK), Settings(doubt=0.6, **as_is, **QUICK)]
    widths = [sum(one.choices.width for one in robustness(sheet, one).groups[0].units) for one in each]
    assert widths[0] < widths[1]
    assert robustness(sheet, Settings(**QUICK)).groups[0].combinations == 8


def test_units_far_apart_are_sure_and_equal_ones_are_not(make) -> None:
    rows = {"A": [95, 94], "B": [80, "80.01"], "C": ["80.01", 80], "D": [60, 61]}
    (group,) = robustness(
        make(rows, ["0.5", "0.5"], grading=GRADING), Settings(noise=dict.fromkeys(rows, 0.5), **QUICK)
    ).groups
    assert group.bands == (("A",), ("B", "C"), ("D",)) or group.bands == (("A",), ("C", "B"), ("D",))
    ends = {one.unit: (one.everyday.best, one.everyday.worst) for one in group.units}
    assert ends == {"A": (1, 1), "B": (2, 3), "C": (2, 3), "D": (4, 4)}


def test_a_boundary_through_a_band_is_advised_to_move(make) -> None:
    rows = {"A": [95, 95], "B": [90, 90], "C": ["89.9", "89.9"], "D": [70, 70]}
    grading = {"grades": [{"code": "优秀", "name": "优秀", "quota": "0.5"}, {"code": "良好", "name": "良好"}]}
    (group,) = robustness(
        make(rows, ["0.5", "0.5"], grading=grading), Settings(noise=dict.fromkeys(rows, 1.0), **QUICK)
    ).groups
    (advice,) = group.boundaries
    assert (advice.above, advice.below, advice.ahead, advice.behind) == ("优秀", "良好", "B", "C")
    assert (advice.up, advice.down) == (1, 1)
    assert 0.2 < advice.reversed_share < 0.6


def test_a_missing_figure_can_be_treated_in_four_ways(make) -> None:
    rows = table()
    rows["U2"] = [None, *rows["U2"][1:]]
    (group,) = robustness(make(rows, ["0.25"] * 4), Settings(**QUICK)).groups
    assert group.combinations == 4 * 4 * 2


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"A": [90, 80], "B": [80, 90]}, "robust.too_few_units"),
        ({"A": [90, 80], "B": [90, 80], "C": [90, 80]}, "robust.all_equal"),
        ({"A": [None, None], "B": [None, None], "C": [None, None]}, "robust.nothing_scored"),
        ({"A": [90, None], "B": [80, None], "C": [None, 70]}, "robust.disconnected"),
    ],
)
def test_what_cannot_be_analysed_is_refused(make, rows, code) -> None:
    with pytest.raises(Refused) as refused:
        robustness(make(rows, ["0.5", "0.5"]), Settings(**QUICK))
    assert codes(refused) == [code]


def test_one_weight_and_pairs_at_the_root_are_refused(make) -> None:
    with pytest.raises(Refused) as refused:
        robustness(make({"A": [90], "B": [80], "C": [70]}, ["1"]), Settings(**QUICK))
    assert codes(refused) == ["robust.one_weight"]
    with pytest.raises(Refused) as refused:
        robustness(make(table(), ["0.25"] * 4, combine={"kind": "copeland"}), Settings(**QUICK))
    assert codes(refused) == ["robust.no_weighted_sum"]


def test_a_group_that_is_refused_does_not_stop_the_others(make) -> None:
    rows = table()
    more = {
        "groups": [{"code": "G", "name": "一组", "root": "R"}, {"code": "H", "name": "二组", "root": "R"}],
        "units": [{"code": unit, "name": unit, "group": "H" if unit == "U5" else "G"} for unit in rows],
    }
    found = robustness(make(rows, ["0.25"] * 4, **more), Settings(**QUICK))
    assert [group.group for group in found.groups] == ["G"]
    assert [(one.code, one.severity, one.place.field) for one in found.problems] == [
        ("robust.too_few_units", Severity.WARNING, "H")
    ]


def test_settings_out_of_range_are_refused_all_at_once() -> None:
    with pytest.raises(Refused) as refused:
        Settings(draws=1, doubt=2, level=1, points=1, seed=-1, noise={"A": -1})
    assert [one.params["name"] for one in refused.value.problems] == [
        "draws",
        "seed",
        "doubt",
        "level",
        "points",
        "noise",
    ]


def test_progress_is_told_and_may_cancel(make) -> None:
    told = []
    sheet = make(table(), ["0.25"] * 4)
    robustness(sheet, Settings(**QUICK), lambda code, done, total: told.append((code, done, total)))
    assert {code for code, _, _ in told} == {"robust.step_choices", "robust.step_weights", "robust.step_reversals"}
    assert all(0 < done <= total for _, done, total in told)

    def stop(code, done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        robustness(sheet, Settings(**QUICK), stop)


@pytest.mark.parametrize("noise", [{}, dict.fromkeys(table(), 1.0)], ids=["by choice", "under noise"])
def test_the_short_way_to_how_sure_a_grade_is_gives_the_same(make, noise) -> None:
    sheet, settings = make(table(), ["0.25"] * 4, grading=GRADING), Settings(noise=noise, **QUICK)
    (group,) = robustness(sheet, settings).groups
    assert sure_of_grades(sheet, settings) == {one.unit: one.sure_of_grade for one in group.units}


def test_without_grades_nothing_is_said_of_them(make) -> None:
    assert sure_of_grades(make(table(), ["0.25"] * 4), Settings(**QUICK)) == {}
