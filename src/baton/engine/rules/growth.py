"""增幅法: points by how far a rate of growth is above or below a reference."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, Share, precisely
from baton.engine.rules.measured import Measured, OrFull
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Number


class Growth(Measured):
    """Growth against a reference (增幅法): points = base + step (x - reference), between `floor` and `cap`.

    reference is the mean of the group or a number; where less is better, reference - x. base and step are shares of w
    or points; step is per unit of x, which for a rate in % is a percentage point.
    Source: domain.md §6.2 rule 13 (above the mean +k a point, below -k; S9, S12), 杭州 2009 标准值/标准分/最高分/最低分
    (S10).
    Edges: exactly at the reference: base. Negative growth is a number like any other. The mean is over the units of the
    group whose value is there; a group of one is at its own mean. The reported rate is used as it is, not recomputed.
    """

    kind: Literal["growth"] = "growth"
    base: Share = Decimal("0.8")
    step: Share = Field(gt=0)
    reference: Number | Literal["group_mean"] = "group_mean"
    floor: Share = Decimal(0)
    cap: OrFull | None = "full"

    PARAMETERS: ClassVar[tuple[str, ...]] = ("base", "step", "given", "reference")
    NEEDS: ClassVar[Needs] = Needs.MEAN

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.measured_in == "points" and "base" not in self.model_fields_set:
            raise refusal("base_in_points")
        if isinstance(self.cap, Decimal) and self.cap < self.floor:
            raise refusal("cap_below_floor", floor=self.floor, cap=self.cap)
        return self

    def needs(self) -> Needs:
        """Give the mean of the group, unless the reference is a number."""
        return self.NEEDS if self.reference == "group_mean" else Needs.NOTHING

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give base and step in points, whether a reference is given, and the reference."""
        given = None if self.reference == "group_mean" else self.reference
        return {
            "base": self.amount(self.base, points),
            "step": self.amount(self.step, points),
            "given": Decimal(given is not None),
            "reference": given or Decimal(0),
        }

    def bounds(self, points: Decimal) -> Bounds:
        """Floor and cap in points."""
        return self.between(self.floor, self.cap, points)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute base + step x sign x (x - reference)."""
        reference = nw.when(c.parameter("given") > 0).then(c.parameter("reference")).otherwise(c.mean)
        return c.parameter("base") + c.parameter("step") * (c.sign * (c.x - reference))

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute base + step x sign x (x - reference)."""
        reference = case.mean if self.reference == "group_mean" else self.reference
        ahead = case.sign * (case.x - reference)
        return self.amount(self.base, case.points) + self.amount(self.step, case.points) * ahead
