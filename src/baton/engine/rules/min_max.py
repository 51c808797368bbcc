"""极差归一: the value on the range of the group, or on a fixed range."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, RuleBase, Share, precisely
from baton.engine.rules.extremes import between, exactly_between
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Number

GROUP, LOW_FIXED, HIGH_FIXED, BOTH_FIXED = range(4)


class MinMax(RuleBase):
    """Min-max normalisation (极差归一): points = w (offset + span d), d from 0 at the worst to 1 at the best.

    d = (x - low) / (high - low) where more is better, (high - x) / (high - low) where less is. low and high are the
    group's least and greatest value unless fixed.
    Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), step 5; domain.md §6.2 rule 7
    (c (x - min)/(max - min) + d, usually d = 0.1 and c = 0.9 so that nobody gets 0). COINr: n_minmax with
    l_u = (offset, offset + span) x 100.
    Edges: all equal, a group of one included: `all_equal` share, with a flag. Outside a fixed range points stay within
    offset w and (offset + span) w; `clip: false` lets them pass. Only one end fixed and the whole group beyond it: all
    beyond the better end get w (offset + span); at the worse end `all_equal`, below it offset w.
    """

    kind: Literal["min_max"] = "min_max"
    offset: Share = Decimal(0)
    span: Share = Field(default=Decimal(1), gt=0)
    low: Number | None = None
    high: Number | None = None
    all_equal: Share = Decimal(1)
    clip: bool = True

    PARAMETERS: ClassVar[tuple[str, ...]] = ("offset", "span", "fixed", "low", "high", "all_equal")
    NEEDS: ClassVar[Needs] = Needs.EXTREMES

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise refusal("low_not_below_high", low=self.low, high=self.high)
        return self

    def needs(self) -> Needs:
        """Extremes of the group, unless both ends are fixed."""
        return Needs.NOTHING if self._fixed() == BOTH_FIXED else self.NEEDS

    def equal_share(self) -> Decimal | None:
        """`all_equal` where the group decides both ends; with a fixed end the formula itself decides."""
        return self.all_equal if self._fixed() == GROUP else None

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give the range of shares, which ends are fixed (0 none, 1 low, 2 high, 3 both), the ends, `all_equal`."""
        return {
            "offset": self.offset,
            "span": self.span,
            "fixed": Decimal(self._fixed()),
            "low": self.low or Decimal(0),
            "high": self.high or Decimal(0),
            "all_equal": self.all_equal,
        }

    def bounds(self, points: Decimal) -> Bounds:
        """Give the range of shares in points, where it is clipped."""
        if not self.clip:
            return Bounds(None, None)
        return Bounds(self.offset * points, (self.offset + self.span) * points)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w (offset + span d)."""
        offset, span, fixed = c.parameter("offset"), c.parameter("span"), c.parameter("fixed")
        higher = c.sign > 0
        low = nw.when(higher).then(c.worst).otherwise(c.best)
        low = nw.when((fixed == LOW_FIXED) | (fixed == BOTH_FIXED)).then(c.parameter("low")).otherwise(low)
        high = nw.when(higher).then(c.best).otherwise(c.worst)
        high = nw.when(fixed >= HIGH_FIXED).then(c.parameter("high")).otherwise(high)
        best, worst = nw.when(higher).then(high).otherwise(low), nw.when(higher).then(low).otherwise(high)
        worse_is_fixed = ((fixed == LOW_FIXED) & higher) | ((fixed == HIGH_FIXED) & (c.sign < 0))
        level = nw.when(worse_is_fixed).then(c.parameter("all_equal")).otherwise(offset + span)
        return c.points * between(c, best, worst, level, lambda d: offset + span * d)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w (offset + span d)."""
        group = (case.worst, case.best) if case.sign > 0 else (case.best, case.worst)
        low = group[0] if self.low is None else self.low
        high = group[1] if self.high is None else self.high
        best, worst = (high, low) if case.sign > 0 else (low, high)
        worse_is_fixed = self._fixed() == (LOW_FIXED if case.sign > 0 else HIGH_FIXED)
        level = self.all_equal if worse_is_fixed else self.offset + self.span
        return case.points * exactly_between(case, best, worst, level, lambda d: self.offset + self.span * d)

    def _fixed(self) -> int:
        return (LOW_FIXED if self.low is not None else 0) + (HIGH_FIXED if self.high is not None else 0)
