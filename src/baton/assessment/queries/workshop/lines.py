"""The lines of a scheme as its page shows them: indicators with points, rule, who leads, hooks, and what is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.rules.coverage import is_own
from baton.engine.explain.kinds import Setting, told
from baton.engine.explain.line import Line
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme, Task
from baton.engine.scheme.structure import Index
from baton.engine.terms import Direction
from baton.words import Problem

EVERY_GROUP = "*"


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator: `points` by the group's name (empty: every group), `rule` in sentences, `hooks` as tasks."""

    indicator: Indicator
    part: str
    lead: str
    unit: str
    points: tuple[tuple[str, Decimal], ...]
    rule: tuple[Line, ...]
    hooks: tuple[Task, ...]
    found: tuple[Problem, ...]
    comments: int

    @property
    def path(self) -> str:
        """The path of the line."""
        return f"indicators[{self.indicator.code}]"


def indicator_lines(
    scheme: Scheme,
    found: Mapping[str, tuple[Problem, ...]],
    comments: Mapping[str, int],
    own: bool = False,
) -> list[IndicatorLine]:
    """Give the indicators in the order of the scheme; `own`: single units' own targets, or (False) all others."""
    index = Index(scheme)
    tasks = {task.code: task for task in scheme.tasks}
    return [_line(one, index, tasks, found, comments) for one in scheme.indicators if is_own(one) is own]


def _line(
    one: Indicator,
    index: Index,
    tasks: Mapping[str, Task],
    found: Mapping[str, tuple[Problem, ...]],
    comments: Mapping[str, int],
) -> IndicatorLine:
    path = f"indicators[{one.code}]"
    parent, lead = index.nodes.get(one.parent), index.units.get(one.lead or "")
    unit = index.units.get(one.units[0]) if is_own(one) else None
    names = {code: group.name for code, group in index.groups.items()} | {EVERY_GROUP: ""}
    return IndicatorLine(
        indicator=one,
        part=one.parent if parent is None else parent.name,
        lead=(one.lead or "") if lead is None else lead.short_name or lead.name,
        unit="" if unit is None else unit.name,
        points=tuple((names.get(group, group), points) for group, points in one.points.items()),
        rule=tuple(rule_lines(one)),
        hooks=tuple(tasks[code] for code in one.hooks if code in tasks),
        found=found.get(path, ()),
        comments=comments.get(path, 0),
    )


def rule_lines(one: Indicator) -> list[Line]:
    """Say the rule with the most points that a group can get; a rule of parts has no words of its own."""
    most = max(one.points.values(), default=Decimal(0))
    sign = -1 if one.direction is Direction.LOWER else 1
    try:
        return told(one.rule, Setting(one.full or most, sign, {**one.figures}))
    except (ArithmeticError, KeyError, ValueError):
        return []
