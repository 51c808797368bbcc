"""Too smooth: a year whose months move far less than those of peers and of the unit's other years."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import MISSING, discoveries, least_chance, median, upper_chance, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_LOOKS = 2.0
_FEWEST = 10
_LARGEST_RATIO = 0.6
"""Only a year whose spread is below this share of the usual one is too smooth, however many years are at hand."""


def find_too_smooth(ground: Ground) -> Iterator[Flag]:
    """Test the spread of the months of a year against peers: residuals, and bare steps from month to month.

    The ratio of variances goes through Wilson & Hilferty's cube root (PNAS 17, 1931), which makes it nearly normal.
    """
    steps = np.diff(ground.level, axis=-1, prepend=MISSING)
    steps[..., ::MONTHS] = MISSING
    spreads = [_spread(ground, ground.residual), _spread(ground, steps)]
    ratios = np.stack([one / median(one, axis=1)[:, None] for one in spreads])
    chances = np.stack([upper_chance(-_cube_root(ratio)) for ratio in ratios])
    chance, which = least_chance(chances, _LOOKS)
    ratio = np.take_along_axis(ratios, which[None], axis=0)[0]
    found = discoveries(chance, ground.settings.false_discovery) & (ratio < _LARGEST_RATIO)
    for i, u, y in np.argwhere(found):
        yield ground.flag(
            FlagKind.TOO_SMOOTH,
            (i, u),
            ground.cube.of_year(y),
            zeros(chance[i, u, y]),
            spread=np.take_along_axis(np.stack(spreads), which[None], axis=0)[0][i, u, y],
            share_of_peers=ratio[i, u, y],
        )


def _spread(ground: Ground, values: Floats) -> Floats:
    """Root mean square of the months of a year around their mean (I, U, Y); too few months are a gap."""
    by_year = ground.cube.by_year(values)
    there = ~np.isnan(by_year)
    count = there.sum(axis=-1)
    filled = np.where(there, by_year, 0.0)
    mean = filled.sum(axis=-1) / np.maximum(count, 1)
    squares = np.where(there, (by_year - mean[..., None]) ** 2, 0.0).sum(axis=-1)
    found: Floats = np.where(count >= _FEWEST, np.sqrt(squares / np.maximum(count - 1, 1)), MISSING)
    return found


def _cube_root(ratio: Floats) -> Floats:
    freedom = MONTHS - 1
    part = 2.0 / (9 * freedom)
    found: Floats = (np.cbrt(ratio**2) - (1 - part)) / np.sqrt(part)
    return found
