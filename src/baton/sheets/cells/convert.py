"""What a mapping file has done to a figure after it was read: multiplied and rounded, with a record of both."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal

from baton.sheets.cells.figure import Conversion, Figure, How, written

_EXACT = Context(prec=60)


def converted(read: Figure, times: Decimal, decimals: int | None) -> Figure:
    """Multiply a figure, then round it half up to so many decimals (None: not at all)."""
    value, steps = read.value, read.conversions
    if value is None:
        return read
    if times != 1:
        taken = _EXACT.multiply(value, times)
        steps = (*steps, Conversion(How.TIMES, written(value), written(taken)))
        value = taken
    if decimals is not None:
        taken = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
        if taken != value:
            steps = (*steps, Conversion(How.ROUNDED, written(value), written(taken)))
        value = taken
    return replace(read, value=value, conversions=steps)
