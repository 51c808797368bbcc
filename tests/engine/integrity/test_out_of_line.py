"""Raised years are found though many others are raised too: they must not pass for the honest spread."""

import numpy as np
from tests.engine.integrity.made import honest

from baton.engine.integrity import find


def test_many_raised_years_do_not_hide_each_other() -> None:
    county = honest(5, 20, 80)
    rng = np.random.default_rng(3)
    linked, units = np.nonzero(np.ones((10, 80)))
    raised: set[tuple[str, str, str]] = set()
    for at in rng.choice(linked.size, 140, replace=False):
        i, u, y = 2 * int(linked[at]), int(units[at]), int(rng.integers(3))
        county.reported[i, u, 12 * y : 12 * y + 12] *= 1.3
        raised.add((f"U{u:03d}", f"M{i:03d}", str(county.years[y])))
    found = {
        (flag.unit, flag.indicator, flag.months[0][:4]) for flag in find(county.series()) if flag.kind == "out_of_line"
    }
    assert len(found & raised) >= 0.6 * len(raised)
    assert len(found - raised) <= 0.1 * len(found)
