"""Every way in which a scheme cannot be computed is found, and nothing in a good one."""

import pytest
from tests.engine.scheme.small import SMALL

from baton.engine.scheme.structure import check
from baton.engine.scheme.structure.figures import reported
from baton.engine.scheme.text import from_yaml, read
from baton.words import Problem, render

MEAN = SMALL.replace("full: 100}", "full: 100, combine: {kind: arithmetic}}")
MONTHLY = SMALL.replace("full: 100}", "full: 100, frequency: month}").replace(
    "lead: D1", "lead: D1\n    frequency: month"
)


def found(text: str) -> list[Problem]:
    (source,) = read(text, "plan.yaml")
    problems = list(source.locate(check(source.scheme)))
    for problem in problems:
        assert render(problem, "zh").what
        assert render(problem, "en").mend
    return problems


def codes(text: str) -> set[str]:
    return {problem.code.removeprefix("engine.scheme_") for problem in found(text)}


def test_a_good_scheme_has_no_problem() -> None:
    assert found(SMALL) == []
    assert found(MONTHLY) == []
    assert codes(MEAN) == set()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: I2", "code: I1", {"code_twice"}),
        ("code: I2", "code: R", {"code_twice"}),
        ("code: I2", "code: i1", {"code_lookalike"}),
        ("code: I2", "code: Ｉ2", {"code_full_width"}),
        ("code: t1,", "code: t2,", {"unknown_task"}),
        ("code: U1, name: 白水镇", "code: U1, name: 青山镇", {"unit_name_twice"}),
        ("short_name: 白水,", "aliases: [县发改局],", {"unit_name_twice"}),
        ("root: R}", "root: Q}", {"unknown_node", "root_of_no_group", "points_outside_tree"}),
        ("code: U1, name: 白水镇, short_name: 白水, group: A", "code: U1, name: 白水镇, group: B", {"unknown_group"}),
        ("lead: D1", "lead: D9", {"unknown_unit", "series"}),
        ("parent: R", "parent: Q", {"unknown_node", "points_do_not_add_up"}),
        ("points: {A: 60}", "points: {A: 60, B: 1}", {"unknown_group"}),
        ("points: {A: 60}", "points: {A: 59.9}", {"points_do_not_add_up"}),
        ("points: {A: 60}", "points: {A: 59.9999999}", {"points_too_fine", "points_do_not_add_up"}),
        ("points: {A: 60}", "points: {A: -60}", {"negative_points", "points_do_not_add_up"}),
        ("points: {A: 60}", "points: {}", {"indicator_of_no_group", "points_do_not_add_up"}),
        ("points: {A: 60}", "points: {A: 60}\n    full: 3", {"full_under_sum"}),
        ("full: 100}", 'full: 100, weight: {"*": 1}}', {"weight_without_mean"}),
        ("full: 100}", "full: 100, floor: 3, cap: 2}", {"floor_above_cap"}),
        ("full: 100}", "full: 100, parent: R}", {"cycle"}),
        ("  - {code: R,", "  - {code: Q, name: 孤}\n  - {code: R,", {"root_of_no_group"}),
        ("full: 100}", "full: 100, frequency: month}", {"figures_too_rare"}),
        ("lead: D1", "lead: D1\n    target: {spread: proportional}", {"spread_over_a_year"}),
        ("lead: D1", "lead: D1\n    target: {profile: [1]}", {"profile_unused"}),
        ("lead: D1", "lead: D1\n    missing: assumed", {"assumed_without_value"}),
        ("lead: D1", "lead: D1\n    assumed: 0", {"assumed_without_policy"}),
        ("lead: D1", "lead: D1\n    missing: last_known", {"last_known_of_a_year"}),
        (
            "lead: D1",
            "lead: D1\n    units: [U1]\n    missing: peer_mean",
            {"points_do_not_add_up", "peer_mean_without_peers"},
        ),
        ("lead: D1", "lead: D1\n    figures: {actuel: 完成}", {"figure_not_read"}),
        ("lead: D1", "lead: D1\n    series: I2\n    unit: 亩", {"series_reported_in_two_ways"}),
        ("lead: D1", "lead: D1\n    series: I2\n    unit: 亩\n    value: {kind: ratio}", set()),
        ("lead: D1", "lead: D1\n    direction: lower", {"direction_contradicts"}),
        ("effective_from: 2025-01-01", "effective_from: 2025-01-01\neffective_to: 2024-01-01", {"dates_reversed"}),
        (
            "tasks:",
            "vetoes: [{code: V1, name: 事故, consequence: {kind: grade_drop}}]\ntasks:",
            {"veto_without_grades"},
        ),
        ("tasks:", "limits: {bonus: -5}\ntasks:", {"negative_limit"}),
        ("tasks:", "limits: {total_floor: 5, total_cap: 4}\ntasks:", {"floor_above_cap"}),
        ("tasks:", "ranking: {tie_breaks: [{kind: node, node: Y}]}\ntasks:", {"unknown_node"}),
        (
            "tasks:",
            "deductions: [{code: K, name: 扣, cap: 3, measure: {kind: level, levels: {省: -2}}}]\ntasks:",
            {"negative_adjustment"},
        ),
        (
            "tasks:",
            "grading: {grades: [{code: a, name: 优, at_least: 90}, {code: b, name: 良, at_least: 90}]}\ntasks:",
            {"thresholds_not_falling"},
        ),
        (
            "tasks:",
            "grading: {grades: [{code: a, name: 优}]}\nvetoes: [{code: V, name: 事故, consequence: "
            "{kind: grade_cap, grade: 良}}]\ntasks:",
            {"unknown_grade"},
        ),
        (
            "tasks:",
            "exemptions: [{unit: U9, indicator: I9, reason: 无}]\ntasks:",
            {"unknown_unit", "unknown_indicator"},
        ),
    ],
)
def test_each_fault_is_found(old: str, new: str, expected: set[str]) -> None:
    assert old in SMALL
    assert codes(SMALL.replace(old, new, 1)) == expected - {"series"}


