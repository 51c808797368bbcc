"""The county at a glance: lights by unit and indicator, who moved, who is behind."""

from collections import Counter
from dataclasses import dataclass

from baton.assessment.choices import Light, Movement
from baton.assessment.models import LeafResult, UnitResult
from baton.assessment.queries.looking.month import Shown
from baton.engine.scheme.indicators import Indicator


@dataclass(frozen=True, slots=True)
class Board:
    """The lights of one group: units down, indicators across; a place without a light is empty."""

    group: str
    name: str
    indicators: tuple[Indicator, ...]
    rows: tuple[tuple[UnitResult, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What a leader looks at first: how many of each light, the boards, who moved beyond the usual, what lags."""

    lights: dict[str, int]
    boards: tuple[Board, ...]
    moved: tuple[UnitResult, ...]
    behind: tuple[LeafResult, ...]


def overview(shown: Shown) -> Overview:
    """Give the county of a month; two queries, whatever its size."""
    units = list(
        UnitResult.objects.filter(run=shown.run).select_related("unit").order_by("group", "rank", "unit__order")
    )
    leaves = list(LeafResult.objects.filter(run=shown.run).select_related("unit"))
    lit = {(leaf.unit_id, leaf.indicator): leaf.light for leaf in leaves if not leaf.part}
    known = shown.indicators
    boards = []
    for group, name in shown.groups.items():
        mine = [row for row in units if row.group == group]
        used = {leaf.indicator for leaf in leaves if leaf.group == group and leaf.light != Light.NONE}
        across = tuple(one for code, one in known.items() if code in used)
        if mine and across:
            rows = tuple((row, tuple(lit.get((row.unit_id, one.code), "") for one in across)) for row in mine)
            boards.append(Board(group, name, across, rows))
    behind = sorted((leaf for leaf in leaves if leaf.behind > 0), key=lambda leaf: (-leaf.behind, leaf.unit.order))
    return Overview(
        lights=dict(Counter(row.light for row in units)),
        boards=tuple(boards),
        moved=tuple(row for row in units if row.movement in (Movement.BETTER, Movement.WORSE)),
        behind=tuple(behind),
    )
