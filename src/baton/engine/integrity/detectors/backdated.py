"""Backdated: figures entered long after their deadline, more often and later than peers enter theirs."""

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from baton.engine.integrity.cube import Cube
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import MISSING, average, discoveries, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_USUAL_DELAY = 2.0
"""Days by which honest late entries are late, where the data show no more."""
_RARE = 0.01
_LONGEST = 60.0


def find_backdated(ground: Ground) -> Iterator[Flag]:
    """Test how late the entries of a year are: chance of a late month x chance of so long a delay, month by month.

    Chance of being late: the share of the indicator's units that were late in that month (a flood delays all), at least
    1 %. Delay: exponential with the usual delay of late entries. Fisher's sum over the year's late months is judged.
    """
    cube = ground.cube
    delay = _delays(cube)
    late = delay > ground.settings.late_days
    if not late.any():
        return
    known = ~np.isnan(delay)
    share = late.sum(axis=(0, 1)) / np.maximum(known.sum(axis=(0, 1)), 1)
    likely = np.maximum(np.maximum(average(np.where(known, late, MISSING), axis=1), share), _RARE)[:, None]
    usual = np.full(likely.shape, _USUAL_DELAY)
    several = late.sum(axis=1, keepdims=True) > 0.2 * known.sum(axis=1, keepdims=True)
    # Where a fifth of the units is late, their delay is the usual one: something happened to all of them.
    usual = np.where(several, np.maximum(median(np.where(late, delay, MISSING), axis=1)[:, None], usual), usual)
    log_chance = np.where(late, np.log(likely) - np.minimum(delay, _LONGEST) / usual, 0.0)
    chance = np.exp(np.maximum(cube.by_year(log_chance).sum(axis=-1), -69.0))
    chance = np.where(cube.by_year(known).any(axis=-1), np.minimum(chance * 12, 1.0), MISSING)
    for i, u, y in np.argwhere(discoveries(chance, ground.settings.false_discovery)):
        at = np.flatnonzero(cube.by_year(late)[i, u, y])
        months = tuple(cube.of_year(y)[month] for month in at)
        days = float(np.nanmax(cube.by_year(delay)[i, u, y]))
        yield ground.flag(
            FlagKind.BACKDATED, (i, u), months, zeros(chance[i, u, y]), late_months=len(months), longest_days=days
        )


def _delays(cube: Cube) -> Floats:
    """Days from deadline to entry (I, U, T); 0 for in time, a gap where either is not known."""
    delay = np.full(cube.reported.shape, MISSING)
    where = {month: at for at, month in enumerate(cube.months)}
    spans = {months: np.array([where[month] for month in months]) for months in {one.months for one in cube.series}}
    for i, u in np.argwhere(cube.place >= 0):
        one = cube.series[cube.place[i, u]]
        if one.entered and one.deadline:
            days = [_days(entry, due) for entry, due in zip(one.entered, one.deadline, strict=True)]
            delay[i, u, spans[one.months]] = days
    return delay


def _days(entered: str, deadline: str) -> float:
    """Days after the deadline; a deadline without a time of day lasts to the end of its day."""
    if not entered or not deadline:
        return MISSING
    if entered[: len(deadline)] <= deadline:
        return 0.0
    return max((_moment(entered) - _moment(deadline)).total_seconds(), 0.0) / _DAY


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=None)


_DAY = 86400.0
