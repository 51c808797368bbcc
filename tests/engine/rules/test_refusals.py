"""Options that make no sense are refused with a code of the catalogue, in both languages."""

import ast
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from baton.engine.rules import Rule
from baton.words.catalogue import text

RULE = TypeAdapter(Rule)
SOURCE = Path(__file__).parents[3] / "src" / "baton" / "engine" / "rules"


def place(start, end, share=1):
    return {"from": start, "to": end, "share": share}


def part(code="a", share=1, **rule):
    return {"code": code, "name": code, "share": share, "rule": {"kind": "completion", **rule}}


ballot = {"kind": "ballot_rate", "best": "好", "options": ["好", "差"], "bands": [{"at_least": 0.9, "share": 1}]}
adverse = {"options": ["差"], "limit": "1/3", "below_share": 0.5, "otherwise_share": 0.3}
REFUSED = [
    ("cap_below_floor", {"kind": "completion", "floor": 0.5, "cap": 0.4}),
    ("cap_below_floor", {"kind": "time_progress", "step": 0.1, "floor": 0.5, "cap": 0.4}),
    ("cap_below_floor", {"kind": "z_score", "floor": 1, "cap": 0}),
    ("base_out_of_range", {"kind": "efficacy_linear", "base": 0}),
    ("base_out_of_range", {"kind": "efficacy_exponential", "base": 60}),
    ("best_equals_worst", {"kind": "efficacy_linear", "best": 5, "worst": 5.0}),
    ("best_equals_worst", {"kind": "distance_to_best", "best": 5, "worst": 5}),
    ("low_not_below_high", {"kind": "min_max", "low": 22, "high": 6}),
    ("low_not_below_high", {"kind": "goalposts", "low": 5, "high": 5}),
    ("log_low", {"kind": "goalposts", "low": 0, "high": 5, "log": True}),
    ("edges_not_ascending", {"kind": "bands", "edges": [1, 3, 3], "shares": [0, 0.5, 1]}),
    ("shares_count", {"kind": "bands", "edges": [1, 3], "shares": [0, 0.5, 1]}),
    ("points_not_ascending", {"kind": "piecewise_linear", "points": [[1, 0], [0, 1]]}),
    ("points_not_ascending", {"kind": "piecewise_linear", "points": [[1, 0], [1, 1], [1, 2]]}),
    ("jump_without_clamp", {"kind": "piecewise_linear", "points": [[1, 0], [1, 1], [2, 1]], "clamp": False}),
    ("table_start", {"kind": "rank_table", "table": [place(2, 3)]}),
    ("table_gap", {"kind": "rank_table", "table": [place(1, 3), place(5, 6)]}),
    ("table_gap", {"kind": "rank_table", "table": [place(1, None), place(5, 6)]}),
    ("table_gap", {"kind": "rank_table", "table": [place(1, 3), place(3, 6)]}),
    ("places_reversed", {"kind": "rank_table", "table": [place(3, 1)]}),
    ("table_field", {"kind": "rank_table", "table": [place(1, 8)], "field": 9}),
    ("rank_step_or_table", {"kind": "rank_points"}),
    ("rank_step_or_table", {"kind": "rank_points", "step": 0.1, "table": [1, 0.5]}),
    ("rank_bottom_dense", {"kind": "rank_points", "bottom_table": [0.1], "ties": "dense"}),
    ("rank_below_floor", {"kind": "rank_points", "table": [5, 4], "bottom_table": [-5], "measured_in": "points"}),
    ("rank_raters_in_points", {"kind": "rank_points", "step": 1, "measured_in": "points", "raters": 3}),
    ("levels_top", {"kind": "checklist", "items": 3, "levels": [0]}),
    ("levels_not_ascending", {"kind": "checklist", "items": 3, "levels": [0, 1, 0.5, 1]}),
    ("weights_by_unit", {"kind": "checklist", "items": "by_unit", "weights": [1, 2]}),
    ("weights_count", {"kind": "checklist", "items": 3, "weights": [1, 2]}),
    ("base_in_points", {"kind": "growth", "step": 0.5, "measured_in": "points"}),
    ("ballot_worthless", {"kind": "ballot", "options": {"好": 0, "差": -1}}),
    ("ballot_option", {**ballot, "best": "优秀"}),
    ("ballot_option", {**ballot, "adverse": {**adverse, "options": ["很差"]}}),
    ("bands_repeated", {**ballot, "bands": [{"at_least": 0.9, "share": 1}, {"at_least": 0.9, "share": 0.9}]}),
    ("fraction", {**ballot, "adverse": {**adverse, "limit": "三分之一"}}),
    ("fraction", {**ballot, "adverse": {**adverse, "limit": "1/0"}}),
    ("fraction", {**ballot, "adverse": {**adverse, "limit": 1.5}}),
    ("scale_dense", {"kind": "rank_scale", "ties": "dense"}),
    ("parts_shares", {"kind": "composite", "parts": [part(share=0.6), part("b", share=0.5)]}),
    ("parts_repeated", {"kind": "composite", "parts": [part(share=0.5), part(share=0.5)]}),
]


@pytest.mark.parametrize(("code", "options"), REFUSED)
def test_refused_with_a_code_that_has_words(code, options) -> None:
    with pytest.raises(ValidationError) as caught:
        RULE.validate_python(options)
    error = caught.value.errors()[0]
    assert error["type"] == f"rule_{code}"
    assert text(f"engine.rule_{code}", "en", **error.get("ctx", {})) == error["msg"]
    assert text(f"engine.rule_{code}", "zh", **error.get("ctx", {}))


def test_every_refusal_is_tried() -> None:
    calls = [
        node.args[0].value
        for path in SOURCE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "refusal" and isinstance(node.args[0], ast.Constant)
    ]
    assert {code for code, _ in REFUSED} == set(calls)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"kind": "completion", "ceiling": 1}, "ceiling"),
        ({"kind": "threshold_deduct", "step": 0.1}, "line"),
        ({"kind": "threshold_deduct", "line": 1, "step": -0.1}, "step"),
        ({"kind": "threshold_deduct", "line": 1, "step": 0.1, "per": 0}, "per"),
        ({"kind": "attain", "line": "很高"}, "line"),
        ({"kind": "attain", "line": float("nan")}, "line"),
        ({"kind": "attain", "line": float("inf")}, "line"),
        ({"kind": "checklist", "items": 41}, "items"),
        ({"kind": "bands", "edges": [], "shares": []}, "edges"),
        ({"kind": "rank_table", "table": []}, "table"),
        ({"kind": "level_table", "levels": {}}, "levels"),
        ({"kind": "per_case_deduct", "cases": {}}, "cases"),
        ({"kind": "composite", "parts": []}, "parts"),
        ({"kind": "composite", "parts": [{**part(), "rule": {"kind": "composite", "parts": [part()]}}]}, "parts"),
        ({"kind": "ratio_to_best", "best": 0}, "best"),
        ({"kind": "exponential_rank", "constant": 0}, "constant"),
    ],
)
def test_what_is_no_option_or_out_of_range_is_named(options, field) -> None:
    with pytest.raises(ValidationError) as caught:
        RULE.validate_python(options)
    assert any(field in error["loc"] for error in caught.value.errors())


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="union_tag_invalid"):
        RULE.validate_python({"kind": "magic"})
