"""Where a value lies between the worst and the best of its group, with every degenerate case decided once."""

from collections.abc import Callable
from decimal import Decimal
from typing import ClassVar, Self

import narwhals as nw
from pydantic import model_validator

from baton.engine.rules.base import Case, Columns, Needs, RuleBase, Share
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Direction, Number


def between(c: Columns, best: nw.Expr, worst: nw.Expr, level: nw.Expr, shape: Callable[[nw.Expr], nw.Expr]) -> nw.Expr:
    """Share of w at d = (x - worst) / (best - worst), given by `shape`.

    Where best is not better than worst (one end is fixed and the whole group lies beyond it) there is no d: `level`
    for values at `worst` or better, shape(0) for the others.
    """
    span, gap = c.sign * (best - worst), c.sign * (c.x - worst)
    beyond = nw.when(gap >= 0).then(level).otherwise(shape(gap * 0.0))
    return nw.when(span > 0).then(shape(gap / span)).otherwise(beyond)


def exactly_between(
    case: Case, best: Decimal, worst: Decimal, level: Decimal, shape: Callable[[Decimal], Decimal]
) -> Decimal:
    """Do what `between` does, in exact decimals."""
    span, gap = case.sign * (best - worst), case.sign * (case.x - worst)
    if span > 0:
        return shape(gap / span)
    return level if gap >= 0 else shape(Decimal(0))


class BetweenExtremes(RuleBase):
    """A kind that places a value between worst and best: of the group, or fixed by the scheme."""

    best: Number | None = None
    worst: Number | None = None
    all_equal: Share = Decimal(1)

    NEEDS: ClassVar[Needs] = Needs.EXTREMES

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.best is not None and self.best == self.worst:
            raise refusal("best_equals_worst", best=self.best)
        return self

    def fixed(self) -> tuple[Decimal | None, Decimal | None]:
        """Give fixed best and worst."""
        return self.best, self.worst

    def direction(self) -> Direction | None:
        """Give the direction that two fixed ends imply."""
        if self.best is None or self.worst is None:
            return None
        return Direction.HIGHER if self.best > self.worst else Direction.LOWER

    def equal_share(self) -> Decimal | None:
        """`all_equal` where the group decides both ends; with a fixed end the formula itself decides."""
        return self.all_equal if self.best is None and self.worst is None else None

    def level(self) -> Decimal:
        """Share where the group lies beyond a fixed end: all have passed a fixed best; else `all_equal`."""
        return Decimal(1) if self.best is not None and self.worst is None else self.all_equal
