"""Years that were held back to just above their target are found among many that are not."""

import numpy as np
import pytest
from tests.engine.integrity.made import County, honest

from baton.engine.integrity import find


def hold_back(county: County, seed: int, count: int) -> set[tuple[str, str, str]]:
    """Cut the last quarter of years that would have ended 6-25 % above their target, so that 1 % is left."""
    rng = np.random.default_rng(seed)
    done: set[tuple[str, str, str]] = set()
    while len(done) < count:
        i, u, y = (int(rng.integers(n)) for n in (*county.reported.shape[:2], len(county.years)))
        figures = county.reported[i, u, 12 * y : 12 * y + 12]
        above = figures.sum() - 1.01 * county.target[i, u, y]
        if not 0.05 < above / county.target[i, u, y] < 0.24 or above > 0.8 * figures[9:].sum():
            continue
        figures[9:] *= 1 - above / figures[9:].sum()
        done.add((f"U{u:03d}", f"M{i:03d}", str(county.years[y])))
    return done


@pytest.mark.parametrize("seed", [1, 2])
def test_a_third_of_the_years_held_back_are_found_and_few_others(seed: int) -> None:
    county = honest(seed, 20, 80)
    done = hold_back(county, seed, 20)
    found = {
        (flag.unit, flag.indicator, flag.months[0][:4]) for flag in find(county.series()) if flag.kind == "held_back"
    }
    assert len(found & done) >= len(done) / 3
    assert len(found - done) <= 2
