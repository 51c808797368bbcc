"""避高就低: a target far below what the unit's own last year and its peers' targets would suggest."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground, logarithm
from baton.engine.integrity.robust import MISSING, judged, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats


def find_low_target(ground: Ground) -> Iterator[Flag]:
    """Test log(target / last year's figure) and log(target / the year's own figure) against the peers' of that year.

    Their mean is tested, at most one and a half times the one nearer to the peers, so that neither one lucky year
    before nor one in the year itself makes a target look low. Without a year before, the target is held against the
    year itself only, and must lie twice as far away.
    """
    cube = ground.cube
    target, actual = logarithm(cube.target), logarithm(cube.yearly)
    before = np.full_like(actual, MISSING)
    before[..., 1:] = actual[..., :-1]
    both = np.stack([_against(ground, target - before), _against(ground, target - actual)])
    first = np.isnan(both[0])
    nearer = both.max(axis=0)
    distance = np.where(first, 0.5 * both[1], np.maximum(both.sum(axis=0) * 0.5, 1.5 * np.minimum(nearer, 0.0)))
    low = distance < -ground.settings.least_easy
    for here in (first, ~first):
        values = np.where(here, distance, MISSING)
        scale = np.maximum(1.4826 * median(np.abs(values), axis=1)[:, None], 0.01)
        chance, _, found = judged(-values[None] / scale, here, 1.0, ground.settings.false_discovery)
        yield from _flags(ground, found & low, chance, distance)


def _flags(ground: Ground, found: np.ndarray, chance: Floats, distance: Floats) -> Iterator[Flag]:
    cube = ground.cube
    for i, u, y in np.argwhere(found):
        evidence = {"target": cube.target[i, u, y], "below_peers": -np.expm1(distance[i, u, y])}
        if y > 0 and not np.isnan(cube.yearly[i, u, y - 1]):
            evidence["last_year"] = cube.yearly[i, u, y - 1]
        strength = zeros(chance[i, u, y])
        yield ground.flag(FlagKind.LOW_TARGET, (i, u), cube.of_year(y), strength, **evidence)


def _against(ground: Ground, ratio: Floats) -> Floats:
    """Take out what the unit's group asks of itself that year, or all units where the group is small."""
    found = ratio - median(ratio, axis=1)[:, None]
    for number in np.unique(ground.cube.group):
        members = ground.cube.group == number
        if members.sum() >= 8:
            found[:, members] -= median(found[:, members], axis=1)[:, None]
    return found
