"""Equal and nearly equal months are evidence only where peers and the unit's other years rarely have them."""

from collections import Counter

import numpy as np
import pytest
from tests.engine.integrity.stocks import series_of, stocks

from baton.engine.integrity import find
from baton.engine.integrity.alarms import FALSE_ALARMS
from baton.engine.integrity.series import FlagKind

SEEDS = range(31, 36)
HERE = slice(12, 24)


@pytest.fixture(scope="module")
def alarms() -> Counter[str]:
    """Flags over honest stocks, counts and shares."""
    return Counter(flag.kind for seed in SEEDS for flag in find(series_of(stocks(seed))))


@pytest.mark.parametrize("kind", list(FALSE_ALARMS))
def test_levels_that_hardly_move_raise_no_more_flags_than_stated(kind: FlagKind, alarms: Counter[str]) -> None:
    series_years = len(SEEDS) * 13 * 80 * 3
    assert 1000 * alarms[kind] / series_years <= FALSE_ALARMS[kind]


def kinds(county: dict[str, np.ndarray], indicator: str, unit: str = "U007") -> set[str]:
    return {flag.kind for flag in find(series_of(county)) if (flag.indicator, flag.unit) == (indicator, unit)}


@pytest.mark.parametrize("indicator", ["flow", "balance"])
def test_a_copied_year_of_long_figures_is_found(indicator: str) -> None:
    county = stocks(41)
    county[indicator][7, HERE] = county[indicator][7, :12]
    assert "copied" in kinds(county, indicator)


def test_three_equal_small_counts_are_nothing() -> None:
    county = stocks(41)
    county["few"][7, 14:17] = county["few"][7, 2:5]
    assert "copied" not in kinds(county, "few")


def test_a_smooth_year_of_a_flow_is_found_among_stocks() -> None:
    county = stocks(42)
    county["flow"][7, HERE] = (county["flow"][7, HERE].mean() * np.linspace(0.99, 1.01, 12)).round(2)
    assert "too_smooth" in kinds(county, "flow")


@pytest.mark.parametrize("indicator", ["flow", "balance"])
@pytest.mark.parametrize("months", [9, 12])
def test_two_units_with_the_same_long_figures_are_found(indicator: str, months: int) -> None:
    county = stocks(43)
    county[indicator][7, 12 : 12 + months] = county[indicator][20, 12 : 12 + months]
    for unit in ("U007", "U020"):
        assert "twin" in kinds(county, indicator, unit)


def test_two_units_with_the_same_small_counts_are_nothing() -> None:
    county = stocks(43)
    county["few"][7, 12:21] = county["few"][20, 12:21]
    assert "twin" not in kinds(county, "few")


def test_figures_handed_out_to_many_are_nobodys_copy() -> None:
    county = stocks(44)
    county["flow"][:40, HERE] = county["flow"][0, HERE]
    assert "twin" not in kinds(county, "flow")
