from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from baton.engine.adjust import Outcome, adjustments
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme

COUNTY = {
    "code": "TEST",
    "name": "测试方案",
    "effective_from": "2025-01-01",
    "effective_to": "2025-12-31",
    "groups": [{"code": "TA", "name": "乡镇A组", "root": "S"}],
    "units": [
        {"code": "T01", "name": "云渡镇", "group": "TA"},
        {"code": "T02", "name": "白鹭洲镇", "group": "TA"},
        {"code": "OLD", "name": "旧镇"},
    ],
    "nodes": [{"code": "S", "name": "综合得分"}],
    "indicators": [
        {"code": "Y15", "name": "死亡人数控制", "parent": "S", "points": {"TA": 5}, "rule": {"kind": "completion"}},
        {"code": "M10", "name": "隐患整改率", "parent": "S", "points": {"*": 8}, "rule": {"kind": "completion"}},
        {"code": "Y26", "name": "个性目标", "parent": "S", "points": {"DQ": 8}, "rule": {"kind": "completion"}},
    ],
    "limits": {"bonus": 5, "deduction": 5, "total_floor": 0},
    "grading": {
        "grades": [
            {"code": "A", "name": "优秀", "at_least": 90, "quota": "0.3"},
            {"code": "B", "name": "良好", "at_least": 80},
            {"code": "C", "name": "一般", "at_least": 60},
            {"code": "D", "name": "较差"},
        ]
    },
    "bonuses": [
        {
            "code": "B1",
            "name": "受表彰奖励",
            "measure": {"kind": "level", "levels": {"国家级": 3, "省级": 2, "市级": 1}},
            "cap": 3,
        },
        {
            "code": "B2",
            "name": "向上争取资金",
            "measure": {"kind": "quantity", "per": 1000, "rate": "0.1", "whole": True},
            "cap": 1,
        },
        {"code": "B3", "name": "引进亿元项目", "measure": {"kind": "quantity", "rate": 1}, "cap": 2},
        {"code": "B6", "name": "急难险重任务", "measure": {"kind": "decided", "allowed": ["0.5", 1]}, "cap": 1},
        {
            "code": "B7",
            "name": "超额完成",
            "measure": {"kind": "decided"},
            "cap": 5,
            "counting": "tie_break",
        },
    ],
    "deductions": [
        {
            "code": "K1",
            "name": "受通报批评",
            "measure": {"kind": "level", "levels": {"国家级": 3, "省级": 2, "市级": 1, "县级": "0.5"}},
            "cap": 3,
        },
        {"code": "K2", "name": "滞后工作挂牌", "measure": {"kind": "quantity", "rate": "0.5"}, "cap": "1.5"},
        {"code": "K5", "name": "一般生产安全责任事故", "measure": {"kind": "quantity", "rate": 1}, "cap": 2},
    ],
    "vetoes": [
        {
            "code": "V1",
            "name": "较大事故",
            "consequence": {"kind": "grade_cap", "grade": "B"},
            "basis": "文〔2025〕6号",
        },
        {
            "code": "V3",
            "name": "弄虚作假",
            "consequence": {"kind": "grade_drop", "zero_indicator": True},
            "basis": "文〔2025〕6号",
        },
        {"code": "V4", "name": "督察通报", "consequence": {"kind": "grade_cap", "grade": "C"}},
        {
            "code": "V6",
            "name": "落实不力",
            "consequence": {"kind": "grade_cap", "grade": "C"},
            "basis": "文〔2025〕6号",
        },
    ],
}

type Settle = Callable[..., Outcome]


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return Scheme.model_validate(COUNTY)


@pytest.fixture(scope="session")
def settle(scheme: Scheme) -> Settle:
    """Settle events given as dicts; an indicator loses `each` points of the total for one of its quantity."""

    def run(*events: dict[str, Any], each: str = "0", **changes: object) -> Outcome:
        changed = scheme.model_copy(update=changes)
        made = [Event.model_validate({"unit": "T01", **event}) for event in events]
        return adjustments(
            changed, made, lambda unit, indicator, events: sum(e.quantity for e in events) * Decimal(each)
        )

    return run
