"""A county that negotiates yearly targets: five townships with four years of history, and whoever has a say.

甲镇 to 己镇 (group A) are to raise investment; 发改局 (group B) leads, and is itself assessed by it, so that 政府办
answers its target. Energy per unit of output is a rate where less is better. Figures of 2022 to 2025 are held.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from baton.assessment.actions.earlier import bring_in_figures
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.targets.calling import call_for_targets
from baton.assessment.models import Target, TargetCall
from baton.core import clock
from baton.core.acting import SYSTEM, Actor
from baton.core.models import User
from baton.engine.panel import Observation
from baton.org.choices import Role
from baton.org.models import Unit
from people import give, make_unit, make_user

SCHEME = """
language: 1
code: AIM-2026
name: 小县2026年度考核方案
effective_from: 2026-01-01
effective_to: 2026-12-31
groups:
  - {code: A, name: 乡镇组, root: S}
  - {code: B, name: 部门组, root: S}
units:
  - {code: T1, name: 甲镇, group: A}
  - {code: T2, name: 乙镇, group: A}
  - {code: T3, name: 丙镇, group: A}
  - {code: T4, name: 丁镇, group: A}
  - {code: T5, name: 戊镇, group: A}
  - {code: T6, name: 己镇, group: A}
  - {code: D1, name: 发改局, group: B}
  - {code: D2, name: 政府办, group: B}
nodes:
  - {code: S, name: 综合得分, combine: {kind: arithmetic}, full: 100}
  - {code: M, name: 月度, parent: S, weight: {"*": 1}, full: 100, frequency: month, renormalise: true}
  - {code: M-发展, name: 经济发展, parent: M, frequency: month}
indicators:
  - code: M01
    name: 固定资产投资序时完成率
    parent: M-发展
    points: {A: 60, B: 100}
    unit: 万元
    rule: {kind: time_progress, step: 0.025}
    target: {spread: proportional}
    series: INV
    figures: {actual: 本年累计完成投资, target: 年度计划}
    frequency: month
    aggregation: last
    missing: exclude
    lead: D1
    reviewer: D2
  - code: M02
    name: 单位能耗
    parent: M-发展
    points: {A: 40}
    unit: 吨标准煤/万元
    direction: lower
    rule: {kind: control, cap: 1}
    series: ENE
    figures: {actual: 单位能耗, target: 控制目标}
    frequency: month
    aggregation: last
    missing: exclude
    lead: D2
"""
PEOPLE = {
    "chief": ("周主任", Role.OFFICE_HEAD, None),
    "chief2": ("吴副主任", Role.OFFICE_HEAD, None),
    "office": ("段经办", Role.OFFICE, None),
    "d1": ("发改审核", Role.VERIFIER, "D1"),
    "d1_head": ("发改局长", Role.UNIT_HEAD, "D1"),
    "d2": ("政府办审核", Role.VERIFIER, "D2"),
    "t1": ("甲镇填报", Role.REPORTER, "T1"),
    "t1_head": ("甲镇书记", Role.UNIT_HEAD, "T1"),
    "t2": ("乙镇填报", Role.REPORTER, "T2"),
    "t2_head": ("乙镇书记", Role.UNIT_HEAD, "T2"),
    "t6": ("己镇填报", Role.REPORTER, "T6"),
    "leader": ("县领导", Role.COUNTY_LEADER, None),
    "official": ("干部", Role.OFFICIAL, "T3"),
    "nobody": ("无角色", None, None),
}
INVESTED = {
    "T1": (8000, 8900, 9700, 10700),
    "T2": (5000, 5400, 6100, 6500),
    "T3": (12000, 13000, 14500, 15600),
    "T4": (3000, 3350, 3600, 4000),
    "T5": (9000, 9700, 10800, 11700),
    "T6": (7000, 7700, 8300, 9200),
    "D1": (2000, 2180, 2400, 2600),
    "D2": (1000, 1110, 1200, 1330),
}
USED = {"T1": (0.62, 0.6, 0.59, 0.57), "T2": (0.8, 0.78, 0.75, 0.74), "T3": (0.5, 0.49, 0.47, 0.46)}
USED |= {"T4": (0.9, 0.87, 0.86, 0.83), "T5": (0.7, 0.68, 0.66, 0.65), "T6": (0.55, 0.54, 0.52, 0.51)}
INV, ENE = ("INV", "target"), ("ENE", "target")


@dataclass
class Aiming:
    """The county: units by code, people by short name."""

    settings: Any
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def on(self, day: date) -> "Aiming":
        """Let it be noon of a day."""
        self.settings.CLOCK_OFFSET += timedelta(days=(day - clock.today()).days)
        return self

    def by(self, name: str) -> Actor:
        """Give somebody who acts."""
        return Actor(self.people[name])

    def call(self, *wanted: tuple[str, str], **given: Any) -> TargetCall:
        """Call for targets, of investment where none is named."""
        given = {"year": 2026, "closes": date(2026, 1, 20), **given}
        return call_for_targets(by=self.by("office"), wanted=wanted or (INV,), **given)

    def target(self, unit: str = "T1", series: str = "INV") -> Target:
        """Give a target as it is now."""
        return Target.objects.select_related("figure", "unit").get(unit__code=unit, series=series)


def make_aiming(settings: Any) -> Aiming:
    """Set the county up on the 5th of January 2026; targets are not called for yet."""
    found = Aiming(settings).on(date(2026, 1, 5))
    names = {
        "T1": "甲镇",
        "T2": "乙镇",
        "T3": "丙镇",
        "T4": "丁镇",
        "T5": "戊镇",
        "T6": "己镇",
        "D1": "发改局",
        "D2": "政府办",
    }
    for number, (code, name) in enumerate(names.items()):
        found.units[code] = make_unit(code, name, order=number)
    for username, (name, role, unit) in PEOPLE.items():
        found.people[username] = make_user(username, name)
        if role is not None:
            give(found.people[username], role, found.units[unit] if unit else None)
    adopt_scheme(by=SYSTEM, text=SCHEME, document="县委发〔2026〕1号")
    bring_in_figures(by=SYSTEM, observations=[*_held("INV", INVESTED), *_held("ENE", USED)])
    return found


def _held(series: str, values: dict[str, tuple[float, ...]]) -> list[Observation]:
    return [
        Observation(unit, series, "actual", str(year), Decimal(str(value)))
        for unit, years in values.items()
        for year, value in zip((2022, 2023, 2024, 2025), years, strict=True)
    ]


@pytest.fixture
def aiming(db: None, settings: Any) -> Aiming:
    """The county that sets targets."""
    return make_aiming(settings)
