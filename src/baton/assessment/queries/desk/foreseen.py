"""What a grid's drafts would make of the county's result, and how well each indicator would tell units apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from baton.assessment.models import Month
from baton.assessment.queries.desk.cells import Grid
from baton.assessment.queries.desk.outcome import outcome
from baton.assessment.queries.preview import Preview, PreviewLeaf, preview
from baton.assessment.rules.apart import Apart
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import Read
from baton.core.models import User
from baton.engine.quantum import half_up
from baton.engine.scheme.grades import Ranking
from baton.engine.standing.rank import places


@dataclass(frozen=True, slots=True)
class Row:
    """A unit under an indicator: its points as they would be and (`leaf.points_before`) as they are."""

    unit: str
    leaf: PreviewLeaf

    @property
    def changed(self) -> bool:
        """Whether the points would change."""
        return self.leaf.points != self.leaf.points_before


@dataclass(frozen=True, slots=True)
class Group:
    """The units of a group under an indicator, best first, and how far apart they would lie."""

    name: str
    apart: Apart
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the grid and its groups."""

    code: str
    name: str
    groups: Sequence[Group]

    @property
    def tells_nobody_apart(self) -> bool:
        """Whether every group of two or more would have one score only."""
        several = [group for group in self.groups if group.apart.units > 1]
        return bool(several) and all(group.apart.tells_nobody_apart for group in several)


@dataclass(frozen=True, slots=True)
class Total:
    """A unit's place and score as they would be, and as they are by the figures that stand."""

    rank: Decimal | None
    unit: str
    score: Decimal
    before: Decimal | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The result as it would be. `totals`: by name of the group, for people on the list of readers only."""

    indicators: Sequence[Indicator]
    totals: Mapping[str, Sequence[Total]]
    reads: bool


def drafted(grid: Grid) -> dict[Cell, Decimal | None]:
    """Give the figures that are being typed in a grid and can be read, by their cells; None: taken back."""
    return {one.cell: one.read.value for one in outcome(grid).writes if isinstance(one.read, Read)}


def foreseen(user: User, month: Month, grid: Grid) -> Foreseen:
    """Score the month with the drafts of a grid; nothing is kept. Raises `Refused` where it cannot be scored."""
    found = preview(user, month, drafted(grid))
    scheme = month.scheme.scheme
    names = {unit.code: unit.name for unit in scheme.units}
    groups = {group.code: group.name for group in scheme.groups}
    shown = [
        Indicator(code, name, tuple(_groups(found, code, groups, names)))
        for code, name in grid.kinds.items()
        if code in found.leaves
    ]
    shown.sort(key=lambda one: not one.tells_nobody_apart)
    of = {unit.code: unit.group or "" for unit in scheme.units}
    totals = {
        name: rows
        for group, name in groups.items()
        if (
            rows := _totals(
                {unit: found.scores[unit] for unit in found.scores if of[unit] == group}, found, names, scheme.ranking
            )
        )
    }
    return Foreseen(shown, totals, bool(found.scores))


def _groups(found: Preview, code: str, groups: Mapping[str, str], names: Mapping[str, str]) -> Iterator[Group]:
    for group, name in groups.items():
        leaves = [one for one in found.leaves[code] if one.group == group]
        if leaves:
            leaves.sort(key=lambda one: (one.rank is None, one.rank or 0))
            yield Group(name, found.apart[code, group], tuple(Row(names[one.unit], one) for one in leaves))


def _totals(scores: Mapping[str, Decimal], found: Preview, names: Mapping[str, str], ranking: Ranking) -> list[Total]:
    shift = Decimal(10) ** ranking.decimals
    ranks = places({unit: half_up(Fraction(own * shift)) for unit, own in scores.items()}, ranking.method)
    rows = [Total(ranks.get(unit), names[unit], own, found.scores_before.get(unit)) for unit, own in scores.items()]
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))
