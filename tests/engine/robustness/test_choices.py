"""Other scales, gaps and weights, against what can be worked out by hand."""

import numpy as np
import pytest

from baton.engine.robustness.choices import choices
from baton.engine.robustness.cube import cubes
from baton.engine.robustness.drawn import drawn_totals
from baton.engine.robustness.draws import weight_factors
from baton.engine.robustness.robustness import robustness
from baton.engine.robustness.settings import Aggregation, Gaps, Normalisation, Settings
from baton.engine.robustness.variants import varied
from baton.engine.robustness.walk import base_scores

ROWS = {"A": [90, 60], "B": [50, 95], "C": [40, None], "D": [50, 70]}
QUICK = {"draws": 200, "points": 64}


def cube_of(sheet):
    (cube,) = cubes(sheet)
    return cube


def points(cube, indicator):
    """Points of an indicator by unit."""
    return dict(zip(cube.units, cube.scored["R"].points[0, indicator], strict=True))


def test_scales_of_the_groups_own(make) -> None:
    cube = cube_of(make(ROWS, ["0.5", "0.5"]))
    low, high = 40, 90
    found = points(varied(cube, Gaps.SCHEME, Normalisation.MIN_MAX), 0)
    assert found == pytest.approx({unit: 100 * (row[0] - low) / (high - low) for unit, row in ROWS.items()})
    assert points(varied(cube, Gaps.SCHEME, Normalisation.RANK), 0) == pytest.approx(
        {"A": 100, "B": 50, "D": 50, "C": 0}
    )
    assert points(varied(cube, Gaps.SCHEME, Normalisation.RANK), 1) == {"A": 0, "B": 100, "C": 0, "D": 50}
    values = np.array([90, 50, 40, 50])
    scores = 50 + 100 / 6 * (values - values.mean()) / values.std()
    found = points(varied(cube, Gaps.SCHEME, Normalisation.Z_SCORE), 0)
    assert [found[unit] for unit in ROWS] == pytest.approx(list(scores))


def test_gaps_are_filled_as_said(make) -> None:
    cube = cube_of(make(ROWS, ["0.5", "0.5"]))
    assert points(varied(cube, Gaps.PEER_MEAN, Normalisation.SCORED), 1)["C"] == pytest.approx(75)
    base = {
        gaps: dict(zip(cube.units, base_scores(varied(cube, gaps, Normalisation.SCORED))[0], strict=True))["C"]
        for gaps in Gaps
    }
    expected = {Gaps.SCHEME: 40, Gaps.EXCLUDE: 40, Gaps.PEER_MEAN: 57.5, Gaps.ZERO: 20}
    assert base == pytest.approx(expected)


def test_drawn_weights_keep_the_schemes_mean_and_have_the_doubt_that_was_asked_for(make) -> None:
    cube = cube_of(make({"A": [1, 2, 3, 4], "B": [4, 3, 2, 1], "C": [1, 1, 2, 2]}, ["0.25"] * 4))
    factors = weight_factors(cube, 20_000, 0.25, np.random.Generator(np.random.PCG64(1)))["R"]
    assert factors.mean(axis=0) == pytest.approx(np.ones(4), abs=0.02)
    assert factors.std(axis=0) == pytest.approx(np.full(4, 0.25), abs=0.02)
    assert factors.sum(axis=1) == pytest.approx(np.full(20_000, 4))


def test_only_choices_that_differ_are_made_and_draws_are_shared_out(make) -> None:
    complete = {unit: [one or 70 for one in row] for unit, row in ROWS.items()}
    plain = cube_of(make(complete, ["0.5", "0.5"]))
    assert len(choices(plain, Settings())) == 4 * 2
    assert len(choices(cube_of(make(ROWS, ["0.5", "0.5"])), Settings())) == 4 * 4 * 2
    curved = cube_of(make(complete, ["0.5", "0.5"], combine={"kind": "harmonic"}))
    assert len(choices(curved, Settings())) == 4 * 3
    told = []
    drawn = drawn_totals(
        plain, Settings(**QUICK), np.random.Generator(np.random.PCG64(1)), lambda code, done, total: told.append(done)
    )
    assert drawn.shape == (200, 4)
    assert told[-1] == 200


def test_totals_on_other_scales_keep_mean_and_spread_of_the_result(make) -> None:
    settings = Settings(normalisations=(Normalisation.MIN_MAX,), aggregations=(Aggregation.GEOMETRIC,), **QUICK)
    cube = cube_of(make({unit: [one or 70 for one in row] for unit, row in ROWS.items()}, ["0.5", "0.5"]))
    drawn = drawn_totals(cube, settings, np.random.Generator(np.random.PCG64(1))) / 1e4
    assert drawn.mean(axis=1) == pytest.approx(np.full(200, cube.base.mean()), abs=1e-3)
    assert drawn.std(axis=1) == pytest.approx(np.full(200, cube.base.std()), abs=1e-3)


def test_a_node_that_compares_in_pairs_keeps_its_scores_and_is_named(make) -> None:
    nodes = [
        {"code": "R", "name": "总分", "full": "100", "combine": {"kind": "arithmetic"}},
        {
            "code": "P",
            "name": "两两",
            "parent": "R",
            "full": "100",
            "combine": {"kind": "copeland"},
            "weight": {"*": "0.4"},
        },
        {
            "code": "Q",
            "name": "加权",
            "parent": "R",
            "full": "100",
            "combine": {"kind": "arithmetic"},
            "weight": {"*": "0.6"},
        },
    ]
    sheet = make({"A": [90, 60], "B": [50, 95], "C": [40, 50]}, ["0.5", "0.5"])
    leaves = [
        one.model_dump(mode="json") | {"parent": parent, "points": {"*": "1"}}
        for one, parent in zip(sheet.scheme.indicators, ("P", "Q"), strict=True)
    ]
    sheet = make({"A": [90, 60], "B": [50, 95], "C": [40, 50]}, ["0.5", "0.5"], nodes=nodes, indicators=leaves)
    cube = cube_of(sheet)
    assert base_scores(cube)[0] == pytest.approx(cube.base, abs=1e-5)
    (group,) = robustness(sheet, Settings(**QUICK)).groups
    assert [one.code for one in group.notices] == ["robust.copeland_kept", "robust.no_noise"]
    assert {one.code: pytest.approx(one.weight) for one in group.weights} == {"P": 0.4, "I1": 0.6}


def test_groups_of_one_pool_share_their_quota_in_every_draw(make) -> None:
    rows = {f"U{n}": [90 - 5 * n, 88 - 5 * n] for n in range(6)}
    more = {
        "groups": [{"code": code, "name": code, "root": "R", "quota_pool": "P"} for code in ("G", "H")],
        "units": [{"code": unit, "name": unit, "group": "H" if n % 2 else "G"} for n, unit in enumerate(rows)],
        "grading": {"grades": [{"code": "优秀", "name": "优秀", "quota": "0.5"}, {"code": "良好", "name": "良好"}]},
    }
    found = robustness(make(rows, ["0.5", "0.5"], **more), Settings(**QUICK))
    units = [one for group in found.groups for one in group.units]
    assert len(units) == 6
    assert sum(one.grades_by_choice.get("优秀", 0) for one in units) == pytest.approx(3)
