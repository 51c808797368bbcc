"""The example county's scheme says what the county's own tables say."""

import csv
import json
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from baton.engine.scheme.adjustments import GradeCap, GradeDrop
from baton.engine.scheme.structure import check
from baton.engine.terms import Aggregation, Direction, Evidence, Frequency, Missing, Reporter
from baton.example import scheme, scheme_text

GROUPS = ("TA", "TB", "DQ", "JJ", "MS", "YQ", "ZH")
KINDS = {
    "completion_ratio": "completion",
    "efficacy_exp": "efficacy_exponential",
    "grade_table": "level_table",
}
MISSING = {
    "exclude_renormalise": Missing.EXCLUDE,
    "zero": Missing.ZERO,
    "required": Missing.REQUIRED,
    "peer_mean": Missing.PEER_MEAN,
    "full_if_no_case": Missing.FULL,
    "zero_is_no_case": Missing.ASSUMED,
}
REPORTERS = {"部门一次报全县": Reporter.LEAD_DEPARTMENT, "系统自动": Reporter.MODULE, "乡镇填报": Reporter.UNIT}
FREQUENCIES = {"月": Frequency.MONTH, "季": Frequency.QUARTER, "年": Frequency.YEAR}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def rows(shared_county: Path) -> dict[str, dict[str, str]]:
    """The indicators of the county's table, without the individual goals that the scheme holds as a node."""
    return {row["code"]: row for row in table(shared_county, "indicators.csv") if row["code"] != "Y26"}


@pytest.fixture(scope="module")
def extras(shared_county: Path) -> dict[str, dict[str, str]]:
    totals = {"bonus_total", "deduct_total"}  # their codes B and K are those of a ballot and of nothing
    return {row["code"]: row for row in table(shared_county, "scheme_extras.csv") if row["kind"] not in totals}


def indicators():
    """The indicators of the table: neither individual goals nor ballots."""
    return {i.code: i for i in scheme().indicators if not i.code.startswith(("Y26-", "D_"))}


def test_it_can_be_computed() -> None:
    assert check(scheme()) == ()


def test_it_is_written_for_people() -> None:
    lines = scheme_text().splitlines()
    assert sum(line.lstrip().startswith("#") for line in lines) > 60
    assert len(lines) > 1_000


def test_units_are_those_of_the_table(shared_county: Path) -> None:
    given = {unit.code: unit for unit in scheme().units}
    rows = table(shared_county, "units.csv")
    assert list(Counter(unit.group for unit in given.values() if unit.group).values()).count(20) == 3
    assert set(given) == {row["code"] for row in rows}
    for row in rows:
        unit = given[row["code"]]
        assert (unit.name, unit.short_name or unit.name) == (row["name"], row["short_name"])
        assert (unit.kind, unit.group or "") == (row["kind"], row["group"])
        assert str(unit.valid_from or "") == row["valid_from"]
        assert str(unit.valid_to or "") == row["valid_to"]
        assert unit.successors == tuple(filter(None, row["successor"].split("+")))


def test_indicators_are_those_of_the_table(rows: dict[str, dict[str, str]]) -> None:
    given = indicators()
    assert set(given) == set(rows)
    for code, row in rows.items():
        one = given[code]
        assert (one.name, one.unit, one.series, one.lead) == (row["name"], row["unit"], row["series"], row["lead_unit"])
        assert one.points == {g: Decimal(row[g]) for g in GROUPS if row[g]}, code
        assert one.direction is (Direction.LOWER if row["direction"] == "-" else Direction.HIGHER), code
        assert one.reporter is REPORTERS[row["filled_by"]]
        assert one.evidence is Evidence(row["evidence"])
        assert one.missing is MISSING[row["missing"]]
        assert one.definition == row["definition"]
        assert one.source == row["data_from"]


def test_figures_come_as_often_as_the_table_says(rows: dict[str, dict[str, str]]) -> None:
    shared = {"Y01", "Y04"}  # annual indicators that read the monthly series of M01 and M03
    for code, one in indicators().items():
        expected = Frequency.MONTH if code in shared else FREQUENCIES[rows[code]["freq"]]
        assert one.frequency is expected, code
    assert indicators()["Y01"].series == indicators()["M01"].series == "INV"
    assert indicators()["Y04"].series == indicators()["M03"].series == "FDI"
    assert indicators()["M01"].aggregation is Aggregation.LAST


def test_rules_are_those_of_the_table(rows: dict[str, dict[str, str]]) -> None:
    for code, row in rows.items():
        kind = "composite" if code == "Y09" else KINDS.get(row["rule"], row["rule"])
        assert indicators()[code].rule.kind == kind, code


