"""The same figures put on other scales, with other things in the place of what is missing."""

from dataclasses import replace

import numpy as np

from baton.engine.robustness.cube import Cube
from baton.engine.robustness.rows import Scored
from baton.engine.robustness.scales import scaled_anew
from baton.engine.robustness.settings import Gaps, Normalisation


def varied(cube: Cube, gaps: Gaps, normalisation: Normalisation) -> Cube:
    """Give the cube with other scores of leaves: gaps filled first, then each leaf and period put on its scale.

    min-max: from 0 for the worst to full points for the best of the group. z-score: half the points for the mean, a
    sixth more or less for a standard deviation. rank: full points for the first, 0 for the last, equals between.
    """
    if gaps is Gaps.SCHEME and normalisation is Normalisation.SCORED:
        return cube
    return cube.with_scored({node: scaled_anew(_filled(one, gaps), normalisation) for node, one in cube.scored.items()})


def _filled(scored: Scored, gaps: Gaps) -> Scored:
    if gaps is Gaps.SCHEME or not scored.missing.any():
        return scored
    asked = scored.full.max(axis=2, keepdims=True)
    known = scored.present & ~scored.missing
    if gaps is Gaps.EXCLUDE:
        points, present = np.where(known, scored.points, 0.0), known
    else:
        shares = np.where(known, scored.points, 0.0).sum(axis=2, keepdims=True)
        peers = shares / np.maximum(known.sum(axis=2, keepdims=True), 1)
        value = peers if gaps is Gaps.PEER_MEAN else 0.0
        points = np.where(scored.missing, value, scored.points)
        present = scored.present | scored.missing
    full = np.where(present, np.where(scored.full > 0, scored.full, asked), 0.0)
    return replace(scored, points=np.where(present, points, 0.0), full=full, present=present)
