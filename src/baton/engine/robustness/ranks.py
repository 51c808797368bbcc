"""Ranks and intervals of many draws at once: arrays [draw, unit]."""

import numpy as np

from baton.engine.robustness.branch import Ints
from baton.engine.robustness.result import Interval

_AT_ONCE = 100_000


def ordered(totals: Ints, ties: Ints) -> tuple[Ints, Ints]:
    """Units from best to worst and, beside them, what they are ranked by; all [draw, place].

    Total, tie place and unit are packed into one number each and sorted: sorting values is several times faster than
    sorting places.
    """
    units = totals.shape[1]
    bits = max(1, (units - 1).bit_length())
    span = int(ties.max(initial=0)) + 1
    packed = ((totals * span + ties) << bits) + np.arange(units)
    np.negative(packed, out=packed)
    packed.sort(axis=1)
    np.negative(packed, out=packed)
    return packed & ((1 << bits) - 1), packed >> bits


def ranks(totals: Ints, ties: Ints) -> Ints:
    """Competition ranks [draw, unit], 1 is best; equals share the better place. In blocks that a cache holds."""
    block = max(1, _AT_ONCE // max(1, totals.shape[1]))
    found = np.empty(totals.shape, dtype=np.int64)
    for first in range(0, len(totals), block):
        _ranked(totals[first : first + block], ties, found[first : first + block])
    return found


def _ranked(totals: Ints, ties: Ints, found: Ints) -> None:
    unit, key = ordered(totals, ties)
    starts = np.zeros(unit.shape, dtype=np.int64)
    places = np.arange(1, unit.shape[1])
    np.multiply(key[:, 1:] != key[:, :-1], places, out=starts[:, 1:])
    np.maximum.accumulate(starts, axis=1, out=starts)
    starts += 1
    np.put_along_axis(found, unit, starts, axis=1)


def intervals(found: Ints, level: float) -> tuple[Interval, ...]:
    """Per unit the interval of ranks that holds `level` of the draws, as much left out on either side."""
    draws = len(found)
    out = int((1 - level) * draws * 0.5 + 1e-9) if draws else 0
    places = np.ascontiguousarray(found.T)
    places.partition([out, draws - 1 - out], axis=1)
    pairs = zip(places[:, out].tolist(), places[:, draws - 1 - out].tolist(), strict=True)
    return tuple(Interval(best, worst) for best, worst in pairs)
