"""Totals, ranks and intervals of many draws at once: arrays [draw, unit]."""

from collections.abc import Sequence

import numpy as np

from baton.engine.result.sheet import Standing
from baton.engine.robustness.branch import Floats, Ints
from baton.engine.robustness.result import Interval
from baton.engine.scheme.model import Scheme

_HALF_UP = 0.5 + 1e-7
_AT_ONCE = 100_000


def compared(scheme: Scheme, base: Floats, adjusted: Floats) -> Ints:
    """Totals at the precision of ranks as whole numbers: base, bonus and deduction, between the scheme's bounds."""
    total = base + adjusted
    if scheme.limits.total_cap is not None:
        total = np.minimum(total, float(scheme.limits.total_cap))
    if scheme.limits.total_floor is not None:
        total = np.maximum(total, float(scheme.limits.total_floor))
    found: Ints = np.floor(total * 10.0**scheme.ranking.decimals + _HALF_UP).astype(np.int64)
    return found


def tie_places(standings: Sequence[Standing]) -> Ints:
    """Who is ahead among units with equal totals, by the tie-breaks of the result: larger is better."""
    keys = [tuple((key is not None, key or 0) for key in one.tie_keys) for one in standings]
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    return np.array([places[key] for key in keys], dtype=np.int64)


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
