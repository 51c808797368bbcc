"""The whole schemes of tests/cases/schemes/*.yaml, which assessment officers write: figures in, standings out.

Every case is scored by columns and by the exact oracle, and both must give what was worked out by hand.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from baton.engine.exact.sheet import exact_sheet
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result import ScoreSheet
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme
from baton.engine.score import score
from baton.words import Refused

FOLDER = Path(__file__).parents[1] / "cases" / "schemes"
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in yaml.load(file.read_text("utf-8"), yaml.BaseLoader)]
YEAR = 2025
KEY = re.compile(r"(?P<series>[^.@（]+)(\.(?P<figure>[^@（]+))?(@(?P<period>[^（]+))?(?P<early>（初步）)?")
SERIES = {"月": "{year}-{n:02d}", "季": "{year}-Q{n}"}
STANDING = {"总分": "total", "加分": "bonus", "扣分": "deduction", "名次": "rank", "等次": "grade"}
NOTHING = "无"


def scheme_of(written: Mapping[str, Any], changes: Mapping[str, Any]) -> Scheme:
    """Fill in what a case leaves out: names are codes, figures are marks out of a hundred and may be missing."""
    data = {"code": "算例", "name": "算例", "effective_from": f"{YEAR}-01-01", **written, **changes}
    for part in ("groups", "units", "nodes", "bonuses", "deductions"):
        data[part] = [{"name": one["code"], **one} for one in data.get(part, ())]
    grading = data.get("grading", {})
    data["grading"] = {**grading, "grades": [{"name": one["code"], **one} for one in grading.get("grades", ())]}
    given = {"rule": {"kind": "conversion", "full": "100"}, "missing": "exclude"}
    data["indicators"] = [{"name": one["code"], **given, **one} for one in data["indicators"]]
    return Scheme.model_validate(data)


def observations(given: Mapping[str, Any]) -> Iterator[Observation]:
    for key, by_unit in given.items():
        named = KEY.fullmatch(key)
        assert named, key
        period = named["period"] or str(YEAR)
        for unit, values in by_unit.items():
            many = values if isinstance(values, list) else [values]
            for n, value in enumerate(many, 1):
                at = SERIES[period].format(year=YEAR, n=n) if isinstance(values, list) else period
                if value != "null":
                    number, figure = Decimal(value), named["figure"] or "actual"
                    yield Observation(unit, named["series"], figure, at, number, preliminary=bool(named["early"]))


def spots(expected: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Decimal | None]]:
    """Code, period, unit and number of `{code@period: {unit: number}}`."""
    for key, by_unit in expected.items():
        code, _, period = key.partition("@")
        for unit, number in by_unit.items():
            yield code, period or str(YEAR), unit, None if number == NOTHING else Decimal(number)


def frame(sheet: ScoreSheet, table: str, code: str, points: str) -> dict[tuple[str, str, str], Decimal | None]:
    rows = getattr(sheet, table).iter_rows(named=True)
    scale = -sheet.scheme.decimals
    return {
        (row[code], row["period"], row["unit"]): None if row[points] is None else Decimal(row[points]).scaleb(scale)
        for row in rows
    }


def check(sheet: ScoreSheet, expected: Mapping[str, Any]) -> None:
    leaves, nodes = frame(sheet, "leaves", "indicator", "points"), frame(sheet, "nodes", "node", "score")
    standings = {one.unit: one for one in sheet.standings}
    for found, given in ((leaves, expected.get("得分", {})), (nodes, expected.get("节点", {}))):
        for code, period, unit, number in spots(given):
            assert found.get((code, period, unit)) == number, (code, period, unit)
    for word, field in STANDING.items():
        for unit, value in expected.get(word, {}).items():
            wanted = value if field == "grade" else Decimal(value)
            assert getattr(standings[unit], field) == wanted, (word, unit)
    for unit, codes in expected.get("理由", {}).items():
        assert [code for code, _ in standings[unit].reasons] == codes, unit
    if "调整" in expected:
        rows = [f"{one.unit} {one.item} {one.points.normalize():f} {one.reason}".strip() for one in sheet.adjustments]
        assert sorted(rows) == sorted(expected["调整"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["名称"])
def test_case(case: Mapping[str, Any]) -> None:
    scheme = scheme_of(case["方案"], case.get("改动", {}))
    panel = Panel.of(observations(case["数据"]), map(Event.model_validate, case.get("事件", ())))
    expected = case["结果"]
    assert set(expected) <= {*STANDING, "得分", "节点", "理由", "调整", "停下"}
    if "停下" in expected:
        for run in (score, exact_sheet):
            with pytest.raises(Refused) as refused:
                run(scheme, panel, YEAR)
            assert [problem.code for problem in refused.value.problems] == expected["停下"]
        return
    sheet, exact = score(scheme, panel, YEAR), exact_sheet(scheme, panel, YEAR)
    check(sheet, expected)
    check(exact, expected)
    assert sheet.digest == exact.digest
