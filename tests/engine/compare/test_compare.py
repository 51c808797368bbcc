"""Two results side by side: moves, what they consist of, and what changed in the scheme."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.engine.compare import SchemeChange, compare
from baton.engine.compare.schemes import scheme_changes
from baton.engine.rules import Completion

NODES = [
    {"code": "S", "combine": {"kind": "arithmetic"}, "full": 100},
    {"code": "M", "parent": "S", "weight": {"*": "0.3"}, "frequency": "month", "full": 100, "renormalise": True},
    {"code": "Y", "parent": "S", "weight": {"*": "0.7"}},
]
EXTRAS = {
    "limits": {"total_cap": 95},
    "bonuses": [{"code": "B1", "name": "表彰", "measure": {"kind": "decided"}, "cap": 5}],
    "deductions": [{"code": "K1", "name": "通报", "measure": {"kind": "decided"}, "cap": 3}],
    "grading": {"grades": [{"code": "A", "name": "优秀", "at_least": 80}, {"code": "B", "name": "良好"}]},
}


@pytest.fixture(scope="session")
def scheme(tree, indicator):
    def build(codes=("Y1", "Y2"), points=(60, 40), units=3, **more):
        leaves = [indicator(code, "Y", full) for code, full in zip(codes, points, strict=True)]
        return tree(NODES, [indicator("M1", "M", 100, frequency="month"), *leaves], units, **{**EXTRAS, **more})

    return build


def figures_of(*rows):
    return {
        (unit, code, period): value
        for unit, month, first, second in rows
        for code, period, value in (
            ("M1", "2025-03", month),
            ("Y1", "2025", first),
            ("Y2", "2025", second),
        )
    }


BEFORE = figures_of(("T1", 7, 8, 6), ("T2", 6, 9, 9), ("T3", 5, 5, 5))


def by_unit(comparison):
    return {change.unit: change for change in comparison.units}


def test_a_correction_is_taken_apart(made, scheme) -> None:
    after = {**BEFORE, ("T1", "Y1", "2025"): 9, ("T1", "M1", "2025-04"): 9}
    found = by_unit(compare(made(scheme(), BEFORE), made(scheme(), after)))["T1"]
    # months 7 then (7 + 9) / 2 of 10 at weight 0.3; Y1 8 then 9 of 10 at 60 points and weight 0.7
    pieces = {piece.code: (piece.before, piece.after, piece.difference) for piece in found.pieces}
    assert pieces == {
        "M1": (21, 24, 3),
        "Y1": (Decimal("33.6"), Decimal("37.8"), Decimal("4.2")),
        "Y2": (Decimal("16.8"), Decimal("16.8"), 0),
    }
    assert found.difference == Decimal("7.2")


def test_ranks_and_grades_stand_beside_each_other(made, scheme) -> None:
    after = {**BEFORE, ("T1", "Y1", "2025"): 10, ("T1", "Y2", "2025"): 10}
    found = by_unit(compare(made(scheme(), BEFORE), made(scheme(), after)))
    assert (found["T1"].before.rank, found["T1"].after.rank, found["T1"].places_won) == (2, 1, 1)
    assert (found["T1"].before.grade, found["T1"].after.grade) == ("B", "A")
    assert found["T2"].places_won == -1
    assert found["T2"].difference == 0


def test_bonuses_deductions_and_the_bound_are_pieces(made, scheme) -> None:
    full = figures_of(("T1", 10, 10, 9), ("T2", 5, 5, 5), ("T3", 5, 5, 5))
    events = (
        {"unit": "T1", "item": "B1", "points": 2, "matter": "a"},
        {"unit": "T1", "item": "B1", "points": 2, "matter": "b"},
        {"unit": "T2", "item": "K1", "points": 1},
    )
    found = by_unit(compare(made(scheme(), full), made(scheme(), full, events)))
    first = {(piece.kind, piece.code): piece.difference for piece in found["T1"].pieces}
    assert first["bonus", "B1"] == 4
    assert first["bound", "total"] == -4
    second = {(piece.kind, piece.code): (piece.before, piece.after) for piece in found["T2"].pieces}
    assert second["deduction", "K1"] == (None, -1)


def test_units_and_indicators_that_come_and_go_are_listed(made, scheme) -> None:
    before = made(scheme(units=2), {key: value for key, value in BEFORE.items() if key[0] != "T3"})
    figures = {(unit, "Y3" if code == "Y2" else code, at): value for (unit, code, at), value in BEFORE.items()}
    found = compare(before, made(scheme(codes=("Y1", "Y3")), figures))
    assert (found.units_added, found.units_gone) == (("T3",), ())
    assert (found.indicators_added, found.indicators_gone) == (("Y3",), ("Y2",))
    pieces = {piece.code: (piece.before is None, piece.after is None) for piece in by_unit(found)["T1"].pieces}
    assert pieces["Y2"] == (False, True)
    assert pieces["Y3"] == (True, False)
    back = compare(made(scheme(), BEFORE), before)
    assert (back.units_added, back.units_gone) == ((), ("T3",))


def test_a_unit_without_a_score_has_no_difference(made, scheme) -> None:
    gone = {key: value for key, value in BEFORE.items() if key[0] != "T3"}
    found = by_unit(compare(made(scheme(), BEFORE), made(scheme(), gone)))["T3"]
    assert (found.difference, found.places_won, found.after.total) == (None, None, None)


def test_rules_weights_and_quotas_that_differ_are_listed(made, scheme) -> None:
    one = made(scheme(), BEFORE)
    changed = scheme(points=(70, 30), ranking={"decimals": 3}, limits={"total_cap": None})
    y1, y2 = (indicator for indicator in changed.indicators if indicator.code != "M1")
    y1 = y1.model_copy(update={"rule": y1.rule.model_copy(update={"high": Decimal(12)})})
    m1 = next(indicator for indicator in changed.indicators if indicator.code == "M1")
    other = made(changed.model_copy(update={"indicators": (y2, m1, y1)}), BEFORE)
    found = compare(one, other).scheme
    assert set(found) == {
        SchemeChange("ranking.decimals", "2", "3"),
        SchemeChange("limits.total_cap", "95", None),
        SchemeChange("indicators[Y1].points.*", "60", "70"),
        SchemeChange("indicators[Y1].rule.high", "10", "12"),
        SchemeChange("indicators[Y2].points.*", "40", "30"),
    }


def test_another_rule_kind_and_a_new_item_are_one_change_each(scheme) -> None:
    before = scheme()
    after = scheme(deductions=[*EXTRAS["deductions"], {**EXTRAS["deductions"][0], "code": "K2", "name": "挂牌"}])
    first, second, third = after.indicators
    second = second.model_copy(update={"rule": Completion()})
    found = scheme_changes(before, after.model_copy(update={"indicators": (first, second, third)}))
    assert [change.path for change in found] == ["indicators[Y1].rule", "deductions[K2]"]
    assert '"goalposts"' in found[0].before
    assert '"completion"' in found[0].after
    assert (found[1].before, found[1].after) == (None, "挂牌")


def test_the_same_result_twice_has_nothing_to_say(made, scheme) -> None:
    sheet = made(scheme(), BEFORE)
    found = compare(sheet, sheet)
    assert found.scheme == ()
    assert found.before == found.after
    assert all(change.difference == 0 for change in found.units)
    assert all(piece.difference == 0 for change in found.units for piece in change.pieces)


VALUES = st.integers(-20, 120).map(lambda tenth: Decimal(tenth) / 10)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=6, max_size=6), bonus=st.integers(0, 5))
def test_pieces_add_up_to_the_difference_without_remainder(made, scheme, rows, bonus) -> None:
    units = ("T1", "T2", "T3")
    before, after = (
        figures_of(*((unit, *row) for unit, row in zip(units, part, strict=True))) for part in (rows[:3], rows[3:])
    )
    events = ({"unit": "T1", "item": "B1", "points": bonus}, {"unit": "T2", "item": "K1", "points": bonus})
    found = compare(made(scheme(), before), made(scheme(points=(50, 50)), after, events))
    for change in found.units:
        assert sum(piece.difference for piece in change.pieces) == change.difference
