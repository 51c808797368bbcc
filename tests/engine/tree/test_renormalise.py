"""Whether the points of what is left out are shared out: only where the scheme says so, whatever stands above."""

from decimal import Decimal

import pytest

from baton.engine.flags import Happened
from baton.engine.lint import lint

MEAN = {"code": "S", "combine": {"kind": "arithmetic"}, "full": 100}
# T1 reports 8 of 10 for A; B, the other half, is missing
FIGURES = {("T1", "A", "2025"): 8, ("T1", "C", "2025"): 4}


def node(sheet, code):
    (row,) = (row for row in sheet.nodes.iter_rows(named=True) if row["node"] == code and row["period"] == "2025")
    return Decimal(row["score"]).scaleb(-6), Decimal(row["full"]).scaleb(-6), Happened(row["flags"])


@pytest.fixture
def part(tree, indicator):
    """A part of A and B, 50 points each, and one of C, each half of a mean or added up."""

    def run(root, **part):
        half = {"weight": {"*": "0.5"}} if "combine" in root else {}
        nodes = [root, {"code": "N", "parent": "S", **half, **part}, {"code": "X", "parent": "S", **half}]
        leaves = [indicator("A", "N", 50), indicator("B", "N", 50), indicator("C", "X", 100)]
        return tree(nodes, leaves, units=1)

    return run


def test_without_renormalise_points_are_lost_under_a_mean_as_under_a_sum(made, part) -> None:
    # N: A gives 0.8 x 50 = 40 of 100; S = (40 + 40) / 2 = 40
    sheet = made(part(MEAN), FIGURES)
    assert node(sheet, "N") == (40, 100, Happened.NOTHING)
    assert sheet.standings[0].total == 40
    assert node(made(part({"code": "S"}), FIGURES), "S") == (80, 200, Happened.NOTHING)


def test_with_renormalise_they_are_shared_out_and_it_is_said(made, part) -> None:
    # N: 40 of the 50 that are there, of 100: 80; S = (80 + 40) / 2 = 60
    sheet = made(part(MEAN, renormalise=True), FIGURES)
    assert node(sheet, "N") == (80, 100, Happened.RENORMALISED)
    assert sheet.standings[0].total == 60


def test_a_sum_above_that_renormalises_shares_out_what_a_sum_below_it_lacks(made, part) -> None:
    # S: 40 of 50 and 40 of 100: 80 of 150 that are there, of 200: 106.666667
    sheet = made(part({"code": "S", "renormalise": True}), FIGURES)
    assert node(sheet, "N") == (40, 50, Happened.NOTHING)
    assert node(sheet, "S") == (Decimal("106.666667"), 200, Happened.RENORMALISED)


def test_what_does_not_apply_to_a_unit_is_lost_or_shared_out_alike(made, part) -> None:
    lifted = {"exemptions": [{"unit": "T1", "indicator": "B", "reason": "不承担"}]}
    for renormalise, total in ((False, 40), (True, 60)):
        scheme = part(MEAN, renormalise=renormalise)
        scheme = scheme.model_validate(scheme.model_dump() | lifted)
        assert made(scheme, FIGURES).standings[0].total == total


def test_months_that_are_added_up_have_their_full_marks_added_up(made, tree, indicator) -> None:
    # twelve months of 5 out of 10: 60 of 120 and nothing to share out
    nodes = [{"code": "S", "renormalise": True}, {"code": "M", "parent": "S", "frequency": "month"}]
    nodes[1]["over_periods"] = "sum"
    scheme = tree(nodes, [indicator("A", "M", frequency="month")], units=1)
    sheet = made(scheme, {("T1", "A", f"2025-{month:02d}"): 5 for month in range(1, 13)})
    assert node(sheet, "S") == (60, 120, Happened.NOTHING)


@pytest.mark.parametrize(("renormalise", "told"), [(False, {"A", "B", "C"}), (True, {"C"})])
def test_lint_warns_of_points_that_would_be_lost_under_a_mean(part, renormalise, told) -> None:
    found = [one for one in lint(part(MEAN, renormalise=renormalise)) if one.code == "engine.lint_excluded_points_lost"]
    assert {one.params["indicator"] for one in found} == told
