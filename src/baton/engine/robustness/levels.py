"""Ranks under measurement noise: how they would wobble if the year were measured again, weights and methods unchanged.

Model: a unit's base score x = t + e, with noise e ~ N(0, s^2) of known size and true levels t ~ N(m, T^2) in the group.
Draws of t are taken from its posterior, with T integrated over a grid under a flat prior (Gelman et al., Bayesian Data
Analysis, 5.4) instead of one estimate plugged in, so that small groups are not made too sure of. Ranks of the draws
are posterior ranks (Laird & Louis 1989).
"""

import numpy as np

from baton.engine.robustness.branch import Floats

_GRID = 200


def drawn_levels(scores: Floats, deviation: Floats, draws: int, chance: np.random.Generator) -> Floats:
    """Posterior draws [draw, unit] of the true levels behind scores [unit] with noise of known size [unit]."""
    largest = float(scores.max() - scores.min()) + float(deviation.max(initial=0.0))
    if largest == 0 or not deviation.any():
        return np.tile(scores, (draws, 1))
    spread = (np.arange(_GRID) + 0.5) * (2 * largest / _GRID)
    weights = 1 / (deviation[None] ** 2 + spread[:, None] ** 2)
    total = weights.sum(axis=1)
    middle = (weights * scores).sum(axis=1) / total
    fit = np.log(weights).sum(axis=1) - np.log(total) - (weights * (scores - middle[:, None]) ** 2).sum(axis=1)
    odds = np.exp((fit - fit.max()) * 0.5)
    chosen = chance.choice(_GRID, size=draws, p=odds / odds.sum())
    mean = middle[chosen] + chance.standard_normal(draws) / np.sqrt(total[chosen])
    kept = spread[chosen, None] ** 2 * weights[chosen]
    wobble = np.sqrt(kept) * deviation
    return mean[:, None] + kept * (scores - mean[:, None]) + wobble * chance.standard_normal(kept.shape)
