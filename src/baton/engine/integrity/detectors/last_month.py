"""December jumps: a last month far above the unit's own Decembers and those of its peers."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, habit, judged, standardised, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_PLACEBO = (1, 3, 4, 6, 7)
"""Months, counted from 0, in which nobody has a reason to jump more than by chance: projects come there as well."""
_PHYSICAL_JUMP = 0.5
"""A jump is taken for real where the linked physical figure makes this share of it."""
_AFTER = 3
_JUMP, _FALL = 3.0, 1.5
"""Standard deviations of a jump that is looked for, and of the fall of the months after it."""
_BOUNDS = -6.0, 8.0


def find_last_month(ground: Ground) -> Tested:
    """Test the residual of each December, and whether the months after it, from which it may be taken, lie low.

    z = (residual - own habit) / spread, and what the months after say; its chance is how often other months lie as far
    up: one-off projects raise them as well. A unit's own December season is the middle of its other Decembers, drawn
    towards none by the share of their spread that is chance. A jump that the linked physical figure makes too is no
    finding.
    """
    cube = ground.cube
    best, jump = _looks(ground, MONTHS - 1)
    others = [_looks(ground, month)[0] for month in _PLACEBO]
    chance = np.full_like(best, MISSING)
    linked = np.isin(np.arange(len(best)), ground.linked)
    for rows in (linked, ~linked):
        chance[rows] = _chance(best[rows], np.stack([other[rows] for other in others]))
    chance = np.where(jump > 0, chance, np.fmax(chance, 1.0))

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


def _chance(best: Floats, others: Floats) -> Floats:
    """How often other months lie as far up; where none does, the tail fitted to Decembers goes on half as fast."""
    usual = np.sort(others[~np.isnan(others)])
    as_far = len(usual) - np.searchsorted(usual, best, side="left")
    counted = (as_far + 1.0) / (len(usual) + 1.0)
    fitted, _ = judged(best[None], ~np.isnan(best[None]), 2.0)
    return np.where(
        np.isnan(best), MISSING, np.where(as_far > 0, counted, np.minimum(counted, np.sqrt(counted * fitted)))
    )


def _looks(ground: Ground, month: int) -> tuple[Floats, Floats]:
    """How far a month lies above the unit's habit in units of the spread, the months after it heard; and how far.

    Levels carry over, so that the end of a year lies far from its middle: they are held against the months on both
    sides. What the linked physical figure does too is real, and no jump.
    """
    residual = ground.residual
    here = residual[..., month::MONTHS]
    jump = here - habit(here)
    alone = standardised(jump, ground.noise**2)
    slow = ground.nature.slow
    best = alone + _taken_from(ground, month)
    levels = ground.residual[slow], ground.noise[slow], month
    best[slow] = np.fmin(_above(*levels, -1), _above(*levels, 1))
    physical = ground.physical_residual[..., month::MONTHS]
    best[ground.linked] = np.where(
        physical >= _PHYSICAL_JUMP * jump[ground.linked], np.fmin(best[ground.linked], 0.0), best[ground.linked]
    )
    return best, jump


def _taken_from(ground: Ground, month: int) -> Floats:
    """What the three months after say (I, U, Y): the likelihood ratio of jumps half of which are taken from them.

    Its logarithm counts a third, for a jump of three standard deviations is worth three times its distance. The last
    year, of which no such months are known, gains and loses nothing.
    """
    following = np.full((_AFTER, *ground.residual.shape[:-1], len(ground.cube.years)), MISSING)
    for at in range(_AFTER):
        later = ground.residual[..., month + 1 + at :: MONTHS]
        following[at, ..., : later.shape[-1]] = later
    mean = following.sum(axis=0) / np.float64(_AFTER)
    fall = standardised(habit(mean) - mean, ground.noise**2 / _AFTER)
    likelier = np.exp(np.clip(_FALL * fall, *_BOUNDS) - 0.5 * _FALL**2)
    found: Floats = np.nan_to_num(np.log(0.5 + 0.5 * likelier) / _JUMP)
    return found


def _above(residual: Floats, noise: Floats, month: int, step: int) -> Floats:
    """How far a month lies above the one before or after it and the unit's habit (I, U, Y), in units of the spread."""
    here = residual[..., month::MONTHS]
    other = np.full_like(here, MISSING)
    beside = residual[..., month + step :: MONTHS]
    other[..., : beside.shape[-1]] = beside
    apart = here - other
    return standardised(apart - habit(apart), 2 * noise**2)
