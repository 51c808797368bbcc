"""December jumps: a last month far above the unit's own Decembers and those of its peers."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, habit, judged, logarithm, standardised, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_PLACEBO = (1, 3, 4, 6, 7, 9)
"""Months, counted from 0, in which nobody has a reason to jump more than by chance: projects come there as well."""
_COUNTED = 3
_PHYSICAL_JUMP = 0.5
"""A jump is taken for real where the linked physical figure makes this share of it."""


def find_last_month(ground: Ground) -> Tested:
    """Test the residual of each December, and how far it lies above the January after it, from which it may be taken.

    z = (residual - own habit) / spread; its chance is how often other months lie as far up: one-off projects raise them
    as well. A unit's own December season is the middle of its other Decembers, drawn
    towards none by the share of their spread that is chance. A jump that the linked physical figure makes too is no
    finding.
    """
    cube = ground.cube
    best, jump = _looks(ground, MONTHS - 1)
    usual = np.sort(np.concatenate([_looks(ground, month)[0].ravel() for month in _PLACEBO]))
    usual = usual[~np.isnan(usual)]
    as_far = len(usual) - np.searchsorted(usual, best, side="left")
    counted = (as_far + 1.0) / (len(usual) + 1.0)
    # Where too few other months lie as far out to be counted, the tail fitted to all of them goes on.
    fitted, _ = judged(best[None], ~np.isnan(best[None]), 2.0)
    chance = np.where(np.isnan(best), MISSING, np.where(as_far >= _COUNTED, counted, np.minimum(counted, fitted)))
    real = _december(ground, cube.physical)
    found = ~(np.nan_to_num(real) >= _PHYSICAL_JUMP * jump) & (jump > 0)
    chance = np.where(found, chance, np.fmax(chance, 1.0))

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        yield ground.flag(
            FlagKind.LAST_MONTH,
            (i, u),
            cube.of_year(y)[-1:],
            zeros(chance[i, u, y]),
            times_expected=np.exp(jump[i, u, y]),
            deviations=best[i, u, y],
        )

    return Tested(FlagKind.LAST_MONTH, chance, flags)


def _looks(ground: Ground, month: int) -> tuple[Floats, Floats]:
    """How far a month lies above the unit's habit, or above the month after it, in units of the spread; and how far."""
    residual = ground.residual
    here = residual[..., month::MONTHS]
    after = np.full_like(here, MISSING)
    following = residual[..., month + 1 :: MONTHS]
    after[..., : following.shape[-1]] = following
    jump, apart = here - habit(here), here - after
    alone = standardised(jump, ground.noise**2)
    return np.fmax(alone, standardised(apart - habit(apart), 2 * ground.noise**2)), jump


def _december(ground: Ground, physical: Floats) -> Floats:
    found = np.full_like(ground.cube.target, MISSING)
    found[ground.linked] = ground.cube.by_year(ground.without_peers(logarithm(physical[ground.linked])))[..., -1]
    return found
