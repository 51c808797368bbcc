"""A scheme line by line: coverage from both sides, what differs, small changes, files that come in."""

from datetime import date
from decimal import Decimal

import pytest

from baton.assessment.rules.coverage import coverage
from baton.assessment.rules.scheme_edits import (
    amended,
    checked,
    data_of,
    for_year,
    next_code,
    own_target,
    unfit,
    with_line,
    with_new_line,
    without_line,
)
from baton.assessment.rules.scheme_files import read_scheme_file, revision_in, workbook_name
from baton.assessment.rules.scheme_lines import line_changes, line_of
from baton.assessment.rules.trial_scheme import trial_scheme
from baton.engine.scheme.digest import digest
from baton.engine.scheme.text import from_yaml, to_yaml
from baton.engine.terms import Missing
from baton.example.yundu import scheme as yundu
from baton.sheets.scheme_book import write_scheme
from baton.words import Refused
from county import SCHEME
from workshop import whole


def test_coverage_tells_the_main_line_that_nobody_carries_and_what_hangs_on_nothing() -> None:
    scheme = with_new_line(whole(), "tasks", {"code": "main-2", "name": "难啃的骨头", "kind": "main_line"})
    scheme = with_line(scheme, "indicators", "M02", {"hooks": None})
    found = coverage(scheme)
    assert [one.name for one in found.not_carried] == ["难啃的骨头"]
    assert [one.code for one in found.unhooked] == ["M02"]
    carried = {one.task.code: [indicator.code for indicator in one.indicators] for one in found.lists["main_line"]}
    assert carried == {"main-1": ["M01"], "main-2": []}
    assert [one.task.code for one in found.lists["higher_assessment"]] == ["up-1"]
    assert found.lists["duty_list"] == ()


def test_an_indicator_that_nobody_carries_carries_no_task() -> None:
    scheme = with_line(whole(), "indicators", "M01", {"points": None})
    assert [one.code for one in coverage(scheme).not_carried] == ["main-1"]


def test_lines_that_differ_are_named_with_both_sides() -> None:
    before = whole()
    after = with_line(before, "indicators", "M02", {"points": {"A": "25", "B": "40"}, "name": "热线办结"})
    after = without_line(after, "indicators", "M03")
    after = with_line(amended(after, date(2026, 10, 1)), "tasks", "up-1", {"document": "市考〔2026〕2号"})
    found = {one.path: one for one in line_changes(before, after)}
    assert list(found) == ["basics", "tasks[up-1]", "indicators[M02]", "indicators[M03]"]
    assert {(one.field, one.before, one.after) for one in found["indicators[M02]"].spots} == {
        ("name", "热线办理", "热线办结"),
        ("points.A", "20", "25"),
    }
    assert (found["indicators[M03]"].kind, found["indicators[M03]"].name) == ("removed", "耕地整改")
    assert {one.field for one in found["basics"].spots} == {"version", "effective_from"}
    assert ("points.A", "20", None) in [(one.field, one.before, one.after) for one in found["indicators[M03]"].spots]
    assert line_changes(before, before) == ()


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("indicators[M01].rule.cap", "indicators[M01]"),
        ("grading.grades[优秀].quota", "grading.grades[优秀]"),
        ("limits.bonus", "basics"),
        ("", "basics"),
    ],
)
def test_a_field_belongs_to_its_line(field: str, line: str) -> None:
    assert line_of(field) == line


def test_a_year_later_only_its_own_year_is_named_anew() -> None:
    scheme = from_yaml(SCHEME.replace("小县2026年度", "小县2026年度（20260号）"), "")[0]
    later = for_year(scheme, 2027)
    assert (later.code, later.name) == ("SMALL-2027", "小县2027年度（20260号）考核方案")
    assert for_year(from_yaml(SCHEME.replace("SMALL-2026", "SMALL"), "")[0], 2027).code == "SMALL-2027"


def test_a_workbook_that_comes_back_says_the_same_scheme_and_of_which_revision_it_is() -> None:
    scheme = whole()
    name = workbook_name("方案 一/二", 12)
    read = read_scheme_file(name, write_scheme(scheme))
    assert read.scheme is not None
    assert digest(read.scheme) == digest(scheme)
    assert (revision_in(name), revision_in("考核方案-r3 (1).xlsx"), revision_in("考核方案.xlsx")) == (12, 3, None)


def test_every_file_that_is_no_scheme_is_told_and_raises_nothing() -> None:
    first = checked(data_of(whole()) | {"effective_to": "2026-09-30"})
    two = f"{to_yaml(first)}---\n{to_yaml(amended(whole(), date(2026, 10, 1)))}"
    cases = {
        "a.docx": (b"x", "workshop.file_kind"),
        "a.xlsx": (b"x", ""),
        "a.yaml": (b"\xff\xfe\xfa", ""),
        "b.yaml": (b"code: [", ""),
        "c.yaml": (two.encode(), "workshop.several_versions"),
    }
    for name, (content, code) in cases.items():
        read = read_scheme_file(name, content)
        assert read.scheme is None, name
        assert read.errors, name
        assert not code or read.problems[0].code == code


def test_what_lint_finds_in_a_workbook_is_named_by_its_cell() -> None:
    read = read_scheme_file("s.xlsx", write_scheme(with_line(whole(), "indicators", "M01", {"hooks": None})))
    (found,) = [one for one in read.problems if one.code == "engine.lint_no_hook"]
    assert (found.place.sheet, bool(found.place.cell)) == ("指标", True)


def test_an_own_target_stands_beside_those_of_its_group() -> None:
    scheme = yundu()
    given = {"name": "督办事项办结", "definition": "", "value": Decimal(9), "measure": "项", "hook": "city-party"}
    made = own_target(scheme, "D01", given, "Y26", Decimal(7))
    assert (made.code, made.units, made.hooks, made.lead) == ("Y26-D01-6", ("D01",), ("city-party",), "D06")
    with pytest.raises(Refused) as refused:
        own_target(scheme, "XX", given, "Y26", Decimal(7))
    assert [one.code for one in refused.value.problems] == ["workshop.unit_not_assessed"]


def test_what_has_no_figure_is_left_out_of_a_trial_and_not_zero() -> None:
    scheme = with_line(whole(), "indicators", "M03", {"missing": "zero"})
    tried, lacking = trial_scheme(scheme, {"INV", "HOT"})
    assert [one.code for one in lacking] == ["M03"]
    missing = {one.code: one.missing for one in tried.indicators}
    assert missing == {"M01": Missing.EXCLUDE, "M02": Missing.EXCLUDE, "M03": Missing.EXCLUDE}


def test_a_new_indicator_stands_behind_its_neighbours_under_the_next_code() -> None:
    scheme = whole()
    assert next_code(scheme) == "M04"
    made = with_new_line(scheme, "indicators", data_of(scheme)["indicators"][0] | {"code": "M04"})
    assert [one.code for one in made.indicators] == ["M01", "M04", "M02", "M03"]
    assert next_code(made, made.indicators[0]) == "M05"
    county = yundu()
    assert not next(one for one in county.indicators if next_code(county).startswith(one.code[:2])).units


def test_only_what_a_change_itself_makes_impossible_is_held_against_it() -> None:
    before = with_line(whole(), "indicators", "M02", {"missing": "assumed"})
    after = with_line(before, "indicators", "M01", {"missing": "assumed", "name": "投资"})
    assert [one.place.field for one in unfit(before, after, "indicators[M01]")] == ["indicators[M01].assumed"]
    assert unfit(before, with_line(before, "indicators", "M02", {"name": "热线"}), "indicators[M02]") == []
