"""Held back: a year that was heading far above its target and came to rest a little above it."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.detectors.just_above import LOOKS, flag_at
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, judged
from baton.engine.integrity.series import Flag, FlagKind, Floats


def find_held_back(ground: Ground) -> Tested:
    """Test, of years that ended within `held_width` above the target, how far above it they were heading.

    z = (foretold - actual) / doubt at each split: the fall of the last months against peers and own past. Its chance is
    that of Student's t fitted to all years, or is counted: years that did not end near their target were not held back
    to it, so they tell how often a year falls as far by itself.
    """
    heading = ground.heading
    top = np.log1p(ground.settings.held_width)
    near = (heading.completion >= -1e-9) & (heading.completion < top)
    surprise = heading.shortfall
    asked = near & (heading.foretold > top)
    chance, best = judged(surprise, asked, LOOKS)
    # Years near the line that were not heading above it were asked about too; their answer was no.
    chance = np.where(near & ~asked.any(axis=0), 1.0, chance)
    counted = _counted(surprise, asked, near)
    chance = np.fmin(chance, counted)

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        yield flag_at(ground, FlagKind.HELD_BACK, (i, u, y), best[i, u, y], chance[i, u, y])

    return Tested(FlagKind.HELD_BACK, chance, flags)


def _counted(surprise: Floats, asked: np.ndarray, near: np.ndarray) -> Floats:
    """Share of the years not near their target that fell as far (I, U, Y); 1 for years near it that did not."""
    usual = np.where(np.isnan(surprise), -np.inf, surprise).max(axis=0)
    elsewhere = np.sort(usual[~near & np.isfinite(usual)])
    statistic = np.where(asked & ~np.isnan(surprise), surprise, -np.inf).max(axis=0)
    as_far = len(elsewhere) - np.searchsorted(elsewhere, statistic, side="left")
    found: Floats = np.where(near, np.minimum((as_far + 1.0) / (len(elsewhere) + 1.0), 1.0), MISSING)
    return found
