"""避高就低: a target far below what the unit's own last year and its peers' targets would suggest."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, flattened, judged, logarithm, median, spread, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Weights of last year's figure beside the year's own."""
_LEAST_SCALE = 0.01


def find_low_target(ground: Ground) -> Tested:
    """Test log(target / last year's figure) and log(target / the year's own figure) against the peers' of that year.

    A mix of both is tested, so that neither one lucky year before nor one in the year itself makes a target look low.
    Without a year before, the target is held against the year itself only, and must lie twice as far away.
    """
    cube = ground.cube
    target, actual = logarithm(cube.target), logarithm(cube.yearly)
    before = np.full_like(actual, MISSING)
    before[..., 1:] = actual[..., :-1]
    both = np.stack([_against(ground, target - before), _against(ground, target - actual)])
    first = np.isnan(both[0])
    agreed, scale = _agreed(both)
    distance = np.where(first, 0.5 * both[1], agreed)
    low = distance < -ground.settings.least_easy
    alone = np.maximum(spread(flattened(np.where(first, distance, MISSING))), _LEAST_SCALE)
    chance = np.full_like(distance, MISSING)
    for here, wide in ((first, alone), (~first, scale)):
        values = np.where(here, distance, MISSING) / wide[:, None, None]
        chance = np.where(here, judged(-values[None], here, 1.0)[0], chance)
    chance = np.where(low, chance, np.fmax(chance, 1.0))

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        evidence = {"target": cube.target[i, u, y], "below_peers": -np.expm1(distance[i, u, y])}
        if y > 0 and not np.isnan(cube.yearly[i, u, y - 1]):
            evidence["last_year"] = cube.yearly[i, u, y - 1]
        strength = zeros(chance[i, u, y])
        yield ground.flag(FlagKind.LOW_TARGET, (i, u), cube.of_year(y), strength, **evidence)

    return Tested(FlagKind.LOW_TARGET, chance, flags)


def _agreed(both: Floats) -> tuple[Floats, Floats]:
    """Mix of both distances that honest targets lie closest around (I, U, Y), and its spread (I,).

    Targets follow last year's figure in one place, the trend in another: the mix is told by all targets. It counts at
    most one and a half times the smaller of both, and not at all where they disagree.
    """
    mixes = [share * both[0] + (1 - share) * both[1] for share in _SHARES]
    spreads = np.stack([np.maximum(spread(flattened(mix)), _LEAST_SCALE) for mix in mixes])
    best = int(np.nan_to_num(median(np.log(spreads)), nan=np.inf).argmin())
    bound = np.where(both[0] * both[1] > 0, 1.5 * np.abs(both).min(axis=0), 0.0)
    return np.clip(mixes[best], -bound, bound), spreads[best]


def _against(ground: Ground, ratio: Floats) -> Floats:
    """Take out what the unit's group asks of itself that year, or all units where the group is small."""
    found = ratio - median(ratio, axis=1)[:, None]
    for number in np.unique(ground.cube.group):
        members = ground.cube.group == number
        if members.sum() >= 8:
            found[:, members] -= median(found[:, members], axis=1)[:, None]
    return found
