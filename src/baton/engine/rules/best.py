"""Against the best: the ratio to it (与最优比) and the distance from it (与最优距离)."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, RuleBase, Share, precisely
from baton.engine.rules.extremes import BetweenExtremes, between, exactly_between
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Number


class RatioToBest(RuleBase):
    """Ratio to the best (与最优比): points = w x / best, or w best / x where less is better.

    Between `floor` and `cap` shares of w.
    Source: 瑞安市 2012 镇街党政干部赋分表 and 浙江某市 机构编制绩效 (domain.md §6.1 S2, S6; §6.2 rule 8): the first
    gets the full points, the others by their ratio to it.
    Edges, more is better: a negative x gives the floor; nobody above zero: 0 for negative values, and x = 0 gives
    `all_zero` if every value is zero, w if it is the best. Less is better: x = 0 or less is as good as can be and gives
    the cap (w without a cap); `all_zero` if every value is zero; a positive x beside a best of zero gives 0.
    """

    kind: Literal["ratio_to_best"] = "ratio_to_best"
    best: Number | None = Field(default=None, gt=0)
    floor: Share = Decimal(0)
    cap: Share | None = Decimal(1)
    all_zero: Share = Decimal(1)

    PARAMETERS: ClassVar[tuple[str, ...]] = ("all_zero", "top")
    NEEDS: ClassVar[Needs] = Needs.EXTREMES

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.cap is not None and self.cap < self.floor:
            raise refusal("cap_below_floor", floor=self.floor, cap=self.cap)
        return self

    def fixed(self) -> tuple[Decimal | None, Decimal | None]:
        """Give the fixed best."""
        return self.best, None

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Share where all are zero, and share of a value that cannot be better."""
        return {"all_zero": self.all_zero, "top": self._top()}

    def bounds(self, points: Decimal) -> Bounds:
        """Floor and cap in points."""
        return Bounds(self.floor * points, None if self.cap is None else self.cap * points)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w x / best, or w best / x."""
        nothing = c.x * 0.0
        all_zero = (c.best == 0) & (c.worst == 0)
        at_zero = nw.when(all_zero).then(c.parameter("all_zero")).otherwise(nothing + 1.0)
        none_above = nw.when(c.x >= 0).then(at_zero).otherwise(nothing)
        higher = nw.when(c.best > 0).then(c.points * c.x / c.best).otherwise(c.points * none_above)
        none_below = nw.when(all_zero).then(c.parameter("all_zero")).otherwise(c.parameter("top"))
        lower = nw.when(c.x > 0).then(c.points * c.best / c.x).otherwise(c.points * none_below)
        return nw.when(c.sign > 0).then(higher).otherwise(lower)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w x / best, or w best / x."""
        all_zero = case.best == 0 and case.worst == 0
        if case.sign > 0:
            if case.best > 0:
                return case.points * case.x / case.best
            at_zero = self.all_zero if all_zero else Decimal(1)
            return case.points * (at_zero if case.x >= 0 else 0)
        if case.x > 0:
            return case.points * case.best / case.x
        return case.points * (self.all_zero if all_zero else self._top())

    def _top(self) -> Decimal:
        return Decimal(1) if self.cap is None else self.cap


class DistanceToBest(BetweenExtremes):
    """Distance to the best (与最优距离): points = w (1 - (best - x) / (best - worst)), between `floor` and `cap`.

    best and worst are the group's by direction, or fixed: a reference value to be reached, a target, another county.
    Source: COINr n_dist2ref (fixed best, cap 1 = cap_max) and n_dist2max (the group's best); OECD/JRC Handbook (2008),
    distance to a reference.
    Edges: all equal, a group of one included: `all_equal` share, with a flag. Beyond the reference: the cap (None:
    more than w). Below a fixed worst: the floor. Only one end fixed and the whole group beyond it: all beyond a fixed
    best get w; at a fixed worst `all_equal`, below it 0.
    """

    kind: Literal["distance_to_best"] = "distance_to_best"
    floor: Share | None = Decimal(0)
    cap: Share | None = Decimal(1)

    PARAMETERS: ClassVar[tuple[str, ...]] = ("level",)

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give the share where there is no distance."""
        return {"level": self.level()}

    def bounds(self, points: Decimal) -> Bounds:
        """Floor and cap in points, where given."""
        return Bounds(
            None if self.floor is None else self.floor * points, None if self.cap is None else self.cap * points
        )

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w (x - worst) / (best - worst), which is the same."""
        return c.points * between(c, c.best, c.worst, c.parameter("level"), lambda d: d)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w (x - worst) / (best - worst), which is the same."""
        return case.points * exactly_between(case, case.best, case.worst, self.level(), lambda d: d)
