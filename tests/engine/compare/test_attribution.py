"""The change between two results, taken apart by what was replaced."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.engine.compare import Case, attribute
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.scheme.adjustments import Event
from baton.engine.score import score

BEST = {"kind": "min_max"}
POSTS = {"kind": "goalposts", "low": 0, "high": 10, "clip": False}
NODES = [{"code": "S"}]
BONUS = {"bonuses": [{"code": "B1", "name": "表彰", "measure": {"kind": "decided"}, "cap": 5}]}


@pytest.fixture(scope="session")
def scheme(tree, indicator):
    """P is scored by fixed goalposts, R against the best and the worst of the group."""

    def build(points=(60, 40), high=10, rule=None, units=3, extra=(), year=2025, **more):
        leaves = [
            indicator("P", "S", points[0], rule={**POSTS, "high": high}),
            indicator("R", "S", points[1], rule=rule or BEST),
            *(indicator(code, "S", full) for code, full in extra),
        ]
        return tree(NODES, leaves, units, **{**BONUS, "effective_from": f"{year}-01-01", **more})

    return build


def case(scheme, rows, events=(), year=2025):
    """A case of values by unit: {unit: (P, R, ...)} in the order of the scheme's indicators."""
    codes = [indicator.code for indicator in scheme.indicators]
    observations = [
        Observation(unit, code, "actual", str(year), Decimal(str(value)))
        for unit, values in rows.items()
        for code, value in zip(codes, values, strict=True)
        if value is not None
    ]
    return Case(scheme, Panel.of(observations, [Event.model_validate(event) for event in events]), year)


ROWS = {"T1": (5, 6), "T2": (8, 10), "T3": (4, 0)}


def parts_of(found, unit):
    """The non-zero parts of a unit by the names of their steps."""
    one = next(one for one in found.units if one.unit == unit)
    named = ("+".join(step) for step in found.steps)
    return {name: part for name, part in zip(named, one.parts, strict=True) if part}


def pieces_of(found, unit):
    """The non-zero parts of a unit by piece and step."""
    one = next(one for one in found.units if one.unit == unit)
    return {
        (piece.code, "+".join(step)): part
        for piece in one.pieces
        for step, part in zip(found.steps, piece.parts, strict=True)
        if part
    }


def test_a_change_of_a_unit_s_own_figure_is_all_values(scheme) -> None:
    found = attribute(case(scheme(), ROWS), case(scheme(), {**ROWS, "T1": (6, 7)}))
    # P: 60 x (6 - 5) / 10; R: 40 x (7 - 6) / 10, between the same best and worst
    assert pieces_of(found, "T1") == {("P", "values"): 6, ("R", "values"): 4}
    assert parts_of(found, "T2") == {}


def test_a_unit_that_makes_itself_the_best_moved_by_its_own_figure(scheme) -> None:
    found = attribute(case(scheme(), ROWS), case(scheme(), {**ROWS, "T1": (5, 20)}))
    assert pieces_of(found, "T1") == {("R", "values"): 16}
    assert pieces_of(found, "T2") == {("R", "peers"): -20}


def test_a_better_best_of_the_group_is_peers(scheme) -> None:
    found = attribute(case(scheme(), ROWS), case(scheme(), {**ROWS, "T2": (8, 12)}))
    # T1 has 6 of 0..10, then 6 of 0..12: 24 and 20 points
    assert pieces_of(found, "T1") == {("R", "peers"): -4}
    assert parts_of(found, "T2") == {}


def test_own_figures_and_those_of_peers_are_told_apart_where_both_move(scheme) -> None:
    found = attribute(case(scheme(), ROWS), case(scheme(), {**ROWS, "T1": (5, 9), "T2": (8, 12)}))
    # Own first: 24 -> 36 -> 30; peers first: 24 -> 20 -> 30. The means: 11 and -5.
    assert pieces_of(found, "T1") == {("R", "values"): 11, ("R", "peers"): -5}


def test_points_are_weights_and_thresholds_are_rules(scheme) -> None:
    points = attribute(case(scheme(), ROWS), case(scheme(points=(50, 50)), ROWS))
    assert pieces_of(points, "T1") == {("P", "weights"): -5, ("R", "weights"): 6}
    rules = attribute(case(scheme(), ROWS), case(scheme(high=20), ROWS))
    assert pieces_of(rules, "T1") == {("P", "rules"): -15}


def test_schemes_of_other_precision_still_add_up(scheme) -> None:
    rows = {"T1": ("3.3", "1.1"), "T2": (8, 3), "T3": (4, 0)}
    before, after = scheme(decimals=6, points=(33, 67)), scheme(decimals=1, points=(34, 66))
    found = attribute(case(before, rows), case(after, {**rows, "T2": (8, 7)}))
    for one in found.units:
        assert sum(one.parts) == one.difference
        assert all(sum(piece.parts) == piece.difference for piece in one.pieces)
    # T1: 10.89 + 67 x 1.1 / 3 = 35.456667; then 34 x 0.33 = 11.2 and 66 x 1.1 / 7 = 10.4 to the first decimal
    assert parts_of(found, "T1")["peers"] < 0
    assert next(one.difference for one in found.units if one.unit == "T1") == Decimal("21.6") - Decimal("35.456667")


def test_a_bonus_is_an_adjustment(scheme) -> None:
    events = ({"unit": "T1", "item": "B1", "points": 2},)
    found = attribute(case(scheme(), ROWS), case(scheme(), ROWS, events))
    assert pieces_of(found, "T1") == {("B1", "adjustments"): 2}
    assert parts_of(found, "T2") == {}


