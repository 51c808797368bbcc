"""Weights under doubt: Dirichlet draws around the scheme's own, node by node."""

import numpy as np

from baton.engine.robustness.branch import Branch, Floats
from baton.engine.robustness.cube import Cube


def weight_factors(cube: Cube, draws: int, doubt: float, chance: np.random.Generator) -> dict[str, Floats]:
    """For each node with several children, [draw, child] what the weight of each is multiplied with.

    The weights w of a node's k children are drawn from Dirichlet(c w) with c = (k - 1) / doubt^2 - 1, so that a weight
    of average size 1/k has the relative standard deviation `doubt` (SMAA: Lahdelma & Salminen 2001; OECD Handbook on
    Composite Indicators 2008, step 7).
    """
    return {
        branch.node.code: _factors(branch, draws, doubt, chance)
        for branch in cube.branches
        if np.count_nonzero(branch.shares) > 1
    }


def _factors(branch: Branch, draws: int, doubt: float, chance: np.random.Generator) -> Floats:
    weights = branch.shares / branch.shares.sum()
    concentration = (np.count_nonzero(weights) - 1) / doubt**2 - 1
    drawn = chance.standard_gamma(concentration * weights, size=(draws, len(weights)))
    total = drawn.sum(axis=1, keepdims=True)
    return np.divide(drawn, total * weights, out=np.ones_like(drawn), where=(total > 0) & (weights > 0))