def test_numbers_of_rules_are_those_of_the_table(rows: dict[str, dict[str, str]]) -> None:
    for code, row in rows.items():
        rule = indicators()[code].rule
        params = json.loads(row["params"], parse_float=Decimal, parse_int=Decimal)
        names = {"k_ratio": "step", "line": "line", "base": "base", "cap": "cap", "floor": "floor", "step": "step"}
        names |= {"d": "offset", "c": "span", "raters": "raters", "field": "field"}
        for theirs, ours in names.items():
            if theirs in params and hasattr(rule, ours):
                held = getattr(rule, ours)
                assert (1 if held == "full" else held) == params[theirs], (code, theirs)
        if row["rule"] == "per_case_deduct":
            assert rule.cases == {k: v for k, v in params.items() if k != "floor"}
        if row["rule"] == "grade_table":
            assert rule.levels == params
        if row["rule"] == "checklist" and isinstance(params["items"], Decimal):
            assert rule.items == params["items"]
        if row["rule"] == "bands":
            assert [list(rule.edges), list(rule.shares), rule.closed] == [params["edges"], params["shares"], "left"]
        if "bounds" in params:
            assert [rule.low, rule.high] == params["bounds"]


def test_points_add_up_to_100_in_every_group_and_part() -> None:
    totals: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    goals: dict[str, list[Decimal]] = defaultdict(list)
    for one in scheme().indicators:
        if one.code.startswith("Y26-"):
            goals[one.units[0]] += one.points.values()
        elif not one.code.startswith("D_"):
            for group, points in one.points.items():
                totals[one.code[0], group] += points
    departments = {"DQ": 35, "JJ": 35, "MS": 30}
    for group in GROUPS[:-1]:
        assert totals["M", group] == 100
        assert totals["Y", group] == 100 - departments.get(group, 0)
    assert totals["Z", "ZH"] == 100
    units = {unit.code: unit for unit in scheme().units}
    for unit, points in goals.items():
        assert len(points) == 5
        assert sum(points) == departments[units[unit].group or ""]


def test_every_department_has_goals_or_a_reason_why_not() -> None:
    with_goals = {one.units[0] for one in scheme().indicators if one.code.startswith("Y26-")}
    without = {e.unit for e in scheme().exemptions if e.node == "Y26"}
    assert without == {"D40", "D42", "D43"}
    assert with_goals | without == {u.code for u in scheme().units if u.group in {"DQ", "JJ", "MS"}}


def test_everything_hangs_on_a_task_and_every_task_carries_something() -> None:
    hooks = [one.hooks for one in scheme().indicators]
    assert all(hooks)
    assert {hook for several in hooks for hook in several} == {task.code for task in scheme().tasks}


def test_a_lead_department_never_checks_itself() -> None:
    groups = {unit.code: unit.group for unit in scheme().units}
    own = [one for one in indicators().values() if groups[one.lead or ""] in one.points]
    assert len(own) == 21  # and the node of individual goals: 22
    for one in scheme().indicators:
        assessed = groups[one.lead or ""] in one.points and (not one.units or one.lead in one.units)
        if not one.code.startswith("D_"):
            assert bool(one.reviewer) == assessed, one.code
        assert one.reviewer != one.lead


def test_bonuses_deductions_and_vetoes_are_those_of_the_table(extras: dict[str, dict[str, str]]) -> None:
    s = scheme()
    for kind, items in (("bonus", s.bonuses), ("deduct", s.deductions)):
        assert [item.code for item in items] == [code for code, row in extras.items() if row["kind"] == kind]
        for item in items:
            row = extras[item.code]
            assert (item.name, item.cap, item.lead) == (row["name"], Decimal(row["cap_or_weight"]), row["lead_unit"])
            assert item.note == row["note"]
    assert (s.limits.bonus, s.limits.deduction) == (5, 5)
    for veto in s.vetoes:
        row = extras[veto.code]
        assert (veto.name, veto.lead) == (row["name"], row["lead_unit"])
        assert bool(veto.basis) == ("未填" not in row["note"])
        if isinstance(veto.consequence, GradeCap):
            assert row["rule"] == f"等次封顶：{veto.consequence.grade}"
        else:
            assert isinstance(veto.consequence, GradeDrop)
            assert veto.consequence.zero_indicator
    assert [veto.code for veto in s.vetoes if not veto.basis] == ["V4", "V5", "V6"]


def test_weights_ballots_and_grades_are_those_of_the_table(extras: dict[str, dict[str, str]]) -> None:
    s = scheme()
    weights = {node.code: node.weight["*"] for node in s.nodes if node.parent == "S"}
    assert weights == {"M": Decimal("0.3"), "Y": Decimal("0.6"), "D": Decimal("0.1")}
    ballots = {one.code: one for one in s.indicators if one.parent == "D"}
    for letter in "ABC":
        assert ballots[f"D_{letter}"].points["*"] == Decimal(extras[letter]["cap_or_weight"])
    assert [ballots[f"D_{letter}"].rule.minimum_valid for letter in "ABC"] == [20, 30, 15]
    for grade in s.grading.grades:
        assert extras[grade.code]["rule"] == f"综合得分≥{grade.at_least}"
    assert s.grading.grades[0].quota == Decimal("0.3")
