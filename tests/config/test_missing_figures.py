"""A year without figures: who must be rung up about what, in a line each, and everything one by one for machines."""

from pathlib import Path

import pytest
from tests.config.small import FIGURES, SCHEME, call, county

from baton.config.cli.ending import Code
from baton.config.cli.missing import gathered
from baton.words import Place, Problem

TWO_LEADS = (
    SCHEME.replace("full: 100}", "full: 100, frequency: month}")
    .replace("rule: {kind: min_max}\n    lead: D1", "rule: {kind: min_max}\n    lead: D2\n    frequency: month")
    .replace("  - {code: D1, name: 县发改局}", "  - {code: D1, name: 县发改局}\n  - {code: D2, name: 县统计局}")
)
HEAD = FIGURES.splitlines()[0] + "\n"


def missing(unit: str, indicator: str, period: str, lead: str = "县发改局") -> Problem:
    """A figure that is required and is not there."""
    params = {"unit": unit, "indicator": indicator, "period": period, "lead": lead}
    return Problem("engine.figure_required", params, Place(field=f"{unit}/{indicator}"))


def test_a_year_without_figures_is_a_line_for_each_lead_department_and_indicator(tmp_path: Path) -> None:
    paths = county(tmp_path, scheme=TWO_LEADS, figures=HEAD + "U1,I2,actual,2025-01,1\n", events="unit,item\n")
    said = call("score", *paths, "--year", "2025", "-o", tmp_path / "results")
    assert said.code == Code.INPUT
    lines = [line for line in said.err.splitlines() if line.startswith("错误")]
    assert [line.partition("缺")[0] for line in lines] == ["错误 县发改局：“I1 投资完成率”", "错误 县统计局：“I2 增速”"]
    assert said.err.count("怎么改") == 1
    assert "3 个单位（白水镇、青山镇、红岩乡）" in lines[0]
    assert all(word in lines[1] for word in ("35 个必报的数", "12 个时段（2025-01、2025-02、2025-03等）"))
    told = call("score", *paths, "--year", "2025", "-o", tmp_path / "results", "--json")
    assert told.codes.count("engine.figure_required") == 36 + 35


def test_one_missing_figure_is_named_as_it_is_with_its_lead_department(tmp_path: Path) -> None:
    paths = county(tmp_path, figures=FIGURES.replace("U1,I2,actual,2025,8.1\n", ""))
    said = call("score", *paths, "--year", "2025", "-o", tmp_path / "results")
    assert "白水镇 缺“I2 增速”（2025）的数" in said.err
    assert "县发改局" in said.err


def test_where_no_department_leads_the_sentence_says_so(tmp_path: Path) -> None:
    alone = SCHEME.replace("rule: {kind: min_max}\n    lead: D1", "rule: {kind: min_max}\n    reporter: unit")
    for scheme, words in ((alone, "各单位自报"), (alone.replace("    reporter: unit\n", ""), "方案没有写牵头单位")):
        paths = county(tmp_path, scheme=scheme, figures=FIGURES.replace("U1,I2,actual,2025,8.1\n", ""))
        said = call("score", *paths, "--year", "2025", "-o", tmp_path / "results")
        assert words in said.err


def test_other_problems_come_first_and_what_is_gathered_counts_for_all() -> None:
    other = Problem("engine.zero_denominator", {"unit": "甲", "indicator": "X", "period": "2025"})
    given = [
        missing("甲", "I2 增速", "2025", lead="县统计局"),
        missing("甲", "I1 投资", "2025-01"),
        other,
        missing("乙", "I1 投资", "2025-02"),
        missing("乙", "I1 投资", "2025-01"),
    ]
    lines = gathered(given, "zh")
    assert [(line.problem.code, line.stands_for) for line in lines] == [
        ("engine.zero_denominator", 1),
        ("engine.figure_required", 1),
        ("config.figures_required", 3),
    ]
    assert lines[2].problem.params["units"] == "甲、乙"
    assert lines[2].problem.params["periods"] == "2025-01、2025-02"


@pytest.mark.parametrize(("count", "shown"), [(3, "1、2、3"), (4, "1、2、3等"), (85, "1、2、3等")])
def test_many_names_are_a_few_and_a_count(count: int, shown: str) -> None:
    line = gathered([missing(str(n), "I1 投资", "2025") for n in range(1, count + 1)], "zh")[0]
    assert (line.problem.params["unit_count"], line.problem.params["units"]) == (count, shown)
