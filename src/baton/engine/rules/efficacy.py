"""功效系数法: linear and exponential, from a base share for the worst to the full points for the best."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Share, precisely
from baton.engine.rules.extremes import BetweenExtremes, between, exactly_between
from baton.engine.rules.refusal import refusal


class Efficacy(BetweenExtremes):
    """What both efficacy functions share: the base share of the worst, and optional floor and cap (shares of w)."""

    base: Share = Decimal("0.6")
    floor: Share | None = None
    cap: Share | None = None

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if not 0 < self.base <= 1:
            raise refusal("base_out_of_range", base=self.base)
        if self.floor is not None and self.cap is not None and self.cap < self.floor:
            raise refusal("cap_below_floor", floor=self.floor, cap=self.cap)
        return self

    def bounds(self, points: Decimal) -> Bounds:
        """Floor and cap in points, where given."""
        return Bounds(
            None if self.floor is None else self.floor * points, None if self.cap is None else self.cap * points
        )


class EfficacyLinear(Efficacy):
    """Efficacy coefficient (功效系数法): points = w (base + (1 - base) d), d = (x - worst) / (best - worst).

    worst and best are those of the group by direction (正向 xs = min, xh = max; 逆向 the other way round) or fixed.
    Source: domain.md §6.2 rule 5 (60 + 40 (x - xs)/(xh - xs), with test vectors in §6.2b); 临沂市 2012 county
    assessment (S7): w (60 % + 40 % d).
    Edges: all equal (xh = xs), a group of one included: `all_equal` share for all, with a flag. Values beyond fixed
    ends go below base w or above w unless `floor` or `cap` say otherwise. Only one end fixed and the whole group beyond
    it: all beyond a fixed best get w; at a fixed worst `all_equal`, below it base w.
    """

    kind: Literal["efficacy_linear"] = "efficacy_linear"

    PARAMETERS: ClassVar[tuple[str, ...]] = ("base", "level")

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give base share, and the share where there is no d."""
        return {"base": self.base, "level": self.level()}

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w (base + (1 - base) d)."""
        base = c.parameter("base")
        return c.points * between(c, c.best, c.worst, c.parameter("level"), lambda d: base + (1.0 - base) * d)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w (base + (1 - base) d)."""
        share = exactly_between(case, case.best, case.worst, self.level(), lambda d: self.base + (1 - self.base) * d)
        return case.points * share


class EfficacyExponential(Efficacy):
    """Exponential efficacy function (指数功效函数): points = w base^(1 - d), d = (x - worst) / (best - worst).

    The same as 60 exp(-ln 0.6 x d) for w = 100 and base 0.6: convex, base w at the worst, w at the best.
    Source: domain.md §6.2 rule 6 with test vectors in §6.2b.
    Edges: as `efficacy_linear`; the points never reach 0, however far below a fixed worst the value is.
    """

    kind: Literal["efficacy_exponential"] = "efficacy_exponential"

    PARAMETERS: ClassVar[tuple[str, ...]] = ("log_base", "level")
    TRANSCENDENTAL: ClassVar[bool] = True

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """ln(base), and the share where there is no d."""
        return {"log_base": self.base.ln(), "level": self.level()}

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w exp(ln(base) (1 - d))."""
        log_base = c.parameter("log_base")
        return c.points * between(c, c.best, c.worst, c.parameter("level"), lambda d: (log_base * (1.0 - d)).exp())

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w exp(ln(base) (1 - d))."""
        log_base = self.base.ln()
        share = exactly_between(case, case.best, case.worst, self.level(), lambda d: (log_base * (1 - d)).exp())
        return case.points * share
