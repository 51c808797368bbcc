"""Held back: a year that was heading far above its target and came to rest a little above it."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.detectors.just_above import LOOKS
from baton.engine.integrity.detectors.line import SPLITS, heading_of
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import discoveries, judged, zeros
from baton.engine.integrity.series import Flag, FlagKind


def find_held_back(ground: Ground) -> Iterator[Flag]:
    """Test, of years that ended within `held_width` above the target, how far above it they were heading.

    z = (foretold - actual) / doubt at each split: the fall of the last months against peers and own past.
    """
    cube = ground.cube
    heading = heading_of(ground)
    top = np.log1p(ground.settings.held_width)
    near = (heading.completion >= -1e-9) & (heading.completion < top)
    surprise = (heading.foretold - heading.completion) / heading.doubt
    asked = near & (heading.foretold > top)
    chance, best, _ = judged(surprise, asked, LOOKS, ground.settings.false_discovery)
    # Years near the line that were not heading above it were asked about too; their answer was no.
    chance = np.where(near & ~asked.any(axis=0), 1.0, chance)
    found = discoveries(chance, ground.settings.false_discovery)
    for i, u, y in np.argwhere(found):
        split = best[i, u, y]
        yield ground.flag(
            FlagKind.HELD_BACK,
            (i, u),
            cube.of_year(y)[SPLITS[split] :],
            zeros(chance[i, u, y]),
            completion=np.exp(heading.completion[i, u, y]),
            foretold=np.exp(heading.foretold[split, i, u, y]),
        )
