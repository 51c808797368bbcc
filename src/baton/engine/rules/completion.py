"""完成率法 and 控制型: points by the actual figure as a share of the target."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, RuleBase, Share, precisely
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Direction


class ByTarget(RuleBase):
    """What completion and control share: a floor and a cap as shares of w, and the need of a target."""

    floor: Share = Decimal(0)
    cap: Share | None = Decimal(1)

    NEEDS: ClassVar[Needs] = Needs.TARGET | Needs.DIVISOR

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.cap is not None and self.cap < self.floor:
            raise refusal("cap_below_floor", floor=self.floor, cap=self.cap)
        return self

    def bounds(self, points: Decimal) -> Bounds:
        """Floor and cap in points."""
        return Bounds(self.floor * points, None if self.cap is None else self.cap * points)


class Completion(ByTarget):
    """Completion ratio (完成率法): points = w x a / t, between `floor` and `cap` shares of w.

    Source: 贵阳市目标绩效考核评估计分实施细则 (domain.md §6.2 rule 1): exceeding earns nothing unless `cap` > 1 says
    so.
    Edges: a negative result gives the floor. A missing figure is not zero: the indicator's policy decides, and a = 0
    gives the floor. A target of zero follows the zero-denominator policy; a negative target is refused. Without a cap
    the points grow without end.
    """

    kind: Literal["completion"] = "completion"

    def direction(self) -> Direction:
        """More is better."""
        return Direction.HIGHER

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w x a / t."""
        return c.points * c.x / c.target

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w x a / t."""
        return case.points * case.x / case.target


class Control(ByTarget):
    """Controlled figure, less is better (控制型): points = w x (2 - a / t), between `floor` and `cap` shares of w.

    Source: 贵阳市目标绩效考核评估计分实施细则 (domain.md §6.2 rule 2): a/t = 0.9 gives 1.1 w, capped at w; 1.3 gives
    0.7 w; 2 and more give 0.
    Edges: a = 0 gives 2 w before the cap. A target of zero (控制数为零) follows the zero-denominator policy:
    `full_if_zero` gives w for zero cases and 0 for any. A negative actual counts as it stands and meets the cap.
    """

    kind: Literal["control"] = "control"

    def direction(self) -> Direction:
        """Less is better."""
        return Direction.LOWER

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w x (2 t - a) / t."""
        return c.points * (c.target + c.target - c.x) / c.target

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w x (2 t - a) / t."""
        return case.points * (case.target + case.target - case.x) / case.target
