"""The county's plan of inspections, checks and assessments of 2026, and the special assessment of the headquarters.

What is on it is made up after the custom of counties: a department has about one item, one came after the plan and was
filed singly, one waits to be filed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from baton.assessment.actions.plans import approve_item, approve_plan, propose_item
from baton.assessment.actions.specials import open_special
from baton.assessment.choices import PlanKind, Rhythm
from baton.assessment.models import PlanItem
from baton.assessment.rules.plan_items import Proposal
from baton.assessment.rules.special import Opening
from baton.core.acting import Actor
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_yaml
from baton.engine.terms import Reporter
from baton.example.running.plan import YEAR, scheme_of_2026
from baton.example.running.staff import Staff
from baton.org.models import Unit

HEADQUARTERS = "ZH"
SPECIAL = "指挥部重点工作专项考核"
_LEFT_OUT: Final = "Z05"
"""A list that differs by project, which no form asks for; its points go to investment and milestones."""
_POINTS: Final = {"Z01": Decimal(30), "Z02": Decimal(30)}


@dataclass(frozen=True, slots=True)
class _Item:
    """An item: organiser by code, title, kind, frequency, first and last month and day, units, ground."""

    organiser: str
    title: str
    kind: PlanKind
    rhythm: Rhythm
    opens: tuple[int, int]
    closes: tuple[int, int]
    basis: str
    among: tuple[str, ...] = ("TA", "TB")
    visits: bool = True


_C, _I, _A = PlanKind.CHECK, PlanKind.INSPECTION, PlanKind.ASSESSMENT
_ITEMS: Final = (
    _Item(
        "D06", "年度综合考核（月度计分）", _A, Rhythm.MONTHLY, (1, 20), (12, 31), "云渡县2026年度考核方案", visits=False
    ),
    _Item("D02", "县委重点工作落实情况督查", _I, Rhythm.HALF_YEARLY, (4, 1), (11, 30), "县委常委会2026年工作要点"),
    _Item("D26", "农村人居环境整治督查", _I, Rhythm.QUARTERLY, (2, 10), (12, 10), "市委农村工作领导小组通知"),
    _Item("D31", "耕地保护和撂荒地整治检查", _C, Rhythm.ONCE, (10, 12), (10, 30), "市自然资源局年度检查通知"),
    _Item("D47", "安全生产督导检查", _C, Rhythm.QUARTERLY, (1, 20), (12, 20), "县安委会年度工作安排"),
    _Item(
        "D21",
        SPECIAL,
        _A,
        Rhythm.ONCE,
        (10, 8),
        (11, 30),
        "县委常委会会议纪要〔2026〕8号（虚构文号）",
        (HEADQUARTERS,),
        False,
    ),
)
_FLOOD: Final = _Item("D47", "防汛救灾责任落实专项督查", _I, Rhythm.ONCE, (8, 3), (8, 17), "省防指紧急通知（虚构文号）")
_WAITS: Final = _Item("D37", "招商引资项目专项考核", _A, Rhythm.ONCE, (10, 20), (11, 20), "市招商工作推进会部署")


def plan_the_year(staff: Mapping[int, Staff], head: Actor) -> None:
    """Let departments propose what they hold in the year, and the head approve it."""
    for one in _ITEMS:
        _propose(one, staff, head)
    approve_plan(by=head, year=YEAR, document=f"云委办发〔{YEAR}〕2号（虚构文号）")


def file_singly(staff: Mapping[int, Staff], head: Actor) -> None:
    """Have the one thing that came after the plan filed by its reason."""
    row = _propose(_FLOOD, staff, head, "汛期形势突变，省里要求一周内到位；并入安全生产督导已来不及")
    approve_item(by=head, item=row.pk)


def begin_special(staff: Mapping[int, Staff], head: Actor) -> None:
    """Open the special assessment of the headquarters; another one waits for its filing."""
    _propose(_WAITS, staff, head, "市里临时部署，年初计划未列；与年度综合考核的招商指标口径不同，不能并入")
    given = Opening(
        item=PlanItem.objects.get(title=SPECIAL).pk,
        text=to_yaml(special_scheme(scheme_of_2026())),
        first=f"{YEAR}-07",
        last=f"{YEAR}-09",
        report_until=date(YEAR, 10, 16),
        check_until=date(YEAR, 10, 23),
    )
    open_special(by=head, given=given)


def special_scheme(whole: Scheme) -> Scheme:
    """Give the scheme of the headquarters alone: their branch of the county's scheme, reported by lead departments."""
    group = next(one for one in whole.groups if one.code == HEADQUARTERS)
    named = [one for one in whole.indicators if one.parent == group.root and one.code != _LEFT_OUT]
    departments = {code for one in named for code in (one.lead, one.reviewer)}
    changes: dict[str, Any] = {
        "code": "YUNDU-ZH-2026",
        "name": "云渡县2026年指挥部重点工作专项考核方案",
        "groups": (group,),
        "nodes": tuple(one.model_copy(update={"parent": None}) for one in whole.nodes if one.code == group.root),
        "indicators": tuple(_alone(one) for one in named),
        "units": tuple(
            unit if unit.group == HEADQUARTERS else unit.model_copy(update={"group": None})
            for unit in whole.units
            if unit.group == HEADQUARTERS or unit.code in departments
        ),
        "tasks": (),
        "treatment": (),
        "exemptions": (),
        "ranking": whole.ranking.model_copy(update={"tie_breaks": ()}),
        **dict.fromkeys(("bonuses", "deductions", "vetoes"), ()),
    }
    return whole.model_copy(update=changes)


def _alone(one: Any) -> Any:
    points = {HEADQUARTERS: _POINTS.get(one.code, one.points[HEADQUARTERS])}
    return one.model_copy(update={"reporter": Reporter.LEAD_DEPARTMENT, "hooks": (), "points": points})


def _propose(one: _Item, staff: Mapping[int, Staff], head: Actor, reason: str = "") -> PlanItem:
    codes = [unit.code for unit in scheme_of_2026().units if unit.group in one.among]
    organiser = Unit.objects.get(code=one.organiser)
    given = Proposal(
        kind=one.kind,
        title=one.title,
        organiser=organiser.pk,
        units=list(Unit.objects.filter(code__in=codes).values_list("pk", flat=True)),
        opens=date(YEAR, *one.opens),
        closes=date(YEAR, *one.closes),
        rhythm=one.rhythm,
        visits=one.visits,
        basis=one.basis,
        reason=reason or ("年度考核办法规定，与月度核对一并进行" if one.organiser == "D06" else ""),
    )
    people = staff.get(organiser.pk)
    return propose_item(by=head if people is None else people.head, given=given)
