"""Scores of leaves put on a scale of the group's own, leaf by leaf and period by period."""

from dataclasses import replace

import numpy as np

from baton.engine.robustness.branch import Bools, Floats
from baton.engine.robustness.rows import Scored
from baton.engine.robustness.settings import Normalisation

LEAST_UNITS = 3
"""A scale of the group's own needs three units with different scores; otherwise the scores stay as they are."""
_MIDDLE = 0.5
_DEVIATIONS = 3
"""How many standard deviations lie between half and full points."""


def scaled_anew(scored: Scored, normalisation: Normalisation) -> Scored:
    """Scores from 0 to full points as `varied` says; as they are where fewer than three units have different ones."""
    if normalisation is Normalisation.SCORED:
        return scored
    full, present = scored.full, scored.present & (scored.full > 0)
    shares = np.divide(scored.points, full, out=np.zeros_like(full), where=full > 0)
    count = present.sum(axis=2, keepdims=True)
    high = np.where(present, shares, -np.inf).max(axis=2, keepdims=True)
    low = np.where(present, shares, np.inf).min(axis=2, keepdims=True)
    usable = (count >= LEAST_UNITS) & (high > low)
    if normalisation is Normalisation.MIN_MAX:
        scaled = (shares - np.where(usable, low, 0)) / np.where(usable, high - low, 1)
    elif normalisation is Normalisation.Z_SCORE:
        scaled = _MIDDLE + _MIDDLE / _DEVIATIONS * _standard(shares, present, np.where(usable, count, 1))
    else:
        scaled = _by_rank(shares, present, np.where(usable, count, 2))
    return replace(scored, points=np.where(present & usable, scaled * full, scored.points))


def _standard(shares: Floats, present: Bools, count: Floats) -> Floats:
    middle = np.where(present, shares, 0).sum(axis=2, keepdims=True) / count
    apart = np.where(present, shares - middle, 0)
    spread = np.sqrt((apart**2).sum(axis=2, keepdims=True) / count)
    found: Floats = apart / np.where(spread > 0, spread, 1)
    return found


def _by_rank(shares: Floats, present: Bools, count: Floats) -> Floats:
    """Share of the other units that a unit is ahead of, half for an equal one."""
    held = np.where(present, shares, -np.inf)
    order = np.argsort(held, axis=2)
    ordered = np.take_along_axis(held, order, axis=2)
    places = np.broadcast_to(np.arange(held.shape[2]), held.shape)
    starts = np.ones(held.shape, dtype=np.bool_)
    starts[..., 1:] = ordered[..., 1:] > ordered[..., :-1]
    first = np.maximum.accumulate(np.where(starts, places, 0), axis=2)
    ends = np.ones(held.shape, dtype=np.bool_)
    ends[..., :-1] = starts[..., 1:]
    backwards = np.where(ends, places, held.shape[2])[..., ::-1]
    last = np.minimum.accumulate(backwards, axis=2)[..., ::-1]
    behind = np.empty(held.shape)
    np.put_along_axis(behind, order, (first + last) * _MIDDLE, axis=2)
    absent = (~present).sum(axis=2, keepdims=True)
    found: Floats = (behind - absent) / (count - 1)
    return found
