"""A county of ten townships and one department whose year is over, for tests of the annual assessment."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from baton.assessment.actions.annual.deciding import decide_grades
from baton.assessment.actions.annual.publishing import announce
from baton.assessment.actions.annual.year import open_annual, run_annual
from baton.assessment.actions.readers import add_reader
from baton.assessment.actions.schemes import adopt_scheme
from baton.assessment.choices import BatchKind, FigureSource, LedgerKind, LedgerState, RunKind
from baton.assessment.models import AnnualPublication, AnnualRun, Batch, Figure, LedgerEntry
from baton.core import clock
from baton.core.acting import SYSTEM, Actor
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit
from cycle import on
from people import give, make_unit, make_user

YEAR = 2025
TOWNSHIPS = tuple(f"T{number:02d}" for number in range(1, 11))
SCORES = {"T01": "96", "T02": "95", "T03": "92.5", "T04": "92.45", "T05": "91", "T06": "89.996", "T07": "88"}
"""What the townships have; the others 80."""
_UNITS = "\n".join(f"  - {{code: {code}, name: 第{int(code[1:])}镇, group: A}}" for code in TOWNSHIPS)
SCHEME = f"""
language: 1
code: YEAR-2025
name: 小县2025年度考核方案
effective_from: 2025-01-01
effective_to: 2025-12-31
grading:
  grades:
    - {{code: A, name: 优秀, at_least: 90, quota: 0.35}}
    - {{code: B, name: 良好, at_least: 85, quota: 0.4}}
    - {{code: C, name: 合格, at_least: 0}}
groups:
  - {{code: A, name: 乡镇组, root: S}}
  - {{code: B, name: 部门组, root: S, graded: false}}
units:
{_UNITS}
  - {{code: D1, name: 县发展和改革局, group: B}}
nodes:
  - {{code: S, name: 综合得分, combine: {{kind: arithmetic}}, full: 100}}
  - {{code: Y, name: 年终, parent: S, weight: {{"*": 1}}, full: 100, renormalise: true}}
indicators:
  - code: Y01
    name: 年度任务完成得分
    parent: Y
    points: {{A: 60, B: 60}}
    unit: 分
    rule: {{kind: conversion, full: 100}}
    series: ALL
    figures: {{actual: 得分}}
    missing: required
    lead: D1
  - code: Y02
    name: 民生实事得分
    parent: Y
    points: {{A: 40, B: 40}}
    unit: 分
    rule: {{kind: conversion, full: 100}}
    series: ALL
    figures: {{actual: 得分}}
    missing: required
    lead: D1
bonuses:
  - {{code: B1, name: 受省级表彰, measure: {{kind: level, levels: {{省级: 1, 市级: 0.5}}}}, cap: 2, lead: D1}}
deductions:
  - {{code: K1, name: 受通报批评, measure: {{kind: level, levels: {{县级: 0.5}}}}, cap: 3, lead: D1}}
vetoes:
  - code: V1
    name: 统计弄虚作假
    consequence: {{kind: grade_cap, grade: C}}
    basis: 中办发〔2021〕某号第二条
    lead: D1
"""
PEOPLE = {
    "chief": ("周主任", Role.OFFICE_HEAD, None),
    "office": ("段经办", Role.OFFICE, None),
    "leader": ("县领导", Role.COUNTY_LEADER, None),
    "t01": ("一镇填报", Role.REPORTER, "T01"),
    "t01_head": ("一镇书记", Role.UNIT_HEAD, "T01"),
    "t02_head": ("二镇书记", Role.UNIT_HEAD, "T02"),
    "d1": ("发改审核", Role.VERIFIER, "D1"),
    "nobody": ("无角色", None, None),
}


@dataclass
class YearCounty:
    """The county: units by code, people by short name."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def by(self, name: str) -> Actor:
        """Give somebody who acts."""
        return Actor(self.people[name])

    def figure(self, unit: str, value: str, **given: Any) -> Figure:
        """Report a unit's figure of the year, in place of the one that stands."""
        batch = Batch.objects.create(kind=BatchKind.EARLIER, at=clock.now())
        keys: dict[str, Any] = {"unit": self.units[unit], "series": "ALL", "figure": "actual", "period": str(YEAR)}
        keys |= {name: given.pop(name) for name in ("series", "figure") if name in given}
        before = Figure.objects.filter(**keys).current().first()
        replaces = {} if before is None else {"supersedes": before, "version": before.version + 1}
        return Figure.objects.create(value=value, batch=batch, source=FigureSource.EARLIER, **keys, **replaces, **given)

    def event(self, unit: str, item: str, kind: LedgerKind, **given: Any) -> LedgerEntry:
        """Note an event that was announced and confirmed."""
        day = date(YEAR, 11, 3)
        fields = {"state": LedgerState.CONFIRMED, "announced_at": clock.now(), "reply_until": day}
        fields |= {"decided_at": clock.now(), "noted_at": clock.now(), "on": day}
        return LedgerEntry.objects.create(unit=self.units[unit], item=item, kind=kind, **(fields | given))

    def scored(self, kind: RunKind = RunKind.OFFICIAL) -> AnnualRun:
        """Open the year and score it."""
        open_annual(by=self.by("office"), year=YEAR)
        return run_annual(by=self.by("office"), year=YEAR, kind=kind)

    def known(self, run: AnnualRun, document: str = "云委〔2026〕3号") -> AnnualPublication:
        """Decide on a run as suggested, and put the decision up for publicity."""
        day = clock.today()
        given: dict[str, Any] = {"body": "县委常委会", "document": document, "on": day, "grades": {}, "reasons": {}}
        decide_grades(by=self.by("chief"), year=YEAR, run=run.pk, **given)
        return announce(by=self.by("chief"), year=YEAR, opens=day, contact="县考核办 0739-0000000")


def make_year_county(
    scores: dict[str, str] | None = None, scheme: str = SCHEME, *, reported: bool = True
) -> YearCounty:
    """Set the county up on Monday the 12th of January 2026, with the figures of 2025 where they are `reported`."""
    county = YearCounty()
    on(date(2026, 1, 12))
    for number, code in enumerate((*TOWNSHIPS, "D1")):
        name = f"第{int(code[1:])}镇" if code[0] == "T" else "县发展和改革局"
        county.units[code] = make_unit(code, name, order=number)
    for username, (name, role, unit) in PEOPLE.items():
        county.people[username] = make_user(username, name)
        if role is not None:
            give(county.people[username], role, county.units[unit] if unit else None)
    adopt_scheme(by=SYSTEM, text=scheme, document="县委发〔2025〕1号")
    for role in (Role.OFFICE_HEAD, Role.OFFICE):
        add_reader(by=county.by("chief"), role=role, reason="审定前复核")
    for code in county.units if reported else ():
        county.figure(code, (SCORES if scores is None else scores).get(code, "80"))
    return county


@pytest.fixture
def county(db: None, settings: Any) -> YearCounty:
    """The county whose year is over; `settings` puts the clock back."""
    return make_year_county()
