"""Options that are shares of an indicator's full points, or absolute points, as the rule says."""

from decimal import Decimal
from typing import Literal

from baton.engine.rules.base import Bounds, RuleBase, Share

type Amount = Decimal | Literal["full"]
OrFull = Share | Literal["full"]


class Measured(RuleBase):
    """A rule whose amounts are shares of the full points w (`share`) or points as they stand (`points`).

    `full` as an amount means w either way.
    """

    measured_in: Literal["share", "points"] = "share"

    def scale(self, points: Decimal) -> Decimal:
        """Give what one unit of an amount is worth in points: w, or 1."""
        return points if self.measured_in == "share" else Decimal(1)

    def amount(self, given: Amount, points: Decimal) -> Decimal:
        """Turn an amount into points."""
        return points if given == "full" else given * self.scale(points)

    def between(self, floor: Decimal | None, cap: Amount | None, points: Decimal) -> Bounds:
        """Give floor and cap in points; where w is small, a floor in points gives way to the cap."""
        least = None if floor is None else self.amount(floor, points)
        most = None if cap is None else self.amount(cap, points)
        return Bounds(least if least is None or most is None else min(least, most), most)
