"""How sure ranks are under the noise of the figures alone: the everyday interval, in milliseconds, for every result."""

from dataclasses import dataclass

import numpy as np

from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.bands import bands, behind_share
from baton.engine.robustness.cube import Cube, cubes
from baton.engine.robustness.door import LEAST_UNITS
from baton.engine.robustness.levels import drawn_levels
from baton.engine.robustness.noise import noise_of
from baton.engine.robustness.ranks import intervals, ranks
from baton.engine.robustness.result import Interval
from baton.engine.robustness.settings import Settings
from baton.engine.robustness.totals import compared, tie_places
from baton.engine.scheme.nodes import Copeland


@dataclass(frozen=True, slots=True)
class Sureness:
    """The places a unit could as well have, and its band: units of one band cannot be told apart, 1 is best."""

    interval: Interval
    band: int


def everyday(sheet: ScoreSheet, settings: Settings | None = None) -> dict[str, Sureness]:
    """Give by unit how sure its rank is, weights and methods as they are (`levels` has the model).

    Groups of fewer than three units, compared in pairs, or with too few months to tell the noise are left out: no
    interval is better than one without grounds. The same seed gives the same result.
    """
    settings = settings or Settings()
    found: dict[str, Sureness] = {}
    for cube in cubes(sheet):
        if len(cube.units) >= LEAST_UNITS and not isinstance(cube.root.node.combine, Copeland):
            found |= _of_group(cube, settings)
    return found


def _of_group(cube: Cube, settings: Settings) -> dict[str, Sureness]:
    noise = noise_of(cube, settings)
    if noise is None:
        return {}
    chance = np.random.Generator(np.random.PCG64([settings.seed, cube.plan.group_numbers[cube.group.code]]))
    levels = drawn_levels(cube.base, noise.deviation, settings.draws, chance)
    placed = ranks(compared(cube.plan.scheme, levels, cube.adjusted), tie_places(cube.standings))
    cut = bands(cube.units, behind_share(placed), settings.level)
    band = {unit: number for number, units in enumerate(cut, 1) for unit in units}
    wide = intervals(placed, settings.level)
    return {unit: Sureness(interval, band[unit]) for unit, interval in zip(cube.units, wide, strict=True)}
