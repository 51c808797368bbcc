"""Backdated: figures entered long after their deadline, more often and later than peers enter theirs."""

import operator
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import chain

import numpy as np
import polars as pl

from baton.engine.integrity.cube import MONTHS, Cube
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, median, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_RARE = 0.005
_TOGETHER = 0.2
"""From this share of a unit's figures on, being late in a month happened to the unit (power, staff)."""
_SHORTEST, _LONGEST = 0.75, 3.0
"""Bounds, in days, of the usual delay of honest late entries beyond the first days."""


def find_backdated(ground: Ground) -> Tested:
    """Test how often and how late the figures of a year were entered after their deadline.

    Chance of being late: the share of the indicator's other units that were late in that month (a flood delays many),
    or of the unit's other indicators where a fifth or more were, at least 0.5 %. Chance of n late months: Poisson; of
    so long a delay in all: gamma with the usual delay of late entries. Their product is judged.
    """
    cube = ground.cube
    delay = _delays(cube)
    known = ~np.isnan(delay)
    late = np.nan_to_num(delay) > ground.settings.late_days
    together = _others(late, known, axis=0)
    happened = np.where(together >= _TOGETHER, together, 0.0)
    likely = np.maximum(np.maximum(_others(late, known, axis=1), happened), _RARE)
    beyond = np.where(late, delay - ground.settings.late_days, MISSING)
    usual = np.clip(float(median(beyond.ravel())) * 1.4427, _SHORTEST, _LONGEST)
    several = likely > 0.2
    # Where a fifth was late in a month, something happened to all of them; their delay is the usual one.
    scale = np.where(several, np.maximum(_others_middle(beyond), usual), usual)
    count = cube.by_year(late).sum(axis=-1)
    rate = cube.by_year(np.where(known, likely, 0.0)).sum(axis=-1)
    length = np.nansum(cube.by_year(beyond / scale), axis=-1)
    chance = np.where(cube.by_year(known).any(axis=-1), 1.0, MISSING)
    some = count > 0
    chance[some] = _poisson_tail(count[some], rate[some]) * (1 - _poisson_tail(count[some], length[some]))

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        at = np.flatnonzero(cube.by_year(late)[i, u, y])
        months = tuple(cube.of_year(y)[month] for month in at)
        days = float(np.nanmax(cube.by_year(delay)[i, u, y]))
        yield ground.flag(
            FlagKind.BACKDATED, (i, u), months, zeros(chance[i, u, y]), late_months=len(months), longest_days=days
        )

    return Tested(FlagKind.BACKDATED, chance, flags)


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
    for months, span in cube.spans.items():
        numbers = [number for number in span if cube.series[number].entered and cube.series[number].deadline]
        if not numbers:
            continue
        series = [cube.series[number] for number in numbers]
        entered = pl.Series(list(chain.from_iterable(one.entered for one in series)), dtype=pl.String)
        due = _dues([one.deadline for one in series])
        i, u = (axis[numbers] for axis in cube.axes)
        days = _days(entered, due).reshape(len(numbers), -1)
        delay[i[:, None], u[:, None], [where[month] for month in months]] = days
    return delay


def _dues(deadlines: Sequence[tuple[str, ...]]) -> pl.Series:
    """Deadlines of all series one after the other; most series have the calendar's, which is read once."""
    distinct = {id(one): one for one in deadlines}
    places = dict(zip(distinct, range(len(distinct)), strict=True))
    length = len(deadlines[0])
    first = np.fromiter((places[id(one)] for one in deadlines), np.int64, len(deadlines)) * length
    texts = pl.Series(list(chain.from_iterable(distinct.values())), dtype=pl.String)
    return texts.gather((first[:, None] + np.arange(length)).ravel())


def _days(entered: pl.Series, due: pl.Series) -> Floats:
    """Days after the deadline; a deadline without a time of day lasts to the end of its day.

    Texts are compared before they are read as times: most figures came in time.
    """
    days = np.zeros(len(entered))
    days[((entered == "") | (due == "")).arg_true().to_numpy()] = MISSING
    behind = ((entered > due) & (due != "")).arg_true()
    late = zip(behind.to_list(), entered.gather(behind).to_list(), due.gather(behind).to_list(), strict=True)
    after = [(at, datetime.fromisoformat(entry), _due(end)) for at, entry, end in late if not entry.startswith(end)]
    moments, dues = [moment for _, moment, _ in after], [end for _, _, end in after]
    if len({one.tzinfo for one in moments} | {one.tzinfo for one in dues}) > 1:
        moments, dues = ([one.replace(tzinfo=None) for one in times] for times in (moments, dues))
    seconds = map(timedelta.total_seconds, map(operator.sub, moments, dues))
    days[[at for at, _, _ in after]] = np.maximum(np.fromiter(seconds, float, len(moments)), 0.0) / _DAY
    return days


_due = cache(datetime.fromisoformat)
_DAY = 86400.0
