"""The cases of tests/cases/rules.yaml, which assessment officers write, one test each."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from baton.engine.rules import KINDS, Case, LevelTable, Rule, RuleBase
from baton.words.catalogue import text

FILE = Path(__file__).parents[2] / "cases" / "rules.yaml"
CASES = yaml.load(FILE.read_text("utf-8"), yaml.BaseLoader)
KIND = {text(f"engine.kind_{kind.model_fields['kind'].default}"): kind.model_fields["kind"].default for kind in KINDS}
RULE = TypeAdapter(Rule)
FIELDS = {"实际": "x", "目标": "target", "本组平均": "mean"}
WORDS = {*FIELDS, "本组", "本组最高", "本组最低", "各项", "票数", "等次", "评分组名次"}


def reported(given: dict[str, Any]) -> dict[str, Decimal]:
    items = {f"item{n}": Decimal(done) for n, done in enumerate(given.get("各项", ()), 1)}
    votes = {option: Decimal(count) for option, count in given.get("票数", {}).items()}
    return items | votes | {name: Decimal(value) for name, value in given.items() if name not in WORDS}


def case_of(bench: Any, rule: RuleBase, given: dict[str, Any], points: Decimal, sign: int) -> Case:
    if rule.feeds() and "实际" not in given:
        return bench.figures(rule, reported(given), points, sign)
    if isinstance(rule, LevelTable):
        return Case(x=Decimal(list(rule.levels).index(given["等次"]) + 1), points=points)
    if "本组" in given:
        return bench.group(rule, Decimal(given["实际"]), [Decimal(value) for value in given["本组"]], points, sign)
    case = Case(x=Decimal(0), points=points, sign=sign)
    for word, field in FIELDS.items():
        if word in given:
            case = replace(case, **{field: Decimal(given[word])})
    if "本组最高" in given:
        ends = [Decimal(given["本组最高"]), Decimal(given["本组最低"])]
        case = replace(case, best=ends[sign < 0], worst=ends[sign > 0])
    return case


def leaves(
    bench: Any, rule: RuleBase, given: dict[str, Any], points: Decimal, sign: int
) -> Iterator[tuple[RuleBase, Case]]:
    """The rule with its case, or its parts with theirs: raters by their ranks, parts of a composite by code."""
    parts = rule.parts()
    if not parts:
        yield rule, case_of(bench, rule, given, points, sign)
    for number, part in enumerate(parts):
        share = points * part.numerator / part.denominator
        if "评分组名次" in given:
            yield part.rule, Case(x=Decimal(0), points=share, rank=Decimal(given["评分组名次"][number]))
        else:
            yield part.rule, case_of(bench, part.rule, given[part.code], share, sign)


@pytest.mark.parametrize("written", CASES, ids=lambda case: case["名称"])
def test_case(bench, agree, written) -> None:
    rule = RULE.validate_python({"kind": KIND[written["规则"]], **written.get("参数", {})})
    points, sign = Decimal(written["满分"]), -1 if written.get("方向") == "越低越好" else 1
    earned = Decimal(0)
    for one, case in leaves(bench, rule, written["输入"], points, sign):
        equal = one.equal_share()
        same = equal is not None and "本组" in written["输入"] and case.best == case.worst
        earned += equal * case.points if same and equal is not None else agree(one, case)
    assert earned.quantize(Decimal("0.000001"), ROUND_HALF_UP) == Decimal(written["得分"])


def test_every_kind_has_a_case() -> None:
    assert {written["规则"] for written in CASES} == set(KIND)
