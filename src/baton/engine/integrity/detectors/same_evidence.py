"""Same evidence: one file stands behind the figures of different months."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground
from baton.engine.integrity.series import Flag, FlagKind, Series

_SHARED = 4
"""A file that more units than this hand in is a bulletin of the county, no evidence of a unit."""


def find_same_evidence(ground: Ground) -> Iterator[Flag]:
    """List evidence files that a unit handed in for different months of an indicator.

    A file that covers the months of one quarter and no others is taken for a quarterly statement where the other units
    of the indicator hand in quarterly statements too. Files that many units hand in are bulletins.
    """
    cube = ground.cube
    repeated = {at: found for at, one in enumerate(cube.series) if (found := _repeated(one))}
    users = Counter(digest for found in repeated.values() for digest in found)
    quarterly = _quarterly(ground, repeated)
    for i, u in np.argwhere(cube.place >= 0):
        one = cube.series[cube.place[i, u]]
        for digest, months in repeated.get(int(cube.place[i, u]), {}).items():
            if users[digest] > _SHARED or (one.indicator in quarterly and _one_quarter(months)):
                continue
            strength = min(6.0 + len(months), 15.0)
            yield ground.flag(FlagKind.SAME_EVIDENCE, (i, u), months, strength, digest=digest, times=len(months))


def _repeated(one: Series) -> dict[str, tuple[str, ...]]:
    """Files behind more than one month, with their months."""
    if len(set(one.evidence)) == len(one.evidence):
        return {}
    count = Counter(one.evidence)
    return {
        digest: tuple(month for month, own in zip(one.months, one.evidence, strict=True) if own == digest)
        for digest, times in count.items()
        if digest and times > 1
    }


def _quarterly(ground: Ground, repeated: dict[int, dict[str, tuple[str, ...]]]) -> set[str]:
    """Indicators of which a third of the units hand in statements of a quarter."""
    carriers = Counter(one.indicator for one in ground.cube.series)
    doing = Counter(
        ground.cube.series[at].indicator for at, found in repeated.items() if any(map(_one_quarter, found.values()))
    )
    return {indicator for indicator, count in doing.items() if 3 * count >= carriers[indicator]}


def _one_quarter(months: tuple[str, ...]) -> bool:
    return len({(month[:4], (int(month[5:7]) - 1) // 3) for month in months}) == 1
