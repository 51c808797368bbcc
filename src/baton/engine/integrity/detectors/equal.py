"""Equal figures of two units: many months of a year with the same long figures."""

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.nature import steps_of
from baton.engine.integrity.robust import MISSING, median
from baton.engine.integrity.series import Floats

type Pair = tuple[int, int, int, int, float]
"""Indicator, one unit, the other, year, and the chance of it over honest figures."""
_FEWEST = 5
_LONG = 1000.0
"""Finest steps in a figure of four significant digits."""
_MANY = 4
"""A figure that more units than this report in a month was handed out or is a bound, no copy."""
_DISTINCT = 4
"""So many of the equal figures must differ from one another: a level that stands still is one figure, not twelve."""
_UNITS = 40
"""Units that are enough to tell how far an indicator's figures step."""
_RAREST = 0.002
_RARE = 1e-4
_ROOT_FOUR_PI = 3.5449077018110318


def equal_pairs(ground: Ground) -> list[Pair]:
    """Find pairs of units with equal long figures in five months of a year or more.

    Chance = pairs of the indicator x chance of one equal step ^ (months - 1). Two steps are equal as often as the
    finest step covers of their spread, so levels that all creep upwards by a step or two tell nothing.
    """
    cube = ground.cube
    values = np.where(_long(cube.reported, ground.nature.finest), cube.reported, MISSING)
    here, year = _often_equal(values)
    values = cube.by_year(values)[here, :, year]
    likely = _likely(ground)
    pairs = len(cube.units) * (len(cube.units) - 1) * 0.5
    found: list[Pair] = []
    for (at, u, v), places in _equal_months(values).items():
        if len(places) < _FEWEST or len({float(values[at, u, t]) for t in places}) < _DISTINCT:
            continue
        i, y = int(here[at]), int(year[at])
        chance = pairs * float(likely[i]) ** (len(places) - 1)
        if chance < _RARE:
            found.append((i, u, v, y, chance))
    return found


def _often_equal(values: Floats) -> tuple[np.ndarray, np.ndarray]:
    """Indicators and years with enough months in which any two units have the same figure; most have none."""
    ordered = np.sort(values, axis=1)
    same = (ordered[:, 1:] == ordered[:, :-1]).any(axis=1)
    often = np.count_nonzero(same.reshape(len(values), -1, MONTHS), axis=-1) >= _FEWEST
    indicator, year = np.nonzero(often)
    return indicator, year


def _equal_months(values: Floats) -> dict[tuple[int, int, int], list[int]]:
    """Months in which two units, and not many, have the same figure (K, U, 12), by the first place and the units."""
    order = np.argsort(values, axis=1, kind="stable")
    sorted_ = np.take_along_axis(values, order, axis=1)
    found: dict[tuple[int, int, int], list[int]] = {}
    for apart in range(1, _MANY):
        same = sorted_[:, apart:] == sorted_[:, :-apart]
        if sorted_.shape[1] > _MANY:
            handed = sorted_[:, _MANY:] == sorted_[:, :-_MANY]
            same &= ~_covered(handed, apart, same.shape)
        at, rank, month = np.nonzero(same)
        one, other = order[at, rank, month], order[at, rank + apart, month]
        pairs = (part.tolist() for part in (at, np.minimum(one, other), np.maximum(one, other), month))
        for row, u, v, t in zip(*pairs, strict=True):
            found.setdefault((row, u, v), []).append(t)
    return found


def _covered(handed: np.ndarray, apart: int, shape: tuple[int, ...]) -> np.ndarray:
    """Which places `apart` from one another stand within more than `_MANY` equal ones."""
    covered = np.zeros(shape, dtype=bool)
    for start in range(_MANY - apart + 1):
        covered[:, start : start + handed.shape[1]] |= handed
    return covered


def _long(values: Floats, finest: Floats) -> np.ndarray:
    """Figures of four significant digits or more."""
    found: np.ndarray = np.abs(values) >= _LONG * np.maximum(finest, 1e-9)[:, None, None] * (1 - 1e-9)
    return found


def _likely(ground: Ground) -> Floats:
    """Chance that two units take the same step in a month (I,)."""
    every = max(len(ground.cube.units) // _UNITS, 1)
    absolute = steps_of(ground.cube.reported[:, ::every])
    spread = 1.4826 * median(np.abs(absolute).reshape(len(absolute), -1))
    wide = ground.nature.finest / (_ROOT_FOUR_PI * np.where(spread > 0, spread, MISSING))
    found: Floats = np.clip(np.nan_to_num(wide, nan=1.0), _RAREST, 1.0)
    return found
