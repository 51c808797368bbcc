"""Runs of months that keep their distance to those of another unit, in part of a year and with small changes."""

import numpy as np
import pytest
from tests.engine.integrity.made import County, honest

from baton.engine.integrity import find
from baton.engine.integrity.detectors.parallel import chi_square

INDICATOR, UNIT, OTHER = 4, 9, 12


def twins(county: County) -> set[str]:
    flags = find(county.series())
    return {flag.unit for flag in flags if (flag.kind, flag.indicator) == ("twin", f"M{INDICATOR:03d}")}


@pytest.mark.parametrize(("first", "months", "blur"), [(13, 8, 0.005), (15, 7, 0.002), (12, 12, 0.02)])
def test_a_copied_part_of_a_year_times_a_factor_is_found(first: int, months: int, blur: float) -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    assert not twins(county)
    here = slice(first, first + months)
    changed = np.exp(blur * np.random.default_rng(5).standard_normal(months))
    county.reported[INDICATOR, UNIT, here] = (1.3 * county.reported[INDICATOR, OTHER, here] * changed).round(2)
    assert twins(county) == {f"U{UNIT:03d}", f"U{OTHER:03d}"}


def test_a_run_with_a_gap_in_another_year_is_found_and_gaps_are_nothing() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    county.reported[:, ::3, 5] = np.nan
    county.reported[INDICATOR, UNIT, 12:24] = 0.7 * county.reported[INDICATOR, OTHER, 12:24]
    assert twins(county) == {f"U{UNIT:03d}", f"U{OTHER:03d}"}


@pytest.mark.parametrize(
    ("squares", "freedom", "chance"), [(1.063623, 4, 0.1), (0.7107, 4, 0.05), (3.0535, 11, 0.01), (3.3567, 4, 0.5)]
)
def test_chi_square_is_that_of_the_tables(squares: float, freedom: int, chance: float) -> None:
    assert float(chi_square(np.array(squares), freedom)) == pytest.approx(chance, rel=2e-3)
