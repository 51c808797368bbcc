"""目标达标法: all points or none."""

from decimal import Decimal
from typing import ClassVar, Literal

import narwhals as nw

from baton.engine.rules.base import Case, Columns, Needs, RuleBase
from baton.engine.terms import Number


class Attain(RuleBase):
    """Attainment (目标达标法): points = w if x reaches the line, else 0.

    The line is `line` or, without one, the target. Reached means x >= line where more is better and x <= line where
    less is.
    Source: a city's monthly assessment of economic indicators 2020, 目标完成计分法 (domain.md §6.1 S8, §6.2 rule 3).
    Edges: x exactly on the line reaches it, compared as the decimals that were reported. A target of zero is a line
    like any other (no division), so no zero-denominator policy is asked. What a missing
    figure earns, the indicator's policy says.
    """

    kind: Literal["attain"] = "attain"
    line: Number | None = None

    PARAMETERS: ClassVar[tuple[str, ...]] = ("given", "line")
    NEEDS: ClassVar[Needs] = Needs.TARGET

    def needs(self) -> Needs:
        """Give the target, unless the line is given."""
        return self.NEEDS if self.line is None else Needs.NOTHING

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Whether a line is given, and the line."""
        return {"given": Decimal(self.line is not None), "line": self.line or Decimal(0)}

    def thresholds(self) -> tuple[Decimal, ...]:
        """Give the line, where it is given."""
        return () if self.line is None else (self.line,)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w where sign x (x - line) >= 0, else 0."""
        line = nw.when(c.parameter("given") > 0).then(c.parameter("line")).otherwise(c.target)
        return nw.when(c.sign * (c.x - line) >= 0).then(c.points).otherwise(c.points * 0.0)

    def exact(self, case: Case) -> Decimal:
        """Compute w where sign x (x - line) >= 0, else 0."""
        line = case.target if self.line is None else self.line
        return case.points if case.sign * (case.x - line) >= 0 else Decimal(0)
