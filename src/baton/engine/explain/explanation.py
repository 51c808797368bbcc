"""The parts of an explanation. All numbers are decimals in points or in the indicator's own unit."""

from dataclasses import dataclass
from decimal import Decimal

from baton.engine.explain.line import Line
from baton.engine.result.sheet import Adjustment, Standing


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """A leaf in its group and period: units with points, and what the rule compared with (None: it does not)."""

    scored: int
    count: int | None = None
    best: Decimal | None = None
    worst: Decimal | None = None
    mean: Decimal | None = None
    deviation: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LeafExplanation:
    """One indicator, or a part of one, in one period.

    `target` is the whole target, `due` what of it falls to the period (序时); `contribution` what the leaf gives to the
    unit's total. `rank` is the place by points in the group (None: excluded). `check` is the sum to do by hand, in
    sentences; `flags` say what else happened.
    """

    part: str
    part_name: str
    period: str
    value: Decimal | None
    target: Decimal | None
    due: Decimal | None
    points: Decimal | None
    full: Decimal
    contribution: Decimal
    rank: int | None
    group: GroupFigures
    check: tuple[Line, ...]
    flags: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class IndicatorExplanation:
    """One indicator over the year. `path` names the nodes above it, the root first; `rule` says how it is scored."""

    code: str
    name: str
    unit: str
    path: tuple[str, ...]
    lead: str | None
    source: str
    definition: str
    rule: tuple[Line, ...]
    leaves: tuple[LeafExplanation, ...]
    contribution: Decimal


@dataclass(frozen=True, slots=True)
class NodeExplanation:
    """One node of the tree: score and full mark in its parent's period, and what it gives to the unit's total.

    `depth` 0 is the root; nodes come parents first, in the scheme's order. `combine` says how children and periods are
    combined, `periods` holds the scores of the single periods where the node is scored more often than once a year.
    """

    code: str
    name: str
    depth: int
    weight: Decimal | None
    score: Decimal | None
    full: Decimal
    contribution: Decimal
    combine: tuple[Line, ...]
    periods: tuple[tuple[str, Decimal | None], ...]
    flags: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ItemExplanation:
    """A bonus, deduction or veto item that concerns the unit: how its points or its consequence come about."""

    kind: str
    code: str
    name: str
    rule: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a unit has its total.

    The contributions of `indicators` and `elsewhere` (indicators that were not asked for) add up to the base score
    without remainder, and base + bonus - deduction + bounded = total; `bounded` is what the scheme's floor or cap on
    the total adds or takes. `items` are those that `adjustments` name, `ranked` the number of units of the group that
    have a rank. The grade in `standing` is a suggestion.
    """

    unit: str
    unit_name: str
    group: str
    group_name: str
    year: int
    standing: Standing
    ranked: int
    nodes: tuple[NodeExplanation, ...]
    indicators: tuple[IndicatorExplanation, ...]
    elsewhere: Decimal
    adjustments: tuple[Adjustment, ...]
    items: tuple[ItemExplanation, ...]
    bounded: Decimal
    reasons: tuple[Line, ...]
