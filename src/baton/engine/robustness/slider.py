"""What a slider for weights asks: new scores and ranks of a group at once, as one weight after the other is moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.branch import Floats
from baton.engine.robustness.cube import cubes
from baton.engine.robustness.door import LEAST_UNITS
from baton.engine.robustness.levels import drawn_levels
from baton.engine.robustness.noise import noise_of
from baton.engine.robustness.ranks import intervals, ranks
from baton.engine.robustness.result import Interval
from baton.engine.robustness.settings import Settings
from baton.engine.robustness.totals import compared, tie_places
from baton.engine.robustness.weighing import Weighing
from baton.words import Problem, Refused

_DRAWS = 400
"""Enough for places to be right within one, and quick enough for a hand that moves."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A unit under tried weights: total in points as ranked, rank, and places won against the result.

    `sure`: the places that noise allows (None: not known).
    """

    unit: str
    total: float
    rank: int
    won: int
    sure: Interval | None = None


class Slider:
    """A group of a result, held ready to be weighed anew."""

    def __init__(self, sheet: ScoreSheet, group: str) -> None:
        """Raise `Refused` where the group has no units with a score."""
        mine = [cube for cube in cubes(sheet) if cube.group.code == group]
        if not mine:
            raise Refused([Problem("robust.nothing_scored", {"group": group})])
        self._cube, self._weighing = mine[0], Weighing(mine[0])
        self._ties = tie_places(mine[0].standings)
        self._settings = Settings(draws=_DRAWS)
        self._noise = noise_of(mine[0], self._settings) if len(mine[0].units) >= LEAST_UNITS else None

    @property
    def weights(self) -> dict[str, float]:
        """Shares of the total by indicator (or node of individual goals), 1 in all."""
        items = self._weighing.items
        return dict(zip(items.codes, items.weights.tolist(), strict=True))

    def weigh(self, weights: Mapping[str, float]) -> tuple[Tried, ...]:
        """Give scores and ranks under weights in any unit; those not named keep theirs; all are made to add up to 1.

        Units come in the order of the result. Raises `Refused` for codes that have no weight, and for weights below 0.
        """
        base = self._base(weights)
        totals = compared(self._cube.plan.scheme, base, self._cube.adjusted)
        found = ranks(totals, self._ties)[0].tolist()
        before = self._weighing.nominal.tolist()
        point = 10.0**self._cube.plan.scheme.ranking.decimals
        sure = self._sure(base[0])
        rows = zip(self._cube.units, totals[0].tolist(), found, before, sure, strict=True)
        return tuple(Tried(unit, total / point, rank, first - rank, place) for unit, total, rank, first, place in rows)

    def _sure(self, base: Floats) -> Sequence[Interval | None]:
        """Give the places that noise allows under tried weights, where it is taken to be as large as under the own."""
        if self._noise is None:
            return (None,) * len(self._cube.units)
        chance = np.random.Generator(np.random.PCG64(self._settings.seed))
        levels = drawn_levels(base, self._noise.deviation, self._settings.draws, chance)
        placed = ranks(compared(self._cube.plan.scheme, levels, self._cube.adjusted), self._ties)
        return intervals(placed, self._settings.level)

    def _base(self, weights: Mapping[str, float]) -> Floats:
        """Give base scores [1, unit] under tried weights."""
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
        return self._weighing.base((wanted / items.weights)[None])
