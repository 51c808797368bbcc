"""Units of measure as offices write them (万元, 亿元, ‰, 公顷, 万人次), and exact conversion between them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from baton.sheets.cells.text import close

SHARE = "%"
"""The dimension of percentages; its base unit is the percent."""

# Dimension, its units with their size in the first one. One unit a line; all sizes are exact decimals, which is why
# areas count in 亩 (a square metre is 0.0015 of it) and not the other way round.
_UNITS = {
    SHARE: {"%": "1", "百分之": "1", "百分比": "1", "‰": "0.1", "千分之": "0.1"},
    "百分点": {"百分点": "1", "个百分点": "1"},
    "元": {"元": "1", "人民币元": "1", "rmb": "1", "¥": "1", "￥": "1", "圆": "1"},
    "人": {"人": "1", "名": "1", "位": "1"},
    "亩": {"亩": "1", "公顷": "15", "平方公里": "1500", "平方千米": "1500", "平方米": "0.0015", "㎡": "0.0015",
           "m²": "0.0015", "m2": "0.0015", "平米": "0.0015"},
    "吨": {"吨": "1", "t": "1", "公斤": "0.001", "千克": "0.001", "kg": "0.001", "斤": "0.0005", "克": "0.000001"},
    "米": {"米": "1", "m": "1", "公里": "1000", "千米": "1000", "km": "1000"},
    "千瓦时": {"千瓦时": "1", "度": "1", "kwh": "1"},
    "立方米": {"立方米": "1", "m³": "1", "m3": "1", "方": "1"},
    "天": {"天": "1", "日": "1"},
}  # fmt: skip
_COUNTED = frozenset("个件户家项次起宗条篇所座台套只头株辆分年月村处场期万") | {"人次", "户次", "篇次", "小时"}
_KNOWN = {name: (dimension, Decimal(size)) for dimension, units in _UNITS.items() for name, size in units.items()}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10,
           "千亿": 11, "万亿": 12}  # fmt: skip
_PREFIX = re.compile(r"(万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)(.*)\Z")
_NAME = re.compile(r"[^\d\s.,+\-()=<>≥≤~]{1,16}\Z")


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure: `size` is how many of its dimension's base unit it holds; an empty dimension is a bare 万."""

    name: str
    dimension: str
    size: Decimal


@lru_cache(maxsize=4096)
def measure(name: str) -> Measure | None:
    """Understand a unit of measure; an unknown word stands for itself (户, 件, 次); None for what is no word."""
    text = close(name)
    head, slash, tail = text.partition("/")
    found = _simple(head)
    if found is None or (slash and not tail):
        return None
    return Measure(name, f"{found[0]}/{tail}" if slash else found[0], found[1])


def _simple(text: str) -> tuple[str, Decimal] | None:
    if text in _KNOWN:
        return _KNOWN[text]
    match = _PREFIX.match(text)
    if match:
        dimension, size = _KNOWN.get(match[2], (match[2], Decimal(1)))
        return dimension, size.scaleb(_POWERS[match[1]])
    return (text, Decimal(1)) if _NAME.match(text) else None


@lru_cache(maxsize=4096)
def ratio(given: Measure, wanted: Measure) -> Decimal | None:
    """Give the exact factor from one unit to another, None when they do not measure the same thing.

    A bare 万 or 亿 counts base units: 3.945亿 where 万元 is wanted means 3.945亿 of 元. A factor that is no decimal
    (亩 to square metres) is None as well: nothing is rounded silently.
    """
    if given.dimension not in ("", wanted.dimension):
        return None
    factor = Fraction(given.size) / Fraction(wanted.size)
    rest = factor.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(factor.numerator) / factor.denominator if rest == 1 else None


def is_unit(name: str) -> bool:
    """Tell whether a word is surely a unit of measure: one that is known, or a known one with 万, 亿 or the like."""
    text = close(name)
    head = text.partition("/")[0]
    match = _PREFIX.match(head)
    return head in _KNOWN or head in _COUNTED or (match is not None and (match[2] in _KNOWN or match[2] in _COUNTED))
