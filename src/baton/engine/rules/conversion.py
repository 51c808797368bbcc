"""折算: a result given from above, converted to the points it has here."""

from decimal import Decimal
from typing import ClassVar, Literal

import narwhals as nw
from pydantic import Field

from baton.engine.rules.base import Case, Columns, Feed, Needs, RuleBase, precisely
from baton.engine.terms import Direction, Number


class Conversion(RuleBase):
    """Conversion (折算): points = w x (score from above) / (full score from above), between 0 and w.

    The full score is `full` or, without it, the figure `upper_full` beside the score `actual`.
    Source: domain.md §6.2 rule 18 (本级分 = w x 上级得分 / 上级满分).
    Edges: a score above the full score earns w, a negative one 0. Units that were not assessed from above are missing:
    `peer_mean` or `exclude`. A full score of zero follows the zero-denominator policy.
    """

    kind: Literal["conversion"] = "conversion"
    full: Number | None = Field(default=None, gt=0)

    PARAMETERS: ClassVar[tuple[str, ...]] = ("given", "full")
    NEEDS: ClassVar[Needs] = Needs.TARGET | Needs.DIVISOR

    def needs(self) -> Needs:
        """Give the full score as target, unless it is given."""
        return self.NEEDS if self.full is None else Needs.NOTHING

    def direction(self) -> Direction:
        """More is better."""
        return Direction.HIGHER

    def feeds(self) -> tuple[Feed, ...]:
        """Give the score and its full score."""
        return (Feed("actual", "value"), Feed("upper_full", "target")) if self.full is None else ()

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Whether a full score is given, and the full score."""
        return {"given": Decimal(self.full is not None), "full": self.full or Decimal(1)}

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w x / full."""
        full = nw.when(c.parameter("given") > 0).then(c.parameter("full")).otherwise(c.target)
        return c.points * c.x / full

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w x / full."""
        return case.points * case.x / (case.target if self.full is None else self.full)
