"""The one rounding door: half up to a quantum, by columns and in exact decimals.

`quantise(y) = floor(y + 0.5 + 2**-17)` on y = value / quantum. The 2**-17 of a quantum makes an exact half, which
binary floats may miss by their last bit, round up on every engine; no decimal of practical length falls between.
"""

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

import narwhals as nw

NUDGE = 2.0**-17
_HALF = Fraction(1, 2) + Fraction(1, 2**17)


def quantise(y: nw.Expr) -> nw.Expr:
    """Round a Float64 column in units of the quantum to Int64."""
    return (y + (0.5 + NUDGE)).floor().cast(nw.Int64)


def quantise_exact(y: Decimal | Fraction) -> int:
    """Round an exact number in units of the quantum by the same rule."""
    if isinstance(y, Decimal):
        return int((y + Decimal("0.5") + Decimal(2) ** -17).to_integral_value(ROUND_FLOOR))
    shifted = y + _HALF
    return shifted.numerator // shifted.denominator


def half_up(y: Fraction) -> int:
    """Round a quotient of whole numbers half up; the rounding point of every division after the leaves."""
    shifted = y + Fraction(1, 2)
    return shifted.numerator // shifted.denominator
