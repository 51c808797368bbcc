"""Exact statistics of a leaf in a period, which rules compare units with."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Statistic:
    """Exact statistics of one leaf in one period, in natural units; zeros where the rule does not ask.

    The score sheet leaves what the rule does not ask empty.
    """

    count: int = 0
    best: Decimal = Decimal(0)
    worst: Decimal = Decimal(0)
    mean: Decimal = Decimal(0)
    deviation: Decimal = Decimal(0)
    equal: bool = False
