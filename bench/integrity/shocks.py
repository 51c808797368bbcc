"""Honest shocks: what makes a figure jump, fall or stand still although nobody did anything wrong."""

from dataclasses import dataclass

import numpy as np
from nature import Floats, Indicator, Nature
from numpy.random import Generator
from numpy.typing import NDArray
from rates import FLOODED_INDICATORS, FLOODED_UNITS, MERGED_UNITS, NEW_PLANTS, PLANT, POLICIES, PROJECT, PROJECTS


@dataclass(frozen=True)
class Decoy:
    """Something honest that may look odd: what it was, and whose figures it touched."""

    what: str
    units: tuple[int, ...]
    indicators: tuple[int, ...]
    months: tuple[int, ...]


def shake(
    rng: Generator, happens: Floats, groups: NDArray[np.int64], indicators: tuple[Indicator, ...]
) -> tuple[Floats, Floats, Floats, tuple[Decoy, ...]]:
    """Let honest shocks happen.

    Gives the figures, the factor of what moved everybody or all of a unit, the part that a one-off project made, and
    the list.
    """
    shared = np.ones_like(happens)
    decoys = [_flood(rng, shared, groups, indicators)]
    decoys += [_policy(rng, shared, place) for place in _flows(rng, indicators, POLICIES)]
    decoys += _merged(rng, shared, indicators)
    happens = happens * shared
    lifted = np.zeros_like(happens)
    decoys += _plants(rng, happens, indicators)
    decoys += _projects(rng, happens, lifted, indicators)
    decoys += [_seasonal(place, happens) for place, one in enumerate(indicators) if one.season[11] > 1.4]
    whole = [place for place, one in enumerate(indicators) if one.nature == Nature.COUNT]
    happens[:, whole] = np.round(happens[:, whole])
    return happens, shared, lifted, tuple(decoys)


def _flows(rng: Generator, indicators: tuple[Indicator, ...], most: int) -> list[int]:
    flows = [place for place, one in enumerate(indicators) if one.flows]
    return sorted(rng.choice(flows, size=min(most, len(flows)), replace=False).tolist())


def _flood(rng: Generator, happens: Floats, groups: NDArray[np.int64], indicators: tuple[Indicator, ...]) -> Decoy:
    """Flood one part of the county in a summer month; the work is caught up in autumn."""
    units = np.flatnonzero((groups == rng.integers(0, groups.max() + 1)) & (rng.random(groups.size) < FLOODED_UNITS))
    month = int(rng.integers(0, happens.shape[2] // 12)) * 12 + int(rng.integers(5, 8))
    places = [place for place, one in enumerate(indicators) if one.flows and rng.random() < FLOODED_INDICATORS]
    fall = rng.uniform(0.4, 0.85, (units.size, len(places)))
    happens[np.ix_(units, places, [month])] *= fall[:, :, None]
    later = [month + 1, month + 2]
    happens[np.ix_(units, places, later)] *= 1 + (1 - fall[:, :, None]) * rng.uniform(0.2, 0.5)
    return Decoy("flood", tuple(units.tolist()), tuple(places), (month, *later))


def _policy(rng: Generator, happens: Floats, place: int) -> Decoy:
    """Change a policy for everybody: a subsidy ends, a fee is dropped, a programme starts."""
    start = int(rng.integers(6, happens.shape[2] - 3))
    factor = rng.uniform(1.15, 1.5) if rng.random() < 0.5 else rng.uniform(0.6, 0.87)
    happens[:, place, start:] *= factor * np.exp(0.03 * rng.standard_normal((happens.shape[0], 1)))
    return Decoy("policy", tuple(range(happens.shape[0])), (place,), tuple(range(start, happens.shape[2])))


def _merged(rng: Generator, happens: Floats, indicators: tuple[Indicator, ...]) -> list[Decoy]:
    """Merge a neighbour into a few units: all that adds up grows from that month on."""
    decoys = []
    places = [place for place, one in enumerate(indicators) if one.nature != Nature.PERCENT]
    count = max(1, round(MERGED_UNITS * happens.shape[0] * happens.shape[2] / 12))
    for unit in rng.choice(happens.shape[0], size=count, replace=False):
        start = int(rng.integers(6, happens.shape[2] - 6))
        happens[unit, places, start:] *= rng.uniform(1.3, 1.9) * np.exp(0.12 * rng.standard_normal((len(places), 1)))
        decoys.append(Decoy("merged", (int(unit),), tuple(places), tuple(range(start, happens.shape[2]))))
    return decoys


def _projects(rng: Generator, happens: Floats, lifted: Floats, indicators: tuple[Indicator, ...]) -> list[Decoy]:
    """Let one large project land in a single month, in December as in any other."""
    decoys = []
    units, _, months = happens.shape
    places = [place for place, one in enumerate(indicators) if one.nature == Nature.MONEY]
    for _ in range(rng.poisson(PROJECTS * units * len(places) * months / 12)):
        unit, place, month = int(rng.integers(units)), int(rng.choice(places)), int(rng.integers(months))
        lifted[unit, place, month] += happens[unit, place, month] * rng.uniform(*PROJECT)
        happens[unit, place, month] += lifted[unit, place, month]
        decoys.append(Decoy("project", (unit,), (place,), (month,)))
    return decoys


def _plants(rng: Generator, happens: Floats, indicators: tuple[Indicator, ...]) -> list[Decoy]:
    """Open a plant, a school, a road: from that month on a figure is higher, and so is what its meter counts."""
    decoys = []
    units, _, months = happens.shape
    places = [place for place, one in enumerate(indicators) if one.nature != Nature.PERCENT]
    for _ in range(rng.poisson(NEW_PLANTS * units * len(places) * months / 12)):
        unit, place, start = int(rng.integers(units)), int(rng.choice(places)), int(rng.integers(3, months - 3))
        happens[unit, place, start:] *= rng.uniform(*PLANT)
        decoys.append(Decoy("new plant", (unit,), (place,), tuple(range(start, months))))
    return decoys


def _seasonal(place: int, happens: Floats) -> Decoy:
    return Decoy("december", tuple(range(happens.shape[0])), (place,), tuple(range(11, happens.shape[2], 12)))
