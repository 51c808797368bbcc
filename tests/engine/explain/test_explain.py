"""An explanation of a unit: everything stored, in words, adding up."""

from decimal import Decimal

import pytest

from baton.engine.explain import explain, explain_all
from baton.engine.explain.flags import flag_lines
from baton.engine.flags import Happened
from baton.words import Refused, render

NODES = [
    {"code": "S", "name": "综合得分", "combine": {"kind": "arithmetic"}, "full": 100},
    {
        "code": "M",
        "name": "月度",
        "parent": "S",
        "weight": {"*": "0.4"},
        "full": 100,
        "frequency": "month",
        "renormalise": True,
    },
    {"code": "Y", "name": "年终", "parent": "S", "weight": {"*": "0.6"}},
]
COMPOSITE = {
    "kind": "composite",
    "parts": [
        {"code": "area", "name": "面积", "share": "0.5", "rule": {"kind": "completion"}, "figures": {"actual": "area"}},
        {
            "code": "rank",
            "name": "排名",
            "share": "0.5",
            "rule": {"kind": "rank_points", "step": "0.1", "ties": "mean"},
        },
    ],
}
EXTRAS = {
    "limits": {"bonus": 5, "deduction": 5, "total_cap": 90},
    "bonuses": [{"code": "B1", "name": "表彰", "measure": {"kind": "decided"}, "cap": 30}],
    "deductions": [{"code": "K1", "name": "通报", "measure": {"kind": "decided"}, "cap": 3}],
}


@pytest.fixture(scope="module")
def sheet(made, tree, indicator):
    progress = {"kind": "time_progress", "step": "0.02"}
    scheme = tree(
        NODES,
        [
            indicator(
                "INV",
                "M",
                60,
                rule=progress,
                target={"spread": "proportional"},
                frequency="month",
                aggregation="last",
                name="投资",
                unit="万元",
                lead="T3",
            ),
            indicator("IVA", "M", 40, rule={"kind": "efficacy_linear"}, frequency="month", aggregation="last"),
            indicator("TAX", "Y", 80, rule=COMPOSITE, target={"value": 10}),
            indicator("CASE", "Y", 20, rule={"kind": "completion", "cap": 1}, target={"value": 4}, missing="zero"),
        ],
        **EXTRAS,
    )
    figures = {}
    for unit, invested, growth, area in (("T1", 450, "7.2", 9), ("T2", 610, "9.8", 9), ("T3", 400, "5.3", 12)):
        figures[unit, "INV", "2025"] = {"target": 1200}
        figures[unit, "INV", "2025-06"] = invested
        figures[unit, "IVA", "2025-06"] = growth
        figures[unit, "TAX", "2025"] = {"area": area, "actual": area}
    figures["T2", "CASE", "2025"] = 9
    events = (
        {"unit": "T1", "item": "B1", "points": 2, "document": "文〔2025〕1号"},
        {"unit": "T1", "item": "K1", "points": 1, "confirmed": False},
        {"unit": "T2", "item": "B1", "points": 5},
    )
    return made(scheme, figures, events)


def leaf_of(explanation, code, period="2025", part=""):
    (found,) = [one for one in explanation.indicators if one.code == code]
    return next(one for one in found.leaves if (one.period, one.part) == (period, part))


@pytest.mark.parametrize("unit", ["T1", "T2", "T3"])
def test_everything_adds_up_to_the_total(sheet, unit) -> None:
    found = explain(sheet, unit)
    one = found.standing
    assert sum(indicator.contribution for indicator in found.indicators) + found.elsewhere == one.base
    for indicator in found.indicators:
        assert sum(leaf.contribution for leaf in indicator.leaves) == indicator.contribution
    assert one.base + one.bonus - one.deduction + found.bounded == one.total
    by_code = {node.code: node.contribution for node in found.nodes}
    assert by_code["S"] == one.base == by_code["M"] + by_code["Y"]


def test_a_unit_is_found_by_code_name_and_short_name(sheet) -> None:
    assert {explain(sheet, name).unit for name in ("T2", "第2镇", "2镇")} == {"T2"}


def test_one_indicator_can_be_asked_for_and_the_rest_is_still_counted(sheet) -> None:
    found = explain(sheet, "T1", "投资")
    assert [one.code for one in found.indicators] == ["INV"]
    assert found.indicators[0].contribution + found.elsewhere == found.standing.base
    assert found.indicators[0].path == ("综合得分", "月度")
    assert (found.indicators[0].lead, found.indicators[0].unit) == ("T3", "万元")


def test_a_plan_in_proportion_to_time_is_checked_by_hand(sheet) -> None:
    leaf = leaf_of(explain(sheet, "T1"), "INV", "2025-06")
    assert (leaf.value, leaf.target, leaf.due, leaf.points, leaf.full) == (450, 1200, 600, 30, 60)
    assert [line.text() for line in leaf.check] == ["60 + 1.2 × (450 ÷ 600 − 1) × 100 = 30"]
    assert (leaf.rank, leaf.group.scored) == (2, 3)


