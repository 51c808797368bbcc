"""Ranks, ties, precision and tie-breaks."""

from decimal import Decimal

import pytest


@pytest.mark.parametrize(
    ("method", "ranks"),
    [
        ("competition", ["1", "2", "2", "4"]),
        ("dense", ["1", "2", "2", "3"]),
        ("mean", ["1", "2.5", "2.5", "4"]),
    ],
)
def test_equals_share_a_rank_as_the_method_says(stand, method, ranks) -> None:
    found = stand({"a": 95, "b": 90, "c": 90, "d": 80}, ranking={"method": method})
    assert [str(one.rank) for one in found.values()] == ranks


def test_the_precision_decides_who_is_equal(stand) -> None:
    units = {"a": "90.004999", "b": "90.000000", "c": "89.995000"}
    assert [one.rank for one in stand(units, ranking={"decimals": 2}).values()] == [1, 1, 1]
    assert [one.rank for one in stand(units, ranking={"decimals": 3}).values()] == [1, 2, 3]
    assert [one.rank for one in stand(units, ranking={"decimals": 9}).values()] == [1, 2, 3]


def test_half_a_unit_of_the_precision_counts_up(stand) -> None:
    found = stand({"a": "89.995000", "b": "89.994999"})
    assert [str(one.compared) for one in found.values()] == ["90.00", "89.99"]
    assert [one.grade_by_score for one in found.values()] == ["优秀", "良好"]


def test_without_a_score_there_is_no_rank_and_no_grade(stand) -> None:
    found = stand({"a": None, "b": 70})
    assert list(found) == ["b", "a"]
    assert (found["a"].rank, found["a"].total, found["a"].compared, found["a"].grade) == (None, None, None, None)
    assert found["a"].reasons == (("engine.no_score", {}),)


def test_nobody_has_a_score(stand) -> None:
    assert {one.rank for one in stand({"a": None, "b": None}).values()} == {None}


def test_one_unit_is_first(stand) -> None:
    assert stand({"a": 12})["a"].rank == 1


def test_all_equal_are_all_first(stand) -> None:
    found = stand(dict.fromkeys("abcdef", 85))
    assert {one.rank for one in found.values()} == {1}
    assert {one.grade for one in found.values()} == {"良好"}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"deduction": "0.1", "bonus": "0.1"}),
        ({"Y": "80.000001"}, {"Y": 80}),
        ({"Y": 80, "D": 70}, {"Y": 80, "D": 60}),
        ({"Y": 0}, {}),
        ({"Y": -1}, {}),
    ],
)
def test_tie_breaks_are_asked_in_their_order(stand, better, worse) -> None:
    found = stand({"a": (90, worse), "b": (90, better)})
    assert [(unit, one.rank) for unit, one in found.items()] == [("b", 1), ("a", 2)]


def test_vetoes_and_bonuses_can_break_ties(stand) -> None:
    tie_breaks = [{"kind": "no_veto"}, {"kind": "bonus"}]
    found = stand(
        {"a": (90, {"vetoes": ["V1"], "tie_bonus": 9}), "b": (90, {"tie_bonus": 1}), "c": (90, {"tie_bonus": 2})},
        ranking={"tie_breaks": tie_breaks},
    )
    assert [(unit, one.rank) for unit, one in found.items()] == [("c", 1), ("b", 2), ("a", 3)]
    assert found["c"].total == 90
    assert found["c"].tie_keys == (Decimal(1), Decimal(2))


def test_groups_are_ranked_for_themselves_in_the_order_of_the_scheme(stand) -> None:
    found = stand({"a": 70, "b": 80, "c": 60}, groups={"Z": ["c"], "A": ["a", "b"]})
    assert [(unit, one.rank) for unit, one in found.items()] == [("c", 1), ("b", 1), ("a", 2)]


def test_the_total_stays_between_floor_and_cap_and_says_so(stand) -> None:
    limits = {"total_floor": 0, "total_cap": 100}
    found = stand({"a": (99, {"bonus": 3}), "b": (1, {"deduction": 3}), "c": 50}, limits=limits)
    assert [one.total for one in found.values()] == [100, 50, 0]
    assert found["a"].reasons == (("engine.total_cut", {"bound": "100"}), *found["a"].reasons[1:])
    assert found["b"].reasons[0] == ("engine.total_lifted", {"bound": "0"})


def test_a_floor_may_be_left_out(stand) -> None:
    assert stand({"b": (1, {"deduction": 3})}, limits={"total_floor": None})["b"].total == -2
