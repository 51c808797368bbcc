"""清单打勾: points by the items of a list that were done."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Case, Columns, Feed, RuleBase, precisely
from baton.engine.rules.refusal import refusal
from baton.engine.rules.tables import ascending
from baton.engine.terms import Direction, Number

MOST_ITEMS = 40


class Checklist(RuleBase):
    """Checklist (清单打勾): points = w x sum(weight x level) / (sum of weights x highest level).

    Items are the figures item1, item2, ...; each is one of `levels` (0 not done, 0.5 in part, 1 done). `items: by_unit`
    counts the items a unit has (at most 40), so that the mean is over its own list.
    Source: 石城县 2018 河长制 (S4; domain.md §6.2 rule 12: 逐条给分，允许分档).
    Edges: a fixed list with a blank item is missing as a whole; `by_unit` takes the items that are there, and none at
    all is missing. A level that the list does not know is refused when the workbook is read. Levels 0, 1, 2 are shares
    of 2.
    """

    kind: Literal["checklist"] = "checklist"
    items: Annotated[int, Field(ge=1, le=MOST_ITEMS)] | Literal["by_unit"]
    weights: tuple[Annotated[Number, Field(gt=0)], ...] = ()
    levels: tuple[Number, ...] = (Decimal(0), Decimal("0.5"), Decimal(1))

    PARAMETERS: ClassVar[tuple[str, ...]] = ("by_unit", "total")

    @model_validator(mode="after")
    def _matched(self) -> Self:
        if not self.levels or self.levels[-1] <= 0:
            raise refusal("levels_top")
        if wrong := ascending(self.levels):
            raise refusal("levels_not_ascending", first=wrong[0], second=wrong[1])
        if self.weights and self.items == "by_unit":
            raise refusal("weights_by_unit")
        if self.weights and len(self.weights) != self.items:
            raise refusal("weights_count", items=self.items, weights=len(self.weights))
        return self

    def direction(self) -> Direction:
        """More is better."""
        return Direction.HIGHER

    def feeds(self) -> tuple[Feed, ...]:
        """Give the items: weighted and added up, or over the number of those that are there."""
        if self.items == "by_unit":
            names = [f"item{n}" for n in range(1, MOST_ITEMS + 1)]
            return (*(Feed(name, "numerator") for name in names), *(Feed(name, "present") for name in names))
        weights = self.weights or (Decimal(1),) * self.items
        return tuple(Feed(f"item{n}", "value", weight) for n, weight in enumerate(weights, 1))

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Whether the unit's own list counts, and the most that the items (or one of them) can give."""
        return {"by_unit": Decimal(self.items == "by_unit"), "total": self._total()}

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w x sum / most."""
        total = c.parameter("total")
        own = c.points * c.numerator / (c.denominator * total)
        return nw.when(c.parameter("by_unit") > 0).then(own).otherwise(c.points * c.x / total)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w x sum / most."""
        if self.items == "by_unit":
            return case.points * case.numerator / (case.denominator * self._total())
        return case.points * case.x / self._total()

    def _total(self) -> Decimal:
        if self.items == "by_unit":
            return self.levels[-1]
        return self.levels[-1] * (sum(self.weights, Decimal(0)) if self.weights else self.items)
