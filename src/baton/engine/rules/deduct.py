"""阈值扣分 and 逐例扣分: full points less something for every unit short of a line, or for every case."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import ClassVar, Literal

import narwhals as nw
from pydantic import Field

from baton.engine.rules.base import Bounds, Case, Columns, Feed, Share, precisely
from baton.engine.rules.measured import Measured
from baton.engine.terms import Code, Direction, Number

NUDGE = 2.0**-30
WHOLE = {False: 0, True: 1, "up": 2}


class ThresholdDeduct(Measured):
    """Deduction from a line (阈值扣分): points = w - step x shortfall / per, at least `floor`.

    shortfall = line - x where more is better, x - line where less is; never below 0. `whole_steps: true` counts only
    whole steps of `per`, `up` counts a step that has begun as a whole one.
    Source: 浙江某市 机构编制绩效 (S6; domain.md §6.2 rule 10 with a test vector in §6.2b): line 20 %, actual 17 %, 0.1
    a percentage point: 0.7 of 1.
    Edges: on the line and better: w. Whole steps: a shortfall within 2^-30 of a step of the next whole step counts as
    that step, so that 98 - 97.4 is six steps of 0.1 on every engine.
    """

    kind: Literal["threshold_deduct"] = "threshold_deduct"
    line: Number
    step: Share = Field(gt=0)
    per: Number = Field(default=Decimal(1), gt=0)
    whole_steps: bool | Literal["up"] = False
    floor: Share = Decimal(0)

    PARAMETERS: ClassVar[tuple[str, ...]] = ("line", "step", "per", "whole")

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give the line, points a step, the size of a step, how steps are counted (0 as they are, 1 whole, 2 begun)."""
        whole = Decimal(WHOLE[self.whole_steps])
        return {"line": self.line, "step": self.amount(self.step, points), "per": self.per, "whole": whole}

    def bounds(self, points: Decimal) -> Bounds:
        """Give the floor, and w."""
        return self.between(self.floor, "full", points)

    def thresholds(self) -> tuple[Decimal, ...]:
        """Give the line."""
        return (self.line,)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w - step x shortfall / per."""
        whole = c.parameter("whole")
        shortfall = c.sign * (c.parameter("line") - c.x)
        steps = shortfall / c.parameter("per")
        begun = nw.when(whole > 1).then(-((NUDGE - steps).floor())).otherwise(steps)
        counted = nw.when(whole == 1).then((steps + NUDGE).floor()).otherwise(begun)
        return nw.when(shortfall > 0).then(c.points - c.parameter("step") * counted).otherwise(c.points)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w - step x shortfall / per."""
        shortfall = case.sign * (self.line - case.x)
        if shortfall <= 0:
            return case.points
        steps = shortfall / self.per
        if self.whole_steps == "up":
            steps = (steps - Decimal(NUDGE)).to_integral_value(ROUND_CEILING)
        elif self.whole_steps:
            steps = (steps + Decimal(NUDGE)).to_integral_value(ROUND_FLOOR)
        return case.points - self.amount(self.step, case.points) * steps


class PerCaseDeduct(Measured):
    """Deduction per case (逐例扣分): points = w - sum of amount x number of cases, at least `floor` (扣完为止).

    `cases` names a figure for each sort of case and what one costs: {late: 0.1, wrong: 0.2}.
    Source: 石城县 2018 河长制 and 责任单位 schemes (S4, S5; domain.md §6.2 rule 11).
    Edges: no case earns w, and zero cases must be reported as 0: a missing figure follows the indicator's policy. A
    negative number of cases cannot earn more than w.
    """

    kind: Literal["per_case_deduct"] = "per_case_deduct"
    cases: dict[Code, Share] = Field(min_length=1)
    floor: Share = Decimal(0)

    PARAMETERS: ClassVar[tuple[str, ...]] = ("scale",)

    def direction(self) -> Direction:
        """Less is better."""
        return Direction.LOWER

    def feeds(self) -> tuple[Feed, ...]:
        """Make x what all cases together cost."""
        return tuple(Feed(figure, "value", amount) for figure, amount in self.cases.items())

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give what a unit of x is worth in points."""
        return {"scale": self.scale(points)}

    def bounds(self, points: Decimal) -> Bounds:
        """Give the floor, and w."""
        return self.between(self.floor, "full", points)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w - sum of amounts."""
        return c.points - c.parameter("scale") * c.x

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w - sum of amounts."""
        return case.points - self.scale(case.points) * case.x
