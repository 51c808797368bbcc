"""What single events bring, and what caps leave of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.engine.adjust import Sums
from baton.engine.scheme.adjustments import Limits


@pytest.mark.parametrize(
    ("event", "points"),
    [
        ({"item": "B1", "level": "国家级"}, "3"),
        ({"item": "B1", "level": "省级", "share": "0.5"}, "1"),
        ({"item": "B2", "quantity": 3000}, "0.3"),
        ({"item": "B2", "quantity": 3999}, "0.3"),
        ({"item": "B2", "quantity": 999}, "0"),
        ({"item": "B3", "quantity": 1, "share": "0.25"}, "0.25"),
        ({"item": "B6", "points": "0.5"}, "0.5"),
        ({"item": "K1", "level": "县级"}, "-0.5"),
        ({"item": "K2", "quantity": 1}, "-0.5"),
        ({"item": "K5", "quantity": 0}, "0"),
    ],
)
def test_an_event_brings_what_its_item_says(settle, event, points) -> None:
    (row,) = settle(event).adjustments
    assert row.points == row.asked == Decimal(points)
    assert row.reason == ""


def test_points_are_rounded_once_to_the_quantum(settle) -> None:
    (row,) = settle({"item": "B3", "quantity": 1, "share": "0.3333335"}).adjustments
    assert str(row.points) == "0.333334"


def test_the_item_caps_before_the_total_does(settle) -> None:
    outcome = settle(
        {"item": "B1", "level": "国家级", "on": "2025-03-01"},
        {"item": "B1", "level": "省级", "on": "2025-05-01"},
        {"item": "B3", "quantity": 3},
        {"item": "B6", "points": 1},
    )
    rows = {(row.item, row.level): (row.points, row.reason) for row in outcome.adjustments}
    assert rows == {
        ("B1", "国家级"): (Decimal(3), ""),
        ("B1", "省级"): (Decimal(0), "engine.item_cap"),
        ("B3", ""): (Decimal(2), "engine.item_cap"),
        ("B6", ""): (Decimal(0), "engine.total_cap"),
    }
    assert outcome.of("T01") == Sums(bonus=5_000_000)


def test_a_row_cut_by_both_caps_names_the_total(settle) -> None:
    outcome = settle(
        {"item": "B1", "level": "国家级"}, {"item": "B3", "quantity": 9}, limits=Limits(bonus=Decimal("4.5"))
    )
    assert [(row.points, row.reason) for row in outcome.adjustments] == [
        (Decimal(3), ""),
        (Decimal("1.5"), "engine.total_cap"),
    ]


def test_without_a_limit_only_items_cap(settle) -> None:
    outcome = settle(
        {"item": "B1", "level": "国家级"},
        {"item": "B3", "quantity": 2},
        {"item": "B6", "points": 1},
        limits=Limits(bonus=None),
    )
    assert outcome.of("T01").bonus == 6_000_000


def test_deductions_have_caps_of_their_own(settle) -> None:
    outcome = settle(
        {"item": "K1", "level": "国家级"}, {"item": "K2", "quantity": 9}, {"item": "K5", "quantity": 2, "matter": "m"}
    )
    assert [row.points for row in outcome.adjustments] == [Decimal(-3), Decimal("-1.5"), Decimal("-0.5")]
    assert outcome.of("T01").deduction == 5_000_000


def test_bonuses_that_break_ties_stay_out_of_the_total(settle) -> None:
    outcome = settle({"item": "B7", "points": 4}, {"item": "B1", "level": "省级"})
    assert outcome.of("T01") == Sums(bonus=2_000_000, tie_bonus=4_000_000)


def test_what_is_not_confirmed_is_shown_and_does_not_count(settle) -> None:
    outcome = settle(
        {"item": "B1", "level": "省级", "confirmed": False},
        {"item": "K1", "level": "省级", "confirmed": False},
        {"item": "V1", "confirmed": False},
        {"item": "Y15", "quantity": 1, "matter": "m", "confirmed": False},
    )
    assert {row.reason for row in outcome.adjustments} == {"engine.not_confirmed"}
    assert [row.kind for row in outcome.adjustments] == ["bonus", "deduction", "veto", "indicator"]
    assert not any(row.points for row in outcome.adjustments)
    assert outcome.of("T01") == Sums()


def test_a_veto_without_basis_is_shown_and_not_in_force(settle) -> None:
    outcome = settle({"item": "V4"})
    assert [row.reason for row in outcome.adjustments] == ["engine.veto_without_basis"]
    assert outcome.of("T01").vetoes == ()


def test_a_veto_in_force_can_set_an_indicator_to_zero(settle) -> None:
    outcome = settle({"item": "V3", "indicator": "Y15", "document": "查字〔2025〕3号"}, {"item": "V1"})
    assert outcome.zeroed == (("T01", "Y15"),)
    assert outcome.of("T01").vetoes == ("V1", "V3")
    assert outcome.adjustments[1].document == "查字〔2025〕3号"


def test_units_do_not_share_caps(settle) -> None:
    outcome = settle({"item": "B1", "level": "国家级"}, {"unit": "T02", "item": "B1", "level": "国家级"})
    assert outcome.of("T01") == outcome.of("T02") == Sums(bonus=3_000_000)
    assert outcome.of("T09") == Sums()


EVENTS = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {
                "item": st.sampled_from(["B1", "K1"]),
                "level": st.sampled_from(["国家级", "省级", "市级"]),
                "matter": st.sampled_from(["", "m1", "m2"]),
                "share": st.sampled_from(["1", "0.5", "0.3"]),
            }
        ),
        st.fixed_dictionaries(
            {
                "item": st.sampled_from(["B2", "B3", "K2", "K5", "Y15", "M10"]),
                "quantity": st.integers(0, 3000),
                "matter": st.sampled_from(["m1", "m2"]),
            }
        ),
        st.fixed_dictionaries(
            {
                "item": st.sampled_from(["V1", "V3", "V4"]),
                "indicator": st.just("M10"),
                "matter": st.sampled_from(["", "m2"]),
                "confirmed": st.booleans(),
            }
        ),
    ),
    max_size=8,
)


@given(events=EVENTS, data=st.data())
def test_the_order_of_events_makes_no_difference(settle, events, data) -> None:
    shuffled = data.draw(st.permutations(events))
    assert settle(*events, each="0.7") == settle(*shuffled, each="0.7")


@given(events=EVENTS)
def test_rows_add_up_and_no_cap_is_exceeded(settle, scheme, events) -> None:
    outcome = settle(*events, each="0.001")
    sums = outcome.of("T01")
    for kind, whole in (("bonus", sums.bonus), ("deduction", -sums.deduction)):
        rows = [row for row in outcome.adjustments if row.kind == kind]
        assert sum(row.points for row in rows) * 10**6 == whole
        assert abs(whole) <= 5_000_000
    for item in (*scheme.bonuses, *scheme.deductions):
        assert abs(sum(row.points for row in outcome.adjustments if row.item == item.code)) <= item.cap
    for row in outcome.adjustments:
        assert row.reason or row.points == row.asked
        assert abs(row.points) <= abs(row.asked)
