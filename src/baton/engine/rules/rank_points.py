"""排名赋分: points by place in the group, by a table, by steps down from the first, or by several raters."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, Part, Segment, Share, precisely
from baton.engine.rules.measured import Measured, OrFull
from baton.engine.rules.refusal import refusal
from baton.engine.rules.tables import lines, look_up, steps
from baton.engine.terms import RankMethod
from baton.engine.values import Direct
from baton.words.catalogue import text

ONE = Decimal(1)


class RankPoints(Measured):
    """Points by rank (排名赋分): first - step (R - 1), or a table of the first places and one of the last places.

    `table[0]` is the first place's amount, `bottom_table[0]` the last place's; places that neither names get
    `otherwise`. Amounts are shares of w or points. With `raters` N the figures rater1..raterN are ranked each for
    itself and each rank earns 1/N of the points.
    Source: 浙江某市 机构编制绩效 (S6: 60/57/54/51/48 for five places), 瑞安市 2012 (S2: 2 % a place, mean over several
    raters), a city's monthly assessment 2020 (S8: 5 % a place), +5..+1 for the first five and -5..-1 for the last five
    (S19); domain.md §6.2 rule 9 with test vectors in §6.2b.
    Edges: equal values share a place as `ties` says (competition 1-2-2-4, dense 1-2-2-3, mean 1-2.5-2.5-4); between two
    places of a table a mean rank earns the mean of the two. Counted from the end, equal values share the better place.
    A group too small for both tables is served from the first. A unit whose figure is missing has no place and does
    not count. Places past the floor earn the floor.
    """

    kind: Literal["rank_points"] = "rank_points"
    first: OrFull = "full"
    step: Share | None = Field(default=None, ge=0)
    table: tuple[Share, ...] = ()
    bottom_table: tuple[Share, ...] = ()
    otherwise: Share = Decimal(0)
    floor: Share | None = Decimal(0)
    ties: RankMethod = RankMethod.COMPETITION
    raters: int = Field(default=1, ge=1, le=40)

    PARAMETERS: ClassVar[tuple[str, ...]] = ("stepwise", "first", "step", "top", "bottom", "scale")
    NEEDS: ClassVar[Needs] = Needs.RANK
    LOOKS_FURTHER: ClassVar[bool] = True

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        amounts = (*self.table, *self.bottom_table)
        if (self.step is None) == (not amounts):
            raise refusal("rank_step_or_table")
        if self.bottom_table and self.ties is RankMethod.DENSE:
            raise refusal("rank_bottom_dense")
        if self.floor is not None and amounts and min(amounts) < self.floor:
            raise refusal("rank_below_floor", lowest=min(amounts), floor=self.floor)
        if self.raters > 1 and self.measured_in == "points":
            raise refusal("rank_raters_in_points")
        return self

    def needs(self) -> Needs:
        """Give the rank; with tables also the segments and, from the end, the count."""
        if self.step is not None:
            return Needs.RANK
        return Needs.RANK | Needs.SEGMENTS | (Needs.COUNT if self.bottom_table else Needs.NOTHING)

    def rank_method(self) -> RankMethod:
        """As `ties` says."""
        return self.ties

    def parts(self) -> tuple[Part, ...]:
        """One part per rater, where there are several."""
        if self.raters == 1:
            return ()
        alone, share = self.model_copy(update={"raters": 1}), Decimal(self.raters)
        return tuple(
            Part(f"rater{n}", text("engine.rule_rater", number=n), ONE, share, alone, Direct(), {"actual": f"rater{n}"})
            for n in range(1, self.raters + 1)
        )

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Whether steps decide; first and step in points; places named from the top; any from the end; scale of y."""
        return {
            "stepwise": Decimal(self.step is not None),
            "first": self.amount(self.first, points),
            "step": self.amount(self.step or Decimal(0), points),
            "top": Decimal(len(self.table)),
            "bottom": Decimal(bool(self.bottom_table)),
            "scale": self.scale(points),
        }

    def bounds(self, points: Decimal) -> Bounds:
        """Give the floor, and the most that the first place or a table gives."""
        best = max((*self.table, *self.bottom_table, self.otherwise)) if self.step is None else self.first
        return self.between(self.floor, best, points)

    def segments(self) -> tuple[Segment, ...]:
        """Places from the top as 1, 2, ..., from the end as -1, -2, ...; lines between them for mean ranks."""
        if self.step is not None:
            return ()
        places = [-n for n in range(len(self.bottom_table), 0, -1)] + [0, *range(1, len(self.table) + 2)]
        shares = [*reversed(self.bottom_table), self.otherwise, *self.table, self.otherwise]
        keys = [Decimal(place) for place in places]
        if self.ties is RankMethod.MEAN:
            before = (Decimal(-len(self.bottom_table) - 1), self.otherwise)
            return lines([before, *zip(keys, shares, strict=True)])
        return steps(keys, shares, self.otherwise)

    @classmethod
    def lookup(cls, c: Columns) -> nw.Expr:
        """Give the place from the top where the table names it, else the place from the end, below zero."""
        from_end = (c.parameter("bottom") > 0) & (c.rank >= c.parameter("top") + 1.0)
        return nw.when(from_end).then(c.rank - c.count - 1.0).otherwise(c.rank)

    def key(self, case: Case) -> Decimal:
        """Give the same in exact decimals."""
        from_end = self.bottom_table and case.rank >= len(self.table) + 1
        return case.rank - case.count - 1 if from_end else case.rank

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """First - step (R - 1), or the table's amount."""
        down = c.parameter("first") - c.parameter("step") * (c.rank - 1.0)
        return nw.when(c.parameter("stepwise") > 0).then(down).otherwise(c.y * c.parameter("scale"))

    @precisely
    def exact(self, case: Case) -> Decimal:
        """First - step (R - 1), or the table's amount."""
        if self.step is None:
            return look_up(self.segments(), self.key(case)) * self.scale(case.points)
        return self.amount(self.first, case.points) - self.amount(self.step, case.points) * (case.rank - 1)
