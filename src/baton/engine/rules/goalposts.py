"""定标准值: the value between two fixed goalposts, as it is or as a logarithm."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import model_validator

from baton.engine.rules.base import Bounds, Case, Columns, RuleBase, precisely
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Number


class Goalposts(RuleBase):
    """Goalposts (定标准值): points = w d, d = (x - low) / (high - low).

    With `log` d = (ln x - ln low) / (ln high - ln low). Where less is better 1 - d.
    Source: UNDP, Human Development Report, Technical note 1: life expectancy 20 to 85, income 100 to 75,000 with
    logarithms; COINr n_goalposts.
    Edges: beyond the goalposts 0 and w; `clip: false` lets points pass. With `log` a value of zero or less has no
    logarithm and counts as `low`. A group whose values are all equal needs no policy: nothing depends on the group.
    """

    kind: Literal["goalposts"] = "goalposts"
    low: Number
    high: Number
    log: bool = False
    clip: bool = True

    PARAMETERS: ClassVar[tuple[str, ...]] = ("low", "log", "span")
    TRANSCENDENTAL: ClassVar[bool] = True

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low >= self.high:
            raise refusal("low_not_below_high", low=self.low, high=self.high)
        if self.log and self.low <= 0:
            raise refusal("log_low", low=self.low)
        return self

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give the low goalpost, whether logarithms are taken, and the distance of the goalposts."""
        return {"low": self.low, "log": Decimal(self.log), "span": self._span()}

    def bounds(self, points: Decimal) -> Bounds:
        """0 and w, where clipped."""
        return Bounds(Decimal(0), points) if self.clip else Bounds(None, None)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w (x - low) / span, or w ln(x / low) / span."""
        low, log = c.parameter("low"), c.parameter("log") > 0
        relative = nw.when(log & (c.x > 0)).then(c.x / low).otherwise(c.x * 0.0 + 1.0)
        above = nw.when(log).then(relative.log()).otherwise(c.x - low)
        d = above / c.parameter("span")
        return nw.when(c.sign > 0).then(c.points * d).otherwise(c.points * (1.0 - d))

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w (x - low) / span, or w ln(x / low) / span."""
        above = case.x - self.low
        if self.log:
            above = (case.x / self.low).ln() if case.x > 0 else Decimal(0)
        d = above / self._span()
        return case.points * (d if case.sign > 0 else 1 - d)

    def _span(self) -> Decimal:
        return (self.high / self.low).ln() if self.log else self.high - self.low
