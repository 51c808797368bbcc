"""December jumps: a last month far above the unit's own Decembers and those of its peers."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground, logarithm, years_beside
from baton.engine.integrity.robust import MISSING, judged, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_STRICTER = 0.5
"""Cutting the lower side makes it count fewer false ones than there are; the rate is held lower to make up for it."""
_PHYSICAL_JUMP = 0.5
"""A jump is taken for real where the linked physical figure makes this share of it."""


def find_last_month(ground: Ground) -> Iterator[Flag]:
    """Test the residual of each December: z = (residual - own usual December) / noise of that difference.

    A unit's own December season is the middle of its other Decembers, drawn towards none by the share of their spread
    that is chance. A jump that the linked physical figure makes too is no finding.
    """
    cube = ground.cube
    december = cube.by_year(ground.residual)[..., -1]
    usual = years_beside(december)
    season, doubt = _season(december, usual, ground.noise)
    jump = december - season
    # A jump of one year makes its neighbours look low; they count only as far as they lie below the lowest other year.
    jump = np.where(jump < 0, np.maximum(jump, np.minimum(1.5 * (december - _lowest_beside(december)), 0.0)), jump)
    real = _december(ground, cube.physical)
    explained = np.nan_to_num(real) >= _PHYSICAL_JUMP * jump
    statistic = jump / np.sqrt(ground.noise**2 + doubt)
    asked = np.ones(statistic.shape, dtype=bool)
    chance, _, found = judged(statistic[None], asked, 1.0, _STRICTER * ground.settings.false_discovery)
    found &= ~explained
    for i, u, y in np.argwhere(found):
        yield ground.flag(
            FlagKind.LAST_MONTH,
            (i, u),
            cube.of_year(y)[-1:],
            zeros(chance[i, u, y]),
            times_expected=np.exp(jump[i, u, y]),
            deviations=statistic[i, u, y],
        )


def _season(december: Floats, usual: Floats, noise: Floats) -> tuple[Floats, Floats]:
    """Own December season of each unit and year, and the variance of what is not known of it."""
    count = max(december.shape[-1] - 1, 1)
    own = median(december, axis=-1)
    between = median(own**2, axis=1)[:, None, None] * 2.2 - noise**2 / count
    lasting = np.maximum(np.nan_to_num(between), 0.0)
    trust = lasting / (lasting + noise**2 / count)
    known = ~np.isnan(usual)
    return np.where(known, trust * np.nan_to_num(usual), 0.0), np.where(known, (1 - trust) * lasting, lasting)


def _lowest_beside(december: Floats) -> Floats:
    """Lowest of the other years; far below where there is none, so that it bounds nothing."""
    years = december.shape[-1]
    filled = np.where(np.isnan(december), np.inf, december)
    others = [np.delete(filled, year, axis=-1).min(axis=-1, initial=np.inf) for year in range(years)]
    lowest = np.stack(others, axis=-1)
    return np.where(np.isfinite(lowest), lowest, np.nanmax(december, initial=0.0) + 99.0)


def _december(ground: Ground, physical: Floats) -> Floats:
    found = np.full_like(ground.cube.target, MISSING)
    found[ground.linked] = ground.cube.by_year(ground.without_peers(logarithm(physical[ground.linked])))[..., -1]
    return found
