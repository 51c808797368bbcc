"""The county that the pages are measured in: units, a scheme that assesses each by every indicator, who reports what.

Every unit leads an indicator, so that as many workbooks can come in at once as there are units; some departments lead
several, and units report a few figures themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from baton.engine.scheme.model import Scheme

YEAR, MONTHS = 2026, 12
NOW = f"{YEAR}-{MONTHS:02d}"
ROOT = "YD"
OWN_SHARE = 40
"""One indicator in so many is reported by the units themselves."""
DIMENSIONS = ("经济发展", "农业农村", "生态环境", "民生保障", "社会治理", "改革创新", "安全稳定", "党的建设")
NAMES = (
    "固定资产投资",
    "规上工业增加值",
    "高标准农田建设",
    "空气质量优良天数",
    "城镇新增就业",
    "信访事项按期办结",
    "隐患整改",
    "组织生活落实",
)
GROUPS = {
    "TA": "乡镇A组（城镇工业类）",
    "TB": "乡镇B组（农业生态类）",
    "DQ": "县直党群综合组",
    "JJ": "县直经济发展组",
    "MS": "县直民生执法组",
    "YQ": "园区国企组",
}
KINDS: tuple[dict[str, Any], ...] = (
    {"rule": {"kind": "completion"}, "target": {"value": 100}},
    {"rule": {"kind": "threshold_deduct", "line": 90, "step": "0.01"}},
    {"rule": {"kind": "piecewise_linear", "points": [[0, 0], [60, "0.5"], [100, 1]]}},
    {"rule": {"kind": "bands", "edges": [0, 60, 80, 90], "shares": ["0", "0.6", "0.8", "1"]}},
    {"rule": {"kind": "attain"}, "target": {"value": 80}},
)


@dataclass(frozen=True)
class Plan:
    """How large the county is: assessed units, indicators, people."""

    units: int = 150
    indicators: int = 200
    people: int = 5_000

    @cached_property
    def townships(self) -> int:
        """The first units are townships, all others departments."""
        return self.units * 2 // 5

    def code(self, number: int) -> str:
        """Give the code of a unit."""
        return f"{'T' if number < self.townships else 'D'}{number + 1:03d}"

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of all assessed units."""
        return tuple(map(self.code, range(self.units)))

    def lead(self, indicator: int) -> str:
        """Give the department that leads an indicator: each unit one, then the busy departments several."""
        busy = max(1, self.units // 10)
        return self.code(indicator if indicator < self.units else self.townships + indicator % busy)

    def is_own(self, indicator: int) -> bool:
        """Whether units report an indicator themselves; those are the last ones."""
        return indicator >= self.indicators - self.indicators // OWN_SHARE

    def scheme(self) -> Scheme:
        """Make the scheme."""
        nodes = [
            {"code": "S", "name": "综合得分", "combine": {"kind": "arithmetic"}, "full": 100},
            {
                "code": "M",
                "name": "月度动态考核",
                "parent": "S",
                "weight": {"*": 1},
                "full": 100,
                "frequency": "month",
                "renormalise": True,
            },
            *(
                {"code": f"M{number}", "name": name, "parent": "M", "frequency": "month"}
                for number, name in enumerate(DIMENSIONS)
            ),
        ]
        return Scheme.model_validate(
            {
                "code": f"BENCH-{YEAR}",
                "name": f"云渡县{YEAR}年度考核方案",
                "effective_from": f"{YEAR}-01-01",
                "effective_to": f"{YEAR}-12-31",
                "groups": [{"code": code, "name": name, "root": "S"} for code, name in GROUPS.items()],
                "units": list(self._units()),
                "nodes": nodes,
                "indicators": [self._indicator(number) for number in range(self.indicators)],
                "deductions": [
                    {
                        "code": "K1",
                        "name": "受通报批评",
                        "measure": {"kind": "level", "levels": {"县级": "0.5"}},
                        "cap": 3,
                        "lead": self.code(0),
                    }
                ],
            }
        )

    def _units(self) -> Iterator[dict[str, Any]]:
        of_townships, of_departments = list(GROUPS)[:2], list(GROUPS)[2:]
        for number, code in enumerate(self.codes):
            if number < self.townships:
                yield _unit(code, f"柳林驿{_han(number)}镇", "镇", of_townships[number % 2])
            else:
                group = of_departments[number % 4]
                yield _unit(code, f"云渡县{_han(number)}综合服务管理局", "部门", group)

    def _indicator(self, number: int) -> dict[str, Any]:
        lead = self.lead(number)
        reviewer = self.code((self.codes.index(lead) + 1) % self.units)
        name = f"{NAMES[number % len(NAMES)]}（第{number + 1}项）"
        return {
            "code": f"I{number:03d}",
            "name": name,
            "parent": f"M{number % len(DIMENSIONS)}",
            "points": {"*": 100 / self.indicators},
            "unit": "%",
            "decimals": 2,
            "frequency": "month",
            "aggregation": "last",
            "missing": "exclude",
            "figures": {"actual": name},
            "lead": lead,
            "reviewer": reviewer,
            "definition": "年初至本月累计完成数÷序时计划×100",
            **({"reporter": "unit"} if self.is_own(number) else {}),
            **KINDS[number % len(KINDS)],
        }


def _unit(code: str, name: str, kind: str, group: str) -> dict[str, Any]:
    return {"code": code, "name": name, "kind": kind, "group": group}


def _han(number: int) -> str:
    """Write a number as two characters, another pair for each."""
    letters = "东西南北中上下左右前后新老大小春夏秋冬"
    return letters[number // len(letters)] + letters[number % len(letters)]
