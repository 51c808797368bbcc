"""Late entries: a few of a unit are its own doing, many at once happened to it."""

import numpy as np
from tests.engine.integrity.made import honest

from baton.engine.integrity import find

UNIT, MONTHS = 9, [14, 15, 20]


def flagged(indicators: int) -> set[str]:
    """Indicators of a unit asked about that entered so many of forty late, in the same months."""
    county = honest(21, indicators=40, units=40, shocks=False)
    county.delay[:indicators, UNIT, MONTHS] = np.array([7.0, 9.0, 8.0])
    flags = find(county.series())
    return {flag.indicator for flag in flags if (flag.kind, flag.unit) == ("backdated", f"U{UNIT:03d}")}


def test_a_unit_late_with_some_of_its_figures_is_asked_about_each() -> None:
    assert flagged(6) >= {f"M{indicator:03d}" for indicator in range(6)}


def test_a_unit_late_with_most_of_its_figures_is_not() -> None:
    assert not flagged(30)
