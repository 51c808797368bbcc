"""Policy of the month on plain values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.assessment.choices import LedgerKind, LedgerState, Light, Movement, Stage, StepRole, SubmissionState, Verb
from baton.assessment.rules.approval import Done, after, late_step, verbs
from baton.assessment.rules.chart import MOST, movement, movements
from baton.assessment.rules.days import working_days_after
from baton.assessment.rules.lagging import Schedule, proposal_due, reminders_due
from baton.assessment.rules.ledger import confirm_problem
from baton.assessment.rules.lights import Lights
from baton.assessment.rules.windows import Days, MonthDays, closed_because
from baton.org.choices import Role

CALENDAR = MonthDays(1, 5, 8, 10, 25, 1)
HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)}
SCHEDULE = Schedule(0, 5, 10, 20)


def works(day: date) -> bool:
    return day not in HOLIDAYS and day.weekday() < 5


@pytest.mark.parametrize(
    ("stage", "month", "opens", "closes"),
    [
        (Stage.REPORT, "2026-08", date(2026, 9, 1), date(2026, 9, 7)),
        (Stage.REPORT, "2026-09", date(2026, 10, 1), date(2026, 10, 8)),
        (Stage.VERIFY, "2026-08", date(2026, 9, 6), date(2026, 9, 8)),
        (Stage.VERIFY, "2026-09", date(2026, 10, 6), date(2026, 10, 9)),
        (Stage.CHECK, "2026-09", date(2026, 10, 9), date(2026, 10, 12)),
        (Stage.CHECK, "2026-10", date(2026, 11, 9), date(2026, 11, 10)),
        (Stage.REPORT, "2026-12", date(2027, 1, 1), date(2027, 1, 5)),
    ],
)
def test_a_window_ends_on_a_working_day(stage: Stage, month: str, opens: date, closes: date) -> None:
    assert CALENDAR.window(stage, month, works) == Days(opens, closes)


@pytest.mark.parametrize(
    ("stage", "came", "closes"),
    [
        (Stage.REPORT, date(2026, 9, 22), date(2026, 9, 23)),
        (Stage.REPORT, date(2026, 9, 25), date(2026, 9, 28)),
        (Stage.REPORT, date(2026, 9, 26), date(2026, 9, 29)),
        (Stage.CHECK, date(2026, 9, 22), date(2026, 9, 24)),
    ],
)
def test_figures_from_above_have_their_own_deadline(stage: Stage, came: date, closes: date) -> None:
    assert CALENDAR.after_release(stage, came, works) == closes


def test_a_closed_window_says_why() -> None:
    def code(day: int, reopened: tuple[date, ...] = ()) -> str:
        found = closed_because(date(2026, 9, 1), date(2026, 9, 7), reopened, date(2026, 9, day))
        return found.code if found else ""

    assert code(7) == ""
    assert code(8) == "assessment.window_closed"
    assert code(8, (date(2026, 9, 9),)) == ""
    assert code(10, (date(2026, 9, 9),)) == "assessment.window_closed"
    found = closed_because(date(2026, 9, 1), date(2026, 9, 7), (), date(2026, 8, 31))
    assert found is not None
    assert found.code == "assessment.window_not_open"


def test_working_days_pass_over_the_holidays() -> None:
    assert working_days_after(date(2026, 9, 30), 2, works) == date(2026, 10, 9)
    assert working_days_after(date(2026, 9, 30), 0, works) == date(2026, 9, 30)


def test_a_report_goes_from_desk_to_desk() -> None:
    state = SubmissionState.DRAFT
    way = [state]
    for verb in (Verb.SUBMIT, Verb.APPROVE, Verb.APPROVE, Verb.APPROVE):
        assert verb in verbs(state)
        state = after(state, verb)
        way.append(state)
    assert way == list(SubmissionState)
    assert not verbs(state)


@pytest.mark.parametrize("state", [state for state in SubmissionState if state is not SubmissionState.APPROVED])
def test_what_is_returned_begins_anew(state: SubmissionState) -> None:
    assert after(state, Verb.RETURN) is SubmissionState.DRAFT


def test_a_report_can_be_recalled_from_the_next_desk_only() -> None:
    assert after(SubmissionState.UNIT_HEAD, Verb.RECALL) is SubmissionState.LEADER_IN_CHARGE
    with pytest.raises(KeyError):
        after(SubmissionState.DRAFT, Verb.RECALL)


def at(day: int) -> datetime:
    return datetime(2026, 9, day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("steps", "late"),
    [
        ([], StepRole.CLERK),
        ([Done(at(3), StepRole.LEADER_IN_CHARGE)], StepRole.LEADER_IN_CHARGE),
        ([Done(at(3), StepRole.LEADER_IN_CHARGE), Done(at(9), StepRole.VERIFIER)], StepRole.LEADER_IN_CHARGE),
        ([Done(at(3), StepRole.LEADER_IN_CHARGE), Done(at(4), StepRole.VERIFIER)], None),
        ([Done(at(3), StepRole.VERIFIER), Done(at(4), StepRole.CLERK)], StepRole.CLERK),
        ([Done(at(3), StepRole.VERIFIER), Done(at(9), StepRole.CLERK)], None),
    ],
)
def test_the_desk_that_had_it_is_late(steps: list[Done], late: StepRole | None) -> None:
    assert late_step(steps, at(7)) is late


@pytest.mark.parametrize(
    ("points", "full", "light"),
    [("9", "10", Light.GREEN), ("8.999999999", "10", Light.YELLOW), ("5.9", "10", Light.RED), ("0", "0", Light.NONE)],
)
def test_a_light_has_its_thresholds(points: str, full: str, light: Light) -> None:
    assert Lights(90, 60, 80).of(Decimal(points), Decimal(full)) is light
    assert Lights(90, 60, 80).of(None, Decimal(full)) is Light.NONE


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([90, 91, 90, 92, 91, 91], Movement.USUAL),
        ([90, 91, 90, 92, 91, 80], Movement.WORSE),
        ([90, 91, 90, 92, 91, 99], Movement.BETTER),
        ([90, 91, 90, 92, 99], Movement.TOO_SHORT),
        ([90, 91, 90, 92, 91, None], Movement.TOO_SHORT),
        ([90, 70, 90, 70, *[82] * 7], Movement.BETTER),
        ([80] * 6, Movement.USUAL),
    ],
)
def test_a_control_chart_names_the_newest(values: list[int | None], found: Movement) -> None:
    series = [None if value is None else Decimal(value) for value in values]
    assert movement(series, 6) is found
    if found in (Movement.BETTER, Movement.WORSE):
        assert movement(series, 6, higher_is_better=False) is not found


@given(
    st.integers(3, 12).flatmap(
        lambda length: st.lists(st.lists(st.integers(0, 9), min_size=length, max_size=length), min_size=1, max_size=9)
    )
)
def test_many_series_at_once_are_named_as_each_by_itself(rows: list[list[int]]) -> None:
    assert movements(np.array(rows, dtype=np.int64), 4) == [movement(row, 4) for row in rows]
    shifted = [[one * MOST // 9 for one in row] for row in rows]
    assert movements(np.array(shifted, dtype=np.int64), 4) == [movement(row, 4) for row in shifted]


def test_reminders_climb_and_are_caught_up() -> None:
    opened = date(2026, 9, 25)
    assert reminders_due(opened, [], opened, SCHEDULE, works) == [(1, Role.UNIT_HEAD)]
    assert reminders_due(opened, [1], opened, SCHEDULE, works) == []
    late = date(2026, 11, 2)
    assert reminders_due(opened, [1], late, SCHEDULE, works) == [(2, Role.VERIFIER), (3, Role.COUNTY_LEADER)]
    assert proposal_due(opened, late, SCHEDULE, works)
    assert not proposal_due(opened, date(2026, 10, 12), SCHEDULE, works)


@pytest.mark.parametrize(
    ("kind", "state", "today", "code"),
    [
        (LedgerKind.BONUS, LedgerState.NOTED, 1, ""),
        (LedgerKind.DEDUCTION, LedgerState.NOTED, 20, "assessment.entry_not_announced"),
        (LedgerKind.DEDUCTION, LedgerState.ANNOUNCED, 8, "assessment.entry_reply_runs"),
        (LedgerKind.DEDUCTION, LedgerState.ANNOUNCED, 9, ""),
        (LedgerKind.VETO, LedgerState.REPLIED, 2, ""),
        (LedgerKind.VETO, LedgerState.CONFIRMED, 20, "assessment.entry_decided"),
    ],
)
def test_a_deduction_is_announced_before_it_counts(kind: LedgerKind, state: LedgerState, today: int, code: str) -> None:
    until = None if state is LedgerState.NOTED else date(2026, 9, 8)
    found = confirm_problem(kind, state, until, date(2026, 9, today))
    assert (found.code if found else "") == code
