"""The cases that a formula leaves open, decided: nothing to compare with, zero, ties, one end fixed, parts."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from baton.engine.rules import KINDS, Case, Feed, Needs, Rule
from baton.engine.terms import Direction

D = Decimal
RULE = TypeAdapter(Rule)


def of(**options):
    return RULE.validate_python(options)


def numbers(*values):
    return [D(str(value)) for value in values]


@pytest.mark.parametrize("kind", ["efficacy_linear", "efficacy_exponential", "distance_to_best"])
@pytest.mark.parametrize(
    ("fixed", "group", "points"),
    [
        ({"best": 12}, (13, 14, 15), ("full", "full", "full")),
        ({"best": 12}, (12, 12, 12), ("full", "full", "full")),
        ({"worst": 10}, (8, 9, 10), ("base", "base", "all_equal")),
        ({"worst": 10}, (7, 8, 9), ("base", "base", "base")),
    ],
)
def test_a_whole_group_beyond_the_fixed_end(agree, bench, kind, fixed, group, points) -> None:
    rule = of(kind=kind, all_equal="0.7", **fixed)
    expected = {"full": D(10), "all_equal": D(7), "base": D(0) if kind == "distance_to_best" else D(6)}
    for sign in (1, -1):
        rule = of(kind=kind, all_equal="0.7", **{end: sign * value for end, value in fixed.items()})
        values = [sign * D(value) for value in group]
        found = [agree(rule, bench.group(rule, value, values, D(10), sign)) for value in values]
        assert found == [expected[word] for word in points]
        assert rule.equal_share() is None


@pytest.mark.parametrize(
    ("fixed", "sign", "group", "points"),
    [
        ({"low": 10}, 1, (8, 10), ("1", "7")),
        ({"high": 10}, 1, (12, 13), ("10", "10")),
        ({"high": 10}, -1, (12, 10), ("1", "7")),
        ({"low": 10}, -1, (8, 9), ("10", "10")),
        ({"low": 0}, 1, (5, 10), ("5.5", "10")),
        ({"low": 0}, -1, (5, 10), ("5.5", "1")),
    ],
)
def test_min_max_with_one_fixed_end(agree, bench, fixed, sign, group, points) -> None:
    rule = of(kind="min_max", offset="0.1", span="0.9", all_equal="0.7", **fixed)
    values = numbers(*group)
    assert [agree(rule, bench.group(rule, value, values, D(10), sign)) for value in values] == numbers(*points)


@pytest.mark.parametrize(
    ("sign", "group", "points"),
    [
        (1, (-5, -2), ("0", "0")),
        (1, (-5, 0), ("0", "10")),
        (1, (-5, 10), ("0", "10")),
        (-1, (0, 4), ("10", "0")),
        (-1, (-3, 4), ("10", "0")),
        (-1, (2, 4), ("10", "5")),
        (-1, (0, 0), ("6", "6")),
    ],
)
def test_ratio_to_a_best_that_is_not_above_zero(agree, bench, sign, group, points) -> None:
    rule = of(kind="ratio_to_best", all_zero="0.6")
    values = numbers(*group)
    assert [agree(rule, bench.group(rule, value, values, D(10), sign)) for value in values] == numbers(*points)


def test_ratio_to_a_fixed_best(agree, bench) -> None:
    rule = of(kind="ratio_to_best", best=20, cap="1.2")
    values = numbers(10, 30)
    assert [agree(rule, bench.group(rule, x, values, D(10))) for x in values] == [5, 12]
    assert [agree(rule, bench.group(rule, x, numbers(0, 40), D(10), -1)) for x in numbers(0, 40)] == [12, 5]


def test_a_value_on_the_line_reaches_it_in_either_direction(agree, bench) -> None:
    rule = of(kind="attain", line="0.3")
    for x, more, less in (("0.3", 4, 4), ("0.29", 0, 4), ("0.31", 4, 0)):
        assert agree(rule, bench.figures(rule, {"actual": D(x)}, D(4))) == more
        assert agree(rule, bench.figures(rule, {"actual": D(x)}, D(4), sign=-1)) == less
    assert rule.thresholds() == (D("0.3"),)
    assert of(kind="attain").needs() == Needs.TARGET


def test_a_target_is_divided_by_only_where_the_formula_divides() -> None:
    dividing = {kind for kind in KINDS if Needs.DIVISOR in kind.NEEDS}
    assert {kind.model_fields["kind"].default for kind in dividing} == {
        "completion",
        "control",
        "time_progress",
        "conversion",
    }


def test_ties_at_the_end_share_the_better_place(agree, bench) -> None:
    rule = of(kind="rank_points", measured_in="points", table=[5], bottom_table=[-5, -3], floor=-5)
    values = numbers(9, 7, 5, 1, 1)
    assert [agree(rule, bench.group(rule, x, values, D(5))) for x in values] == [5, 0, 0, -3, -3]
    mean = of(kind="rank_points", measured_in="points", table=[5], bottom_table=[-5, -3], floor=-5, ties="mean")
    assert [agree(mean, bench.group(mean, x, values, D(5))) for x in values] == [5, 0, 0, -4, -4]


def test_a_group_too_small_for_both_tables_is_served_from_the_top(agree, bench) -> None:
    rule = of(kind="rank_points", measured_in="points", table=[5, 4, 3], bottom_table=[-5, -4], floor=-5)
    assert [agree(rule, bench.group(rule, x, numbers(9, 7), D(5))) for x in numbers(9, 7)] == [5, 4]


def test_places_past_the_table_earn_otherwise(agree, bench) -> None:
    rule = of(kind="rank_points", table=[1, "0.9"], otherwise="0.5")
    assert [agree(rule, bench.group(rule, x, numbers(3, 2, 1), D(10))) for x in numbers(3, 2, 1)] == [10, 9, 5]


def test_raters_become_parts_that_read_one_figure_each() -> None:
    parts = of(kind="rank_points", step="0.03", raters=3).parts()
    assert [dict(part.figures) for part in parts] == [{"actual": f"rater{n}"} for n in (1, 2, 3)]
    assert all((part.numerator, part.denominator) == (1, 3) and not part.rule.parts() for part in parts)


def test_parts_of_a_composite_are_flat_and_keep_reported_names() -> None:
    ranked = {"kind": "rank_points", "step": "0.03", "raters": 2}
    rule = of(
        kind="composite",
        parts=[
            {"code": "a", "name": "甲", "share": "0.6", "rule": {"kind": "completion"}, "figures": {"actual": "area"}},
            {"code": "b", "name": "乙", "share": "0.4", "rule": ranked, "figures": {"rater2": "panel"}},
        ],
    )
    parts = rule.parts()
    assert [part.code for part in parts] == ["a", "b.rater1", "b.rater2"]
    assert [dict(part.figures) for part in parts] == [{"actual": "area"}, {"actual": "rater1"}, {"actual": "panel"}]
    assert sum(part.numerator / part.denominator for part in parts) == 1
    assert RULE.validate_json(RULE.dump_json(rule)) == rule


def test_a_blank_item_of_a_units_own_list_is_no_item(agree, bench) -> None:
    rule = of(kind="checklist", items="by_unit")
    assert agree(rule, bench.figures(rule, {"item1": D(1), "item7": D("0.5")}, D(10))) == D("7.5")


def test_weighted_items(agree, bench) -> None:
    rule = of(kind="checklist", items=3, weights=[1, 1, 2])
    assert agree(rule, bench.figures(rule, {"item1": D(1), "item2": D(0), "item3": D("0.5")}, D(10))) == 5


def test_votes_below_the_minimum_are_told_to_the_engine() -> None:
    options = {"好": 100, "差": 0}
    assert of(kind="ballot", options=options).least_valid() == (1, None)
    rule = of(kind="ballot", options=options, minimum_valid=15, minimum_turnout="0.5")
    assert rule.least_valid() == (15, D("0.5"))
    assert Feed("due", "base") in rule.feeds()


def test_adverse_votes_exactly_at_the_limit_are_not_below_it(agree, bench) -> None:
    rule = of(
        kind="ballot_rate",
        best="好",
        options=["好", "差"],
        bands=[{"at_least": "0.7", "share": 1}],
        adverse={"options": ["差"], "limit": "1/3", "below_share": "0.8", "otherwise_share": "0.5"},
    )
    for good, bad, points in ((2, 1, 5), (201, 99, 8), (3, 2, 5), (7, 3, 10)):
        assert agree(rule, bench.figures(rule, {"好": D(good), "差": D(bad)}, D(10))) == points


def test_a_logarithm_of_nothing_counts_as_the_low_goalpost(agree, bench) -> None:
    rule = of(kind="goalposts", low=100, high=75000, log=True)
    assert [agree(rule, Case(x=D(x), points=D(1))) for x in (-5, 0, 50, 100)] == [0, 0, 0, 0]
    assert agree(rule, Case(x=D(0), points=D(1), sign=-1)) == 1


def test_lines_go_on_beyond_the_ends_where_told_to(agree) -> None:
    level = of(kind="piecewise_linear", points=[[0, 0], [10, "0.5"], [12, 1]])
    sloped = of(kind="piecewise_linear", points=[[0, 0], [10, "0.5"], [12, 1]], clamp=False)
    found = {rule: [agree(rule, Case(x=D(x), points=D(10))) for x in (-2, 0, 5, 11, 14)] for rule in (level, sloped)}
    assert found[level] == numbers(0, 0, 2.5, 7.5, 10)
    assert found[sloped] == numbers(-1, 0, 2.5, 7.5, 15)


def test_the_standard_deviation_of_a_sample_or_of_the_group(agree, bench) -> None:
    values = numbers(2, 4, 4, 4, 5, 5, 7, 9)
    whole = of(kind="z_score", sample=False)
    assert agree(whole, bench.group(whole, D(9), values, D(1))) == 2
    sample = of(kind="z_score")
    assert agree(sample, bench.group(sample, D(9), values, D(1))) == D("1.870829")
    assert of(kind="z_score", mean="0.75").equal_share() == D("0.75")


def test_one_unit_is_first_and_last(agree, bench) -> None:
    earned = {
        kind: agree(of(kind=kind, **options), bench.group(of(kind=kind, **options), D(5), numbers(5), D(10)))
        for kind, options in {"rank_scale": {}, "exponential_rank": {}, "rank_points": {"step": "0.1"}}.items()
    }
    assert set(earned.values()) == {D(10)}
    borda = of(kind="rank_scale", form="borda")
    assert agree(borda, bench.group(borda, D(5), numbers(5), D(10))) == 0


def test_a_floor_in_points_gives_way_to_the_points_of_a_small_indicator() -> None:
    rule = of(kind="threshold_deduct", line=1, step=1, floor=5, measured_in="points")
    assert rule.bounds(D(3)).floor == rule.bounds(D(3)).cap == 3
    assert (rule.bounds(D(8)).floor, rule.bounds(D(8)).cap) == (5, 8)


def test_fixed_ends_imply_a_direction() -> None:
    assert of(kind="efficacy_linear", best=5, worst=12).direction() is Direction.LOWER
    assert of(kind="efficacy_linear", best=5).direction() is None
    assert of(kind="control").direction() is Direction.LOWER


TRIED_ON_DUCKDB = [
    {"kind": "completion"},
    {"kind": "attain"},
    {"kind": "time_progress", "step": "0.025", "ahead_step": "0.01"},
    {"kind": "efficacy_linear"},
    {"kind": "efficacy_exponential"},
    {"kind": "min_max", "low": 5},
    {"kind": "ratio_to_best"},
    {"kind": "rank_points", "table": [1, "0.9"], "bottom_table": ["0.2", "0.3"], "ties": "mean"},
    {"kind": "threshold_deduct", "line": 9, "step": "0.1", "per": "0.1", "whole_steps": "up"},
    {"kind": "growth", "step": "0.02"},
    {"kind": "bands", "edges": [0, "7.2"], "shares": [0, 1], "closed": "right"},
    {"kind": "piecewise_linear", "points": [[0, 0], [8, 1]], "clamp": False},
    {"kind": "goalposts", "low": 1, "high": 9, "log": True},
    {"kind": "z_score"},
    {"kind": "distance_to_best", "best": 8},
    {"kind": "rank_scale"},
    {"kind": "exponential_rank"},
    {"kind": "conversion", "full": 12},
]


@pytest.mark.parametrize("options", TRIED_ON_DUCKDB, ids=lambda options: options["kind"])
@pytest.mark.parametrize("x", ["-3", "0", "7.2", "9.8"])
def test_duckdb_says_the_same(bench, options, x) -> None:
    rule = RULE.validate_python(options)
    case = bench.group(rule, D(x), numbers(-3, 0, 7.2, 7.2, 9.8), D(10))
    case = Case(**{name: getattr(case, name) for name in Case.__slots__} | {"target": D("7.2")})
    right = rule.exact(case)
    assert abs(D(bench.duckdb(rule, case)) - right) <= D("1e-9") * max(abs(right), 1)
