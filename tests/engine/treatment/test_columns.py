"""Outliers of one column: what passes, what is set, what is transformed, and what cannot be tested."""

from decimal import Decimal
from itertools import pairwise
from math import log

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.engine.scheme.treatment import Outliers
from baton.engine.treatment import moments, treat_column

whole_numbers = st.lists(st.integers(-(10**6), 10**6), min_size=4, max_size=30)


def column(values: list[int]) -> dict[int, int]:
    return dict(enumerate(values))


def test_moments_of_a_sample_worked_by_hand() -> None:
    # 1 2 3 10: mean 4, S2 = 50, S3 = 180, S4 = 1394. skewness = 2 x 180/50^1.5 x sqrt(12)/2; r = 4 x 1394/2500.
    found = moments([1, 2, 3, 10])
    assert found.skewness == pytest.approx(2 * 180 / 50**1.5 * 12**0.5 / 2)
    assert found.kurtosis == pytest.approx((5 * (4 * 1394 / 2500 - 3) + 6) * 3 / 2)
    assert moments([-1, -2, -3, -10]).skewness == pytest.approx(-(found.skewness or 0))


def test_too_few_values_and_equal_values_have_no_moments() -> None:
    assert (moments([1, 2]).skewness, moments([1, 2]).kurtosis) == (None, None)
    assert moments([1, 2, 9]).skewness is not None
    assert moments([1, 2, 9]).kurtosis is None
    assert moments([5] * 10).skewness is None
    assert not moments([5] * 10).testable


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(whole_numbers, st.integers(1, 1000), st.integers(-1000, 1000))
def test_moments_do_not_look_at_units_of_measure(values: list[int], times: int, shift: int) -> None:
    one, other = moments(values), moments([times * x + shift for x in values])
    assert one.skewness == (None if other.skewness is None else pytest.approx(other.skewness, abs=1e-9))
    assert one.kurtosis == (None if other.kurtosis is None else pytest.approx(other.kurtosis, abs=1e-9))


def test_one_outlier_is_set_to_the_next_value() -> None:
    found = treat_column(column([*range(1, 21), 1000]), 0, Outliers())
    assert found.values[20] == 20
    assert found.points == 1
    assert found.changed == {20}
    assert found.passes


def test_all_that_tie_for_the_end_are_set_together_even_past_the_limit() -> None:
    found = treat_column(column([*range(1, 21), 1000, 1000]), 0, Outliers(winsorise_at_most=1, transform="none"))
    assert (found.values[20], found.values[21]) == (20, 20)
    assert found.points == 2


def test_a_transformation_is_of_the_original_values_unless_they_are_combined() -> None:
    values = column([*range(1, 21), 10**6, 10**9])
    how = Outliers(winsorise_at_most=1)
    apart = treat_column(values, 12, how)
    assert apart.transform == "log_ct"
    scale = 10**12
    low, high = 1 / scale, 10**9 / scale
    assert apart.values[21] / scale == pytest.approx(log(high - low + 0.01 * (high - low)))
    both = treat_column(values, 12, how.model_copy(update={"combine": True}))
    assert both.values[21] == both.values[20]
    assert apart.values[21] != apart.values[20]


def test_a_column_that_cannot_be_tested_comes_back_as_it_is() -> None:
    for values in ([], [1], [1, 2, 3], [7, 7, 7, 7, 7]):
        found = treat_column(column(values), 0, Outliers())
        assert found.values == column(values)
        assert not found.before.testable


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(whole_numbers, st.integers(0, 6))
def test_winsorising_never_changes_an_order_but_into_a_tie(values: list[int], most: int) -> None:
    how = Outliers(skewness=Decimal("0.5"), kurtosis=Decimal(0), winsorise_at_most=most, transform="none")
    found = treat_column(column(values), 0, how)
    for one, x in enumerate(values):
        for other, y in enumerate(values):
            if x < y:
                assert found.values[one] <= found.values[other]
            if x == y:
                assert found.values[one] == found.values[other]
    assert {key for key, x in found.values.items() if x != values[key]} == found.changed


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(whole_numbers, st.sampled_from(["log_ct", "log_ct_orig", "log_ct_plus", "boxcox"]))
def test_transformations_keep_the_order(values: list[int], transform: str) -> None:
    power = Decimal("0.5") if transform == "boxcox" else None
    # Nothing passes a skewness below 0 and a kurtosis below -100, so that everything testable is transformed.
    never = {"skewness": 0, "kurtosis": -100, "winsorise_at_most": 0}
    how = Outliers.model_validate({"transform": transform, "power": power, **never})
    found = treat_column(column(values), 6, how)
    assert bool(found.transform) == found.before.testable
    order = sorted(found.values, key=lambda key: values[key])
    assert all(found.values[one] <= found.values[other] for one, other in pairwise(order))
