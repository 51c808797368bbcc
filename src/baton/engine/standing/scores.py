"""What the tree gives for one unit, and what ranks compare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from baton.engine.adjust import Sums
from baton.engine.quantum import at_precision, to_points, to_quanta, to_quanta_down
from baton.engine.scheme.grades import HigherNode, NoDeduction, NoVeto, TieBreak
from baton.engine.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class UnitScores:
    """Scores of one assessed unit over the year, in whole quanta (None: no score).

    `base` is the score of the group's root; `nodes` those of nodes and indicators by code, for parts and tie-breaks.
    """

    base: int | None
    nodes: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """A unit's total and everything it is ranked by.

    total = base + bonus - deduction, kept between the scheme's total_floor and total_cap; None without a base.
    `compared` is the total at the precision of ranks, half up: units that show the same score are equal, for ranks
    as for thresholds. Tie-breaks compare at the full quantum; what is not scored comes last.
    """

    scheme: Scheme
    unit: str
    group: str
    scores: UnitScores
    sums: Sums

    @cached_property
    def unbounded(self) -> int | None:
        """The total before floor and cap, in quanta."""
        return None if self.scores.base is None else self.scores.base + self.sums.bonus - self.sums.deduction

    @cached_property
    def total(self) -> int | None:
        """The total in quanta."""
        total, limits, decimals = self.unbounded, self.scheme.limits, self.scheme.decimals
        if total is None:
            return None
        if limits.total_cap is not None:
            total = min(total, to_quanta_down(limits.total_cap, decimals))
        return total if limits.total_floor is None else max(total, to_quanta(limits.total_floor, decimals))

    @cached_property
    def compared(self) -> Decimal | None:
        """The total in points at the precision of ranks."""
        if self.total is None:
            return None
        fewer = self.scheme.ranking.decimals
        return to_points(at_precision(self.total, self.scheme.decimals, fewer), fewer)

    @cached_property
    def tie_keys(self) -> tuple[Decimal | None, ...]:
        """What the tie-breaks compare, in their order; more is better."""
        return tuple(self._tie_key(tie_break) for tie_break in self.scheme.ranking.tie_breaks)

    def _tie_key(self, tie_break: TieBreak) -> Decimal | None:
        decimals = self.scheme.decimals
        if isinstance(tie_break, NoDeduction):
            return Decimal(int(self.sums.deduction == 0))
        if isinstance(tie_break, NoVeto):
            return Decimal(int(not self.sums.vetoes))
        if isinstance(tie_break, HigherNode):
            score = self.scores.nodes.get(tie_break.node)
            return None if score is None else to_points(score, decimals)
        return to_points(self.sums.tie_bonus, decimals)

    @cached_property
    def key(self) -> tuple[Decimal, tuple[tuple[bool, Decimal], ...]]:
        """Everything that ranks compare, more is better; only for a unit with a score."""
        assert self.compared is not None
        return self.compared, tuple((key is not None, key or Decimal(0)) for key in self.tie_keys)
