"""Tables of indicators made schemes: levels, weights, points, targets, and every doubtful row named by its cell."""

from decimal import Decimal
from pathlib import Path

import pytest

from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.scheme.text import from_yaml, to_yaml
from baton.engine.score import score
from baton.sheets.scheme_table import TableScheme, read_scheme_table, read_scheme_table_mapping
from baton.words import Refused, Severity, render

TABLE = """\
项目,一级,权重,二级,分值,三级,单位,目标,分
A,产出,60,数量,70,培训人数,人,200人,30
A,产出,60,数量,70,完成率,%,80%,40
A,产出,60,质量,30,有无事故,是/否,否,30
A,效果,40,满意度,100,是否满意,是/否,是,100
A,效果,40,环境,,,,,
A,总分,100,,,,,,
B,产出,100,数量,100,差错率,%,-0%,100
"""
MAPPING = """
each: 项目
name_from: 项目
effective_from: 2025-01-01
levels: [{name: 一级, weight: 权重}, {name: 二级, points: 分值}]
leaf: {name: 三级, points: 分, unit: 单位, target: 目标}
passed_rows: {一级: 总分}
rules:
  - {when: {单位: 是/否, 目标: 是}, use: {rule: {kind: attain, line: 1}}}
  - {when: {单位: 是/否, 目标: 否}, use: {rule: {kind: attain, line: 0}, direction: lower}}
  - {when: {目标: "-0%"}, use: {rule: {kind: attain, line: 0}, direction: lower}}
  - {when: {单位: ["%", 人]}, use: {rule: {kind: completion}}}
"""


@pytest.fixture
def read(tmp_path: Path):
    def reader(table: str = TABLE, mapping: str = MAPPING) -> tuple[TableScheme, ...]:
        path = tmp_path / "指标表.csv"
        path.write_text(table, "utf-8")
        found = read_scheme_table(path, read_scheme_table_mapping(mapping, "mapping.yaml"))
        assert all(render(p).what and render(p, "en").what for one in found for p in one.problems)
        return found

    return reader


def told(found: TableScheme, *severities: Severity) -> list[tuple[str, str]]:
    return [(p.code, p.place.cell) for p in found.problems if p.severity in severities]


def test_each_value_of_a_column_makes_a_scheme(read) -> None:
    one, other = read()
    assert (one.code, other.code) == ("A", "B")
    assert one.scheme is not None
    assert [(n.code, n.name, n.parent, n.full) for n in one.scheme.nodes] == [
        ("S", "A", None, 100),
        ("1", "产出", "S", 100),
        ("1.1", "数量", "1", 70),
        ("1.2", "质量", "1", 30),
        ("2", "效果", "S", 100),
        ("2.1", "满意度", "2", 100),
    ]
    assert [(i.code, i.parent, i.points["*"], i.rule.kind, i.target.value) for i in one.scheme.indicators] == [
        ("1.1.1", "1.1", 30, "completion", 200),
        ("1.1.2", "1.1", 40, "completion", 80),
        ("1.2.1", "1.2", 30, "attain", None),
        ("2.1.1", "2.1", 100, "attain", None),
    ]
    assert one.scheme.indicators[1].definition == "目标：80%"
    assert told(one, *Severity) == [("sheets.scheme_table_left_out", "I6")]


def test_the_scheme_scores_as_the_table_says(read) -> None:
    scheme = read()[0].scheme
    figures = {"1.1.1": "100", "1.1.2": "80", "1.2.1": "0", "2.1.1": "0"}
    panel = Panel.of(Observation("U1", code, "actual", "2025", Decimal(value)) for code, value in figures.items())
    (standing,) = score(scheme, panel, 2025).standings
    assert standing.total == Decimal("0.6") * (15 + 40 + 30)


def test_the_scheme_survives_being_written(read) -> None:
    for one in read():
        assert from_yaml(to_yaml(one.scheme), "s.yaml") == (one.scheme,)


@pytest.mark.parametrize("given", ["", "5人/10万人", "若干"])
def test_a_target_that_is_no_number_stays_open_with_a_warning(read, given) -> None:
    one = read(TABLE.replace("80%", given))[0]
    assert told(one, Severity.WARNING, Severity.ERROR) == [("sheets.scheme_table_target_open", "H3")]
    assert one.scheme is not None
    assert one.scheme.indicators[1].target.value is None


@pytest.mark.parametrize(
    ("old", "new", "code", "cell"),
    [
        ("培训人数,人,200人,30", "培训人数,人,200人,", "sheets.scheme_table_half", "I2"),
        ("培训人数,人,200人,30", ",人,200人,30", "sheets.scheme_table_half", "F2"),
        ("培训人数,人,200人", "培训人数,次,200次", "sheets.scheme_table_no_rule", "H2"),
        ("200人,30", "200人,三十", "sheets.not_a_number", "I2"),
        ("200人,30", "200人,35", "engine.scheme_points_do_not_add_up", "E2"),
        ("质量,30", "质量,40", "engine.scheme_points_do_not_add_up", "E4"),
        ("效果,40", "效果,50", "engine.scheme_weights_do_not_add_up", ""),
        ("A,产出", "甲 乙,产出", "sheets.scheme_table_refused", ""),
    ],
)
def test_what_makes_no_scheme_is_named_and_hurts_no_other(read, old, new, code, cell) -> None:
    found = read(TABLE.replace(old, new))
    wrong = next(one for one in found if one.scheme is None)
    assert (code, cell) in told(wrong, Severity.ERROR)
    assert found[-1].scheme is not None


def test_a_column_of_points_of_its_own_and_no_levels(read) -> None:
    mapping = """
name: 县考核
effective_from: 2025-01-01
units: [甲县, 乙县]
leaf: {name: 指标, points: 成效, without_points: leave_out, source: 来源}
tasks: [{code: t, name: 任务, kind: main_line}]
hooks: [t]
rules: [{use: {rule: {kind: min_max}}}]
"""
    (found,) = read("指标,任务,成效,来源\n甲,50,60,统计局\n乙,50,,\n丙,,40,财政局\n", mapping)
    assert found.scheme is not None
    assert [(i.name, i.points["*"], i.source, i.hooks) for i in found.scheme.indicators] == [
        ("甲", 60, "统计局", ("t",)),
        ("丙", 40, "财政局", ("t",)),
    ]
    assert [unit.name for unit in found.scheme.units] == ["甲县", "乙县"]


def test_a_missing_heading_is_refused_by_its_name(read) -> None:
    with pytest.raises(Refused) as refused:
        read(TABLE.replace("目标", "标准", 1))
    assert [one.code for one in refused.value.problems] == ["sheets.column_missing"]


@pytest.mark.parametrize(("wrong", "line"), [("kind: attain, lines: 1", 0), ("kind: attained", 0)])
def test_a_rule_that_does_not_exist_is_refused_at_the_row(read, wrong, line) -> None:
    found = read(mapping=MAPPING.replace("kind: attain, line: 1", wrong))[0]
    assert told(found, Severity.ERROR) == [("sheets.scheme_table_rule", "F5")]
