"""The county at a glance: lights by unit and indicator or dimension, who moved, who is behind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from baton.assessment.choices import Light, Movement
from baton.assessment.models import LeafResult, NodeResult, UnitResult
from baton.assessment.queries.looking.month import Shown
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.nodes import Node

_WIDEST = 60
"""Columns that a board has at most; a scheme of more indicators is shown by its dimensions first."""
_LISTED = 20
"""Lagging work that is listed; the rest is counted."""
type Across = dict[str, Indicator | Node]
type Lit = dict[tuple[int, str], str]
"""Lights by number of the unit, and code of the indicator or dimension."""


@dataclass(frozen=True, slots=True)
class Board:
    """The lights of one group: units down, indicators or dimensions across; a place without a light is empty."""

    group: str
    name: str
    across: tuple[Indicator | Node, ...]
    rows: tuple[tuple[UnitResult, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What a leader looks at first: how many of each light, the boards, who moved beyond the usual, what lags.

    `by_dimension`: whether the boards show dimensions; `dimension`: the one whose indicators they show, None: all.
    `behind` are those that lag longest, `lagging` counts all.
    """

    lights: dict[str, int]
    boards: tuple[Board, ...]
    by_dimension: bool
    dimension: Node | None
    moved: tuple[UnitResult, ...]
    behind: tuple[LeafResult, ...]
    lagging: int


def overview(shown: Shown, dimension: str = "") -> Overview:
    """Give the county of a month, or of one dimension of it; four queries, whatever its size."""
    rows = UnitResult.objects.filter(run=shown.run).select_related("unit")
    units = list(rows.order_by("group", "rank", "unit__order"))
    parents = {one.parent for one in shown.scheme.indicators}
    dimensions = {node.code: node for node in shown.scheme.nodes if node.code in parents}
    chosen = dimensions.get(dimension)
    wanted = {code: one for code, one in shown.indicators.items() if chosen is None or one.parent == chosen.code}
    by_dimension = chosen is None and len(wanted) > _WIDEST
    across: Across = {**dimensions} if by_dimension else {**wanted}
    lit = _of_dimensions(shown, across) if by_dimension else _of_indicators(shown, across)
    behind = LeafResult.objects.filter(run=shown.run, behind__gt=0, indicator__in=wanted)
    return Overview(
        lights=dict(Counter(row.light for row in units)),
        boards=tuple(_boards(shown, units, across, lit)),
        by_dimension=by_dimension,
        dimension=chosen,
        moved=tuple(row for row in units if row.movement in (Movement.BETTER, Movement.WORSE)),
        behind=tuple(behind.select_related("unit").order_by("-behind", "unit__order", "pk")[:_LISTED]),
        lagging=behind.count(),
    )


def _of_indicators(shown: Shown, across: Across) -> Lit:
    rows = LeafResult.objects.filter(run=shown.run, part="", indicator__in=across).exclude(light=Light.NONE)
    return {(unit, code): light for unit, code, light in rows.order_by().values_list("unit", "indicator", "light")}


def _of_dimensions(shown: Shown, across: Across) -> Lit:
    rows = NodeResult.objects.filter(run=shown.run, node__in=across).exclude(light=Light.NONE)
    return {(unit, code): light for unit, code, light in rows.order_by().values_list("unit", "node", "light")}


def _boards(shown: Shown, units: list[UnitResult], across: Across, lit: Lit) -> Iterator[Board]:
    for group, name in shown.groups.items():
        mine = [row for row in units if row.group == group]
        columns = [code for code in across if any((row.unit_id, code) in lit for row in mine)]
        if columns:
            rows = tuple((row, tuple(lit.get((row.unit_id, code), "") for code in columns)) for row in mine)
            yield Board(group, name, tuple(across[code] for code in columns), rows)
