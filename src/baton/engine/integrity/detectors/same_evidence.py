"""Same evidence: one file stands behind the figures of different months."""

from collections import Counter
from itertools import compress

import numpy as np

from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING
from baton.engine.integrity.series import Flag, FlagKind, Series

type Ends = tuple[int, int]
_SHARED = 4
"""A file that more units than this hand in is a bulletin of the county, no evidence of a unit."""


def find_same_evidence(ground: Ground) -> Tested:
    """List evidence files that a unit handed in for different months of an indicator.

    A file that covers the months of one quarter and no others is taken for a quarterly statement where the other units
    of the indicator hand in quarterly statements too. Files that many units hand in are bulletins.
    """
    cube = ground.cube
    chance = np.full((len(cube.indicators), len(cube.units), len(cube.years)), MISSING)
    told: dict[tuple[int, int, int], list[Flag]] = {}
    repeated = {at: found for at, one in enumerate(cube.series) if (found := _repeated(one))}
    users = Counter(digest for found in repeated.values() for digest in found)
    quarterly = _quarterly(ground, repeated)
    for at, found in repeated.items():
        one = cube.series[at]
        for digest, ends in found.items():
            if users[digest] > _SHARED or (one.indicator in quarterly and _one_quarter(one, ends)):
                continue
            months = tuple(compress(one.months, map(digest.__eq__, one.evidence)))
            if len(months) == 2 and ends[1] - ends[0] == 1:
                continue
            strength, times = min(6.0 + len(months), 15.0), len(months)
            flag = ground.flag(FlagKind.SAME_EVIDENCE, cube.spots[at], months, strength, digest=digest, times=times)
            cell = *cube.spots[at], int(months[-1][:4]) - cube.years[0]
            told.setdefault(cell, []).append(flag)
            chance[cell] = np.fmin(chance[cell], 10.0**-strength)
    return Tested(FlagKind.SAME_EVIDENCE, chance, lambda i, u, y: told[i, u, y])


def _repeated(one: Series) -> dict[str, Ends]:
    """Files behind more than one month, with the places of the first and the last of them."""
    if len({*one.evidence, ""}) - 1 == len(one.evidence) - one.evidence.count(""):
        return {}
    last = dict(zip(one.evidence, range(len(one.evidence)), strict=True))
    first = dict(zip(reversed(one.evidence), reversed(range(len(one.evidence))), strict=True))
    return {digest: (first[digest], end) for digest, end in last.items() if digest and first[digest] != end}


def _quarterly(ground: Ground, repeated: dict[int, dict[str, Ends]]) -> set[str]:
    """Indicators of which a third of the units hand in statements of a quarter."""
    series = ground.cube.series
    carriers = Counter(one.indicator for one in series)
    doing = Counter(
        series[at].indicator
        for at, found in repeated.items()
        if any(_one_quarter(series[at], ends) for ends in found.values())
    )
    return {indicator for indicator, count in doing.items() if 3 * count >= carriers[indicator]}


def _one_quarter(one: Series, ends: Ends) -> bool:
    first, last = (one.months[end] for end in ends)
    return first[:4] == last[:4] and (int(first[5:7]) - 1) // 3 == (int(last[5:7]) - 1) // 3
