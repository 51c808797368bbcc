"""综合: an indicator whose parts are scored by rules of their own."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from baton.engine.rules.base import Part, RuleBase, Share
from baton.engine.rules.kinds import SimpleRule
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Code, Name, Record
from baton.engine.values import Direct, Value


class CompositePart(Record):
    """A part: its share of w, its rule, how its value comes about, and under which reported names (`figures`).

    `figures` maps what the rule reads to what is reported: {actual: area, target: area_target}; a figure that is not
    named keeps its own name, so that parts can share it.
    """

    code: Code
    name: Name
    share: Share = Field(gt=0)
    rule: SimpleRule
    value: Value = Direct()
    figures: dict[Code, Code] = Field(default_factory=dict)

    def flat(self) -> tuple[Part, ...]:
        """Give the part, or the parts of its rule (several raters), each with its share of the indicator."""
        inner = self.rule.parts()
        if not inner:
            return (Part(self.code, self.name, self.share, Decimal(1), self.rule, self.value, self.figures),)
        return tuple(
            Part(
                f"{self.code}.{part.code}",
                f"{self.name}·{part.name}",
                self.share * part.numerator,
                part.denominator,
                part.rule,
                part.value,
                _renamed(part.figures, self.figures),
            )
            for part in inner
        )


def _renamed(figures: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {figure: names.get(reported, reported) for figure, reported in figures.items()}


class Composite(RuleBase):
    """Composite (综合): the sum of parts, each scored by a rule of its own out of its share of w.

    Source: domain.md §6.2 rule 14 (总量 + 增幅 + 人均 + 排位 weighted; S12).
    Edges: the shares add up to 1. Each part is rounded once. A part without a value follows the indicator's
    missing-data policy; bounds are those of the parts. A composite cannot be a part.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    kind: Literal["composite"] = "composite"
    parts_: tuple[CompositePart, ...] = Field(alias="parts", min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = sum((part.share for part in self.parts_), Decimal(0))
        if total != 1:
            raise refusal("parts_shares", total=total)
        codes = [part.code for part in self.parts_]
        if repeated := next((code for code in codes if codes.count(code) > 1), None):
            raise refusal("parts_repeated", part=repeated)
        return self

    def parts(self) -> tuple[Part, ...]:
        """Give the parts, raters unfolded."""
        return tuple(flat for part in self.parts_ for flat in part.flat())
