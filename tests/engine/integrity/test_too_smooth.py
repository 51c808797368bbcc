"""Years in nearly even parts are too smooth where peers have a season, and a unit's own ways are nothing."""

import numpy as np
import pytest
from tests.engine.integrity.made import County, honest

from baton.engine.integrity import find

INDICATOR, UNIT = 4, 9


def seasonal() -> County:
    """Honest figures with a season of 40 %."""
    county = honest(21, indicators=8, units=60, shocks=False)
    county.reported = (county.reported * np.exp(np.tile(0.4 * np.sin(np.arange(12) / 2), 3))).round(2)
    return county


def smooth(county: County) -> set[tuple[str, str]]:
    return {(flag.indicator, flag.unit) for flag in find(county.series()) if flag.kind == "too_smooth"}


@pytest.mark.parametrize("blur", [0.03, 0.0])
def test_a_year_in_nearly_even_parts_is_found_where_peers_have_a_season(blur: float) -> None:
    county = seasonal()
    even = np.exp(blur * np.random.default_rng(7).standard_normal(12))
    county.reported[INDICATOR, UNIT, 12:24] = (county.reported[INDICATOR, UNIT, 12:24].mean() * even).round(2)
    assert smooth(county) == {(f"M{INDICATOR:03d}", f"U{UNIT:03d}")}


def test_a_unit_whose_years_all_lack_the_season_of_its_peers_is_no_finding() -> None:
    county = seasonal()
    noise = 0.12 * np.random.default_rng(7).standard_normal(36)
    county.reported[INDICATOR, UNIT] = (county.reported[INDICATOR, UNIT].mean() * np.exp(noise)).round(2)
    assert not smooth(county)
