"""Bonus, deduction and veto items in words."""

import pytest

from baton.engine.explain.items import explain_items

BONUS = {"code": "B", "name": "加分", "cap": 3}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"measure": {"kind": "level", "levels": {"国家级": 3, "省级": 2}}},
            ["按级别计分：国家级 3、省级 2。", "单项封顶 3 分。"],
        ),
        ({"measure": {"kind": "quantity", "per": 1000, "rate": "0.1"}}, ["每 1000 计 0.1 分，不足的按比例。"]),
        ({"measure": {"kind": "quantity", "rate": 1, "whole": True}}, ["每满 1 计 1 分，不满的不计。"]),
        ({"measure": {"kind": "decided", "allowed": ["0.5", 1]}}, ["由认定机关从 0.5 / 1 分中认定。"]),
        (
            {"measure": {"kind": "decided"}, "counting": "tie_break"},
            ["按认定机关认定的分数计。", "单项封顶 3 分。", "不计入总分，只在同分时优先。"],
        ),
    ],
)
def test_how_points_come_about(tree, indicator, more, words) -> None:
    scheme = tree([{"code": "S"}], [indicator("A", "S")], bonuses=[{**BONUS, **more}])
    (found,) = explain_items(scheme, {"B"})
    sentences = [line.text() for line in found.rule]
    assert sentences[: len(words)] == words
    assert all(line.text("en") for line in found.rule)


def test_what_a_veto_does(tree, indicator) -> None:
    scheme = tree(
        [{"code": "S"}],
        [indicator("A", "S")],
        grading={"grades": [{"code": "A", "name": "优秀"}, {"code": "B", "name": "良好"}]},
        vetoes=[
            {"code": "V1", "name": "事故", "consequence": {"kind": "grade_cap", "grade": "B"}, "basis": "文1"},
            {"code": "V3", "name": "造假", "consequence": {"kind": "grade_drop", "zero_indicator": True}},
            {"code": "V9", "name": "别的", "consequence": {"kind": "grade_drop"}},
        ],
    )
    first, second = explain_items(scheme, {"V1", "V3"})
    assert [line.text() for line in first.rule] == ["等次最高为“良好”。", "依据：文1。"]
    assert [line.text() for line in second.rule] == ["等次降 1 档。", "所涉指标记 0 分。"]


def test_items_come_in_the_order_of_the_scheme(tree, indicator) -> None:
    item = {"name": "项", "measure": {"kind": "decided"}, "cap": 1}
    scheme = tree(
        [{"code": "S"}],
        [indicator("A", "S")],
        bonuses=[{**item, "code": "B2"}, {**item, "code": "B1"}],
        deductions=[{**item, "code": "K1"}],
    )
    assert [one.code for one in explain_items(scheme, {"B1", "B2", "K1"})] == ["B2", "B1", "K1"]
