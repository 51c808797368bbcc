"""What nodes receive from their leaves."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

type Spot = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class LeafScore:
    """A leaf under a node that is no plain sum or mean: points in quanta (None: excluded), full points, weight."""

    indicator: str
    part: str
    points: int | None
    full: Fraction
    weight: Fraction


@dataclass
class Children:
    """Leaf sums by unit number, node and period.

    linear: (sum of factor x points, full quanta counted, sum of whole weights, leaves counted, leaves in all).
    common: by group and node, what factors and weights were multiplied with. single: leaves of non-linear nodes.
    """

    linear: dict[Spot, tuple[int, int, int, int, int]] = field(default_factory=dict)
    common: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    single: dict[Spot, list[LeafScore]] = field(default_factory=lambda: defaultdict(list))
