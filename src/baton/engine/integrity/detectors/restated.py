"""Restated: figures of earlier months that were changed later, told by an archive that only grows."""

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground
from baton.engine.integrity.series import Flag, FlagKind, Restatement

_SHARED = 0.2
"""Where more than this share of an indicator's units restated the same month, the statistics were revised for all."""
_FULL = 0.5


def find_restated(ground: Ground) -> Iterator[Flag]:
    """List changes of earlier figures that are large for the month, or together for the year.

    Nothing is estimated: the archive holds both figures. Changes that many units made to the same month are a revision.
    """
    cube, settings = ground.cube, ground.settings
    shared = Counter((one.indicator, change.month) for one in cube.series for change in one.restated)
    carriers = Counter(one.indicator for one in cube.series)
    for i, u in np.argwhere(cube.place >= 0):
        one = cube.series[cube.place[i, u]]
        if not one.restated:
            continue
        own = [
            change
            for change in one.restated
            if shared[one.indicator, change.month] <= max(_SHARED * carriers[one.indicator], 1)
            and not _same(change.before, change.after)
        ]
        for year in sorted({int(change.month[:4]) for change in own} & set(cube.years)):
            changes = [change for change in own if int(change.month[:4]) == year]
            largest = max(_size(change) for change in changes)
            total = abs(float(cube.yearly[i, u, cube.years.index(year)]))
            net = sum(change.after - change.before for change in changes)
            of_year = abs(net) / total if total > 0 else 0.0
            if largest < settings.material and not of_year >= settings.material_year:
                continue
            months = tuple(sorted(change.month for change in changes))
            strength = 6.0 + 10 * min(largest, _FULL)
            yield ground.flag(
                FlagKind.RESTATED, (i, u), months, strength, changes=len(changes), net=net, share_of_year=of_year
            )


def _same(before: float, after: float) -> bool:
    return before == after or (math.isnan(before) and math.isnan(after))


def _size(change: Restatement) -> float:
    """Relative size of a change; a figure that appeared or vanished counts in full."""
    if math.isnan(change.before) or math.isnan(change.after):
        return 1.0
    return abs(change.after - change.before) / max(abs(change.before), abs(change.after))
