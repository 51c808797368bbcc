"""Schemes in YAML: exact, without surprises, and with every problem by line."""

from datetime import date
from decimal import Decimal

import pytest
from tests.engine.scheme.small import SMALL

from baton.engine.scheme.digest import digest
from baton.engine.scheme.text import from_yaml, read, to_yaml, version_for
from baton.words import Problem, Refused, render


def refused(text: str) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        from_yaml(text, "plan.yaml")
    for problem in caught.value.problems:
        assert render(problem, "zh").what
        assert render(problem, "en").mend
    return list(caught.value.problems)


def seen(text: str) -> list[tuple[str, int, str]]:
    return [(p.code.removeprefix("engine."), p.place.line, p.place.field) for p in refused(text)]


def test_numbers_stay_exact_and_words_stay_words() -> None:
    text = SMALL.replace("cap: 1.2", "cap: 1.100000000000000001").replace("name: 增速", "name: no")
    text = text.replace("code: S1\n", "code: 007\nversion: 1.0\n").replace("lead: D1", "lead: U1", 1)
    (scheme,) = from_yaml(text, "plan.yaml")
    assert scheme.indicators[0].rule.cap == Decimal("1.100000000000000001")
    assert (scheme.code, scheme.version, scheme.indicators[1].name) == ("007", "1.0", "no")


def test_merge_keys_share_what_is_not_said() -> None:
    text = SMALL.replace("  - code: I1\n", "  - &base\n    code: I1\n").replace(
        "  - code: I2\n", "  - <<: *base\n    code: I2\n"
    )
    assert from_yaml(text, "")[0].indicators[1].name == "增速"
    assert from_yaml(text, "")[0].indicators[1].parent == "R"


def test_written_and_read_again_it_is_the_same() -> None:
    (scheme,) = from_yaml(SMALL, "plan.yaml")
    again = to_yaml(scheme, schema="scheme.schema.json")
    assert again.startswith("# yaml-language-server: $schema=scheme.schema.json\n")
    assert from_yaml(again, "plan.yaml") == (scheme,)
    assert digest(from_yaml(again, "plan.yaml")[0]) == digest(scheme)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("cap: 1.2", "capp: 1.2", ("scheme_unknown_option_near", 19, "indicators[I1].rule.capp")),
        ("cap: 1.2", "qqq: 1.2", ("scheme_unknown_option", 19, "indicators[I1].rule.qqq")),
        ("kind: completion", "kind: completon", ("scheme_unknown_kind_near", 19, "indicators[I1].rule")),
        ("{kind: completion, cap: 1.2}", "{cap: 1}", ("scheme_missing_kind", 19, "indicators[I1].rule")),
        ("cap: 1.2", "cap: 1_2", ("scheme_expected_number", 19, "indicators[I1].rule.cap")),
        ("cap: 1.2", "cap: １２", ("scheme_expected_number", 19, "indicators[I1].rule.cap")),
        ("cap: 1.2", "cap: 120%", ("scheme_expected_number", 19, "indicators[I1].rule.cap")),
        ("cap: 1.2", "cap: .nan", ("scheme_expected_number", 19, "indicators[I1].rule.cap")),
        ("cap: 1.2", "cap: 1e99", ("scheme_number_too_long", 19, "indicators[I1].rule.cap")),
        ("cap: 1.2", "cap: 1, floor: 2", ("rule_cap_below_floor", 19, "indicators[I1].rule")),
        ("full: 100", "full: 0", ("scheme_must_exceed", 13, "nodes[R].full")),
        ("full: 100", "fulll: 100", ("scheme_unknown_field_near", 13, "nodes[R].fulll")),
        ("full: 100", "renormalise: 是", ("scheme_expected_true_or_false", 13, "nodes[R].renormalise")),
        ("full: 100", "weight: 3", ("scheme_expected_table", 13, "nodes[R].weight")),
        ("full: 100", "decimals: 2.5", ("scheme_expected_whole_number", 13, "nodes[R].decimals")),
        ("full: 100", "frequency: monthly", ("scheme_unknown_word_near", 13, "nodes[R].frequency")),
        ("2025-01-01", "2025年1月1日", ("scheme_expected_date", 3, "effective_from")),
        ("2025-01-01", "20250101", ("scheme_expected_date", 3, "effective_from")),
        ("name: 甲组", "name: true", ("scheme_expected_text", 7, "groups[A].name")),
        ("code: R,", 'code: "R 1",', ("scheme_bad_code", 13, "nodes[R 1].code")),
        ("hooks: [t1]\n  - code", "hooks: t1\n  - code", ("scheme_expected_list", 21, "indicators[I1].hooks")),
        ("points: {A: 60}", "points: {A B: 60}", ("scheme_bad_code", 18, "indicators[I1].points.A B")),
        ("name: 小县考核方案\n", "", ("scheme_missing_field", 1, "name")),
        ("  - {code: A, name: 甲组, root: R}\n", "  []\n", ("scheme_empty", 6, "groups")),
        ("name: 总分", "name: 总分, name: 得分", ("scheme_double_key", 13, "")),
        ("full: 100", "full: !!float 100", ("scheme_tag", 13, "")),
        ("full: 100", "? [a] : b", ("scheme_key_not_text", 13, "")),
        ("full: 100", "full: *x", ("scheme_unknown_alias", 13, "")),
        ("full: 100}", "full: 100", ("scheme_not_yaml", 14, "")),
    ],
)
def test_a_mistake_is_named_where_it_stands(old: str, new: str, expected: tuple[str, int, str]) -> None:
    assert old in SMALL
    assert expected in seen(SMALL.replace(old, new, 1))


