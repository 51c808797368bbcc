"""All changes of earlier figures as arrays, so that they can be counted and held against peers together."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from baton.engine.integrity.cube import MONTHS, Cube
from baton.engine.integrity.series import Floats

_UNITS = 0.1
"""Where more of an indicator's units restated the same month, the indicator was revised."""
_INDICATORS = 0.6
"""Where a unit restated the same month of more of its indicators, the unit was revised (new borders)."""


@dataclass(frozen=True, eq=False)
class Changes:
    """Changes (N,) of an indicator, a unit and a month by their places: what the archive held, what is said now.

    Left out are revisions for all units, or for all indicators of a unit (new borders), and what changes nothing;
    rising by indicator, unit and month.
    """

    indicator: np.ndarray
    unit: np.ndarray
    month: np.ndarray
    before: Floats
    after: Floats

    @cached_property
    def size(self) -> Floats:
        """Relative size of each change; a figure that appeared or vanished counts in full."""
        larger = np.maximum(np.abs(self.before), np.abs(self.after))
        found: Floats = np.nan_to_num(np.abs(self.after - self.before) / np.where(larger > 0, larger, 1.0), nan=1.0)
        return found

    def only(self, kept: np.ndarray) -> "Changes":
        """Some of the changes."""
        return Changes(*(part[kept] for part in (self.indicator, self.unit, self.month, self.before, self.after)))

    def by_year(self) -> Iterator[tuple[int, int, int, slice]]:
        """Indicator, unit and year of changes, and where they stand."""
        year = self.month // MONTHS
        keys = np.stack([self.indicator, self.unit, year])
        if not year.size:
            return
        starts = np.flatnonzero(np.any(np.diff(keys, prepend=-1), axis=0)).tolist()
        for start, stop in zip(starts, [*starts[1:], len(year)], strict=True):
            yield int(self.indicator[start]), int(self.unit[start]), int(year[start]), slice(start, stop)


def changes_of(cube: Cube) -> Changes:
    """Gather the changes of all series."""
    where = {month: at for at, month in enumerate(cube.months)}
    told = [
        (*spot, where[change.month], change.before, change.after)
        for spot, one in zip(cube.spots, cube.series, strict=True)
        for change in one.restated
        if change.month in where
    ]
    values = np.array(told, dtype=float).reshape(-1, 5)
    values = values[np.lexsort(values.T[2::-1])]
    i, u, t = (values[:, part].astype(np.int64) for part in range(3))
    before, after = values[:, 3], values[:, 4]
    carriers = np.count_nonzero(cube.place >= 0, axis=1)
    months = len(cube.months)
    shared = np.bincount(i * months + t, minlength=len(carriers) * months)[i * months + t]
    same = (before == after) | (np.isnan(before) & np.isnan(after))
    carried = np.count_nonzero(cube.place >= 0, axis=0)
    at_once = np.bincount(u * months + t, minlength=len(carried) * months)[u * months + t]
    revised = (shared > np.maximum(_UNITS * carriers[i], 2)) | (at_once > np.maximum(_INDICATORS * carried[u], 2))
    kept = ~same & ~revised
    return Changes(i[kept], u[kept], t[kept], before[kept], after[kept])
