"""Decimals out of what a workbook stores: doubles by their shortest text, and texts by a strict grammar."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from baton.sheets.cells.figure import Conversion, How, tidy, written

DIGITS = 15
"""Significant digits that Excel keeps and shows; a double's further digits are noise of binary arithmetic."""
LARGEST = 18
"""Significant digits, and places on either side of the point, beyond which the engine takes no number."""
LONGEST = 60
"""Characters beyond which a text is not looked at as a number."""

_ROUND = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)
_NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[+-]|负)?\s*(?P<currency>¥|rmb)?\s*"
    r"(?P<whole>\d[\d,]*|(?=\.))(?P<places>\.\d*)?(?P<power>[eE][+-]?\d{1,2})?\s*(?P<unit>[^\d\s()][^\d()]*)?"
    r"(?P<close>\))?(?P<late>[^\d\s()]\D*)?\Z",
    re.IGNORECASE | re.ASCII,
)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+\Z|\d+\Z")


@dataclass(frozen=True, slots=True)
class Written:
    """A number read from text: its value, the unit written beside it (may be empty), and what had to be understood."""

    value: Decimal
    unit: str
    conversions: tuple[Conversion, ...]


def from_double(value: float) -> tuple[Decimal, tuple[Conversion, ...]]:
    """Give the decimal that a finite double stands for: its shortest text, cut to 15 digits if that is longer."""
    if value == int(value) and abs(value) < 1e15:
        return Decimal(int(value)), ()
    given = repr(float(value))
    exact = Decimal(given)
    if len(given) <= DIGITS + 1 or len(exact.as_tuple().digits) <= DIGITS:
        return exact, ()
    taken = tidy(_ROUND.create_decimal(exact))
    return taken, (Conversion(How.FLOAT_TAIL, given, written(taken)),)


def _without_tail(value: Decimal) -> tuple[Decimal, tuple[Conversion, ...]]:
    """Cut the noise off a text that is a double's shortest text, as programs export it: 0.30000000000000004."""
    value = tidy(value)
    if len(value.as_tuple().digits) > DIGITS and Decimal(repr(float(value))) == value:
        return from_double(float(value))
    return value, ()


def wrongly_grouped(text: str) -> bool:
    """Tell whether a text would be a number if its thousands separators stood every three digits."""
    match = _NUMBER.match(text) if len(text) <= LONGEST else None
    return match is not None and not _GROUPED.match(match["whole"] or "0")


def from_text(text: str) -> Written | None:
    """Read a number from plain text; None for anything that is not exactly one number with at most a unit behind it.

    Brackets around it, a minus sign or 负 make it negative; both at once is no number.
    """
    match = _NUMBER.match(text) if len(text) <= LONGEST else None
    if match is None or (match["whole"] in ("", None) and (match["places"] or ".") == "."):
        return None
    bracketed = match["open"] is not None
    if bracketed != (match["close"] is not None) or (bracketed and match["sign"]) or (match["unit"] and match["late"]):
        return None
    if match["late"] and not bracketed:
        return None
    whole = match["whole"] or "0"
    if not _GROUPED.match(whole):
        return None
    value = Decimal(whole.replace(",", "") + (match["places"] or "").rstrip(".") + (match["power"] or ""))
    negative = bracketed or match["sign"] in ("-", "负")
    value, steps = _without_tail(value.copy_negate() if negative and value else value)
    if bracketed or match["sign"] == "负":
        steps = (*steps, Conversion(How.NEGATIVE, text, written(value)))
    unit = (match["unit"] or match["late"] or "").strip()
    if match["currency"] and not unit.endswith("元"):
        unit += "元"
    return Written(value, unit, steps)
