"""One matter earns only the highest bonus and costs only the heaviest penalty."""

from decimal import Decimal

from baton.engine.adjust import Sums


def counted(outcome):
    return [row.item for row in outcome.adjustments if not row.reason]


def dropped(outcome):
    return [row.item for row in outcome.adjustments if row.reason == "engine.same_matter"]


def test_first_municipal_then_provincial_counts_two_once(settle) -> None:
    outcome = settle(
        {"item": "B1", "level": "市级", "matter": "示范县", "on": "2025-03-01"},
        {"item": "B1", "level": "省级", "matter": "示范县", "on": "2025-08-01"},
    )
    assert [(row.level, row.points, row.reason) for row in outcome.adjustments] == [
        ("市级", Decimal(0), "engine.same_matter"),
        ("省级", Decimal(2), ""),
    ]


def test_different_matters_count_each(settle) -> None:
    outcome = settle({"item": "B1", "level": "市级", "matter": "a"}, {"item": "B1", "level": "省级", "matter": "b"})
    assert outcome.of("T01").bonus == 3_000_000


def test_across_items_the_bonus_that_brings_most_within_its_cap_stays(settle) -> None:
    outcome = settle({"item": "B2", "quantity": 90_000, "matter": "a"}, {"item": "B1", "level": "省级", "matter": "a"})
    assert counted(outcome) == ["B1"]


def test_the_heaviest_deduction_stays_and_bonuses_do_not_compete_with_it(settle) -> None:
    outcome = settle(
        {"item": "K1", "level": "县级", "matter": "a"},
        {"item": "K5", "quantity": 1, "matter": "a"},
        {"item": "B6", "points": 1, "matter": "a"},
    )
    assert counted(outcome) == ["B6", "K5"]
    assert dropped(outcome) == ["K1"]


def test_the_same_number_of_two_units_is_two_matters(settle) -> None:
    outcome = settle(
        {"item": "K5", "quantity": 1, "matter": "a"}, {"unit": "T02", "item": "K5", "quantity": 1, "matter": "a"}
    )
    assert outcome.of("T01") == outcome.of("T02") == Sums(deduction=1_000_000)


def test_an_indicator_that_costs_more_keeps_its_figure_and_the_deduction_goes(settle) -> None:
    outcome = settle(
        {"item": "K5", "quantity": 1, "matter": "事故"}, {"item": "Y15", "quantity": 1, "matter": "事故"}, each="3"
    )
    assert [(row.item, row.points, row.reason) for row in outcome.adjustments] == [
        ("K5", Decimal(0), "engine.same_matter")
    ]
    assert outcome.released == ()


def test_an_indicator_that_costs_less_is_released(settle) -> None:
    outcome = settle(
        {"item": "K5", "quantity": 1, "matter": "事故"},
        {"item": "Y15", "quantity": 1, "matter": "事故"},
        {"item": "Y15", "quantity": 2, "matter": "事故"},
        each="0.3",
    )
    assert outcome.released == (("T01", "Y15", Decimal(3)),)
    rows = [(row.kind, row.asked, row.points, row.reason) for row in outcome.adjustments]
    assert rows == [
        ("deduction", Decimal(-1), Decimal(-1), ""),
        ("indicator", Decimal("-0.9"), Decimal(0), "engine.same_matter"),
        ("indicator", Decimal(0), Decimal(0), "engine.same_matter"),
    ]


def test_at_equal_cost_the_indicator_stays(settle) -> None:
    outcome = settle(
        {"item": "K5", "quantity": 1, "matter": "a"}, {"item": "Y15", "quantity": 1, "matter": "a"}, each="1"
    )
    assert outcome.released == ()
    assert dropped(outcome) == ["K5"]


def test_of_two_indicators_only_the_heavier_keeps_the_matter(settle) -> None:
    outcome = settle(
        {"item": "M10", "quantity": 4, "matter": "a"}, {"item": "Y15", "quantity": 1, "matter": "a"}, each="1"
    )
    assert outcome.released == (("T01", "Y15", Decimal(1)),)


def test_what_an_indicator_releases_for_two_matters_adds_up(settle) -> None:
    outcome = settle(
        {"item": "K5", "quantity": 1, "matter": "a"},
        {"item": "Y15", "quantity": 1, "matter": "a"},
        {"item": "K5", "quantity": 1, "matter": "b"},
        {"item": "Y15", "quantity": 2, "matter": "b"},
        each="0.1",
    )
    assert outcome.released == (("T01", "Y15", Decimal(3)),)


def test_a_veto_is_heavier_than_any_points(settle) -> None:
    outcome = settle(
        {"item": "V1", "matter": "a"},
        {"item": "K1", "level": "国家级", "matter": "a"},
        {"item": "Y15", "quantity": 3, "matter": "a"},
        each="9",
    )
    assert counted(outcome) == ["V1"]
    assert outcome.of("T01") == Sums(vetoes=("V1",))
    assert outcome.released == (("T01", "Y15", Decimal(3)),)


def test_a_veto_that_is_not_in_force_pushes_nothing_aside(settle) -> None:
    for veto in ({"item": "V4"}, {"item": "V1", "confirmed": False}):
        outcome = settle({**veto, "matter": "a"}, {"item": "K1", "level": "国家级", "matter": "a"})
        assert outcome.of("T01") == Sums(deduction=3_000_000)


def test_of_two_vetoes_the_one_that_takes_the_grade_down_further_stays(settle) -> None:
    outcome = settle({"item": "V1", "matter": "a"}, {"item": "V6", "matter": "a"})
    assert outcome.of("T01").vetoes == ("V6",)


def test_between_vetoes_that_fall_as_far_the_one_that_zeroes_stays(settle) -> None:
    outcome = settle({"item": "V1", "matter": "a"}, {"item": "V3", "indicator": "M10", "matter": "a"})
    assert outcome.of("T01").vetoes == ("V3",)
    assert outcome.zeroed == (("T01", "M10"),)
