"""A group asked for scores and ranks under other weights of its items."""

import numpy as np

from baton.engine.robustness.branch import Floats, Ints
from baton.engine.robustness.cube import Cube
from baton.engine.robustness.factors import factors_of
from baton.engine.robustness.items import items_of
from baton.engine.robustness.ranks import ranks
from baton.engine.robustness.totals import compared, tie_places
from baton.engine.robustness.walk import base_scores

_AT_ONCE = 100_000


class Weighing:
    """A group's tree asked for base scores and ranks under other weights of its items."""

    def __init__(self, cube: Cube) -> None:
        self.cube, self.items = cube, items_of(cube)
        self._ties = tie_places(cube.standings)
        self.nominal = self.ranks(np.ones((1, len(self.items.codes))))[0]

    def base(self, weighing: Floats) -> Floats:
        """Base scores [draw, unit] when items weigh [draw, item] times as much."""
        block = max(1, _AT_ONCE // len(self.cube.units))
        parts = [weighing[first : first + block] for first in range(0, len(weighing), block)]
        shape = len(self.cube.units)
        found = [np.broadcast_to(base_scores(self.cube, self._factors(part)), (len(part), shape)) for part in parts]
        return np.concatenate(found)

    def ranks(self, weighing: Floats) -> Ints:
        """Ranks [draw, unit] likewise."""
        return ranks(compared(self.cube.plan.scheme, self.base(weighing), self.cube.adjusted), self._ties)

    def shifts(self, weighing: Floats) -> Floats:
        """Absolute rank shifts [draw, unit] against the scheme's own weights."""
        found: Floats = np.abs(self.ranks(weighing) - self.nominal).astype(np.float64)
        return found

    def _factors(self, weighing: Floats) -> dict[str, Floats]:
        return factors_of(self.cube, self.items, weighing)
