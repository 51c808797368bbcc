"""The one rounding door: half up to a quantum, by columns and in exact decimals.

`quantise(y) = floor(y + 0.5 + 2**-17)` on y = value / quantum. The 2**-17 of a quantum makes an exact half, which
binary floats may miss by their last bit, round up on every engine; no decimal of practical length falls between.
"""

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import lru_cache

import narwhals as nw

NUDGE = 2.0**-17
_HALF = Fraction(1, 2) + Fraction(1, 2**17)
_HALF_EXACT, _NUDGE_EXACT = Decimal("0.5"), Decimal(2) ** -17


def quantise(y: nw.Expr) -> nw.Expr:
    """Round a Float64 column in units of the quantum to Int64."""
    return (y + (0.5 + NUDGE)).floor().cast(nw.Int64)


def quantise_exact(y: Decimal | Fraction) -> int:
    """Round an exact number in units of the quantum by the same rule."""
    if isinstance(y, Decimal):
        return int((y + _HALF_EXACT + _NUDGE_EXACT).to_integral_value(ROUND_FLOOR))
    shifted = y + _HALF
    return shifted.numerator // shifted.denominator


def half_up(y: Fraction) -> int:
    """Round a quotient of whole numbers half up; the rounding point of every division after the leaves."""
    shifted = y + Fraction(1, 2)
    return shifted.numerator // shifted.denominator


@lru_cache(maxsize=1024)
def to_quanta(points: Decimal, decimals: int) -> int:
    """Give points in whole quanta of 10^-decimals, half up."""
    return half_up(Fraction(points) * Fraction(10) ** decimals)


@lru_cache(maxsize=1024)
def to_quanta_down(points: Decimal, decimals: int) -> int:
    """Give a bound in whole quanta, never above it: 2.9 quanta are 2."""
    scaled = Fraction(points) * Fraction(10) ** decimals
    return scaled.numerator // scaled.denominator


def to_points(quanta: int, decimals: int) -> Decimal:
    """Give quanta as exact points, with all decimals of the quantum: 94237230 at 6 is 94.237230."""
    return Decimal(f"{quanta}E-{decimals}")


def at_precision(quanta: int, decimals: int, fewer: int) -> int:
    """Give quanta of 10^-decimals in quanta of 10^-fewer, half up; at a finer precision they are only scaled."""
    if fewer >= decimals:
        return quanta * int(10 ** (fewer - decimals))
    step = int(10 ** (decimals - fewer))
    return (2 * quanta + step) // (2 * step)
