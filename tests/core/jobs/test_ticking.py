"""The clock of the house: due moments, missed ones, one leader, and clocks that jump."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from baton.core import clock
from baton.core.jobs import ticking
from baton.core.jobs.kinds import register_job
from baton.core.jobs.ticking import Recurring, leads, register_recurring, tick
from baton.core.models import Job, Leader, Schedule
from baton.core.rules.schedule import MOST_CAUGHT_UP, Daily, Every

HERE = ZoneInfo("Asia/Shanghai")
KIND = "services.sweep_files_in_a_test"
START = datetime(2026, 9, 8, 9, 0, 30, tzinfo=HERE)


class Clock:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now


@pytest.fixture
def moved(db: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    ours = Clock(START)
    monkeypatch.setattr(clock, "now", lambda: ours.now)
    ticking._RECURRING.clear()
    register_job(KIND, lambda work: None)
    return ours


def moments() -> list[str]:
    return [job.params["moment"] for job in Job.objects.order_by("pk")]


def test_every_minute_and_every_day() -> None:
    assert Every(1).between(START, START + timedelta(minutes=2)) == [
        datetime(2026, 9, 8, 9, 1, tzinfo=HERE),
        datetime(2026, 9, 8, 9, 2, tzinfo=HERE),
    ]
    assert Every(1).between(START, START + timedelta(seconds=29)) == []
    nightly = Daily(time(3, 10), HERE)
    assert nightly.between(START, START + timedelta(days=2)) == [
        datetime(2026, 9, 9, 3, 10, tzinfo=HERE),
        datetime(2026, 9, 10, 3, 10, tzinfo=HERE),
    ]
    due = datetime(2026, 9, 9, 3, 10, tzinfo=HERE)
    assert nightly.between(due, due + timedelta(hours=1)) == [], "what was done until is not due again"
    assert nightly.between(due - timedelta(seconds=1), due.astimezone(UTC)) == [due]
    assert len(Every(1).between(START, START + timedelta(days=30))) == MOST_CAUGHT_UP


def test_the_first_look_only_begins_to_count(moved: Clock) -> None:
    register_recurring(Recurring(KIND, Every(1)))
    assert tick() == 0
    moved.now += timedelta(seconds=20)
    assert tick() == 0
    moved.now += timedelta(seconds=20)
    assert tick() == 1
    assert tick() == 0, "once"


@pytest.mark.parametrize(("each", "count"), [(True, 3), (False, 1)])
def test_missed_moments_are_caught_up(moved: Clock, each: bool, count: int) -> None:
    register_recurring(Recurring(KIND, Daily(time(3, 10), HERE), each=each))
    tick()
    moved.now += timedelta(days=3)
    assert tick() == count
    assert moments()[-1] == "2026-09-11T03:10:00+08:00"
    assert len(moments()) == count


def test_nothing_is_asked_for_where_there_is_nothing_to_do(moved: Clock) -> None:
    register_recurring(Recurring(KIND, Every(1), when=lambda: False))
    tick()
    moved.now += timedelta(minutes=5)
    assert tick() == 0
    assert Schedule.objects.get().done_until == moved.now


def test_two_leaders_ask_once(moved: Clock) -> None:
    register_recurring(Recurring(KIND, Every(1)))
    tick()
    moved.now += timedelta(minutes=1)
    before = Schedule.objects.get().done_until
    tick()
    Schedule.objects.update(done_until=before)
    tick()
    assert len(moments()) == 1


def test_there_is_one_leader_until_it_is_silent(moved: Clock) -> None:
    assert leads("one")
    assert not leads("two")
    moved.now += timedelta(seconds=50)
    assert leads("one")
    moved.now += timedelta(seconds=50)
    assert not leads("two"), "it was heard 50 seconds ago"
    moved.now += timedelta(seconds=11)
    assert leads("two")
    assert not leads("one")
    assert Leader.objects.count() == 1


def test_a_clock_set_back_stops_neither_leader_nor_schedule(moved: Clock) -> None:
    register_recurring(Recurring(KIND, Every(1)))
    assert leads("one")
    tick()
    moved.now -= timedelta(days=2)
    assert leads("two"), "a lease two days ahead is none"
    assert tick() == 0
    moved.now += timedelta(minutes=1)
    assert tick() == 1


def test_a_clock_that_jumps_ahead_asks_once_for_what_only_matters_now(moved: Clock) -> None:
    register_recurring(Recurring(KIND, Every(1)))
    tick()
    moved.now += timedelta(days=400)
    assert tick() == 1


def test_a_kind_recurs_by_one_rhythm(moved: Any) -> None:
    register_recurring(Recurring(KIND, Every(1)))
    with pytest.raises(ValueError, match="twice"):
        register_recurring(Recurring(KIND, Every(2)))
