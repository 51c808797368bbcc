"""What an attribution consists of. Numbers are decimals in points and add up without remainder."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from baton.engine.compare.comparison import Edition, Kind
from baton.engine.panel.panel import Panel
from baton.engine.scheme.model import Scheme
from baton.words import Problem

_NOTHING = Decimal(0)


class Factor(StrEnum):
    """What can differ between two results, in the order in which it is replaced.

    values: the unit's own figures. peers: the figures of the other units and who they are, as far as they enter
    comparisons. rules: how figures become points, with everything that is done to figures on the way. weights: points,
    weights, tree, exemptions and rounding. adjustments: bonuses, deductions, vetoes, their limits and events.
    """

    VALUES = "values"
    PEERS = "peers"
    RULES = "rules"
    WEIGHTS = "weights"
    ADJUSTMENTS = "adjustments"


type Step = tuple[Factor, ...]
"""Factors that are replaced together: one, or several where the pieces of two schemes do not fit each other."""


@dataclass(frozen=True)
class Case:
    """One side: a scheme, the figures of a year with its events, and the year."""

    scheme: Scheme
    panel: Panel
    year: int


@dataclass(frozen=True, slots=True)
class PieceParts:
    """What a piece of a unit's total was before and after, and what of the change each step gave (`parts`, as `steps`).

    Pieces are those of `PieceChange`: an indicator, a bonus or deduction item, or the bound on the total. A side that
    does not have it has zero.
    """

    kind: Kind
    code: str
    name: str
    before: Decimal
    after: Decimal
    parts: tuple[Decimal, ...]

    @property
    def difference(self) -> Decimal:
        """After minus before; the parts add up to it."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class UnitParts:
    """A unit that has a total on both sides. The parts of all pieces add up to the difference, step by step too."""

    unit: str
    name: str
    before: Decimal
    after: Decimal
    pieces: tuple[PieceParts, ...]

    @property
    def difference(self) -> Decimal:
        """Total after minus total before."""
        return self.after - self.before

    @property
    def parts(self) -> tuple[Decimal, ...]:
        """What each step gave to the change of the total, in the order of `Attribution.steps`."""
        columns = zip(*(piece.parts for piece in self.pieces), strict=True)
        return tuple(sum(column, _NOTHING) for column in columns)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Every unit's change of total by steps and pieces.

    `steps`: what was replaced, one after the other; each part is the mean over this order and its reverse.
    `joined_because`: why some factors share a step (empty: each has its own). `units` follow the result after;
    `left_out`: units that lack a total on one side.
    """

    before: Edition
    after: Edition
    steps: tuple[Step, ...]
    units: tuple[UnitParts, ...]
    left_out: tuple[str, ...]
    joined_because: tuple[Problem, ...] = ()
