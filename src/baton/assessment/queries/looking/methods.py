"""How scores are made (计分办法): what every version of the scheme says, in words, for whoever is assessed by it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from baton.assessment.models import SchemeVersion
from baton.core.models import User
from baton.engine.explain.kinds import Setting, told
from baton.engine.explain.line import Line, shown
from baton.engine.plan import Leaf, Plan
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.nodes import Node


@dataclass(frozen=True, slots=True)
class Share:
    """What an indicator counts in some groups: their names, full points (or weight), and the rule's words for them."""

    groups: tuple[str, ...]
    points: Decimal
    weighs: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Excused:
    """A unit to which an indicator does not apply, and why."""

    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class MethodLine:
    """An indicator: under which dimensions it stands, what it counts, who leads and reviews it, who is excused."""

    indicator: Indicator
    path: tuple[str, ...]
    shares: tuple[Share, ...]
    lead: str
    reviewer: str
    only: tuple[str, ...]
    excused: tuple[Excused, ...]
    hooks: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of its rule."""
        return str(self.indicator.rule.kind)


@dataclass(frozen=True)
class Method:
    """A version of the scheme for readers. `groups`: names and how many units they have."""

    version: SchemeVersion

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme itself."""
        return self.version.scheme

    @cached_property
    def _plan(self) -> Plan:
        return Plan(self.scheme, self.version.year, {})

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {unit.code: unit.name for unit in self.scheme.units}

    @cached_property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """Names of the groups, and how many units each has."""
        count = {group.code: 0 for group in self.scheme.groups}
        for unit in self.scheme.units:
            if unit.group is not None:
                count[unit.group] += 1
        return tuple((group.name, count[group.code]) for group in self.scheme.groups)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Nodes by code."""
        return {node.code: node for node in self.scheme.nodes}

    @cached_property
    def _leaves(self) -> dict[str, list[Leaf]]:
        found: dict[str, list[Leaf]] = {}
        for leaf in self._plan.leaves:
            found.setdefault(leaf.indicator.code, []).append(leaf)
        return found

    @cached_property
    def lines(self) -> tuple[MethodLine, ...]:
        """Every indicator, in the scheme's order."""
        return tuple(self.line(one) for one in self.scheme.indicators)

    def line(self, one: Indicator) -> MethodLine:
        """Give one indicator."""
        named = {task.code: task.name for task in self.scheme.tasks}
        return MethodLine(
            indicator=one,
            path=self._path(one.parent),
            shares=tuple(self._shares(one)),
            lead=self._names.get(one.lead or "", ""),
            reviewer=self._names.get(one.reviewer or "", ""),
            only=tuple(self._names.get(code, code) for code in one.units),
            excused=tuple(self._excused(one)),
            hooks=tuple(named.get(code, code) for code in one.hooks),
        )

    def _path(self, code: str | None) -> tuple[str, ...]:
        found: list[str] = []
        while code is not None:
            found.append(self.nodes[code].name)
            code = self.nodes[code].parent
        return tuple(reversed(found))

    def _shares(self, one: Indicator) -> Iterator[Share]:
        """Give what it counts, groups together for which it counts the same by the same words."""
        names = {group.code: group.name for group in self.scheme.groups}
        by_group: dict[str, list[Leaf]] = {}
        for leaf in self._leaves.get(one.code, ()):
            by_group.setdefault(leaf.group, []).append(leaf)
        alike: dict[tuple[Decimal, bool], list[str]] = {}
        for group, leaves in by_group.items():
            weighs = leaves[0].weight is not None
            whole = sum((leaf.weight or leaf.points for leaf in leaves), Decimal(0))
            alike.setdefault((whole, weighs), []).append(group)
        for (whole, weighs), groups in alike.items():
            lines = tuple(_words(one, by_group[groups[0]]))
            yield Share(tuple(names[group] for group in groups), whole, weighs, lines)

    def _excused(self, one: Indicator) -> Iterator[Excused]:
        above = {one.parent}
        code: str | None = one.parent
        while code is not None:
            above.add(code)
            code = self.nodes[code].parent
        for each in self.scheme.exemptions:
            if each.indicator == one.code or each.node in above:
                yield Excused(self._names.get(each.unit, each.unit), each.reason)


def _words(one: Indicator, leaves: Sequence[Leaf]) -> Iterator[Line]:
    names = {part.code: part.name for part in one.rule.parts()}
    for leaf in leaves:
        if leaf.part:
            yield Line("engine.explain_part", {"part": names.get(leaf.part, leaf.part), "points": shown(leaf.points)})
        yield from told(leaf.rule, Setting(leaf.points, leaf.sign, {**one.figures}))


def methods(user: User) -> QuerySet[SchemeVersion]:
    """Give the versions that a person may read, the latest first."""
    return SchemeVersion.objects.visible_to(user)


def method(user: User, number: int) -> Method | None:
    """Give one version; None where there is none that this person may read."""
    version = methods(user).filter(pk=number).first()
    return None if version is None else Method(version)
