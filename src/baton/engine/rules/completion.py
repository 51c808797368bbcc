"""完成率法: points by the share of the target that was reached."""

from decimal import Decimal
from typing import ClassVar, Literal

import narwhals as nw

from baton.engine.rules.base import Bounds, Case, Columns, Needs, RuleBase, Share


class Completion(RuleBase):
    """Completion ratio (完成率法): points = w x a / t, between `floor` and `cap` shares of w.

    Source: 贵阳市目标绩效考核评估计分实施细则 (domain.md §6.2 rule 1): exceeding earns nothing unless `cap` > 1 says so,
    a negative result gives the floor. A target of zero follows the indicator's zero-denominator policy; a negative
    target is refused.
    """

    kind: Literal["completion"] = "completion"
    floor: Share = Decimal(0)
    cap: Share | None = Decimal(1)

    NEEDS: ClassVar[Needs] = Needs.TARGET

    def bounds(self, points: Decimal) -> Bounds:
        """Floor and cap in points."""
        return Bounds(self.floor * points, None if self.cap is None else self.cap * points)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """w x a / t."""
        return c.points * c.x / c.target

    def exact(self, case: Case) -> Decimal:
        """w x a / t."""
        return case.points * case.x / case.target
