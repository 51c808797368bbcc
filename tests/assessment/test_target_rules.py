"""Policy of yearly targets on plain values: worth checking, adding up, gaps, the middle of few."""

from dataclasses import replace
from decimal import Decimal

import pytest

from baton.assessment.choices import Adding, Stretched, TargetState
from baton.assessment.queries.targets.grounds import middle
from baton.assessment.rules.targets import (
    TURN,
    below_trend,
    done_share,
    farther_out,
    gap_of,
    reaches,
    suggested,
    whole_of,
    worth_checking,
)
from baton.engine.integrity.asked import Asked, Stretch, stretch_of

ASKED = Asked("T1", "A", "M01", 2026, 100.0, 101.0, 110.0, 95.0, 125.0, 0.97, 0.01, None, Stretch.LOW)


def test_only_what_lies_far_out_is_worth_checking() -> None:
    found = {
        chance: worth_checking(replace(ASKED, chance=chance, stretch=stretch_of(chance)))
        for chance in (0.95, 0.5, 0.04)
    }
    assert found[0.5] is None
    assert found[0.95] is not None
    assert found[0.04] is not None
    assert (found[0.95][0], found[0.04][0]) == (Stretched.LOW, Stretched.FAR)


def test_the_farther_out_the_stronger_and_never_without_end() -> None:
    def strength(chance: float) -> float:
        found = worth_checking(replace(ASKED, chance=chance, stretch=stretch_of(chance)))
        assert found is not None
        return found[1]

    assert strength(0.92) < strength(0.999) < strength(1.0) <= 30
    assert strength(0.08) < strength(0.001) < strength(0.0) <= 30


def test_amounts_are_added_up_and_rates_averaged() -> None:
    values = [Decimal(1), Decimal(2), Decimal(6)]
    assert (whole_of(values, Adding.SUM), whole_of(values, Adding.MEAN), whole_of([], Adding.SUM)) == (9, 3, None)
    assert suggested("万元", rate=False) is Adding.SUM
    assert suggested("%", rate=True) is Adding.MEAN
    assert suggested("吨标准煤/万元", rate=False) is Adding.MEAN


@pytest.mark.parametrize(
    ("whole", "own", "higher", "reached", "gap"),
    [
        (9, 10, True, False, 1),
        (10, 10, True, True, 0),
        (11, 10, True, True, 0),
        (11, 10, False, False, 1),
        (9, 10, False, True, 0),
    ],
)
def test_the_gap_goes_the_way_the_indicator_goes(whole: int, own: int, higher: bool, reached: bool, gap: int) -> None:
    assert reaches(Decimal(whole), Decimal(own), higher) is reached
    assert gap_of(Decimal(whole), Decimal(own), higher) == gap


def test_below_the_own_trend_goes_the_way_the_indicator_goes() -> None:
    assert below_trend(9, 10, higher=True)
    assert not below_trend(9, 10, higher=False)
    assert below_trend(11, 10, higher=False)


def test_of_fewer_than_five_no_middle_is_told() -> None:
    assert middle([1.0, 2.0, 3.0, None, 4.0]) is None
    assert middle([5.0, 1.0, 2.0, 3.0, None, 4.0]) == 3.0
    assert middle([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) == 3.5


def test_a_share_of_nothing_is_not_told() -> None:
    assert (done_share(5, 10), done_share(5, 0), done_share(None, 10), done_share(5, None)) == (0.5, None, None, None)


def test_every_state_but_the_last_is_somebodys_turn() -> None:
    assert set(TURN) == set(TargetState) - {TargetState.FIXED}


def test_an_answer_holds_for_every_number_that_is_no_farther_out() -> None:
    assert farther_out(Stretched.LOW, 90, 80, higher=True)
    assert not farther_out(Stretched.LOW, 90, 95, higher=True)
    assert farther_out(Stretched.LOW, 0.8, 0.9, higher=False)
    assert farther_out(Stretched.FAR, 90, 95, higher=True)
    assert not farther_out(Stretched.FAR, 90, 90, higher=True)
