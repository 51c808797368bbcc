"""Treatment of figures before rules see them: denominators, imputation, screening, outliers.

The steps and their formulas are those of COINr 1.1 (Becker et al., JOSS 7(78), 2022) and of the OECD/JRC Handbook on
Constructing Composite Indicators (2008), steps 3 and 5. They are always done in this order: denominate, impute, screen,
outliers. A step that names indicators goes before one of the same kind that names none (which is for all the others).
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from baton.engine.terms import Code, Name, Number, Record

Decimals = Annotated[int, Field(ge=0, le=12)]


class Partition(Record):
    """A named partition of units (by region, by size), to impute within: `parts` names the units of each part."""

    kind: Literal["partition"] = "partition"
    code: Code
    parts: dict[Name, tuple[Code, ...]] = Field(min_length=1)


class Denominate(Record):
    """value = scale x value / value of the indicator `by`, of the same unit and period.

    `by` is an indicator of the scheme, usually under a node that does not count (`in_total: false`). Where its value is
    missing, so is the quotient. `zero`: what a denominator of zero is: `required` (refused), or `missing`.
    `decimals` of the quotient; `scale` brings small quotients to where these decimals hold what counts.
    """

    kind: Literal["denominate"] = "denominate"
    by: Code
    indicators: tuple[Code, ...] = Field(min_length=1)
    scale: Number = Field(default=Decimal(1), gt=0)
    zero: Literal["required", "missing"] = "required"
    decimals: Decimals = 12


class Impute(Record):
    """Fill gaps from the figures that are there; a gap that nothing can fill stays one, for the indicator's `missing`.

    `mean`, `median`: of all units that carry the indicator. `group_mean`, `group_median`: of the unit's own group, or
    of its part in `partition`; a unit in no part keeps its gaps. `row_mean`: the mean of what the unit has in its other
    indicators (`within`: all of them, or those under the same node), each from 0 (worst) to 1 (best) over all units.
    """

    kind: Literal["impute"] = "impute"
    method: Literal["mean", "median", "group_mean", "group_median", "row_mean"]
    partition: Code | None = None
    within: Literal["all", "node"] = "all"
    indicators: tuple[Code, ...] = ()
    decimals: Decimals = 12


class Screen(Record):
    """Leave units out of the result that have too few figures, or too many zeros among them.

    `least_available`: share of a unit's figures that must be there. `least_nonzero`: share of these that must not be
    zero. Each is asked for only if it is given. `counted`: figures after imputation, or those that were reported (what
    is then left out takes no part in imputation either). `keep` and `leave_out` name units to which no share applies.
    """

    kind: Literal["screen"] = "screen"
    least_available: Number | None = Field(default=None, ge=0, le=1)
    least_nonzero: Number | None = Field(default=None, ge=0, le=1)
    counted: Literal["imputed", "reported"] = "imputed"
    keep: tuple[Code, ...] = ()
    leave_out: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Screen":
        if self.least_available is None and self.least_nonzero is None and not self.leave_out:
            raise PydanticCustomError("engine.scheme_screen_of_nothing", "a screen asks for a share or names units")
        return self


class Outliers(Record):
    """Where skewness and kurtosis are both too large, winsorise; where that does not help, transform.

    An indicator passes if |skewness| < `skewness` or kurtosis < `kurtosis` (type 2, as SAS and Excel). Otherwise the
    largest values (the smallest where skewness is negative) are set to the next one, again and again, until it passes
    or `winsorise_at_most` are set (None: no limit; 0: none). If it still fails, the original values (`combine`: the
    winsorised ones) are transformed, with a = 0.01 (max - min):
    `log_ct` ln(x - min + a); `log_ct_orig` ln(x - min + 1); `log_ct_plus` like log_ct, or -ln(max + a - x) where
    skewness is negative; `boxcox` ((x - min + 1)^power - 1) / power, ln(x - min + 1) for power 0; `none`: not at all,
    the winsorised values stay. `within`: outliers among the units of each `group`, or among `all` that carry it.
    `untestable`: what becomes of an indicator with fewer than 4 values or with all values equal: `leave` it as it is,
    with a flag, or `required`: refuse.
    """

    kind: Literal["outliers"] = "outliers"
    skewness: Number = Field(default=Decimal(2), ge=0)
    kurtosis: Number = Field(default=Decimal("3.5"))
    winsorise_at_most: int | None = Field(default=None, ge=0)
    transform: Literal["none", "log_ct", "log_ct_orig", "log_ct_plus", "boxcox"] = "log_ct"
    power: Number | None = None
    combine: bool = False
    within: Literal["group", "all"] = "group"
    untestable: Literal["required", "leave"] = "required"
    indicators: tuple[Code, ...] = ()
    decimals: Decimals = 12

    @model_validator(mode="after")
    def _power_of_boxcox(self) -> "Outliers":
        if (self.power is not None) != (self.transform == "boxcox"):
            raise PydanticCustomError("engine.scheme_power_of_boxcox", "a power belongs to boxcox, and to it alone")
        return self


Step = Annotated[Partition | Denominate | Impute | Screen | Outliers, Field(discriminator="kind")]
