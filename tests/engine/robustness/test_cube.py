"""The cube gives the base scores of a result, with the scheme's own weights and choices."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.agree.scoring import scored
from tests.strategies import panels, schemes

from baton.engine.panel.panel import Panel
from baton.engine.robustness.cube import cubes
from baton.engine.robustness.walk import base_scores
from baton.engine.scheme.structure import check
from baton.engine.score import score
from baton.example import make_year, scheme


def county():
    year = make_year(2025)
    return score(scheme(), Panel.of(year.observations, year.events), year.year)


def computed(sheet):
    """Base scores by unit, from the cubes."""
    return {unit: value for cube in cubes(sheet) for unit, value in zip(cube.units, base_scores(cube)[0], strict=True)}


def test_the_county_comes_out_of_the_cube_as_it_was_scored() -> None:
    sheet = county()
    found = computed(sheet)
    assert len(found) == 85
    for one in sheet.standings:
        assert found[one.unit] == pytest.approx(float(one.base), abs=5e-6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_made_schemes_come_out_of_the_cube_as_they_were_scored(data) -> None:
    made = data.draw(schemes())
    if any(problem.severity == "error" for problem in check(made)):
        return
    sheet, _ = scored(made, data.draw(panels(made)))
    if sheet is None:
        return
    found = computed(sheet)
    based = {one.unit: float(one.base) for one in sheet.standings if one.base is not None}
    assert found.keys() == based.keys()
    # Beyond four decimals the cube does not round; a node of full mark 1 under one of 100 magnifies what is left out.
    fine = 1e-9 if made.decimals <= 4 else 1e-3
    assert np.allclose([found[unit] for unit in based], list(based.values()), atol=fine, rtol=0)