def test_a_new_indicator_with_its_figures_comes_with_the_weights(scheme) -> None:
    after = scheme(points=(60, 30), extra=(("N", 10),))
    found = attribute(case(scheme(), ROWS), case(after, {unit: (*row, 5) for unit, row in ROWS.items()}))
    assert pieces_of(found, "T1") == {("R", "weights"): -6, ("N", "weights"): 5}
    assert found.joined_because == ()


def test_two_years_with_other_units_are_compared(scheme) -> None:
    later = {"T1": (6, 6), "T2": (8, 10), "T3": (4, 0), "T4": (1, 12)}
    found = attribute(case(scheme(), ROWS), case(scheme(units=4, year=2026), later, year=2026))
    assert pieces_of(found, "T1") == {("P", "values"): 6, ("R", "peers"): -4}
    assert {one.unit for one in found.units} == {"T1", "T2", "T3"}
    assert (found.before.year, found.after.year) == (2025, 2026)


def test_a_unit_without_a_total_is_left_out(scheme) -> None:
    found = attribute(case(scheme(), ROWS), case(scheme(), {**ROWS, "T3": (None, None)}))
    assert found.left_out == ("T3",)
    assert pieces_of(found, "T1") == {("R", "peers"): -24}


def test_parts_that_do_not_fit_each_other_share_a_step(scheme, indicator, tree) -> None:
    before = scheme()
    monthly = [
        indicator("P", "S", 60, frequency="month", aggregation="last", rule=POSTS),
        indicator("R", "S", 40, frequency="month", aggregation="last", rule=BEST),
    ]
    nodes = [{"code": "S", "frequency": "month"}]
    after = tree(nodes, monthly, 3, **BONUS)
    rows = [("T1", 5, 6), ("T2", 8, 10), ("T3", 4, 0)]
    observations = [
        Observation(unit, code, "actual", "2025-12", Decimal(value))
        for unit, first, second in rows
        for code, value in (("P", first), ("R", second))
    ]
    found = attribute(case(before, ROWS), Case(after, Panel.of(observations), 2025))
    assert any(len(step) > 1 for step in found.steps)
    assert found.joined_because
    assert set(parts_of(found, "T1")) <= {"+".join(step) for step in found.steps}
    for one in found.units:
        assert sum(one.parts) == one.difference


def test_treatment_is_part_of_the_rules_and_reaches_across_groups(scheme) -> None:
    impute = [{"kind": "impute", "method": "mean", "indicators": ["R"]}]
    groups = [{"code": group, "name": f"{group}组", "root": "S"} for group in ("G", "H")]
    units = [{"code": f"T{n}", "name": f"第{n}镇", "group": "G" if n < 4 else "H"} for n in range(1, 7)]
    rows = {"T1": (5, None), "T2": (8, 10), "T3": (4, 0), "T4": (5, 6), "T5": (5, 8), "T6": (5, 0)}
    plain = scheme()
    plain, treated = (
        type(plain).model_validate({**plain.model_dump(), "groups": groups, "units": units, "treatment": treatment})
        for treatment in ((), impute)
    )
    found = attribute(case(plain, rows), case(treated, rows))
    assert set(parts_of(found, "T1")) == {"rules"}
    # A better figure in the other group raises the mean that stands in for T1's missing one.
    found = attribute(case(treated, rows), case(treated, {**rows, "T5": (5, 9), "T6": (5, 1)}))
    assert set(parts_of(found, "T1")) == {"peers"}
    assert all(set(parts_of(found, unit)) <= {"values", "peers"} for unit in ("T5", "T6"))
    alone = attribute(case(treated, rows), case(treated, {**rows, "T1": (6, None)}))
    assert pieces_of(alone, "T1") == {("P", "values"): 6}


VALUES = st.integers(-20, 120).map(lambda tenth: Decimal(tenth) / 10)
ROW = st.tuples(VALUES, VALUES)
SIDE = st.tuples(ROW, ROW, ROW)


@settings(max_examples=10, deadline=None)
@given(
    sides=st.tuples(SIDE, SIDE),
    points=st.sampled_from([(60, 40), (50, 50), (33, 67)]),
    rule=st.sampled_from([None, {"kind": "rank_scale"}, {"kind": "z_score"}]),
    bonus=st.integers(0, 5),
)
def test_parts_add_up_to_the_change_without_remainder(scheme, sides, points, rule, bonus) -> None:
    before, after = ({f"T{n}": row for n, row in enumerate(side, 1)} for side in sides)
    one = case(scheme(), before)
    other = case(scheme(points, rule=rule, high=7), after, ({"unit": "T1", "item": "B1", "points": bonus},))
    found = attribute(one, other)
    totals = [
        {standing.unit: standing.total for standing in score(side.scheme, side.panel, 2025).standings}
        for side in (one, other)
    ]
    for unit in found.units:
        assert (unit.before, unit.after) == (totals[0][unit.unit], totals[1][unit.unit])
        assert sum(unit.parts) == unit.difference
        for piece in unit.pieces:
            assert sum(piece.parts) == piece.difference
        assert sum(piece.difference for piece in unit.pieces) == unit.difference


@settings(max_examples=8, deadline=None)
@given(rows=SIDE, own=ROW)
def test_where_only_one_unit_moved_its_own_change_is_all_values(scheme, rows, own) -> None:
    before = {f"T{n}": row for n, row in enumerate(rows, 1)}
    found = attribute(case(scheme(), before), case(scheme(), {**before, "T1": own}))
    assert set(parts_of(found, "T1")) <= {"values"}
    assert all(set(parts_of(found, unit)) <= {"peers"} for unit in ("T2", "T3"))
