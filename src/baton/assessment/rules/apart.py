"""How well an indicator tells units apart: one that gives everybody the same decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Apart:
    """Of the units that are scored on an indicator: how many, how many different scores, how many have full points.

    `reach`: best less worst as a share of the full points.
    """

    units: int
    different: int
    at_full: int
    reach: Decimal

    @property
    def tells_nobody_apart(self) -> bool:
        """Whether all have the same, of two at least."""
        return self.units > 1 and self.different == 1


def apart(points: Sequence[Decimal | None], full: Decimal) -> Apart:
    """Say how far apart the points of one indicator lie; units that are not scored (None) do not count."""
    known = [one for one in points if one is not None]
    reach = (max(known) - min(known)) / full if known and full else Decimal(0)
    return Apart(len(known), len(set(known)), sum(one >= full for one in known), reach)
