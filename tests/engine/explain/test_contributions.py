"""Shares of the total add up without remainder, whatever the tree does."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.engine.explain import LeafKey, contributions
from baton.engine.explain.contributions import in_proportion, largest_remainder
from baton.words import Refused

MEANS = ["arithmetic", "geometric", "harmonic", "copeland"]
COMBINES = st.one_of(
    st.sampled_from([{"kind": kind} for kind in ["sum", *MEANS]]),
    st.just({"kind": "minimum_penalised", "penalty": "0.3"}),
    st.just({"kind": "copeland", "scale": "net"}),
)
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


@st.composite
def cases(draw):
    """A root over a yearly and a monthly node, with figures for three units, some missing."""
    combine, inner, monthly = draw(COMBINES), draw(COMBINES), draw(COMBINES)
    over = draw(st.sampled_from(["mean", "sum", "last", "maximum", "minimum"]))
    weights = [{}, {}] if combine["kind"] == "sum" else [{"weight": {"*": "0.3"}}, {"weight": {"*": "0.7"}}]
    bounds = draw(st.sampled_from([{}, {"cap": 4}, {"floor": 3}]))
    renormalise = draw(st.booleans())

    def node(code, kind, **more):
        shared = {"renormalise": True} if renormalise and kind["kind"] == "sum" else {}
        return {"code": code, "combine": kind, **shared, **more}

    nodes = [
        node("S", combine),
        node("Y", inner, parent="S", **weights[0], **bounds),
        node("M", monthly, parent="S", frequency="month", over_periods=over, **weights[1]),
    ]
    figure = st.one_of(st.none(), st.integers(-20, 120).map(lambda tenth: Decimal(tenth) / 10), st.just(Decimal(5)))
    figures = {}
    for unit in ("T1", "T2", "T3"):
        for code in ("Y1", "Y2", "Y3"):
            figures[unit, code, "2025"] = draw(figure)
        for code in ("M1", "M2"):
            for month in MONTHS[: draw(st.integers(0, 3))]:
                figures[unit, code, month] = draw(figure)
    return nodes, {key: value for key, value in figures.items() if value is not None}


@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_shares_add_up_to_the_base_without_remainder(made, tree, indicator, case) -> None:
    nodes, figures = case
    leaves = [indicator(code, "Y", weight) for code, weight in (("Y1", 50), ("Y2", 30), ("Y3", 20))]
    leaves += [indicator(code, "M", 50, frequency="month") for code in ("M1", "M2")]
    sheet = made(tree(nodes, leaves, decimals=3), figures)
    shares = contributions(sheet)
    for one in sheet.standings:
        total = sum(shares[one.unit].values())
        assert total == (0 if one.base is None else int(one.base.scaleb(3)))
        assert one.base is not None or shares[one.unit] == {}


def test_under_sums_a_leaf_gives_its_points(made, tree, indicator) -> None:
    nodes = [{"code": "S"}, {"code": "Y", "parent": "S"}]
    leaves = [indicator("A", "S", 30), indicator("B", "Y", 50), indicator("C", "Y", 20)]
    figures = {("T1", "A", "2025"): 9, ("T1", "B", "2025"): "3.3", ("T1", "C", "2025"): -1}
    shares = contributions(made(tree(nodes, leaves, units=1), figures))["T1"]
    assert {key.indicator: quanta for key, quanta in shares.items()} == {
        "A": 27_000_000,
        "B": 16_500_000,
        "C": -2_000_000,
    }


def test_months_and_weights_come_down_to_the_leaves(made, tree, indicator) -> None:
    nodes = [
        {"code": "S", "combine": {"kind": "arithmetic"}, "full": 100},
        {"code": "M", "parent": "S", "weight": {"*": "0.4"}, "frequency": "month"},
        {"code": "Y", "parent": "S", "weight": {"*": "0.6"}},
    ]
    leaves = [indicator("M1", "M", 100, frequency="month"), indicator("Y1", "Y", 100)]
    figures = {("T1", "M1", "2025-01"): 8, ("T1", "M1", "2025-03"): 9, ("T1", "Y1", "2025"): 7}
    shares = contributions(made(tree(nodes, leaves, units=1), figures))["T1"]
    given_points = {key: quanta for key, quanta in shares.items() if quanta}
    # 0.4 x 80 / 2, 0.4 x 90 / 2 and 0.6 x 70: two months count
    assert given_points == {
        LeafKey("M1", "", "2025-01"): 16_000_000,
        LeafKey("M1", "", "2025-03"): 18_000_000,
        LeafKey("Y1", "", "2025"): 42_000_000,
    }


@pytest.mark.parametrize(("over", "expected"), [("last", "2025-03"), ("maximum", "2025-02"), ("minimum", "2025-01")])
def test_only_the_period_that_counts_gives(made, tree, indicator, over, expected) -> None:
    nodes = [{"code": "S"}, {"code": "M", "parent": "S", "frequency": "month", "over_periods": over}]
    figures = {("T1", "A", "2025-01"): 3, ("T1", "A", "2025-02"): 9, ("T1", "A", "2025-03"): 9}
    scheme = tree(nodes, [indicator("A", "M", frequency="month")], units=1)
    shares = contributions(made(scheme, figures))["T1"]
    assert [key.period for key, quanta in shares.items() if quanta] == [expected]


def test_points_of_what_does_not_apply_are_shared_out(made, tree, indicator) -> None:
    # example county 6.4: 73.3 of 82 applicable points are 89.390244 of 100
    nodes = [{"code": "S", "full": 100, "renormalise": True}]
    points = {"M04": 18, "M11": 10, "M12": 30, "M13": 34, "M15": 8}
    rule = {"kind": "completion"}
    leaves = [indicator(code, "S", full, rule=rule, target={"value": full}) for code, full in points.items()]
    figures = {("T1", "M11", "2025"): 8, ("T1", "M12", "2025"): "27.5", ("T1", "M13", "2025"): "30.6"}
    sheet = made(tree(nodes, leaves, units=1), {**figures, ("T1", "M15", "2025"): "7.2"})
    assert sheet.standings[0].base == Decimal("89.390244")
    shares = {key.indicator: quanta for key, quanta in contributions(sheet)["T1"].items()}
    assert shares == {"M04": 0, "M11": 9_756_098, "M12": 33_536_585, "M13": 37_317_073, "M15": 8_780_488}
    assert sum(shares.values()) == 89_390_244


def test_a_part_that_does_not_count_gives_nothing(made, tree, indicator) -> None:
    nodes = [{"code": "S"}, {"code": "X", "parent": "S", "in_total": False}]
    sheet = made(
        tree(nodes, [indicator("A", "S"), indicator("B", "X")], units=1),
        {("T1", "A", "2025"): 5, ("T1", "B", "2025"): 9},
    )
    assert {key.indicator: quanta for key, quanta in contributions(sheet)["T1"].items()} == {"A": 5_000_000, "B": 0}


def test_a_floor_above_nothing_is_shared_by_full_marks(made, tree, indicator) -> None:
    nodes = [{"code": "S", "floor": 6}]
    sheet = made(
        tree(nodes, [indicator("A", "S", 10), indicator("B", "S", 20)], units=1),
        {("T1", "A", "2025"): 0, ("T1", "B", "2025"): 0},
    )
    assert list(contributions(sheet)["T1"].values()) == [2_000_000, 4_000_000]


def test_a_sheet_whose_rows_do_not_carry_the_score_is_refused(made, tree, indicator) -> None:
    sheet = made(tree([{"code": "S"}], [indicator("A", "S")], units=1), {("T1", "A", "2025"): 5})
    broken = type(sheet)(**{**vars(sheet), "nodes": sheet.nodes.head(0)})
    with pytest.raises(Refused, match=r"engine\.sheet_incomplete"):
        contributions(broken)


FRACTIONS = st.lists(st.fractions(-5, 5, max_denominator=7), min_size=1, max_size=6)


@given(parts=FRACTIONS, total=st.integers(-20, 20))
def test_largest_remainders_round_to_the_total(parts, total) -> None:
    exact = dict(enumerate([*parts, total - sum(parts)]))
    found = largest_remainder(total, exact)
    assert sum(found.values()) == total
    assert all(abs(found[key] - exact[key]) < 1 for key in exact)


def test_what_is_left_goes_to_the_largest_fractions_and_ties_in_order() -> None:
    exact = {"a": Fraction(1, 3), "b": Fraction(2, 3), "c": Fraction(1, 2), "d": Fraction(1, 2)}
    assert largest_remainder(2, exact) == {"a": 0, "b": 1, "c": 1, "d": 0}


@given(amount=st.fractions(-5, 5), parts=st.lists(st.tuples(st.fractions(-5, 5), st.fractions(0, 5)), min_size=1))
def test_proportions_keep_the_amount(amount, parts) -> None:
    assert sum(share for _, share in in_proportion(amount, dict(enumerate(parts)))) == amount
