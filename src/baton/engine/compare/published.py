"""A result beside what was published of it: which figures fit, and by how much the others differ."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from baton.engine.quantum import at_precision, to_points, to_quanta
from baton.engine.result.sheet import ScoreSheet
from baton.engine.standing.rank import places
from baton.words import Place

type Figure = Literal["total", "rank", "score", "points", "value"]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that was published of a unit.

    `figure`: its total, its rank, the score of a node, the points or the value of an indicator. `of`: codes of nodes or
    indicators (`INV`, `INV/part`), the first that the unit is assessed by; empty: the total. `period`: `2021` or
    `2021-04`. `value` None: published as having none, or with `silent` not published. It fits if ours, rounded half up
    to `decimals` (None: not rounded), is at most `within` away. `name`: the heading it stood under.
    """

    unit: str
    figure: Figure
    period: str
    value: Decimal | None
    of: tuple[str, ...] = ()
    within: Decimal = Decimal(0)
    decimals: int | None = None
    silent: bool = False
    name: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Held:
    """A published figure beside ours (None: we have none)."""

    published: Published
    ours: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Ours minus the published one; None where one of them has none."""
        theirs = self.published.value
        return None if self.ours is None or theirs is None else self.ours - theirs

    @property
    def fits(self) -> bool:
        """Whether both say the same; where nothing was published there is nothing to contradict."""
        if self.published.silent:
            return True
        difference = self.difference
        if difference is None:
            return self.ours is None and self.published.value is None
        return abs(difference) <= self.published.within


def hold(sheet: ScoreSheet, published: Iterable[Published]) -> tuple[Held, ...]:
    """Put published figures of the sheet's year beside ours, in their order."""
    ours = _Ours(sheet)
    return tuple(Held(one, _rounded(ours.figure(one), one.decimals)) for one in published)


def _rounded(value: Decimal | None, decimals: int | None) -> Decimal | None:
    if value is None or decimals is None:
        return value
    return to_points(to_quanta(value, decimals), decimals)


class _Ours:
    """The figures of a sheet by unit, code and period."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self.sheet = sheet
        self.decimals = sheet.scheme.decimals
        self.standings = {one.unit: one for one in sheet.standings}

    def figure(self, one: Published) -> Decimal | None:
        """Give what we have of a published figure."""
        standing = self.standings.get(one.unit)
        if standing is None:
            return None
        if not one.of:
            return standing.rank if one.figure == "rank" else standing.total
        found = self._table(one.figure)
        spots = [(one.unit, code, one.period) for code in one.of]
        return next((found[spot] for spot in spots if spot in found), None)

    def _table(self, figure: Figure) -> Mapping[tuple[str, str, str], Decimal]:
        if figure == "rank":
            return self.ranks
        if figure == "score":
            return self.scores
        return self.points if figure == "points" else self.values

    @cached_property
    def scores(self) -> dict[tuple[str, str, str], Decimal]:
        """Scores of nodes."""
        rows = self.sheet.nodes.select("unit", "node", "period", "score").iter_rows()
        return {row[:3]: to_points(row[3], self.decimals) for row in rows if row[3] is not None}

    @cached_property
    def points(self) -> dict[tuple[str, str, str], Decimal]:
        """Points of indicators and of their parts."""
        rows = self.sheet.leaves.select("unit", "indicator", "part", "period", "points").iter_rows()
        return {
            (unit, f"{code}/{part}" if part else code, period): to_points(points, self.decimals)
            for unit, code, part, period, points in rows
            if points is not None
        }

    @cached_property
    def values(self) -> dict[tuple[str, str, str], Decimal]:
        """Values of indicators and of their parts."""
        rows = self.sheet.leaves.select("unit", "indicator", "part", "period", "value", "decimals").iter_rows()
        return {
            (unit, f"{code}/{part}" if part else code, period): to_points(value, decimals)
            for unit, code, part, period, value, decimals in rows
            if value is not None
        }

    @cached_property
    def ranks(self) -> dict[tuple[str, str, str], Decimal]:
        """Ranks of units by the scores of nodes, in their group, at the precision and by the method of the scheme."""
        ranking = self.sheet.scheme.ranking
        by_node: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
        for (unit, node, period), score in self.scores.items():
            quanta = to_quanta(score, self.decimals)
            spot = (self.standings[unit].group, node, period)
            by_node[spot][unit] = at_precision(quanta, self.decimals, ranking.decimals)
        return {
            (unit, node, period): rank
            for (_, node, period), keys in by_node.items()
            for unit, rank in places(keys, ranking.method).items()
        }
