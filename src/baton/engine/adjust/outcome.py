"""What the events of a year come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.result.sheet import Adjustment
from baton.engine.scheme.adjustments import Event


@dataclass(frozen=True, slots=True)
class Sums:
    """What counts for one unit, in whole quanta (all three >= 0), and its vetoes in force, in the scheme's order.

    `bonus` counts into the total, `tie_bonus` only decides between equals, `deduction` is taken away. A veto stands
    in `vetoes` once for every matter it is in force for.
    """

    bonus: int = 0
    tie_bonus: int = 0
    deduction: int = 0
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All adjustments, sorted by unit, kind and item, and what they do to indicators.

    freed: events on indicators whose quantities are to be taken out of the figure before it is scored, because
    something heavier counts for the same matter.
    zeroed: (unit, indicator) that a veto sets to 0 points.
    sums: per unit that has any event; a unit that is not named has none.
    """

    adjustments: tuple[Adjustment, ...]
    freed: tuple[Event, ...]
    zeroed: tuple[tuple[str, str], ...]
    sums: Mapping[str, Sums]

    @property
    def released(self) -> tuple[tuple[str, str, Decimal], ...]:
        """Unit, indicator and the quantity taken out of its figures in all."""
        found: dict[tuple[str, str], Decimal] = {}
        for event in self.freed:
            spot = (event.unit, event.item)
            found[spot] = found.get(spot, Decimal(0)) + (event.quantity or Decimal(0))
        return tuple((*spot, quantity) for spot, quantity in sorted(found.items()))

    def of(self, unit: str) -> Sums:
        """Give what counts for a unit."""
        return self.sums.get(unit, Sums())
