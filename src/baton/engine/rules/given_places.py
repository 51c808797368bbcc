"""Tables over something given from above: a place in a larger field (位次表), or a level (等次赋分)."""

from decimal import Decimal
from itertools import pairwise
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import ConfigDict, Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, RuleBase, Segment, Share, precisely
from baton.engine.rules.refusal import refusal
from baton.engine.rules.tables import look_up, steps
from baton.engine.terms import Direction, Name, Record


class FromTable(RuleBase):
    """A kind whose points are a looked-up share of w."""

    NEEDS: ClassVar[Needs] = Needs.SEGMENTS

    def bounds(self, points: Decimal) -> Bounds:
        """Give the least and the greatest share of the table, in points."""
        shares = [y for segment in self.segments() for y in (segment.y_low, segment.y_high)]
        return Bounds(min(shares) * points, max(shares) * points)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w x looked-up share."""
        return c.points * c.y

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w x looked-up share."""
        return case.points * look_up(self.segments(), self.key(case))


class Places(Record):
    """Places `from` to `to` (both included; `to` empty: and all worse) earn `share` of w."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: int = Field(alias="from", ge=1)
    to: int | None = None
    share: Share

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise refusal("places_reversed", start=self.from_, end=self.to)
        return self


class RankTable(FromTable):
    """Table of places (位次表): x is itself a place, given from above; points = w x the share of its row.

    Source: 市对县条线考核位次 (place among nine counties: 1-3 full, 4-6 90 %, 7-8 75 %, 9 50 %); domain.md §6.1 S6.
    Edges: rows start at place 1 and leave no gap; with `field` they end at its size. A place past the last row earns 0.
    A place between two rows (3.5 after a tie) belongs to the better row. Below 1: 0.
    """

    kind: Literal["rank_table"] = "rank_table"
    table: tuple[Places, ...] = Field(min_length=1)
    field: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _without_gaps(self) -> Self:
        if self.table[0].from_ != 1:
            raise refusal("table_start", start=self.table[0].from_)
        for row, following in pairwise(self.table):
            if row.to is None or following.from_ != row.to + 1:
                raise refusal("table_gap", end=row.to or "", start=following.from_)
        last = self.table[-1].to
        if self.field is not None and last is not None and last != self.field:
            raise refusal("table_field", end=last, field=self.field)
        return self

    def direction(self) -> Direction:
        """Give a smaller place is better."""
        return Direction.LOWER

    def segments(self) -> tuple[Segment, ...]:
        """Give a step per row."""
        edges = [Decimal(row.from_) for row in self.table]
        shares = [row.share for row in self.table]
        last = self.table[-1].to if self.table[-1].to is not None else self.field
        if last is not None:
            edges, shares = [*edges, Decimal(last + 1)], [*shares, Decimal(0)]
        return steps(edges, shares, Decimal(0))


class LevelTable(FromTable):
    """Points by level (等次赋分): points = w x the share of the level (好 1, 较好 0.85, 一般 0.6, 较差 0).

    x is the place of the level in `levels`, from 1; workbooks are read and written with the words.
    Source: 抓基层党建述职评议等次 and similar gradings from above (domain.md §6.2 rule 12: 允许分档).
    Edges: a word that is not in the list is refused when the workbook is read; a number outside 1..n earns 0. Levels
    stand in the scheme's order, from the best down by custom; nothing depends on it.
    """

    kind: Literal["level_table"] = "level_table"
    levels: dict[Name, Share] = Field(min_length=1)

    def segments(self) -> tuple[Segment, ...]:
        """Give a step per level."""
        shares = [*self.levels.values(), Decimal(0)]
        return steps([Decimal(n) for n in range(1, len(shares) + 1)], shares, Decimal(0))
