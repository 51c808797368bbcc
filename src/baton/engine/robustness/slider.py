"""What a slider for weights asks: new scores and ranks of a group at once, as one weight after the other is moved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.cube import cubes
from baton.engine.robustness.ranks import ranks
from baton.engine.robustness.totals import compared, tie_places
from baton.engine.robustness.weighing import Weighing
from baton.words import Problem, Refused


@dataclass(frozen=True, slots=True)
class Tried:
    """A unit under tried weights: total in points as ranked, rank, and places won against the result."""

    unit: str
    total: float
    rank: int
    won: int


class Slider:
    """A group of a result, held ready to be weighed anew."""

    def __init__(self, sheet: ScoreSheet, group: str) -> None:
        """Raise `Refused` where the group has no units with a score."""
        mine = [cube for cube in cubes(sheet) if cube.group.code == group]
        if not mine:
            raise Refused([Problem("robust.nothing_scored", {"group": group})])
        self._cube, self._weighing = mine[0], Weighing(mine[0])
        self._ties = tie_places(mine[0].standings)

    @property
    def weights(self) -> dict[str, float]:
        """Shares of the total by indicator (or node of individual goals), 1 in all."""
        items = self._weighing.items
        return dict(zip(items.codes, items.weights.tolist(), strict=True))

    def weigh(self, weights: Mapping[str, float]) -> tuple[Tried, ...]:
        """Give scores and ranks under weights in any unit; those not named keep theirs; all are made to add up to 1.

        Units come in the order of the result. Raises `Refused` for codes that have no weight, and for weights below 0.
        """
        items = self._weighing.items
        problems = [Problem("robust.unknown_weight", {"given": code}) for code in sorted(weights.keys() - self.weights)]
        problems += [
            Problem("robust.weight_below_zero", {"code": code, "given": given})
            for code, given in weights.items()
            if not given >= 0
        ]
        if problems:
            raise Refused(problems)
        wanted = np.array([weights.get(code, own) for code, own in zip(items.codes, items.weights, strict=True)])
        base = self._weighing.base((wanted / items.weights)[None])
        scheme = self._cube.plan.scheme
        totals = compared(scheme, base, self._cube.adjusted)
        found = ranks(totals, self._ties)[0].tolist()
        before = self._weighing.nominal.tolist()
        point = 10.0**scheme.ranking.decimals
        rows = zip(self._cube.units, totals[0].tolist(), found, before, strict=True)
        return tuple(Tried(unit, total / point, rank, first - rank) for unit, total, rank, first in rows)
