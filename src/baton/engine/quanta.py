"""Between decimals in points and whole quanta: one quantum is 10^-decimals of a point."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

_WIDE = Context(prec=60)


def to_quanta(points: Decimal, decimals: int) -> int:
    """Give points in whole quanta, halves away from zero (四舍五入): 2.5 quanta are 3, -2.5 are -3."""
    return int(points.scaleb(decimals, _WIDE).to_integral_value(ROUND_HALF_UP, _WIDE))


def to_quanta_down(points: Decimal, decimals: int) -> int:
    """Give a bound in whole quanta, never above it: 2.9 quanta are 2."""
    return int(points.scaleb(decimals, _WIDE).to_integral_value(ROUND_FLOOR, _WIDE))


def to_points(quanta: int, decimals: int) -> Decimal:
    """Give quanta as exact points, with all decimals of the quantum: 94237230 at 6 is 94.237230."""
    return Decimal(quanta).scaleb(-decimals, _WIDE)


def coarser(quanta: int, decimals: int, fewer: int) -> int:
    """Give quanta of 10^-decimals in quanta of 10^-fewer, halves up (`floor(x + 1/2)`, as in all scores).

    At the same or a finer precision nothing is lost and the number is only scaled.
    """
    step: int = 10 ** abs(decimals - fewer)
    if fewer >= decimals:
        return quanta * step
    return (quanta + step // 2) // step
