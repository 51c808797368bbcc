"""Each finding of lint: found where it is, not found where it is not, with words that say how to mend it."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.engine.scheme.small import SMALL

from baton.engine.lint import Observed, Thresholds, lint, observe
from baton.engine.lint.burden import figures_typed
from baton.engine.panel import Observation
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from baton.words import Problem, render

GRADED = SMALL.replace("tasks:", "grading: {grades: [{code: a, name: 优, at_least: 90}, {code: b, name: 良}]}\ntasks:")


def found(text: str, **options: object) -> list[Problem]:
    problems = list(lint(from_yaml(text, "")[0], **options))
    for problem in problems:
        assert render(problem, "zh").mend
        assert render(problem, "en").mend
    return problems


def codes(text: str, **options: object) -> set[str]:
    return {p.code.removeprefix("engine.").removeprefix("lint_") for p in found(text, **options)}


CLEAN = SMALL.replace("cap: 1.2", "cap: 1")
VETO = "vetoes: [{code: V1, name: 事故, consequence: {kind: grade_cap, grade: b}, basis: 某文}]\ntasks:"
UNITS = "".join(f"  - {{code: X{n}, name: 单位{n}, group: A}}\n" for n in range(40))


def test_a_healthy_scheme_has_no_finding() -> None:
    assert found(CLEAN) == []
    assert found(GRADED.replace("cap: 1.2", "cap: 1").replace("tasks:", VETO)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("cap: 1", "cap: 1.2", {"exceeds_points"}),
        ("cap: 1", "cap: null", {"exceeds_points"}),
        ("{kind: efficacy_linear}", "{kind: efficacy_linear, best: 9, worst: 1}", {"exceeds_points"}),
        ("{kind: efficacy_linear}", "{kind: efficacy_linear, best: 9, worst: 1, cap: 1}", set()),
        ("{kind: efficacy_linear}", "{kind: z_score}", {"exceeds_points"}),
        ("{kind: efficacy_linear}", "{kind: bands, edges: [0], shares: [1.1]}", {"exceeds_points"}),
        ("{kind: efficacy_linear}", "{kind: min_max, offset: 0.5}", {"exceeds_points"}),
        ("    hooks: [t1]\n", "", {"no_hook"}),
        ("kind: main_line}", "kind: main_line}\n  - {code: t2, name: 农旅兴县, kind: main_line}", {"task_not_carried"}),
        ("kind: main_line}", "kind: main_line}\n  - {code: t2, name: 清单, kind: duty_list}", set()),
        ("lead: D1", "lead: U1", {"own_judge"}),
        ("lead: D1", "lead: U1\n    reviewer: U1", {"own_judge"}),
        ("lead: D1", "lead: U1\n    reviewer: D1", set()),
        ("lead: D1", "lead: D1\n    missing: exclude", {"excluded_points_lost"}),
        ("name: 投资完成率", "name: 招商加分", {"bonus_in_total"}),
        ("lead: D1", "lead: D1\n    series: I2", {"figure_twice"}),
        ("lead: D1", "lead: D1\n    reporter: unit", {"burden"}),
        ("lead: D1", "lead: D1\n    evidence: required", {"burden"}),
        (
            "tasks:",
            "bonuses: [{code: B, name: 全国文明县城创建, cap: 1, measure: {kind: decided}}]\ntasks:",
            {"campaign_without_basis"},
        ),
        (
            "tasks:",
            "limits: {bonus: 1}\nbonuses: [{code: B, name: 表彰, cap: 2, measure: {kind: decided}}]\ntasks:",
            {"item_caps_above_limit"},
        ),
        (
            "tasks:",
            "deductions: [{code: K, name: 通报, cap: 2, measure: {kind: decided}}, {code: L, name: 逾期, cap: 2, "
            "measure: {kind: decided}}]\ntasks:",
            {"no_limit"},
        ),
        ("points: {A: 60}", "points: {A: 50}", {"scheme_points_do_not_add_up"}),
    ],
)
def test_each_finding(old: str, new: str, expected: set[str]) -> None:
    assert old in CLEAN
    assert codes(CLEAN.replace(old, new, 1)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("basis: 某文", "basis: ''", {"veto_without_basis"}),
        ("grade: b", "grade: a", {"veto_without_effect"}),
        ("at_least: 90", "at_least: 90, quota: 0.3", {"quota_without_place"}),
        ("at_least: 90", "quota: 0.5", set()),
        ("at_least: 90", "at_least: 101", {"grade_out_of_reach"}),
        ("at_least: 90", "note: x", {"grade_hides"}),
        ("name: 良", "name: 良, quota: 0.8", {"quota_of_last_grade"}),
        (
            "at_least: 90}, {code: b, name: 良",
            "quota: 0.5}, {code: b, name: 良, quota: 0.6}, {code: c, name: 差",
            {"quotas_above_whole"},
        ),
    ],
)
def test_findings_of_grades(old: str, new: str, expected: set[str]) -> None:
    text = GRADED.replace("cap: 1.2", "cap: 1").replace("tasks:", VETO)
    assert old in text
    assert codes(text.replace(old, new.replace("note: x", "consequence: 无"), 1)) == expected


def test_a_pool_gives_small_groups_a_place() -> None:
    text = CLEAN.replace("{code: A, name: 甲组, root: R}", "{code: A, name: 甲组, root: R, quota_pool: p}").replace(
        "tasks:", "grading: {grades: [{code: a, name: 优, quota: 0.3}, {code: b, name: 良}]}\ntasks:"
    )
    assert codes(text) == {"quota_without_place"}
    two = text.replace("groups:\n", "groups:\n  - {code: B, name: 乙组, root: R, quota_pool: p}\n")
    two = two.replace("{A: 60}", '{"*": 60}').replace("{A: 40}", '{"*": 40}')
    two = two.replace("units:\n", "units:\n" + UNITS.replace("group: A", "group: B"))
    assert codes(two) == set()


def test_what_very_many_units_type_in() -> None:
    text = CLEAN.replace("units:\n", "units:\n" + UNITS).replace("lead: D1", "reporter: unit\n    lead: D1", 1)
    assert codes(text) == {"burden", "many_report_themselves"}
    assert codes(text, thresholds=Thresholds(self_reporting=50)) == {"burden"}
    (burden,) = (p for p in found(text) if p.code == "engine.lint_burden")
    assert (burden.params["monthly"], burden.params["yearly"]) == (0, 2)


def test_a_list_of_each_unit_is_one_figure() -> None:
    text = CLEAN.replace("{kind: efficacy_linear}", "{kind: checklist, items: by_unit}")
    assert figures_typed(from_yaml(text, "")[0].indicators[1]) == 1


def test_pairwise_comparison_of_very_many_units_is_refused() -> None:
    text = CLEAN.replace("full: 100}", "full: 100, combine: {kind: copeland}}")
    assert codes(text) == set()
    assert codes(text, thresholds=Thresholds(copeland=7)) == {"copeland_too_large"}


def test_the_same_figure_in_two_parts_is_no_repetition() -> None:
    text = CLEAN.replace(
        "indicators:", "  - {code: M, name: 月度, parent: R}\n  - {code: Y, name: 年终, parent: R}\nindicators:"
    )
    text = text.replace("parent: R\n", "parent: M\n", 1).replace("lead: D1\n", "lead: D1\n    series: I2\n", 1)
    assert codes(text) == set()
    assert codes(text.replace("    parent: R\n", "    parent: M\n")) == {"figure_twice"}


def test_units_that_are_all_alike() -> None:
    text = CLEAN.replace("units:\n", "units:\n" + UNITS)
    (scheme,) = from_yaml(text, "")
    same = [Observation(f"X{n}", "I2", "actual", "2025", Decimal(5)) for n in range(40)]
    seen = observe(scheme, same)
    assert seen == {("A", "I2"): Observed(40, 40)}
    assert codes(text, observed=seen) == {"cannot_tell_apart"}
    mixed = [Observation(f"X{n}", "I2", "actual", "2025", Decimal(n % 7)) for n in range(40)]
    assert codes(text, observed=observe(scheme, mixed)) == set()


def test_an_index_without_tasks_is_told_once_and_an_assessment_is_not_taken_for_one() -> None:
    data = from_yaml(SMALL, "")[0].model_dump()
    bare = [{**one, "hooks": (), "lead": None, "reviewer": None} for one in data["indicators"]]
    index = data | {"tasks": (), "indicators": bare, "bonuses": (), "deductions": (), "vetoes": ()}
    (notice,) = hooks(index)
    assert (notice.code, notice.severity, notice.place.field) == ("engine.lint_index_without_tasks", "notice", "tasks")
    assert str(len(bare)) in render(notice, "zh").what
    led = [{**bare[0], "lead": data["units"][0]["code"]}, *bare[1:]]
    graded = {"grades": [{"code": "a", "name": "优", "at_least": 90}, {"code": "b", "name": "良"}]}
    for more in ({"indicators": led}, {"tasks": data["tasks"]}, {"grading": graded}):
        assert {(one.code, one.severity) for one in hooks(index | more)} == {("engine.lint_no_hook", "error")}


def hooks(data: dict[str, object]) -> list[Problem]:
    """What lint says of hooks."""
    codes = ("engine.lint_no_hook", "engine.lint_index_without_tasks")
    return [one for one in lint(Scheme.model_validate(data)) if one.code in codes]


@pytest.mark.parametrize("name", ["hdi", "pci", "asem", "honduras"])
def test_published_indices_have_no_error(name: str) -> None:
    path = Path(__file__).parents[3] / "docs" / "howto" / "published" / f"{name}.yaml"
    for scheme in from_yaml(path.read_text("utf-8"), path.name):
        found = lint(scheme)
        assert {one.severity for one in found} == {"notice"}
        assert [one.code for one in found].count("engine.lint_index_without_tasks") == 1


def test_the_example_county_lacks_only_three_documents() -> None:
    path = Path(__file__).parents[3] / "src" / "baton" / "example" / "yundu.yaml"
    (scheme,) = from_yaml(path.read_text("utf-8"), path.name)
    grave = [(p.code, p.place.field) for p in lint(scheme) if p.severity != "notice"]
    assert grave == [("engine.lint_veto_without_basis", f"vetoes[V{n}].basis") for n in (4, 5, 6)]


IMPUTE, SCREEN = "{kind: impute, method: group_mean}", "{kind: screen, least_available: 0.9}"
PARTS = "{kind: partition, code: P, parts: {东: [U1], 西: [U2]}}"


@pytest.mark.parametrize(
    ("steps", "idle"),
    [
        ([IMPUTE, SCREEN], True),
        (["{kind: impute, method: row_mean}", SCREEN], True),
        ([PARTS, "{kind: impute, method: group_mean, partition: P}", SCREEN], True),
        ([IMPUTE, SCREEN.replace("0.9}", "0.9, counted: reported}")], False),
        ([IMPUTE], False),
        ([SCREEN], False),
        ([IMPUTE, SCREEN.replace("least_available: 0.9", "least_nonzero: 0.5")], False),
        ([IMPUTE, SCREEN.replace("0.9", "0")], False),
        # One of two indicators is filled: half of the figures are there whatever a unit reports.
        (["{kind: impute, method: mean, indicators: [I1]}", SCREEN], False),
        (["{kind: impute, method: mean, indicators: [I1]}", SCREEN.replace("0.9", "0.5")], True),
        # Unit U2 stands in no part and keeps its gaps.
        (
            [PARTS.replace(", 西: [U2]", ""), "{kind: impute, method: group_median, partition: P}", SCREEN],
            False,
        ),
        # A denominator is filled by nothing, and is not screened either.
        (["{kind: denominate, by: I2, indicators: [I1]}", IMPUTE, SCREEN], True),
    ],
)
def test_a_screen_that_imputation_leaves_nothing_to_do(steps: list[str], idle: bool) -> None:
    text = CLEAN.replace("tasks:", "treatment: [" + ", ".join(steps) + "]\ntasks:", 1)
    problems = [problem for problem in found(text) if problem.code == "engine.lint_screen_idle"]
    assert bool(problems) == idle
    for problem in problems:
        assert problem.place.field == f"treatment[#{len(steps)}]"
        assert "甲组" in render(problem).what
        assert "counted: reported" in render(problem).mend


def test_a_screen_that_still_leaves_out_units_of_one_group_names_the_other() -> None:
    """Only group A's indicators are filled; group B carries one that is not."""
    more = CLEAN.replace("groups:\n", "groups:\n  - {code: B, name: 乙组, root: R}\n")
    more = more.replace("  - {code: D1", "  - {code: U9, name: 黑石镇, group: B}\n  - {code: D1")
    more = more.replace("points: {A: 40}", "points: {A: 40, B: 40}")
    more += (
        "  - {code: I3, name: 治理, parent: R, points: {B: 60}, rule: {kind: efficacy_linear}, lead: D1, hooks: [t1]}\n"
    )
    steps = f"treatment: [{{kind: impute, method: mean, indicators: [I1, I2]}}, {SCREEN}]\ntasks:"
    (problem,) = [one for one in found(more.replace("tasks:", steps, 1)) if one.code == "engine.lint_screen_idle"]
    assert problem.params == {"groups": "甲组", "asked": "90%", "left": "100%"}
