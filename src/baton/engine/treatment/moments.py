"""Skewness and kurtosis, type 2, from exact power sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import gcd, sqrt

LEAST_FOR_SKEWNESS = 3
LEAST_FOR_KURTOSIS = 4


@dataclass(frozen=True, slots=True)
class Moments:
    """How values lie: how many there are, skewness and excess kurtosis (None: too few values, or all are equal)."""

    count: int
    skewness: float | None
    kurtosis: float | None

    @property
    def testable(self) -> bool:
        """Whether both are there."""
        return self.skewness is not None and self.kurtosis is not None

    def passes(self, skewness: Decimal, kurtosis: Decimal) -> bool:
        """|skewness| < its limit or kurtosis < its limit (strict); what cannot be told does not pass."""
        if self.skewness is None or self.kurtosis is None:
            return False
        return abs(self.skewness) < float(skewness) or self.kurtosis < float(kurtosis)


def moments(values: Iterable[int]) -> Moments:
    """Skewness and kurtosis of whole numbers, as SAS and Excel have them (type 2 of Joanes & Gill, 1998).

    With d = x - mean and S_k = sum d^k: skewness = sqrt(n) S3 / S2^1.5 x sqrt(n (n-1)) / (n-2); kurtosis = ((n+1)(r-3)
    + 6) (n-1) / ((n-2)(n-3)) with r = n S4 / S2^2. The sums are exact, so the result does not depend on the order of
    the values, the engine or the machine; only the last few operations are in double precision.
    """
    numbers = list(values)
    n = len(numbers)
    total = sum(numbers)
    apart = [n * x - total for x in numbers]
    # Neither depends on the unit of measure; small numbers are quicker.
    unit = gcd(*apart) or 1
    apart = [d // unit for d in apart]
    squares = sum(d * d for d in apart)
    if n < LEAST_FOR_SKEWNESS or squares == 0:
        return Moments(n, None, None)
    cubes = sum(d * d * d for d in apart)
    skewness = sqrt(n * (cubes * cubes / squares**3)) * sqrt(n * (n - 1)) / (n - 2)
    if n < LEAST_FOR_KURTOSIS:
        return Moments(n, skewness if cubes >= 0 else -skewness, None)
    ratio = n * sum(d**4 for d in apart) / squares**2
    kurtosis = ((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return Moments(n, skewness if cubes >= 0 else -skewness, kurtosis)
