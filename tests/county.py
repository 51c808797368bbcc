"""A small county with a scheme of three indicators, set up in the database, for tests of the monthly cycle.

Townships 甲镇, 乙镇 and 丙镇 (group A), departments 发改局 and 政府办 (group B). 发改局 reports investment (a source
of its own, due on the 22nd) and is assessed by it, 政府办 then verifies; 政府办 reports the hotline; townships report
farmland.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import enter_figures
from baton.assessment.actions.months import open_month
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.choices import RunKind
from baton.assessment.models import Batch, Month, SourceDay
from baton.core import clock
from baton.core.acting import SYSTEM, Actor
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from people import give, make_unit, make_user

SCHEME = """
language: 1
code: SMALL-2026
name: 小县2026年度考核方案
effective_from: 2026-01-01
effective_to: 2026-12-31
grading:
  grades:
    - {code: 优秀, name: 优秀, at_least: 90, quota: 0.3}
    - {code: 合格, name: 合格, at_least: 0}
groups:
  - {code: A, name: 乡镇组, root: S}
  - {code: B, name: 部门组, root: S}
units:
  - {code: T1, name: 甲镇, group: A}
  - {code: T2, name: 乙镇, group: A}
  - {code: T3, name: 丙镇, group: A}
  - {code: D1, name: 发改局, group: B}
  - {code: D2, name: 政府办, group: B}
nodes:
  - {code: S, name: 综合得分, combine: {kind: arithmetic}, full: 100}
  - {code: M, name: 月度, parent: S, weight: {"*": 1}, full: 100, frequency: month, renormalise: true}
  - {code: M-发展, name: 经济发展, parent: M, frequency: month}
  - {code: M-民生, name: 民生, parent: M, frequency: month}
indicators:
  - code: M01
    name: 投资完成率
    parent: M-发展
    points: {A: 60, B: 60}
    unit: "%"
    rule: {kind: threshold_deduct, line: 100, step: 0.05}
    series: INV
    figures: {actual: 投资完成率}
    frequency: month
    aggregation: last
    missing: exclude
    lead: D1
    reviewer: D2
    source: 统计月报
  - code: M02
    name: 热线办理
    parent: M-民生
    points: {A: 20, B: 40}
    unit: 分
    rule: {kind: threshold_deduct, line: 90, step: 0.05}
    series: HOT
    figures: {actual: 热线得分}
    frequency: month
    aggregation: last
    missing: required
    lead: D2
    reviewer: D1
  - code: M03
    name: 耕地整改
    parent: M-民生
    points: {A: 20}
    unit: 亩
    rule: {kind: threshold_deduct, line: 10, step: 0.1}
    series: ARB
    figures: {actual: 整改亩数}
    frequency: month
    aggregation: last
    missing: exclude
    lead: D1
    reporter: unit
deductions:
  - {code: K1, name: 受通报批评, measure: {kind: level, levels: {县级: 0.5}}, cap: 3, lead: D2}
  - {code: K2, name: 迟交整改方案, measure: {kind: quantity, rate: 0.1}, cap: 1}
vetoes:
  - code: V1
    name: 统计弄虚作假
    consequence: {kind: grade_drop, steps: 1, zero_indicator: true}
    basis: 中办发〔2021〕某号第二条
    lead: D2
bonuses:
  - {code: B1, name: 受表彰, measure: {kind: level, levels: {县级: 0.5}}, cap: 3, lead: D2}
"""
PEOPLE = {
    "chief": ("周主任", Role.OFFICE_HEAD, None),
    "office": ("段经办", Role.OFFICE, None),
    "d1": ("发改审核", Role.VERIFIER, "D1"),
    "d1_clerk": ("发改填报", Role.REPORTER, "D1"),
    "d2": ("政府办审核", Role.VERIFIER, "D2"),
    "t1": ("甲镇填报", Role.REPORTER, "T1"),
    "t1_leader": ("甲镇分管", Role.LEADER_IN_CHARGE, "T1"),
    "t1_head": ("甲镇书记", Role.UNIT_HEAD, "T1"),
    "t2": ("乙镇填报", Role.REPORTER, "T2"),
    "t2_head": ("乙镇书记", Role.UNIT_HEAD, "T2"),
    "leader": ("县领导", Role.COUNTY_LEADER, None),
    "official": ("干部", Role.OFFICIAL, "T1"),
    "nobody": ("无角色", None, None),
}


@dataclass
class County:
    """The county: units by code, people by short name."""

    settings: Any
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def on(self, day: date) -> "County":
        """Let it be noon of a day."""
        self.settings.CLOCK_OFFSET += timedelta(days=(day - clock.today()).days)
        return self

    def by(self, name: str) -> Actor:
        """Give somebody who acts."""
        return Actor(self.people[name])

    def month(self, period: str = "2026-09") -> Month:
        """Open a month."""
        return open_month(by=SYSTEM, period=period)

    def enter(self, who: str, series: str, values: dict[str, str], period: str = "2026-09") -> Batch | None:
        """Enter figures of a series about units."""
        cells = [Typed(unit, series, "actual", period, typed) for unit, typed in values.items()]
        return enter_figures(by=self.by(who) if who else SYSTEM, period=period, cells=cells)

    def fill(self, period: str = "2026-09", hot: str = "95", inv: str = "100", arb: str = "10") -> None:
        """Enter every figure of a month, as the system itself."""
        townships = ("T1", "T2", "T3")
        self.enter("", "INV", dict.fromkeys((*townships, "D1", "D2"), inv), period)
        self.enter("", "HOT", dict.fromkeys((*townships, "D1", "D2"), hot), period)
        self.enter("", "ARB", dict.fromkeys(townships, arb), period)

    def published(self, period: str = "2026-09") -> "County":
        """Have a month reported, scored and published: it is the 25th of October, and every window is closed."""
        self.month(period)
        self.fill(period)
        self.on(date(2026, 10, 25))
        score_month(by=self.by("office"), period=period, kind=RunKind.OFFICIAL)
        publish_month(by=self.by("chief"), period=period)
        return self


def make_county(settings: Any) -> County:
    """Set the county up on the 2nd of October 2026, with September not opened yet."""
    county = County(settings).on(date(2026, 10, 2))
    for number, (code, name) in enumerate(
        {"T1": "甲镇", "T2": "乙镇", "T3": "丙镇", "D1": "发改局", "D2": "政府办"}.items()
    ):
        county.units[code] = make_unit(code, name, order=number)
    for username, (name, role, unit) in PEOPLE.items():
        county.people[username] = make_user(username, name)
        if role is not None:
            give(county.people[username], role, county.units[unit] if unit else None)
    SourceDay.objects.create(source="统计月报", day=22, valid_from=date(2026, 1, 1), basis="发布日历")
    adopt_scheme(by=SYSTEM, text=SCHEME, document="县委发〔2026〕1号")
    return county


@pytest.fixture
def county(db: None, settings: Any) -> County:
    """The small county."""
    return make_county(settings)
