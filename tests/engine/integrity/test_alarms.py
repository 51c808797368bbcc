"""False alarms over honest figures stay within what every flag states of itself."""

from collections import Counter

import pytest
from tests.engine.integrity.made import honest

from baton.engine.integrity import FlagKind, find
from baton.engine.integrity.alarms import FALSE_ALARMS

SEEDS = range(11, 16)
INDICATORS, UNITS, YEARS = 20, 80, 3


@pytest.fixture(scope="module")
def alarms() -> Counter[str]:
    """Flags over honest counties with floods, a policy, projects and a merger."""
    return Counter(flag.kind for seed in SEEDS for flag in find(honest(seed, INDICATORS, UNITS, YEARS).series()))


@pytest.mark.parametrize("kind", list(FALSE_ALARMS))
def test_a_kind_is_raised_over_honest_figures_no_more_often_than_stated(kind: FlagKind, alarms: Counter[str]) -> None:
    series_years = len(SEEDS) * INDICATORS * UNITS * YEARS
    assert 1000 * alarms[kind] / series_years <= FALSE_ALARMS[kind]


def test_honest_units_are_left_in_peace(alarms: Counter[str]) -> None:
    assert alarms.total() / (len(SEEDS) * UNITS * YEARS) <= 0.3 / 2


def test_every_kind_of_monthly_flag_states_its_rate() -> None:
    assert set(FALSE_ALARMS) == set(FlagKind) - {FlagKind.EASY_POINTS, FlagKind.EMPTY}