def test_all_mistakes_are_told_at_once_and_in_order() -> None:
    text = (
        SMALL.replace("full: 100", "full: x").replace("cap: 1.2", "capp: 1").replace("effective_from", "effectiv_from")
    )
    assert [line for _, line, _ in seen(text)] == [1, 3, 13, 19]


def test_an_option_that_may_be_a_number_or_a_word_is_told_once() -> None:
    text = SMALL.replace("{kind: efficacy_linear}", "{kind: growth, step: 1, reference: mean}")
    (problem,) = refused(text)
    assert problem.code == "engine.scheme_expected_number_or_word"
    assert problem.params["known"] == "group_mean"
    text = SMALL.replace("{kind: efficacy_linear}", "{kind: threshold_deduct, line: 1, step: 1, whole_steps: down}")
    assert refused(text)[0].params["known"] == "true、false、up"


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 5_000, "- " * 3_000])
def test_nesting_without_end_is_refused_and_does_not_end_the_process(text: str) -> None:
    (problem,) = refused(text)
    assert problem.code in ("engine.scheme_too_deep", "engine.scheme_not_yaml")


def test_a_bomb_of_aliases_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert refused("\n".join(lines))[0].code == "engine.scheme_too_many_values"


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n---\n", "\ufeff"])
def test_an_empty_file_says_so(text: str) -> None:
    assert [p.code for p in refused(text)] == ["engine.scheme_file_empty"]


def dated(version: str, first: str, last: str = "") -> str:
    text = SMALL.replace("2025-01-01", first).replace("code: S1\n", f"code: S1\nversion: {version}\n")
    return text + (f"effective_to: {last}\n" if last else "")


def test_versions_are_sorted_and_found_by_date_and_year() -> None:
    text = "---\n".join([dated("2026", "2026-01-01"), dated("2024", "2024-03-01", "2024-12-31")])
    schemes = from_yaml(text, "plan.yaml")
    assert [s.version for s in schemes] == ["2024", "2026"]
    assert version_for(schemes, 2026).version == "2026"
    assert version_for(schemes, date(2024, 3, 1)).version == "2024"
    for day in (date(2024, 2, 29), 2025, 2023):
        with pytest.raises(Refused, match="scheme_no_version"):
            version_for(schemes, day)
    assert from_yaml(to_yaml(*schemes), "plan.yaml") == schemes


def test_a_version_without_end_lasts_until_the_next() -> None:
    schemes = from_yaml("---\n".join([dated("1", "2024-01-01"), dated("2", "2025-07-01")]), "plan.yaml")
    assert version_for(schemes, date(2025, 6, 30)).version == "1"
    assert version_for(schemes, 2025).version == "2"


def test_versions_that_overlap_and_two_schemes_in_a_file_are_refused() -> None:
    assert ("scheme_versions_overlap", 35, "effective_from") in seen(
        "---\n".join([dated("1", "2024-01-01", "2025-06-30"), dated("2", "2025-06-30")])
    )
    assert seen(SMALL + "---\n" + SMALL.replace("code: S1", "code: S2"))[0][0] == "scheme_two_in_a_file"


def test_a_problem_of_structure_gets_its_line() -> None:
    (source,) = read(SMALL, "plan.yaml")
    problem = Problem("engine.scheme_unknown_node", {"given": "x", "near": ""})
    located = source.locate([problem])[0].place
    assert (located.file, located.line) == ("plan.yaml", 1)