def test_faults_of_groups() -> None:
    text = SMALL.replace("tasks:", "tasks:", 1).replace(
        "  - {code: A,", "  - {code: B, name: 乙组, root: R}\n  - {code: A,"
    )
    assert codes(text) == {"group_empty", "group_without_indicators"}


def test_weights_of_a_mean_add_up_unless_they_are_equal() -> None:
    assert codes(MEAN.replace("{A: 60}", "{A: 30}")) == {"weights_do_not_add_up"}
    assert codes(MEAN.replace("{A: 60}", "{A: 0.6}").replace("{A: 40}", "{A: 0.4}")) == set()
    assert codes(MEAN.replace("{A: 60}", "{A: 7}").replace("{A: 40}", "{A: 7}")) == set()
    assert codes(MEAN.replace("{A: 60}", "{A: 0}").replace("{A: 40}", "{A: 0}")) == {"points_all_zero"}
    nested = MEAN.replace("indicators:", "  - {code: N, name: 分项, parent: R}\nindicators:")
    assert codes(nested.replace("parent: R\n", "parent: N\n", 1)) == {"weight_missing"}


def test_a_longer_cycle_is_told_once() -> None:
    text = SMALL.replace(
        "indicators:", "  - {code: P, name: p, parent: Q}\n  - {code: Q, name: q, parent: P}\nindicators:"
    )
    (problem,) = found(text)
    assert (problem.code, problem.params["circle"]) == ("engine.scheme_cycle", "P → Q → P")


def test_targets_over_the_year() -> None:
    shares = ", ".join(f"{n / 100}" for n in range(1, 12))

    def with_target(target: str) -> set[str]:
        return codes(MONTHLY.replace("lead: D1\n", f"lead: D1\n    target: {{{target}}}\n", 1))

    assert with_target("spread: proportional") == set()
    assert with_target(f"spread: profile, profile: [{shares}, 1]") == set()
    assert with_target(f"spread: profile, profile: [{shares}, 0.9]") == {"profile_not_cumulative"}
    assert with_target("spread: profile, profile: [0.5, 1]") == {"profile_length"}
    assert with_target("spread: proportional, frequency: month") == {"spread_of_part_targets"}
    assert with_target("frequency: quarter") == {"target_too_rare"}


def test_a_node_is_not_scored_less_often_than_its_parent() -> None:
    text = MONTHLY.replace("indicators:", "  - {code: N, name: 分项, parent: R}\nindicators:")
    assert codes(text.replace("parent: R\n", "parent: N\n")) == {"node_rarer_than_parent"}


def test_individual_indicators_add_up_for_every_unit() -> None:
    def goals(first: str, second: str, extra: str = "") -> str:
        text = SMALL.replace("lead: D1\n", f"lead: D1\n    units: {first}\n", 1).replace(
            "full: 100", f"full: 100{extra}"
        )
        third = text[text.index("  - code: I1") : text.index("  - code: I2")].replace("I1", "I3").replace(first, second)
        return text + third

    assert codes(goals("[U1]", "[U2]")) == set()
    assert codes(goals("[U1]", "[U1]")) == {"points_do_not_add_up"}
    assert codes(goals("[U1]", "[U9]", ", renormalise: true")) == {"unknown_unit"}
    one, other = found(goals("[U1]", "[U1]", ", renormalise: true"))
    assert (one.params["units"], one.params["total"]) == ("U1", "160")
    assert (other.params["units"], other.params["total"]) == ("U2", "40")


def test_the_line_of_a_problem_is_found() -> None:
    (problem,) = found(SMALL.replace("hooks: [t1]", "hooks: [t9]", 1))
    assert (problem.place.file, problem.place.line, problem.place.field) == ("plan.yaml", 21, "indicators[I1].hooks")
    assert problem.params["near"] == "t1"


def test_the_figures_an_indicator_reads() -> None:
    one, two = from_yaml(SMALL, "")[0].indicators
    assert reported(one) == ("actual", "target")
    assert reported(two) == ("actual",)
