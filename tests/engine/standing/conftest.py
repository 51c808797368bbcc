from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from baton.engine.adjust import Outcome, Sums
from baton.engine.result import Standing
from baton.engine.scheme.model import Scheme
from baton.engine.standing import UnitScores, standings

HALF = {"kind": "arithmetic"}
GRADES = [
    {"code": "优秀", "name": "优秀", "at_least": 90, "quota": "0.3"},
    {"code": "良好", "name": "良好", "at_least": 80},
    {"code": "一般", "name": "一般", "at_least": 60},
    {"code": "较差", "name": "较差", "at_least": 0},
]
VETOES = [
    {"code": "V1", "name": "较大事故", "consequence": {"kind": "grade_cap", "grade": "良好"}, "basis": "文1"},
    {"code": "V3", "name": "弄虚作假", "consequence": {"kind": "grade_drop"}, "basis": "文2"},
    {"code": "V6", "name": "落实不力", "consequence": {"kind": "grade_cap", "grade": "一般"}, "basis": "文3"},
]
COMPLETION = {"kind": "completion"}


def scheme_of(groups: dict[str, list[str]], changes: dict[str, Any]) -> Scheme:
    pools = changes.pop("pools", {})
    ungraded = changes.pop("ungraded", ())
    data = {
        "code": "TEST",
        "name": "测试方案",
        "effective_from": "2025-01-01",
        "ranking": {
            "decimals": 2,
            "tie_breaks": [{"kind": "no_deduction"}, {"kind": "node", "node": "Y"}, {"kind": "node", "node": "D"}],
        },
        "grading": {"grades": GRADES},
        "limits": {"bonus": 5, "deduction": 5, "total_floor": 0},
        "groups": [
            {"code": code, "name": code, "root": "S", "quota_pool": pools.get(code), "graded": code not in ungraded}
            for code in groups
        ],
        "units": [{"code": unit, "name": unit, "group": code} for code, units in groups.items() for unit in units],
        "nodes": [
            {"code": "S", "name": "综合得分", "combine": {"kind": "arithmetic"}, "full": 100},
            *({"code": code, "name": code, "parent": "S", "weight": {"*": 1}} for code in "MYD"),
        ],
        "indicators": [{"code": "Y01", "name": "投资", "parent": "Y", "points": {"*": 100}, "rule": COMPLETION}],
        "vetoes": VETOES,
        **changes,
    }
    return Scheme.model_validate(data)


def quanta(points: object) -> int | None:
    return None if points is None else int(Decimal(str(points)) * 10**6)


type Stand = Callable[..., dict[str, Standing]]


@pytest.fixture(scope="session")
def stand() -> Stand:
    """Give standings by unit, in order, from (base, {bonus, deduction, tie_bonus, vetoes, Y, D}) of each unit."""

    def run(units: dict[str, Any], groups: dict[str, list[str]] | None = None, **changes: Any) -> dict[str, Standing]:
        scheme = scheme_of(groups or {"G": list(units)}, changes)
        scores, sums = {}, {}
        for unit, given in units.items():
            base, more = given if isinstance(given, tuple) else (given, {})
            scores[unit] = UnitScores(quanta(base), {code: quanta(more[code]) for code in "MYD" if code in more})
            points = {name: quanta(more.get(name, 0)) for name in ("bonus", "deduction", "tie_bonus")}
            sums[unit] = Sums(**points, vetoes=tuple(more.get("vetoes", ())))
        found = standings(scheme, scores, Outcome((), (), (), sums))
        return {one.unit: one for one in found}

    return run
