"""Every kind, over its options and any group: formula = oracle, better is never worth less, tables are whole."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from baton.engine.rules import KINDS, Case, Composite, Needs, Rule, RuleBase
from baton.engine.rules.tables import holds

D = Decimal
RULE = TypeAdapter(Rule)
values = st.integers(-2000, 12000).map(lambda n: D(n) / 100)
shares = st.integers(0, 20).map(lambda n: D(n) / 20)
steps = st.integers(1, 40).map(lambda n: D(n) / 200)
tie = st.sampled_from(["competition", "mean"])
measured = st.sampled_from(["share", "points"])


def ascending(count):
    return st.lists(values, min_size=count, max_size=count, unique=True).map(sorted)


def falling(most=5):
    return st.lists(shares, min_size=1, max_size=most).map(lambda found: sorted(found, reverse=True))


def rule(kind, **options):
    return st.fixed_dictionaries({"kind": st.just(kind), **options}).map(RULE.validate_python)


ends = ascending(2)
cap = st.sampled_from([None, 1, D("1.2")])
full_cap = st.sampled_from([None, "full"])
bands = st.integers(1, 4).flatmap(
    lambda n: st.tuples(ascending(n), st.lists(shares, min_size=n, max_size=n).map(sorted))
)
knots = bands.filter(lambda found: len(found[0]) > 1).map(
    lambda found: [list(pair) for pair in zip(*found, strict=True)]
)
fixed = st.tuples(ends, st.integers(0, 3)).map(
    lambda drawn: {
        name: end for bit, (name, end) in enumerate(zip(("low", "high"), drawn[0], strict=True)) if drawn[1] >> bit & 1
    }
)
min_max = st.tuples(fixed, shares, steps, shares, st.booleans()).map(
    lambda d: RULE.validate_python(
        {"kind": "min_max", **d[0], "offset": d[1], "span": d[2], "all_equal": d[1] + d[3] * d[2], "clip": d[4]}
    )
)

BY_VALUE = {
    "completion": rule("completion", cap=cap),
    "control": rule("control", cap=cap),
    "attain": rule("attain", line=st.none() | values),
    "time_progress": rule("time_progress", step=steps, ahead_step=steps, cap=full_cap, measured_in=measured),
    "efficacy_linear": rule("efficacy_linear", base=shares.filter(bool), all_equal=shares),
    "efficacy_exponential": rule("efficacy_exponential", base=shares.filter(bool), all_equal=shares),
    "min_max": min_max,
    "ratio_to_best": rule("ratio_to_best", cap=cap, all_zero=st.just(1)),
    "rank_table": st.just(
        RULE.validate_python(
            {"kind": "rank_table", "table": [{"from": 1, "to": 3, "share": 1}, {"from": 4, "share": 0.9}]}
        )
    ),
    "threshold_deduct": rule(
        "threshold_deduct", line=values, step=steps, per=steps, whole_steps=st.sampled_from([False, True, "up"])
    ),
    "per_case_deduct": rule("per_case_deduct", cases=st.just({"late": D("0.1"), "wrong": 2}), measured_in=measured),
    "checklist": rule("checklist", items=st.just(4), weights=st.sampled_from([(), (1, 2, 3, D("0.5"))])),
    "growth": rule("growth", base=shares, step=steps, reference=st.just("group_mean") | values, cap=full_cap),
    "bands": bands.flatmap(
        lambda found: rule(
            "bands", edges=st.just(found[0]), shares=st.just(found[1]), closed=st.sampled_from(["left", "right"])
        )
    ),
    "piecewise_linear": knots.flatmap(
        lambda found: rule("piecewise_linear", points=st.just(found), clamp=st.booleans())
    ),
    "goalposts": ends.flatmap(lambda e: rule("goalposts", low=st.just(e[0]), high=st.just(e[1]), clip=st.booleans())),
    "goalposts_log": rule("goalposts", low=steps, high=steps.map(lambda s: s + 5), log=st.just(True)),
    "z_score": rule("z_score", mean=shares, deviation=steps, sample=st.booleans()),
    "distance_to_best": rule("distance_to_best", best=st.none() | values, cap=cap, all_equal=st.just(1)),
    "conversion": rule("conversion", full=st.sampled_from([None, 100, D("120.5")])),
    "level_table": rule("level_table", levels=st.just({"较差": 0, "一般": D("0.6"), "好": 1})),
}
BY_PLACE = {
    "rank_points_step": rule("rank_points", step=steps, floor=shares, ties=tie, measured_in=measured),
    "rank_points_table": falling().flatmap(
        lambda table: rule("rank_points", table=st.just(table), ties=tie, measured_in=measured)
    ),
    "rank_points_both": falling().flatmap(
        lambda table: rule(
            "rank_points",
            table=st.just(table),
            bottom_table=st.just([-share for share in table]),
            floor=st.just(-1),
            ties=tie,
        )
    ),
    "rank_scale": rule("rank_scale", form=st.sampled_from(["percentile", "borda"]), ties=tie),
    "exponential_rank": rule("exponential_rank", constant=st.sampled_from([23, 10, D("55.5")]), ties=tie),
}
ALL = BY_VALUE | BY_PLACE
groups = st.lists(values, min_size=2, max_size=8)
targets = st.integers(1, 9000).map(lambda n: D(n) / 100)
ONE_WAY = {"control": -1, "rank_table": -1, "per_case_deduct": -1}
DOMAIN = {"rank_table": lambda x: max(D(1), abs(x)), "level_table": lambda x: abs(x) % 3 + 1}
EITHER_WAY = {"attain", "efficacy_linear", "efficacy_exponential", "min_max", "ratio_to_best", "threshold_deduct"}
EITHER_WAY |= {"growth", "goalposts", "goalposts_log", "z_score", "distance_to_best", *BY_PLACE}


def case_of(bench, kind: str, one: RuleBase, group: list[D], target: D, down: bool) -> Case | None:
    """The first of a group, its target, a sum of its figures; None where the engine asks no formula."""
    sign = ONE_WAY.get(kind, -1 if down and kind in EITHER_WAY else 1)
    case = replace(bench.group(one, group[0], group, D(10), sign), target=target)
    equal = case.deviation == 0 if Needs.DEVIATION in one.needs() else case.best == case.worst
    return None if equal and one.equal_share() is not None else case


@pytest.mark.parametrize("kind", ALL)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), group=groups, target=targets, down=st.booleans())
def test_formula_and_oracle_agree(bench, agree, kind, data, group, target, down) -> None:
    one = data.draw(ALL[kind])
    if case := case_of(bench, kind, one, group, target, down):
        agree(one, case)


@pytest.mark.parametrize("kind", BY_VALUE)
@settings(max_examples=100, deadline=None)
@given(data=st.data(), group=groups, target=targets, down=st.booleans())
def test_a_better_value_is_never_worth_less(bench, kind, data, group, target, down) -> None:
    """Best, worst, mean and target as they are, one value better than the other."""
    one = data.draw(BY_VALUE[kind])
    case = case_of(bench, kind, one, group, target, down)
    if case is None:
        return
    domain = DOMAIN.get(kind, lambda value: value)
    worse, better = sorted((domain(group[0]), domain(group[1])), key=lambda value: case.sign * value)
    assert one.score(replace(case, x=worse)) <= one.score(replace(case, x=better))


@pytest.mark.parametrize("kind", BY_PLACE)
@settings(max_examples=100, deadline=None)
@given(data=st.data(), group=groups)
def test_a_better_place_is_never_worth_less(bench, kind, data, group) -> None:
    one = data.draw(BY_PLACE[kind])
    worse, better = (bench.group(one, x, group, D(10)) for x in sorted(group[:2]))
    assert one.score(worse) <= one.score(better)


@pytest.mark.parametrize("kind", ALL)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), points=targets)
def test_the_floor_is_not_above_the_cap(kind, data, points) -> None:
    bounds = data.draw(ALL[kind]).bounds(points)
    assert bounds.floor is None or bounds.cap is None or bounds.floor <= bounds.cap


@pytest.mark.parametrize("kind", ["rank_table", "bands", "piecewise_linear", "level_table", *BY_PLACE])
@settings(max_examples=60, deadline=None)
@given(data=st.data(), anywhere=values)
def test_a_table_holds_every_number_once(kind, data, anywhere) -> None:
    table = data.draw(ALL[kind]).segments()
    ends_ = [end for segment in table for end in (segment.low, segment.high) if end is not None]
    for key in (anywhere, *ends_, *(end + D("1e-9") for end in ends_), *(end - D("1e-9") for end in ends_)):
        assert sum(holds(segment, key) for segment in table) == (1 if table else 0)


@pytest.mark.parametrize("kind", ["bands", "piecewise_linear", "level_table", "rank_points_both", "rank_points_table"])
@settings(max_examples=30, deadline=None)
@given(data=st.data(), group=groups)
def test_the_key_of_the_column_is_the_key_of_the_oracle(bench, kind, data, group) -> None:
    one = data.draw(ALL[kind])
    case = bench.group(one, group[0], group, D(10))
    assert bench.key(one, case) == float(one.key(case))


def test_every_kind_is_tried() -> None:
    tried = {name.removesuffix(end) for name in ALL for end in ("", "_log", "_step", "_table", "_both")}
    missing = {kind.model_fields["kind"].default for kind in KINDS} - tried
    assert missing == {"composite", "ballot", "ballot_rate"}
    assert Composite in KINDS


def test_a_kind_whose_lookup_reads_more_than_the_value_says_so() -> None:
    own = {kind for kind in KINDS if "lookup" in vars(kind)}
    assert {kind for kind in KINDS if kind.LOOKS_FURTHER} == own
