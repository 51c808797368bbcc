"""A month's change taken apart from kept rows: it adds up, and says what scoring everything anew says."""

from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from baton.engine.compare import Case, attribute
from baton.engine.compare.months import FACTORS, kept_of, month_change
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.score import score

POSTS = {"kind": "goalposts", "low": 0, "high": 10, "clip": False}
RULES = [{"kind": "min_max"}, {"kind": "rank_points", "step": "0.2"}, {"kind": "ratio_to_best"}]
ROWS = {"T1": (5, 6), "T2": (8, 10), "T3": (4, 0)}
NAMES = [factor.value for factor in FACTORS]


@pytest.fixture(scope="session")
def scheme(tree, indicator):
    """P is scored by fixed goalposts, R against the best and the worst of the group."""

    def build(points=(60, 40), high=10, rule=None, combine=None, units=3, **more):
        leaves = [
            indicator("P", "S", points[0], rule={**POSTS, "high": high}),
            indicator("R", "S", points[1], rule=rule or {"kind": "min_max"}),
        ]
        top = {"code": "S", **({"combine": combine, "full": 100} if combine else {})}
        return tree([top], leaves, units, effective_from="2025-01-01", **more)

    return build


def case(scheme, rows):
    """A case of values by unit in the order of the scheme's indicators."""
    observations = [
        Observation(unit, indicator.code, "actual", "2025", Decimal(str(value)))
        for unit, values in rows.items()
        for indicator, value in zip(scheme.indicators, values, strict=True)
        if value is not None
    ]
    return Case(scheme, Panel.of(observations), 2025)


def change(before, after):
    """The change between two cases, from what is kept of their results."""
    sides = []
    for one in (before, after):
        tops = {group.code: (group.root,) for group in one.scheme.groups}
        sides.append(kept_of(score(one.scheme, one.panel, one.year), "2025", tops))
    return month_change(*sides)


def pieces(found, unit):
    """The parts of a unit that are not nothing, by indicator and factor."""
    one = next(one for one in found.units if one.unit == unit)
    return {
        (piece.indicator, name): part
        for piece in one.pieces
        for name, part in zip(NAMES, piece.parts, strict=True)
        if part
    }


def test_own_figures_are_values_and_a_better_best_is_peers(scheme) -> None:
    found = change(case(scheme(), ROWS), case(scheme(), {**ROWS, "T1": (6, 9), "T2": (8, 12)}))
    # P: 60 x (6 - 5) / 10. R: own first 24 -> 36 -> 30, peers first 24 -> 20 -> 30; the means are 11 and -5.
    assert pieces(found, "T1") == {("P", "values"): 6, ("R", "values"): 11, ("R", "peers"): -5}
    assert pieces(found, "T3") == {}


def test_points_are_weights_and_thresholds_are_rules(scheme) -> None:
    points = change(case(scheme(), ROWS), case(scheme(points=(50, 50)), ROWS))
    assert pieces(points, "T1") == {("P", "weights"): -5, ("R", "weights"): 6}
    rules = change(case(scheme(), ROWS), case(scheme(high=20), ROWS))
    assert pieces(rules, "T1") == {("P", "rules"): -15}


def test_a_figure_that_is_lacking_is_the_unit_s_own_and_what_the_others_weigh_more_is_weight(scheme) -> None:
    found = change(case(scheme(), ROWS), case(scheme(), {**ROWS, "T1": (None, 6)}))
    assert pieces(found, "T1") == {("P", "values"): -30}
    mean = {"kind": "arithmetic"}
    found = change(case(scheme(combine=mean), ROWS), case(scheme(combine=mean), {**ROWS, "T1": (None, 6)}))
    # 60 x 0.5 + 40 x 0.6 = 54 becomes 100 x 0.6: what P gave is gone, and R weighs 100 instead of 40.
    assert pieces(found, "T1") == {("P", "values"): -30, ("R", "weights"): 36}


def test_a_unit_without_a_score_is_left_out(scheme) -> None:
    found = change(case(scheme(), ROWS), case(scheme(), {**ROWS, "T3": (None, None)}))
    assert found.left_out == ("T3",)
    assert [one.unit for one in found.units] == ["T1", "T2"]


values = st.lists(st.tuples(*[st.decimals(0, 12, places=1)] * 2), min_size=4, max_size=4)


GENERATE = {"deadline": None, "phases": [Phase.explicit, Phase.generate], "derandomize": True}


@settings(max_examples=12, **GENERATE)
@given(values, values, st.sampled_from(RULES), st.sampled_from(RULES), st.sampled_from([10, 20]), st.booleans())
def test_it_says_what_scoring_anew_says(scheme, first, second, rule, later, high, mean) -> None:
    combine = {"kind": "arithmetic"} if mean else None
    rows = [dict(zip(("T1", "T2", "T3", "T4"), one, strict=True)) for one in (first, second)]
    before = case(scheme(rule=rule, combine=combine, units=4), rows[0])
    after = case(scheme(rule=later, high=high, combine=combine, units=4), rows[1])
    found, anew = change(before, after), attribute(before, after)
    assert [step for step in anew.steps if len(step) > 1] == []
    scored = {one.unit: one for one in found.units}
    assert len(scored) == len(anew.units)
    for other in anew.units:
        one = scored[other.unit]
        assert sum(one.parts) == one.difference == other.difference
        assert all(sum(piece.parts) == piece.difference and piece.apart for piece in one.pieces)
        exact = {piece.code: piece for piece in other.pieces}
        for piece in one.pieces:
            # Who has nothing before and after is told of no gain and no loss on the way.
            if piece.before or piece.after:
                known = zip(piece.parts, exact[piece.indicator].parts, strict=False)
                assert all(abs(part - anew) <= Decimal("0.00001") for part, anew in known)


weights = st.integers(1, 99).map(lambda one: (one, 100 - one))


@settings(max_examples=12, **GENERATE)
@given(values, values, weights, weights, st.sampled_from(["arithmetic", "geometric", "harmonic"]))
def test_the_parts_add_up_under_every_mean(scheme, first, second, one, other, kind) -> None:
    rows = [dict(zip(("T1", "T2", "T3", "T4"), some, strict=True)) for some in (first, second)]
    sides = [
        case(scheme(points=points, combine={"kind": kind}, units=4), row)
        for points, row in zip((one, other), rows, strict=True)
    ]
    for unit in change(*sides).units:
        assert sum(unit.parts) == unit.difference
        assert sum((piece.after for piece in unit.pieces), Decimal(0)) == unit.after
