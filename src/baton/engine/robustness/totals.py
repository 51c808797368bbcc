"""What units are ranked by: totals at the precision of ranks, and who is ahead among equals."""

from collections.abc import Sequence

import numpy as np

from baton.engine.result.sheet import Standing
from baton.engine.robustness.branch import Floats, Ints
from baton.engine.scheme.model import Scheme

_HALF_UP = 0.5 + 1e-7


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
