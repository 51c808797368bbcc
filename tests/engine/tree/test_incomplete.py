"""What becomes of a node when some of its children have a score and others lack it."""

from decimal import Decimal

import pytest

from baton.engine.flags import Happened
from baton.words import Refused

FIGURES = {("T1", "A", "2025"): 4, ("T1", "B", "2025"): 9, ("T2", "A", "2025"): 4}
COMBINES = ["sum", "arithmetic", "geometric", "harmonic", "copeland"]


def scheme_of(tree, indicator, combine, policy):
    kind = {"kind": combine}
    root = {"code": "S", "combine": {"kind": "sum"}}
    node = {"code": "N", "parent": "S", "combine": kind, "when_incomplete": policy}
    return tree([root, node], [indicator("A", "N", 50), indicator("B", "N", 50)])


def rows(sheet, node):
    found = sheet.nodes.to_native().to_dicts()
    return {row["unit"]: row for row in found if row["node"] == node}


@pytest.mark.parametrize("combine", COMBINES)
def test_a_node_that_wants_all_its_children_has_no_score_without_one(made, tree, indicator, combine):
    sheet = made(scheme_of(tree, indicator, combine, "exclude"), FIGURES)
    found = rows(sheet, "N")
    assert found["T1"]["score"] is not None
    assert (found["T2"]["score"], found["T2"]["flags"]) == (None, Happened.INCOMPLETE)
    assert (found["T3"]["score"], found["T3"]["flags"]) == (None, Happened.EMPTY)
    assert [one.rank for one in sheet.standings if one.unit != "T1"] == [None, None]


@pytest.mark.parametrize("combine", COMBINES)
def test_a_calculation_stops_where_all_children_are_required(made, tree, indicator, combine):
    with pytest.raises(Refused) as refused:
        made(scheme_of(tree, indicator, combine, "required"), FIGURES)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.field) == ("engine.node_incomplete", "T2/N")


@pytest.mark.parametrize("combine", ["sum", "arithmetic"])
def test_without_a_word_a_node_scores_what_is_there(made, tree, indicator, combine):
    found = rows(made(scheme_of(tree, indicator, combine, "score"), FIGURES), "N")
    assert Decimal(found["T2"]["score"]).scaleb(-6) == {"sum": 20, "arithmetic": 40}[combine]


def test_a_node_without_any_child_follows_its_own_policy(made, tree, indicator):
    nodes = [{"code": "S", "combine": {"kind": "arithmetic"}, "when_incomplete": "exclude", "when_empty": "zero"}]
    sheet = made(tree(nodes, [indicator("A", "S", 1), indicator("B", "S", 1)]), FIGURES)
    assert {one.unit: one.total for one in sheet.standings} == {"T1": Decimal(65), "T2": None, "T3": Decimal(0)}


def test_what_does_not_apply_is_not_lacking(made, tree, indicator):
    nodes = [{"code": "S", "combine": {"kind": "arithmetic"}, "when_incomplete": "exclude"}]
    lifted = [{"unit": "T2", "indicator": "B", "reason": "不适用"}]
    sheet = made(tree(nodes, [indicator("A", "S", 1), indicator("B", "S", 1)], exemptions=lifted), FIGURES)
    assert {one.unit: one.total for one in sheet.standings}["T2"] == Decimal(40)


def test_a_node_above_an_incomplete_one_is_incomplete_too(made, tree, indicator):
    mean = {"combine": {"kind": "arithmetic"}, "when_incomplete": "exclude"}
    nodes = [{"code": "S", **mean}, {"code": "N", "parent": "S", "weight": {"*": 1}, **mean}]
    leaves = [indicator("A", "S", 1), indicator("A2", "N", 1, series="A"), indicator("B", "N", 1)]
    sheet = made(tree(nodes, leaves), FIGURES)
    assert rows(sheet, "S")["T2"]["flags"] == Happened.INCOMPLETE
    assert {one.unit: one.total for one in sheet.standings}["T2"] is None
