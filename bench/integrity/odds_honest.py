"""What honest shocks of one series explain: a one-off project, a new plant, a push in autumn. The meter sees all."""

import numpy as np
from nature import Floats, Nature
from numpy.random import Generator, default_rng
from odds import Paths, Surprise, averaged
from panel import Panel
from rates import BEHIND, NEW_PLANTS, PLANT, PROJECT, PROJECTS

DRAWS = 120
PUSHED = 0.07
"""Share of the honest years within 1.2 % above their target which a push brought there, counted over six counties: 10 %
of all years end there."""


def explained(panel: Panel, place: int, seen: tuple[Surprise, Surprise | None]) -> Floats:
    """Give how likely figures are in an honest county, over one without shocks (U, Y), in logarithms."""
    one, rng, (units, _, years) = panel.indicators[place], default_rng(panel.seed), panel.size
    if one.nature == Nature.PERCENT:
        return np.zeros((units, years))
    plant = NEW_PLANTS * years
    honest = np.logaddexp(np.log(1 - plant), np.log(plant) + averaged(panel, place, 0, _plants(rng, years * 12), seen))
    if one.nature != Nature.MONEY:
        return np.repeat(honest[:, None], years, axis=1)
    paths = _projects(rng)
    each = [np.log(PROJECTS) + averaged(panel, place, year, paths, seen) for year in range(years)]
    return np.stack([np.logaddexp(honest, project) for project in each], axis=1)


def pushed(panel: Panel, place: int, seen: tuple[Surprise, Surprise | None]) -> Floats:
    """Give how likely years that just reach their target are if a push brought them there (U, Y), in logarithms."""
    one, rng, (units, _, years) = panel.indicators[place], default_rng(panel.seed), panel.size
    if not one.flows:
        return np.full((units, years), -np.inf)
    shift = np.zeros((DRAWS, 12))
    lacking = rng.uniform(0, BEHIND, DRAWS) + rng.uniform(0, 0.012, DRAWS)
    shift[:, 8:] = np.log1p(lacking * 12 / one.season[8:].sum())[:, None]
    paths = Paths(shift, np.zeros_like(shift))
    return np.stack([np.log(PUSHED) + averaged(panel, place, year, paths, seen) for year in range(years)], axis=1)


def _plants(rng: Generator, months: int) -> Paths:
    starts, sizes = rng.integers(3, months - 3, DRAWS), rng.uniform(*PLANT, DRAWS)
    shift = np.where(np.arange(months)[None] >= starts[:, None], np.log(sizes)[:, None], 0.0)
    return Paths(shift, np.zeros_like(shift))


def _projects(rng: Generator) -> Paths:
    shift = np.zeros((DRAWS, 12))
    shift[np.arange(DRAWS), np.arange(DRAWS) % 12] = np.log1p(rng.uniform(*PROJECT, DRAWS))
    return Paths(shift, np.zeros_like(shift))
