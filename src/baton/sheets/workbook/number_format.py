"""What a number format changes about the meaning of a stored number: percent, a unit, a scale.

Grammar: ECMA-376 part 1, 18.8.31 (number format codes). Only the first section counts here, the one for positive
numbers; colours, conditions and padding are dropped. Office tricks read as people see them: `0.00"亿元"` shows a unit
without scaling, `0.00,,` shows millions, and `0!.0,` shows ten thousands by hiding three digits and inserting a dot.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 49: "@"}
"""Codes of built-in formats that offices use for figures (18.8.30); all others show a figure as it is."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[[^\]]*\]|_.|\*.|(?P<code>General|G/通用格式|E[+-]?0+|AM/PM|.)',
    re.IGNORECASE,
)
_PLAIN = frozenset("0#?.,%+-()/: ;@$¥￥€")
_DATE = frozenset("ymdhsYMDHS")
_CURRENCY = "¥￥$€ "


@dataclass(frozen=True, slots=True)
class Shown:
    """How a stored number appears: `shown = stored * factor`, followed by `unit` (`%`, `万元`, or nothing).

    `scaled` says that the format divides; `decimals` is the number of decimals shown, None when the format leaves
    it to the number; `is_date` says that the format shows a date or time.
    """

    factor: Decimal = Decimal(1)
    unit: str = ""
    scaled: bool = False
    decimals: int | None = None
    is_date: bool = False

    @property
    def telling(self) -> bool:
        """Whether the format changes what a number means."""
        return bool(self.unit or self.scaled) and not self.is_date


@lru_cache(maxsize=4096)
def shown_by(code: str) -> Shown:
    """Read a number format code; one that says nothing about meaning gives a `Shown` that is not telling."""
    digits, literal = "", ""
    for match in _TOKEN.finditer(_first_section(code)):
        if (
            match["code"] is not None
            and len(match["code"]) == 1
            and (match["code"] in _PLAIN or match["code"] in _DATE)
        ):
            digits += match["code"]
        elif match["code"] is not None and len(match["code"]) > 1:
            continue
        else:
            piece = match["quoted"] or match["escaped"] or match["code"] or ""
            if piece == "." and "0" in digits:
                digits += "!"
            else:
                literal += piece
    return _meaning(digits, literal.strip(_CURRENCY))


def _first_section(code: str) -> str:
    section, quoted = "", False
    for sign in code:
        if sign == ";" and not quoted:
            break
        quoted ^= sign == '"'
        section += sign
    return section


def _meaning(digits: str, literal: str) -> Shown:
    if any(sign in _DATE for sign in digits):
        return Shown(is_date=True)
    places = re.search(r"\.([0#?]*)", digits)
    decimals = len(places[1]) if places else (0 if "0" in digits else None)
    factor = Decimal(1)
    thousands = re.search(r"(?<=[0#?])(,+)(?![0#?,.])", digits.replace("!", "")) or re.search(r",+(?=\.)", digits)
    if thousands:
        factor = factor.scaleb(-3 * len(thousands[0]))
    inserted = re.search(r"!([0#?]+)", digits)
    if inserted:
        factor = factor.scaleb(-len(inserted[1]))
        decimals = len(inserted[1])
    if "%" in digits:
        return Shown(factor.scaleb(2 * digits.count("%")), "%", False, decimals)
    return Shown(factor, literal, factor != 1, decimals)
