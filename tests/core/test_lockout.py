"""Locks: after how many failures, for how long, and what a clock that is set back does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.core.rules.lockout import Count, Limits, failed, left, length, standing

NOW = datetime(2026, 9, 8, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NOTHING = Count()
LIMITS = Limits(3, 60 * MINUTE, 10 * MINUTE, 2, 60 * MINUTE, timedelta(hours=24))


def after(failures: int, at: datetime = NOW, count: Count = NOTHING) -> Count:
    for _ in range(failures):
        count = failed(standing(count, at, LIMITS), at, LIMITS)
    return count


def wait(count: Count, at: datetime) -> timedelta | None:
    return left(standing(count, at, LIMITS), at, LIMITS)


def test_the_failure_that_reaches_the_limit_locks() -> None:
    assert wait(after(2), NOW) is None
    assert wait(after(3), NOW) == 10 * MINUTE
    assert wait(after(3), NOW + 9 * MINUTE) == MINUTE
    assert wait(after(3), NOW + 10 * MINUTE) is None


def test_each_further_lock_lasts_longer_up_to_the_most() -> None:
    assert [length(locks, LIMITS) / MINUTE for locks in (1, 2, 3, 4, 5, 10**9)] == [10, 20, 40, 60, 60, 60]
    again = after(3, NOW + 11 * MINUTE, after(3))
    assert wait(again, NOW + 11 * MINUTE) == 20 * MINUTE


def test_a_day_without_failure_makes_locks_short_again() -> None:
    tomorrow = NOW + timedelta(hours=25)
    assert wait(after(3, tomorrow, after(3)), tomorrow) == 10 * MINUTE


def test_failures_far_apart_do_not_add_up() -> None:
    assert wait(after(1, NOW + 61 * MINUTE, after(2)), NOW + 61 * MINUTE) is None


@pytest.mark.parametrize("back", [MINUTE, timedelta(days=1), timedelta(days=9000)])
def test_a_clock_set_back_neither_opens_nor_locks_for_ever(back: timedelta) -> None:
    then = NOW - back
    count = standing(after(3), then, LIMITS)
    assert left(count, then, LIMITS) == 10 * MINUTE
    assert wait(count, then + 9 * MINUTE) == MINUTE
    assert wait(count, then + 10 * MINUTE) is None


@given(
    st.lists(st.tuples(st.booleans(), st.integers(-(10**6), 10**6)), max_size=30),
    st.builds(
        Limits,
        st.integers(1, 9),
        *[st.integers(1, 10**5).map(lambda minutes: minutes * MINUTE)] * 2,
        st.integers(1, 10),
        *[st.integers(1, 10**5).map(lambda minutes: minutes * MINUTE)] * 2,
    ),
)
def test_whatever_happens_a_lock_lasts_no_longer_than_the_most(steps: list[tuple[bool, int]], limits: Limits) -> None:
    count, now = Count(), NOW
    for fails, minutes in steps:
        now = min(max(now + minutes * MINUTE, NOW - timedelta(days=9000)), NOW + timedelta(days=9000))
        count = standing(count, now, limits)
        if fails:
            count = failed(count, now, limits)
        waits = left(count, now, limits)
        assert waits is None or timedelta(0) < waits <= max(limits.most, limits.first)
        assert waits is not None or count.failures < limits.failures
