"""A result beside published figures: totals, ranks, scores of nodes, points and values, and how near is near enough."""

from decimal import Decimal

import pytest

from baton.engine.compare import Held, Published, hold
from baton.engine.standing.rank import places
from baton.engine.terms import RankMethod

FIGURES = {("T1", "A", "2025"): "6.254", ("T2", "A", "2025"): "6.253", ("T3", "A", "2025"): 1, ("T1", "B", "2025"): 5}


@pytest.fixture(scope="module")
def sheet(made, tree, indicator):
    nodes = [{"code": "S", "renormalise": True}, {"code": "N", "parent": "S"}]
    ranking = {"decimals": 1, "method": "competition"}
    leaves = [indicator("A", "N", 100, decimals=3), indicator("B", "N", 100)]
    return made(tree(nodes, leaves, ranking=ranking), FIGURES)


def held(sheet, unit, figure, value, **more):
    published = Published(unit, figure, "2025", None if value is None else Decimal(value), **more)
    (found,) = hold(sheet, [published])
    return found


@pytest.mark.parametrize(
    ("unit", "figure", "of", "ours"),
    [
        ("T1", "total", (), "112.54"),
        ("T2", "total", (), "125.06"),
        ("T2", "rank", (), 1),
        ("T2", "score", ("N",), "62.53"),
        ("T1", "rank", ("N",), 1),
        ("T2", "rank", ("N",), 2),
        ("T1", "points", ("A",), "62.54"),
        ("T1", "value", ("A",), "6.254"),
        ("T2", "value", ("B", "A"), "6.253"),
        ("T2", "value", ("B",), None),
        ("T9", "total", (), None),
    ],
)
def test_our_figure_beside_the_published_one(sheet, unit, figure, of, ours):
    found = held(sheet, unit, figure, "1", of=of)
    assert found.ours == (None if ours is None else Decimal(ours))


@pytest.mark.parametrize(
    ("value", "more", "fits"),
    [
        ("6.254", {}, True),
        ("6.25", {}, False),
        ("6.25", {"decimals": 2}, True),
        ("6.26", {"decimals": 2}, False),
        ("6.3", {"decimals": 1}, True),
        ("6.255", {"within": Decimal("0.001")}, True),
        ("6.2551", {"within": Decimal("0.001")}, False),
        (None, {}, False),
        (None, {"silent": True}, True),
    ],
)
def test_a_figure_fits_at_its_precision(sheet, value, more, fits):
    assert held(sheet, "T1", "value", value, of=("A",), **more).fits is fits


def test_what_one_side_lacks_does_not_fit_and_what_both_lack_does(sheet):
    lacking = held(sheet, "T2", "value", "1", of=("B",))
    assert (lacking.fits, lacking.difference) == (False, None)
    assert held(sheet, "T2", "value", None, of=("B",)).fits
    assert Held(Published("T1", "total", "2025", Decimal(3)), Decimal(5)).difference == 2


@pytest.mark.parametrize(("method", "expected"), [("competition", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3])])
def test_places_of_numbers(method, expected):
    found = places({"a": 9, "b": 5, "c": 5, "d": 1}, RankMethod(method))
    assert [found[unit] for unit in "abcd"] == expected
