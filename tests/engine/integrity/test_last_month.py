"""What the months after a December say of its jump, and levels that are brought up to date at the turn of the year."""

import numpy as np
from tests.engine.integrity.made import honest

from baton.engine.integrity.cube import cube_of
from baton.engine.integrity.detectors.last_month import find_last_month
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.settings import Settings

INDICATOR, UNIT, YEAR = 4, 9, 1
DECEMBER = 23


def chance(taken: float) -> float:
    """Chance of a December half as high again, `taken` of which is missing in the three months after it."""
    county = honest(21, indicators=8, units=60, shocks=False)
    figures = county.reported[INDICATOR, UNIT]
    jump = 0.5 * figures[DECEMBER]
    figures[DECEMBER] += jump
    figures[DECEMBER + 1 : DECEMBER + 4] -= taken * jump / 3
    ground = Ground(cube_of(county.series(), 5), Settings())
    return float(find_last_month(ground).chance[INDICATOR, UNIT, YEAR])


def test_a_jump_that_the_months_after_pay_for_is_less_likely_to_be_honest() -> None:
    kept, taken = chance(0.0), chance(1.0)
    assert taken < kept
    assert taken < 0.01


def test_the_last_year_is_judged_without_months_after_it() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    ground = Ground(cube_of(county.series(), 5), Settings())
    assert not np.isnan(find_last_month(ground).chance[..., -1]).any()
