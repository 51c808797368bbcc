"""December jumps: a last month far above the unit's own Decembers and those of its peers."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, habit, judged, logarithm, standardised, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_LOOKS = 1.7
_PHYSICAL_JUMP = 0.5
"""A jump is taken for real where the linked physical figure makes this share of it."""


def find_last_month(ground: Ground) -> Tested:
    """Test the residual of each December, and how far it lies above the January after it, from which it may be taken.

    z = (residual - own habit) / spread. A unit's own December season is the middle of its other Decembers, drawn
    towards none by the share of their spread that is chance. A jump that the linked physical figure makes too is no
    finding.
    """
    cube = ground.cube
    december = cube.by_year(ground.residual)[..., -1]
    jumps = np.stack([december - habit(december), *_moved(ground, december)])
    scores = np.stack([standardised(jump, count * ground.noise**2) for jump, count in zip(jumps, (1, 2), strict=True)])
    chance, which = judged(scores, ~np.isnan(scores), _LOOKS)
    jump = jumps[0]
    real = _december(ground, cube.physical)
    found = ~(np.nan_to_num(real) >= _PHYSICAL_JUMP * jump) & (jump > 0)
    chance = np.where(found, chance, np.fmax(chance, 1.0))
    deviations = np.take_along_axis(scores, which[None], axis=0)[0]

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        yield ground.flag(
            FlagKind.LAST_MONTH,
            (i, u),
            cube.of_year(y)[-1:],
            zeros(chance[i, u, y]),
            times_expected=np.exp(jump[i, u, y]),
            deviations=deviations[i, u, y],
        )

    return Tested(FlagKind.LAST_MONTH, chance, flags)


def _moved(ground: Ground, december: Floats) -> list[Floats]:
    """How far December lies above the January after it, beyond the unit's habit; the last year has none."""
    after = np.full_like(december, MISSING)
    after[..., :-1] = ground.cube.by_year(ground.residual)[..., 1:, 0]
    apart = december - after
    return [apart - habit(apart)]


def _december(ground: Ground, physical: Floats) -> Floats:
    found = np.full_like(ground.cube.target, MISSING)
    found[ground.linked] = ground.cube.by_year(ground.without_peers(logarithm(physical[ground.linked])))[..., -1]
    return found
