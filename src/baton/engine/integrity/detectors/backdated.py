"""Backdated: figures entered long after their deadline, more often and later than peers enter theirs."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache

import numpy as np

from baton.engine.integrity.cube import MONTHS, Cube
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import MISSING, discoveries, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_RARE = 0.005
_SHORTEST, _LONGEST = 1.5, 3.0
"""Bounds, in days, of the usual delay of honest late entries beyond the first days."""


def find_backdated(ground: Ground) -> Iterator[Flag]:
    """Test how often and how late the figures of a year were entered after their deadline.

    Chance of being late: the share of the indicator's other units, or of the unit's other indicators, that were late in
    that month (a flood delays many), at least 0.5 %. Chance of n late months: Poisson; of so long a delay in all:
    gamma with the usual delay of late entries. Their product is judged.
    """
    cube = ground.cube
    delay = _delays(cube)
    known = ~np.isnan(delay)
    late = np.nan_to_num(delay) > ground.settings.late_days
    if not late.any():
        return
    likely = np.maximum(np.maximum(_others(late, known, axis=1), _others(late, known, axis=0)), _RARE)
    beyond = np.where(late, delay - ground.settings.late_days, MISSING)
    usual = np.clip(float(median(beyond.ravel())) * 1.4427, _SHORTEST, _LONGEST)
    several = likely > 0.2
    # Where a fifth was late in a month, something happened to all of them; their delay is the usual one.
    scale = np.where(several, np.maximum(_others_middle(beyond), usual), usual)
    count = cube.by_year(late).sum(axis=-1)
    rate = cube.by_year(np.where(known, likely, 0.0)).sum(axis=-1)
    length = np.nansum(cube.by_year(beyond / scale), axis=-1)
    chance = _poisson_tail(count, rate) * np.where(count > 0, 1 - _poisson_tail(count, length), 1.0)
    chance = np.where(cube.by_year(known).any(axis=-1), chance, MISSING)
    for i, u, y in np.argwhere(discoveries(chance, ground.settings.false_discovery)):
        at = np.flatnonzero(cube.by_year(late)[i, u, y])
        months = tuple(cube.of_year(y)[month] for month in at)
        days = float(np.nanmax(cube.by_year(delay)[i, u, y]))
        yield ground.flag(
            FlagKind.BACKDATED, (i, u), months, zeros(chance[i, u, y]), late_months=len(months), longest_days=days
        )


def _others(late: np.ndarray, known: np.ndarray, axis: int) -> Floats:
    """Share of late entries among the others along an axis (I, U, T)."""
    count = late.sum(axis=axis, keepdims=True) - late
    found: Floats = count / np.maximum(known.sum(axis=axis, keepdims=True) - 1, 1)
    return found


def _others_middle(beyond: Floats) -> Floats:
    found: Floats = np.nan_to_num(median(beyond, axis=1))[:, None] * 1.4427
    return found


def _poisson_tail(count: np.ndarray, rate: Floats) -> Floats:
    """Chance that a Poisson variable reaches `count`; its complement is the upper tail of a gamma of that shape."""
    term = np.exp(-rate)
    below = np.zeros_like(rate)
    for number in range(MONTHS):
        below = below + np.where(number < count, term, 0.0)
        term = term * rate / (number + 1)
    found: Floats = np.clip(1 - below, 1e-16, 1.0)
    return found


def _delays(cube: Cube) -> Floats:
    """Days from deadline to entry (I, U, T); 0 for in time, a gap where either is not known."""
    delay = np.full(cube.reported.shape, MISSING)
    where = {month: at for at, month in enumerate(cube.months)}
    spans = {months: np.array([where[month] for month in months]) for months in {one.months for one in cube.series}}
    for i, u in np.argwhere(cube.place >= 0):
        one = cube.series[cube.place[i, u]]
        if one.entered and one.deadline:
            days = np.zeros(len(one.months))
            both = zip(one.entered, one.deadline, strict=True)
            for month in [at for at, (entry, due) in enumerate(both) if entry > due or not entry]:
                days[month] = _days(one.entered[month], one.deadline[month])
            delay[i, u, spans[one.months]] = days
    return delay


def _days(entered: str, deadline: str) -> float:
    """Days after the deadline; a deadline without a time of day lasts to the end of its day."""
    if not entered or not deadline:
        return MISSING
    if entered[: len(deadline)] <= deadline:
        return 0.0
    return max((_moment(entered) - _due(deadline)).total_seconds(), 0.0) / _DAY


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=None)


_due = cache(_moment)
_DAY = 86400.0
