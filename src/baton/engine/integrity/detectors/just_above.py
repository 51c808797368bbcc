"""Just above the line: a year that was heading below its target and ended a hair above it."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground
from baton.engine.integrity.heading import SPLITS, Heading
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import judged, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_COMMON = 0.05
LOOKS = 4.0
"""The splits of a year share most of their months; simulation gives about this many independent looks."""


def find_just_above(ground: Ground) -> Tested:
    """Test, of years that ended within `line_width` above the target, how far below it they were heading.

    z = (actual - foretold) / doubt at each split. All years together give the honest distribution of z; those just
    above the line that were heading below it are judged by it. A unit with more years just above than just below the
    line has its years judged more strictly (weights of mean one, Genovese, Roeder & Wasserman, Biometrika 93, 2006).
    """
    heading = ground.heading
    top = np.log1p(ground.settings.line_width)
    near = (heading.completion >= -1e-9) & (heading.completion < top)
    surprise = heading.surprise
    chance, best = _moved_past(ground, heading, surprise, 0.0)
    # How often honest years move past a line that means nothing corrects what the choice of years near it does.
    placebo, _ = _moved_past(ground, heading, surprise, float(top))
    usual = int(np.count_nonzero(placebo < _COMMON)) / max(int(np.count_nonzero(~np.isnan(placebo))), 1)
    chance = np.minimum(chance * max(usual / _COMMON, 1.0), 1.0) / _weights(heading, near, top)

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        yield flag_at(ground, FlagKind.JUST_ABOVE, (i, u, y), best[i, u, y], chance[i, u, y])

    return Tested(FlagKind.JUST_ABOVE, chance, flags)


def flag_at(ground: Ground, kind: FlagKind, spot: tuple[int, int, int], split: int, chance: float) -> Flag:
    """Flag the months after a split of an indicator, unit and year, with where the year was heading and came to."""
    i, u, y = spot
    heading = ground.heading
    return ground.flag(
        kind,
        (i, u),
        ground.cube.of_year(y)[SPLITS[split] :],
        zeros(chance),
        completion=np.exp(heading.completion[spot]),
        foretold=np.exp(heading.foretold[(split, *spot)]),
    )


def _moved_past(ground: Ground, heading: Heading, surprise: Floats, line: float) -> tuple[Floats, np.ndarray]:
    """Chance of years that ended just above a line and were heading below it; 1 for those that were not."""
    top = line + np.log1p(ground.settings.line_width)
    near = (heading.completion >= line - 1e-9) & (heading.completion < top)
    asked = near & (heading.foretold < line)
    chance, best = judged(surprise, asked, LOOKS)
    return np.where(near & ~asked.any(axis=0), 1.0, chance), best


def _weights(heading: Heading, near: np.ndarray, top: float) -> Floats:
    """Weight of each unit: its years just above beside those just below the line, against an even split."""
    below = (heading.completion < 0) & (heading.completion >= -top)
    above, under = near.sum(axis=(0, 2)), below.sum(axis=(0, 2))
    odds = (above + 1.0) / (under + 1.0)
    weight = np.clip(odds, 0.5, 5.0)
    mean = (weight * above).sum() / max(above.sum(), 1)
    found: Floats = (weight / max(mean, 1e-9))[None, :, None]
    return found
