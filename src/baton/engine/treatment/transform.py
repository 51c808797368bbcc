"""Transformations of values that lie too unevenly, in decimals of 30 digits: the same on every machine."""

from collections.abc import Mapping
from decimal import Decimal, localcontext

from baton.engine.quantum import quantise_exact
from baton.engine.scheme.treatment import Outliers

_DIGITS = 30
_SHARE = Decimal("0.01")
"""Of the range: what keeps the smallest value above zero under log_ct."""


def transformed[K](values: Mapping[K, int], decimals: int, how: Outliers, skewed_up: bool) -> dict[K, int]:
    """Transform whole numbers of 10^-decimals as `Outliers.transform` says; all values must not be equal.

    `skewed_up`: skewness is not negative; only log_ct_plus looks at it.
    """
    with localcontext(prec=_DIGITS):
        low, high = (Decimal(end).scaleb(-decimals) for end in (min(values.values()), max(values.values())))
        add = _SHARE * (high - low)
        made: dict[int, int] = {}
        for whole in set(values.values()):
            x = Decimal(whole).scaleb(-decimals)
            if how.transform == "log_ct_plus" and not skewed_up:
                y = -(high + add - x).ln()
            elif how.transform in ("log_ct", "log_ct_plus"):
                y = (x - low + add).ln()
            elif how.transform == "log_ct_orig" or not how.power:
                y = (x - low + 1).ln()
            else:
                y = ((x - low + 1) ** how.power - 1) / how.power
            made[whole] = quantise_exact(y.scaleb(decimals))
    return {key: made[whole] for key, whole in values.items()}
