"""Twins: two units whose months move together far closer than any two honest units do, or are the same figures."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.detectors.equal import Pair, equal_pairs
from baton.engine.integrity.detectors.parallel import FEWEST, parallel_pairs
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_MANY = 4
"""More twins than this of one unit, indicator and year are a figure the county handed out, no copy."""
_SAME = 1e3
"""Twins are counted as such that are not this much likelier than the nearest one."""


def find_twin(ground: Ground) -> Tested:
    """Test how evenly every two units run beside each other over months in a row, and count figures that are the same.

    What peers do in a month is taken out first, so honest units are unrelated. Both units are flagged; which one copied
    is for people to find out.
    """
    known = np.count_nonzero(~np.isnan(ground.cube.by_year(ground.residual)), axis=-1)
    pairs = [*parallel_pairs(ground), *equal_pairs(ground)]
    return _tested(ground, pairs, np.where(known >= FEWEST, 1.0, MISSING))


def _tested(ground: Ground, pairs: list[Pair], chance: Floats) -> Tested:
    """Give every cell the chance of its nearest twin; `chance` says which cells were asked about."""
    others: dict[tuple[int, int, int], dict[int, float]] = {}
    for i, u, v, y, likely in pairs:
        for one, other in ((u, v), (v, u)):
            found = others.setdefault((i, one, y), {})
            found[other] = min(likely, found.get(other, 1.0))
    nearest: dict[tuple[int, int, int], int] = {}
    for cell, twins in others.items():
        least = min(twins.values())
        if sum(likely <= _SAME * least for likely in twins.values()) <= _MANY:
            nearest[cell] = min(other for other, likely in twins.items() if likely == least)
            chance[cell] = least

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        twin = ground.cube.units[nearest[i, u, y]]
        yield ground.flag(FlagKind.TWIN, (i, u), ground.cube.of_year(y), zeros(chance[i, u, y]), other=twin)

    return Tested(FlagKind.TWIN, chance, flags)
