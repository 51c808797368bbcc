"""避高就低: a target far below what the unit's own last year and its peers' targets would suggest."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground, logarithm
from baton.engine.integrity.robust import MISSING, average, discoveries, median, upper_chance, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats


def find_low_target(ground: Ground) -> Iterator[Flag]:
    """Test log(target / last year's figure) and log(target / the year's own figure) against the peers' of that year.

    Their mean is tested, so that neither one lucky year before nor one in the year itself makes a target look low. A
    year without both is judged by the one it has, with the wider spread that one has.
    """
    cube = ground.cube
    target, actual = logarithm(cube.target), logarithm(cube.yearly)
    before = np.full_like(actual, MISSING)
    before[..., 1:] = actual[..., :-1]
    both = np.stack([_against(ground, target - before), _against(ground, target - actual)])
    distance = average(both, axis=0)
    kind = np.isnan(both[0]).astype(int) + 2 * np.isnan(both[1])
    chance = np.full_like(distance, MISSING)
    for one in (0, 1, 2):
        here = np.where(kind == one, distance, MISSING)
        scale = 1.4826 * median(np.abs(here), axis=1)[:, None]
        chance = np.where(kind == one, upper_chance(-here / np.maximum(scale, 0.01)), chance)
    low = distance < -ground.settings.least_easy
    for i, u, y in np.argwhere(discoveries(chance, ground.settings.false_discovery) & low):
        evidence = {"target": cube.target[i, u, y], "distance_to_peers": np.expm1(distance[i, u, y])}
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
