"""How reported figures become the one value of an indicator."""

from typing import Annotated, Literal

from pydantic import Field

from baton.engine.terms import Code, Number, Record


class Direct(Record):
    """The figure itself is the value."""

    kind: Literal["direct"] = "direct"


class Ratio(Record):
    """value = scale x numerator / denominator, each summed over the window first (`on time` / `due` x 100)."""

    kind: Literal["ratio"] = "ratio"
    numerator: Code = "numerator"
    denominator: Code = "denominator"
    scale: Number = Field(default=100, gt=0, validate_default=True)


class GrowthRate(Record):
    """value = scale x (actual / previous - 1); `previous` is the figure of the same period a year ago."""

    kind: Literal["growth"] = "growth"
    previous: Code = "previous"
    scale: Number = Field(default=100, gt=0, validate_default=True)


class WeightedSum(Record):
    """value = sum of factor x figure over named figures (50 x on time + 30 x solved + 20 x content)."""

    kind: Literal["weighted_sum"] = "weighted_sum"
    terms: dict[Code, Number] = Field(min_length=1)


Value = Annotated[Direct | Ratio | GrowthRate | WeightedSum, Field(discriminator="kind")]
