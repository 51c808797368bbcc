"""An indicator as a form: every field and every kind's options are there, and what is shown is read back the same."""

from collections.abc import Mapping
from typing import Any

import pytest

from baton.engine.rules import KINDS
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.text import written
from baton.engine.values import GrowthRate, Ratio, WeightedSum
from baton.example.yundu import scheme as yundu
from baton.sheets.line_form import BY_WORKBOOK, FAMILIES, FIELDS, at_field, options_of, read_line, texts_of
from baton.sheets.line_form.labels import hint, label, terms_of
from baton.sheets.line_form.options import MODELS
from baton.words import Language

WITH_FORMS_OF_THEIR_OWN = {"code", "points", "units", "hooks", "rule", "value", "figures"}
RULES: Mapping[str, dict[str, Any]] = {
    "completion": {"cap": None},
    "control": {"floor": "0.2"},
    "attain": {"line": "95"},
    "time_progress": {"measured_in": "points", "step": "5", "cap": "350"},
    "efficacy_linear": {"best": "98", "worst": "60"},
    "efficacy_exponential": {"base": "0.5"},
    "min_max": {"offset": "0.1", "span": "0.9", "clip": False},
    "ratio_to_best": {"cap": None},
    "rank_points": {"table": ["1", "0.95"], "bottom_table": ["0.5"], "floor": None, "ties": "mean"},
    "rank_table": {"table": [{"from": "1", "to": "3", "share": "1"}, {"from": "4", "share": "0.9"}]},
    "threshold_deduct": {"line": "90", "step": "0.05", "whole_steps": "up"},
    "per_case_deduct": {"cases": {"迟报": "0.1", "错报": "0.2"}},
    "checklist": {"items": "by_unit", "levels": ["0", "1"]},
    "growth": {"step": "0.01", "reference": "5", "cap": None},
    "ballot": {"options": {"优秀": "100", "称职": "80"}, "minimum_turnout": "0.8"},
    "ballot_rate": {
        "best": "优秀",
        "options": ["优秀", "称职", "不称职"],
        "bands": [{"at_least": "0.9", "share": "1"}],
        "adverse": {"options": ["不称职"], "limit": "1/3", "below_share": "0.8", "otherwise_share": "0.6"},
    },
    "bands": {"edges": ["85", "95"], "shares": ["0.6", "1"], "closed": "right"},
    "piecewise_linear": {"points": [["100", "0"], ["100", "0.8"], ["103", "1"]]},
    "goalposts": {"low": "20", "high": "85", "log": True},
    "z_score": {"all_equal": "0.5", "sample": False},
    "distance_to_best": {"floor": None},
    "rank_scale": {"form": "borda"},
    "exponential_rank": {"constant": "20"},
    "conversion": {"full": "1000"},
    "level_table": {"levels": {"优秀": "1", "良好": "0.9"}},
}


def indicator(**given: Any) -> Indicator:
    rule = {"rule": {"kind": "completion"}} | given
    return Indicator.model_validate({"code": "X", "name": "甲", "parent": "S", "points": {"A": "10"}} | rule)


def again(one: Indicator, language: Language) -> Indicator:
    """Read what the form shows of an indicator, over nothing."""
    said = written(one)
    assert isinstance(said, dict)
    filled = read_line(texts_of(one, language), {"hooks": one.hooks, "units": one.units}, {})
    assert filled.problems == []
    return Indicator.model_validate(
        {"code": one.code} | {name: value for name, value in filled.changes.items() if value is not None}
    )


def test_every_field_of_an_indicator_is_in_the_form() -> None:
    plain = {name.partition("-")[0] for names in FIELDS.values() for name in names}
    assert plain | WITH_FORMS_OF_THEIR_OWN == set(Indicator.model_fields)


def test_every_kind_of_rule_is_in_a_family_and_only_the_composite_goes_by_the_workbook() -> None:
    kinds = [kind for family in FAMILIES.values() for kind in family]
    assert sorted(kinds) == sorted(kind.model_fields["kind"].default for kind in KINDS)
    assert BY_WORKBOOK == ("composite",)
    assert set(RULES) == set(kinds) - {"composite"}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(RULES))
def test_what_the_form_shows_of_a_rule_is_read_back_the_same(kind: str, language: Language) -> None:
    one = indicator(rule={"kind": kind} | RULES[kind])
    assert again(one, language) == one


