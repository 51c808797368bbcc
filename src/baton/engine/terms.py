"""The closed vocabularies of the scheme language, and the exact decimal every number of a scheme is."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

_WRITTEN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
PLACES = 18


def _decimal(value: object) -> object:
    """Take ints and texts as they stand; a float only by its shortest text, so that 0.1 stays 0.1.

    A text is a number in ASCII digits: `1_000`, full-width digits and thousands separators are refused, not guessed.
    """
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, str) and not _WRITTEN.fullmatch(value):
        raise PydanticCustomError("decimal_parsing", "not a decimal number")
    return value


def _within(value: Decimal) -> Decimal:
    """Refuse what no plan needs and what would only exhaust memory: past 18 places before or after the point."""
    exponent = value.as_tuple().exponent
    if value.adjusted() >= PLACES or not isinstance(exponent, int) or exponent < -PLACES:
        raise PydanticCustomError("engine.scheme_number_too_long", "too many digits", {"places": PLACES})
    return value


def _day(value: object) -> object:
    """Take a date as it stands or from `2025-01-01`; a bare number is no date (it would count seconds since 1970)."""
    if (isinstance(value, str) and not _ISO.fullmatch(value)) or isinstance(value, (int, float)):
        raise PydanticCustomError("date_parsing", "not a date such as 2025-01-01")
    return value


def plain(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros: `0.30` and `3E-1` are both `0.3`."""
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


Number = Annotated[Decimal, BeforeValidator(_decimal), AfterValidator(_within), PlainSerializer(plain, return_type=str)]
Day = Annotated[date, BeforeValidator(_day)]
Code = Annotated[str, StringConstraints(pattern=r"^[^\s,;:=|/\[\]{}]+$", max_length=64)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Record(BaseModel):
    """Base of every part of a scheme: frozen, and an option that does not exist is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Direction(StrEnum):
    """Which way is better: more, less, or neither (tables and checklists)."""

    HIGHER = "higher"
    LOWER = "lower"


class Frequency(StrEnum):
    """How often figures come, and how often a node of the tree is scored."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Aggregation(StrEnum):
    """How the figures of several months become the figure of one scored period."""

    SUM = "sum"
    LAST = "last"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    MEAN = "mean"


class Window(StrEnum):
    """Which months belong to a scored period: its own, or all from January on."""

    PERIOD = "period"
    YEAR_TO_DATE = "year_to_date"


class Reporter(StrEnum):
    """Who reports a figure: one lead department for all units, the unit, another module, an outside system."""

    LEAD_DEPARTMENT = "lead_department"
    UNIT = "unit"
    MODULE = "module"
    SYSTEM = "system"


class Evidence(StrEnum):
    """Whether a figure comes with evidence."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Missing(StrEnum):
    """What happens where a figure is missing; missing is never zero unless the scheme says so."""

    ZERO = "zero"
    EXCLUDE = "exclude"
    PEER_MEAN = "peer_mean"
    LAST_KNOWN = "last_known"
    REQUIRED = "required"
    FULL = "full"
    ASSUMED = "assumed"


class ZeroDenominator(StrEnum):
    """What happens where a target or another denominator is zero."""

    EXCLUDE = "exclude"
    FULL = "full"
    ZERO = "zero"
    FULL_IF_ZERO = "full_if_zero"
    REQUIRED = "required"


class Rounding(StrEnum):
    """How a quota that is not a whole number becomes one."""

    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"


class RankMethod(StrEnum):
    """How units with equal scores are ranked: 1-2-2-4, 1-2-2-3 or 1-2.5-2.5-4."""

    COMPETITION = "competition"
    DENSE = "dense"
    MEAN = "mean"


class Counting(StrEnum):
    """Whether points count into the total or only decide between equals."""

    TOTAL = "total"
    TIE_BREAK = "tie_break"
