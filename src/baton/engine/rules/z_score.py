"""标准分: the value in standard deviations from the mean of its group."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, RuleBase, Share, precisely
from baton.engine.rules.refusal import refusal


class ZScore(RuleBase):
    """Standard score (标准分): points = w (mean + deviation z), z = (x - group mean) / group standard deviation.

    Where less is better -z. The standard deviation is that of the sample (divisor n - 1), or with `sample: false` of
    the whole group (divisor n).
    Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5; COINr n_zscore (m_sd = mean and
    deviation).
    Edges: all equal, a group of one included: `all_equal` share, by default `mean`, with a flag. Points are unbounded
    and may be negative unless `floor` or `cap` say otherwise.
    """

    kind: Literal["z_score"] = "z_score"
    mean: Share = Decimal(0)
    deviation: Share = Field(default=Decimal(1), gt=0)
    sample: bool = True
    all_equal: Share | None = None
    floor: Share | None = None
    cap: Share | None = None

    PARAMETERS: ClassVar[tuple[str, ...]] = ("mean", "deviation")
    NEEDS: ClassVar[Needs] = Needs.MEAN | Needs.DEVIATION

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.floor is not None and self.cap is not None and self.cap < self.floor:
            raise refusal("cap_below_floor", floor=self.floor, cap=self.cap)
        return self

    def equal_share(self) -> Decimal | None:
        """`all_equal`, or the mean share."""
        return self.mean if self.all_equal is None else self.all_equal

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Mean and deviation of the shares."""
        return {"mean": self.mean, "deviation": self.deviation}

    def bounds(self, points: Decimal) -> Bounds:
        """Floor and cap in points, where given."""
        return Bounds(
            None if self.floor is None else self.floor * points, None if self.cap is None else self.cap * points
        )

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w (mean + deviation z)."""
        z = c.sign * (c.x - c.mean) / c.deviation
        return c.points * (c.parameter("mean") + c.parameter("deviation") * z)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w (mean + deviation z)."""
        z = case.sign * (case.x - case.mean) / case.deviation
        return case.points * (self.mean + self.deviation * z)
