"""From which size on lint speaks: parameters, not rules."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """Sizes that lint compares with.

    self_reporting: units that report one indicator themselves (a lead department could report it for all at once).
    copeland: comparisons of pairs, units^2 x children x periods, that a node may need.
    alike: share of equal units from which an indicator hardly tells them apart; fewest: units needed to say so.
    """

    self_reporting: int = 30
    copeland: int = 100_000_000
    alike: float = 0.9
    fewest: int = 5