@pytest.mark.parametrize(
    "value",
    [Ratio(numerator="按期", denominator="应办"), GrowthRate(), WeightedSum(terms={"甲": "0.5", "乙": "0.5"})],
)
def test_ways_to_make_a_value_are_read_back_the_same(value: Any) -> None:
    one = indicator(value=value, figures={"actual": "本月数"} if isinstance(value, GrowthRate) else {})
    assert again(one, Language.CHINESE) == one


def test_every_indicator_of_the_example_county_is_read_back_the_same() -> None:
    found = [one for one in yundu().indicators if one.rule.kind not in BY_WORKBOOK]
    assert len(found) > 300
    assert [again(one, Language.CHINESE) for one in found] == found


@pytest.mark.parametrize("language", list(Language))
def test_every_option_has_a_name_and_says_what_holds_where_it_is_empty(language: Language) -> None:
    options = [one for name, kinds in MODELS.items() for kind in kinds for one in options_of(name, kind) or ()]
    assert len(options) > 90
    assert all(label(one, language) for one in options)
    needed = {"zh": "必填", "en": "Needed"}[language]
    assert all(needed in hint(one, language) for one in options if one.required)
    steps = {one.kind: label(one, language) for one in options if one.route == ("step",)}
    assert len(set(steps.values())) == 4
    assert terms_of(options_of("rule", "attain") or ())["line"] == "vocabulary.option_attain_line"


@pytest.mark.parametrize(
    ("kind", "name", "text", "code"),
    [
        ("per_case_deduct", "rule-cases", "迟报 0.1", "vocabulary.line_without_colon"),
        ("per_case_deduct", "rule-cases", "迟报：0.1\n迟报：0.2", "vocabulary.line_twice"),
        ("rank_table", "rule-table", "前三名：1", "vocabulary.line_no_places"),
        ("", "rule-kind", "", "vocabulary.no_kind"),
        ("composite", "rule-kind", "composite", "vocabulary.kind_by_workbook"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(kind: str, name: str, text: str, code: str) -> None:
    filled = read_line({"rule-kind": kind, name: text}, {}, {})
    assert [(one.code, one.place.field) for one in filled.problems] == [(code, name)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1-3：1\n4至6名: 90%\n7名以后＝0.5", [("1", "3", "1"), ("4", "6", "0.9"), ("7", None, "0.5")]),
        ("１：1\n2-：0", [("1", "1", "1"), ("2", None, "0")]),
    ],
)
def test_places_are_read_as_people_write_them(text: str, rows: list[tuple[str, str | None, str]]) -> None:
    filled = read_line({"rule-kind": "rank_table", "rule-table": text}, {}, {})
    found = [(one["from"], one.get("to"), one["share"]) for one in filled.changes["rule"]["table"]]
    assert found == rows


def test_what_the_form_does_not_show_stays_and_a_composite_rule_too() -> None:
    before = {"rule": {"kind": "composite", "parts": []}, "target": {"value": "5", "spread": "proportional"}}
    filled = read_line({"rule-kind": "composite", "target-value": "6"}, {}, before)
    assert filled.changes == {"target": {"spread": "proportional", "value": "6"}}
    assert filled.problems == []
    kept = read_line({"rule-kind": "attain"}, {}, {"rule": {"kind": "attain", "line": "95"}})
    assert kept.changes["rule"] == {"kind": "attain", "line": "95"}
    other = read_line({"rule-kind": "control"}, {}, {"rule": {"kind": "attain", "line": "95"}})
    assert other.changes["rule"] == {"kind": "control"}


def test_names_of_figures_that_a_new_rule_does_not_read_are_left_out() -> None:
    before = {"rule": {"kind": "completion"}, "figures": {"actual": "完成数", "target": "计划数"}}
    filled = read_line({"rule-kind": "threshold_deduct", "rule-line": "90", "rule-step": "0.1"}, {}, before)
    assert filled.changes["figures"] == {"actual": "完成数"}


def test_a_problem_of_the_language_is_placed_at_the_field_that_holds_it() -> None:
    known = ("rule-table", "rule-kind", "points-A", "target-value", "name")
    paths = ("rule.table[#2].share", "rule", "points.A", "points.B", "target.value", "name")
    places = [at_field(path, known) for path in paths]
    assert places == ["rule-table", "rule-kind", "points-A", "points", "target-value", "name"]
