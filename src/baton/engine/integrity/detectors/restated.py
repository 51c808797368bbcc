"""Restated: figures of earlier months that were changed later, told by an archive that only grows."""

import numpy as np

from baton.engine.integrity.changes import changes_of
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING
from baton.engine.integrity.series import Flag, FlagKind
from baton.engine.integrity.slips import closer_of, slips_of

_FULL = 0.5
_ONE_WAY = 0.8
"""Corrections scatter: of what was changed in a year, this share must go one way."""


def find_restated(ground: Ground) -> Tested:
    """List changes of earlier figures that are large for the month, or together for the year.

    Nothing is estimated: the archive holds both figures. Changes that many units made to the same month are a revision.
    """
    cube, settings = ground.cube, ground.settings
    changes = changes_of(cube)
    changes = changes.only(~slips_of(ground, changes))
    farther = ~closer_of(ground, changes)
    chance = np.full((len(cube.indicators), len(cube.units), len(cube.years)), MISSING)
    told: dict[tuple[int, int, int], list[Flag]] = {}
    for i, u, y, here in changes.by_year():
        largest = float(changes.size[here].max())
        total = abs(float(cube.yearly[i, u, y]))
        net = float((changes.after[here] - changes.before[here]).sum())
        of_year = abs(net) / total if total > 0 else 0.0
        if largest < settings.material and not of_year >= settings.material_year:
            continue
        moved = changes.after[here] - changes.before[here]
        if abs(net) < _ONE_WAY * float(np.abs(moved).sum()):
            continue
        if here.stop - here.start == 1 and not farther[here].all():
            continue
        months = tuple(cube.months[at] for at in changes.month[here])
        strength = 6.0 + 10 * min(largest, _FULL)
        count = len(months)
        flag = ground.flag(FlagKind.RESTATED, (i, u), months, strength, changes=count, net=net, share_of_year=of_year)
        told[i, u, y], chance[i, u, y] = [flag], 10.0**-strength
    return Tested(FlagKind.RESTATED, chance, lambda i, u, y: told[i, u, y])
