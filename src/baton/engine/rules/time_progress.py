"""序时进度法: points by how far a figure is ahead of or behind the plan so far."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, Share, precisely
from baton.engine.rules.measured import Measured, OrFull
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Direction

PERCENTAGE_POINTS = Decimal(100)


class TimeProgress(Measured):
    """Progress against time (序时进度法): points = w + k x (a / t' - 1) x 100, between `floor` and `cap`.

    t' is the plan so far, the target as the indicator's `spread` has spread it (t x months / 12). k is `step` per
    percentage point behind and `ahead_step` per percentage point ahead.
    Source: a town's monthly industrial assessment (domain.md §6.1 S9, §6.2 rule 4): full 300, +5 a point, at most 350,
    -5 a point, at least 0.
    Edges: exactly on plan gives w. A plan of zero follows the zero-denominator policy; a negative plan is refused.
    `cap` full: being ahead earns nothing more than w, whatever `ahead_step` says; None: no cap.
    """

    kind: Literal["time_progress"] = "time_progress"
    step: Share = Field(gt=0)
    ahead_step: Share = Field(default=Decimal(0), ge=0)
    floor: Share = Decimal(0)
    cap: OrFull | None = "full"

    PARAMETERS: ClassVar[tuple[str, ...]] = ("behind", "ahead")
    NEEDS: ClassVar[Needs] = Needs.TARGET | Needs.DIVISOR

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if isinstance(self.cap, Decimal) and self.cap < self.floor:
            raise refusal("cap_below_floor", floor=self.floor, cap=self.cap)
        return self

    def direction(self) -> Direction:
        """More is better."""
        return Direction.HIGHER

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Points for falling behind, or being ahead, by the whole plan."""
        return {
            "behind": self.amount(self.step, points) * PERCENTAGE_POINTS,
            "ahead": self.amount(self.ahead_step, points) * PERCENTAGE_POINTS,
        }

    def bounds(self, points: Decimal) -> Bounds:
        """Floor and cap in points."""
        return self.between(self.floor, self.cap, points)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w + k (a - t') / t'."""
        slope = nw.when(c.x < c.target).then(c.parameter("behind")).otherwise(c.parameter("ahead"))
        return c.points + slope * (c.x - c.target) / c.target

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w + k (a - t') / t'."""
        slope = self.parameters(case.points)["behind" if case.x < case.target else "ahead"]
        return case.points + slope * (case.x - case.target) / case.target