def test_a_value_is_placed_between_the_ends_of_its_group(sheet) -> None:
    leaf = leaf_of(explain(sheet, "T1"), "IVA", "2025-06")
    assert (leaf.group.best, leaf.group.worst, leaf.group.count) == (Decimal("9.8"), Decimal("5.3"), 3)
    assert leaf.check[-1].text() == "40 × (0.6 + 0.4 × (7.2 − 5.3) ÷ (9.8 − 5.3)) = 30.755556"


def test_parts_have_names_rules_and_places_of_their_own(sheet) -> None:
    found = explain(sheet, "T1")
    (tax,) = [one for one in found.indicators if one.code == "TAX"]
    assert [leaf.part_name for leaf in tax.leaves] == ["面积", "排名"]
    assert [line.text() for line in tax.rule][0::3] == ["其中 面积（40 分）：", "其中 排名（40 分）："]
    assert leaf_of(found, "TAX", part="area").check[-1].text() == "40 × 9 ÷ 10 = 36"
    assert [line.text() for line in leaf_of(found, "TAX", part="rank").check] == [
        "3 个单位中第 2.5 名",
        "40 − 4 × (2.5 − 1) = 34",
    ]


def test_what_happened_is_said_and_no_sum_is_shown_for_it(sheet) -> None:
    leaf = leaf_of(explain(sheet, "T1"), "CASE")
    assert (leaf.value, leaf.points, leaf.check) == (None, 0, ())
    assert [flag.text() for flag in leaf.flags] == ["缺报", "按 0 分计"]
    capped = leaf_of(explain(sheet, "T2"), "CASE")
    assert capped.check[-1].text() == "20 × 9 ÷ 4，超过上限，计 20"


def test_a_month_without_figures_is_left_out(sheet) -> None:
    leaf = leaf_of(explain(sheet, "T1"), "INV", "2025-07")
    assert (leaf.points, leaf.full, leaf.rank, leaf.contribution) == (None, 0, None, 0)
    assert "engine.flag_excluded" in [flag.code for flag in leaf.flags]


def test_adjustments_and_the_cap_on_the_total_are_part_of_it(sheet) -> None:
    found = explain(sheet, "T1")
    assert [(one.item, one.points, one.reason) for one in found.adjustments] == [
        ("B1", 2, ""),
        ("K1", 0, "engine.not_confirmed"),
    ]
    capped = explain(sheet, "T2")
    assert capped.standing.total == 90
    assert capped.bounded == 90 - capped.standing.base - 5
    assert [line.text() for line in capped.reasons] == ["总分超过上限，按 90 分计"]


def test_the_tree_says_how_it_is_put_together(sheet) -> None:
    root, months, year = explain(sheet, "T1").nodes
    assert [(node.code, node.depth, node.weight) for node in (root, months, year)] == [
        ("S", 0, None),
        ("M", 1, Decimal("0.4")),
        ("Y", 1, Decimal("0.6")),
    ]
    assert [line.text() for line in months.combine] == [
        "各项得分相加",
        "有不适用项时，按适用分值归一到满分",
        "各期得分平均",
    ]
    assert [period for period, score in months.periods if score is not None] == ["2025-06"]
    assert root.periods == ()


def test_every_line_has_words_in_both_languages(sheet) -> None:
    for unit in ("T1", "T2", "T3"):
        found = explain(sheet, unit)
        lines = [line for one in found.indicators for leaf in one.leaves for line in (*leaf.check, *leaf.flags)]
        lines += [line for one in found.indicators for line in one.rule]
        lines += [line for node in found.nodes for line in (*node.combine, *node.flags)]
        for line in (*lines, *found.reasons):
            assert all(line.text(language) for language in ("zh", "en"))


def test_every_flag_has_words() -> None:
    lines = flag_lines(sum(flag.value for flag in Happened))
    assert len(lines) == len(list(Happened))
    assert all(line.text(language) for line in lines for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("unit", "asked", "code", "near"),
    [
        ("第9镇", None, "engine.explain_unknown_unit", "第1镇"),
        ("T1", "INW", "engine.explain_unknown_indicator", "INV"),
        ("T1", "zzz", "engine.explain_unknown_indicator", "—"),
    ],
)
def test_an_unknown_name_is_refused_with_near_ones(sheet, unit, asked, code, near) -> None:
    with pytest.raises(Refused) as refused:
        explain(sheet, unit, asked)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert near in str(problem.params["near"])
    assert render(problem).mend


def test_all_units_together_are_explained_as_each_alone(sheet):
    assert list(explain_all(sheet)) == [explain(sheet, standing.unit) for standing in sheet.standings]


def test_a_unit_is_found_by_a_former_name(made, tree, indicator):
    scheme = tree([{"code": "S"}], [indicator("A", "S")], units=1)
    renamed = scheme.units[0].model_copy(update={"name": "祁阳市", "aliases": ("祁阳县",)})
    sheet = made(scheme.model_copy(update={"units": (renamed,)}), {("T1", "A", "2025"): 5})
    assert explain(sheet, "祁阳县").unit == "T1"
