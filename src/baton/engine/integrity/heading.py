"""Where the year was heading before its last months: what rest of the year peers and own past foretell."""

from dataclasses import dataclass

import numpy as np

from baton.engine.integrity.cube import Cube
from baton.engine.integrity.robust import MISSING, median
from baton.engine.integrity.series import Floats

SPLITS = (6, 8, 9, 10, 11)
"""Months after which a year is split: what came, and what was still to come."""


@dataclass(frozen=True, eq=False)
class Heading:
    """For each split S, arrays (S, I, U, Y) as logarithms.

    completion: share of the target that was reached (I, U, Y). foretold: share that the months up to the split
    foretell; doubt: its standard deviation.
    """

    completion: Floats
    foretold: Floats
    doubt: Floats


def heading_of(cube: Cube, noise: Floats) -> Heading:
    """Foretell each year's total from its first months: total = first months x (1 + usual rest / usual first).

    The usual ratio of rest to first months is the group's, moved to the unit's own of other years as far as units keep
    theirs. Years and series that do not add up, or lack a target, are gaps.
    """
    months = cube.by_year(np.where(cube.adds_up[..., None], cube.reported, MISSING))
    months = np.where(np.isnan(months).any(axis=-1, keepdims=True), MISSING, months)
    target = np.where(cube.target > 0, cube.target, MISSING)
    total = months.sum(axis=-1)
    foretold, doubt = [], []
    noise = np.repeat(noise, len(cube.years), axis=-1)
    for split in SPLITS:
        first = months[..., :split].sum(axis=-1)
        share = _log(first) - _log(total)
        usual = _usual(share, cube.group)
        off = share - usual
        own = median(off)[..., None] if off.shape[-1] >= 3 else np.zeros_like(off[..., :1])
        kept = np.clip(1 - (1.4826 * median(np.abs(off - own), axis=1)[:, None]) ** 2 / _square(off), 0, 1)
        usual = usual + kept * np.nan_to_num(own)
        foretold.append(_log(first) - usual - _log(target))
        rest_share = 1 - np.exp(np.minimum(usual, -1e-9))
        expected = rest_share * noise * np.sqrt(1.0 / split + 1.0 / (len(months[0, 0, 0]) - split))
        doubt.append(np.maximum(expected, 1e-3))
    return Heading(_log(total / target), np.stack(foretold), np.stack(doubt))


def _square(off: Floats) -> Floats:
    return np.maximum((1.4826 * median(np.abs(off), axis=1)[:, None]) ** 2, 1e-12)


def _usual(share: Floats, group: np.ndarray) -> Floats:
    """Middle share of a group, or of all units where the group is small."""
    usual = np.repeat(median(share, axis=1)[:, None], share.shape[1], axis=1)
    for number in np.unique(group):
        members = group == number
        if members.sum() >= 8:
            usual[:, members] = median(share[:, members], axis=1)[:, None]
    return usual


def _log(values: Floats) -> Floats:
    found: Floats = np.log(np.where(values > 0, values, MISSING))
    return found
