"""分段 and 分段线性: free tables over the value itself."""

from decimal import Decimal
from itertools import pairwise
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, RuleBase, Segment, Share, precisely
from baton.engine.rules.given_places import FromTable
from baton.engine.rules.refusal import refusal
from baton.engine.rules.tables import ascending, lines, look_up, steps
from baton.engine.terms import Number


class Bands(FromTable):
    """Bands (分段): points = w x shares[i] for edges[i] <= x < edges[i + 1]; `below` under the first edge.

    `closed: right` takes the edge itself to the band on its left: edges[i] < x <= edges[i + 1].
    Source: 12345 hotline score (>= 95 full, [90, 95) 80 %, [85, 90) 60 %, below 0); domain.md §6.2 rules 12 and 15b.
    Edges: a value exactly on an edge is compared as the decimal that was reported. The last band has no upper end.
    """

    kind: Literal["bands"] = "bands"
    edges: tuple[Number, ...] = Field(min_length=1)
    shares: tuple[Share, ...]
    closed: Literal["left", "right"] = "left"
    below: Share = Decimal(0)

    @model_validator(mode="after")
    def _matched(self) -> Self:
        if len(self.edges) != len(self.shares):
            raise refusal("shares_count", edges=len(self.edges), shares=len(self.shares))
        if wrong := ascending(self.edges):
            raise refusal("edges_not_ascending", first=wrong[0], second=wrong[1])
        return self

    def thresholds(self) -> tuple[Decimal, ...]:
        """Give the edges."""
        return self.edges

    def segments(self) -> tuple[Segment, ...]:
        """Give a step per band."""
        return steps(self.edges, self.shares, self.below, closed_right=self.closed == "right")


class PiecewiseLinear(RuleBase):
    """Piecewise linear (分段线性): straight lines between points [x, share]; outside level (`clamp`) or extended.

    Two points at one x make a jump: below it the first share leads up, at it the second holds.
    Source: 国有资产保值增值率 (below 100 % nothing, 100 % to 103 % from 80 % to 100 %); domain.md §6.2 (free bands).
    Edges: exactly on a point its share, exactly. `clamp: false` goes on with the slope of the first and last piece,
    below 0 and above w if it leads there.
    """

    kind: Literal["piecewise_linear"] = "piecewise_linear"
    points: tuple[tuple[Number, Share], ...] = Field(min_length=2)
    clamp: bool = True

    PARAMETERS: ClassVar[tuple[str, ...]] = ("first", "first_y", "first_slope", "last", "last_y", "last_slope")
    NEEDS: ClassVar[Needs] = Needs.SEGMENTS

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        knots = [x for x, _ in self.points]
        for index, (a, b) in enumerate(pairwise(knots)):
            if a > b or (a == b and knots[index + 2 : index + 3] == [b]):
                raise refusal("points_not_ascending", first=a, second=b)
        if not self.clamp and (knots[0] == knots[1] or knots[-1] == knots[-2]):
            raise refusal("jump_without_clamp")
        return self

    def thresholds(self) -> tuple[Decimal, ...]:
        """Give the x of every point."""
        return tuple(x for x, _ in self.points)

    def segments(self) -> tuple[Segment, ...]:
        """Give a line per pair of points."""
        return lines(self.points)

    def bounds(self, points: Decimal) -> Bounds:
        """Give the least and greatest share of the points, where clamped."""
        if not self.clamp:
            return Bounds(None, None)
        shares = [y for _, y in self.points]
        return Bounds(min(shares) * points, max(shares) * points)

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give the ends, and how steeply it goes on beyond them."""
        (first, first_y), (last, last_y) = self.points[0], self.points[-1]
        return {
            "first": first,
            "first_y": first_y,
            "first_slope": self._slope(0, 1),
            "last": last,
            "last_y": last_y,
            "last_slope": self._slope(-2, -1),
        }

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w y, going on beyond the ends."""
        before = c.parameter("first_y") + c.parameter("first_slope") * (c.x - c.parameter("first"))
        after = c.parameter("last_y") + c.parameter("last_slope") * (c.x - c.parameter("last"))
        inside = nw.when(c.x > c.parameter("last")).then(c.points * after).otherwise(c.points * c.y)
        return nw.when(c.x < c.parameter("first")).then(c.points * before).otherwise(inside)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w y, going on beyond the ends."""
        (first, first_y), (last, last_y) = self.points[0], self.points[-1]
        if case.x < first:
            return case.points * (first_y + self._slope(0, 1) * (case.x - first))
        if case.x > last:
            return case.points * (last_y + self._slope(-2, -1) * (case.x - last))
        return case.points * look_up(self.segments(), case.x)

    def _slope(self, left: int, right: int) -> Decimal:
        (a, y_a), (b, y_b) = self.points[left], self.points[right]
        return Decimal(0) if self.clamp else (y_b - y_a) / (b - a)
