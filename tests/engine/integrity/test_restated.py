"""Changes of earlier figures: slips put right are told from years that were moved."""

import pytest
from tests.engine.integrity.made import County, honest

from baton.engine.integrity import Restatement, find
from baton.engine.integrity.slips import one_slip

INDICATOR, UNIT = 4, 9


def changed(change: dict[int, float]) -> bool:
    """Whether a county is asked about changes: by month, what the archive held as a multiple of what is said now."""
    county = honest(21, indicators=8, units=60, shocks=False)
    county.restated[INDICATOR, UNIT] = [restatement(county, month, times) for month, times in change.items()]
    return any(flag.kind == "restated" for flag in find(county.series()))


def restatement(county: County, month: int, times: float) -> Restatement:
    now = float(county.reported[INDICATOR, UNIT, month])
    return Restatement(county.months[month], round(now * times, 2), now)


@pytest.mark.parametrize("times", [10.0, 0.1, 100.0, 3.0, 0.3])
def test_one_odd_month_put_right_is_no_finding(times: float) -> None:
    assert not changed({15: times})


@pytest.mark.parametrize("times", [1.12, 0.88])
def test_months_moved_the_same_way_are_found(times: float) -> None:
    assert changed({13: times, 15: times, 16: times, 20: times})


def test_small_corrections_both_ways_are_no_finding() -> None:
    assert not changed({13: 1.06, 15: 0.95, 16: 1.07, 20: 0.94})


def test_a_change_for_all_indicators_of_a_unit_is_no_finding() -> None:
    county = honest(21, indicators=8, units=60, shocks=False)
    for indicator in range(8):
        now = county.reported[indicator, UNIT]
        county.restated[indicator, UNIT] = [
            Restatement(county.months[month], 0.7 * now[month], now[month]) for month in range(3, 9)
        ]
    assert not [flag for flag in find(county.series()) if flag.kind == "restated"]


def restated_flags(units: int, indicators: int) -> set[tuple[str, str]]:
    """Series asked about after so many units lowered last year's months of so many indicators."""
    county = honest(21, indicators=20, units=60, shocks=False)
    for indicator in range(indicators):
        for unit in range(units):
            now = county.reported[indicator, unit]
            county.restated[indicator, unit] = [
                Restatement(county.months[month], round(1.15 * now[month], 2), now[month]) for month in range(13, 19)
            ]
    return {(flag.unit, flag.indicator) for flag in find(county.series()) if flag.kind == "restated"}


def test_a_unit_that_moves_the_past_of_many_indicators_is_found_in_each() -> None:
    assert len(restated_flags(units=1, indicators=8)) == 8


def test_a_revision_of_more_than_a_tenth_of_the_units_is_no_finding() -> None:
    assert not restated_flags(units=7, indicators=1)


@pytest.mark.parametrize(
    ("before", "after", "slip"),
    [
        (12345.6, 1234.56, True),
        (1243.56, 1234.56, True),
        (1734.56, 1234.56, True),
        (123.56, 1234.56, True),
        (12334.56, 1234.56, True),
        (1111.1, 1234.56, False),
        (1300.0, 1170.0, False),
        (12.0, 21.0, False),
    ],
)
def test_slips_of_the_pen_are_known_by_their_digits(before: float, after: float, slip: bool) -> None:
    assert one_slip(before, after) is slip
