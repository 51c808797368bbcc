"""Ranks under measurement noise: how they would wobble if the year were measured again, weights and methods unchanged.

Model: a unit's base score x = t + e, with noise e ~ N(0, s^2) of known size and true levels t ~ N(m, T^2) in the group.
Draws of t are taken from its posterior, with T integrated over a grid under a flat prior (Gelman et al., Bayesian Data
Analysis, 5.4) instead of one estimate plugged in, so that small groups are not made too sure of. Ranks of the draws
are posterior ranks (Laird & Louis 1989).
"""

from dataclasses import dataclass

import numpy as np

from baton.engine.robustness.branch import Bools, Branch, Floats
from baton.engine.robustness.cube import Cube, Ints
from baton.engine.robustness.ranks import compared
from baton.engine.robustness.settings import Settings
from baton.engine.robustness.walk import node_scores

_GRID = 200
_LEAST_MONTHS = 4


@dataclass(frozen=True)
class Noise:
    """Standard deviation of the noise of each unit's base score, in points; share: of the total that was seen in it."""

    deviation: Floats
    share: float


def noise_of(cube: Cube, settings: Settings) -> Noise | None:
    """The noise that was given, or what the months tell; None where neither says anything of every unit.

    A node scored by month (or quarter) whose periods are averaged or added up varies by the unit's level, by the month
    and by what is left: that is taken for noise, with (T - 1)(n - 1)/n degrees of freedom for n units and T periods.
    A unit's variance is drawn towards that of its group as far as the variances do not differ more than chance would.
    """
    seen, share = _from_periods(cube)
    deviation = np.array([settings.noise.get(unit, seen[number]) for number, unit in enumerate(cube.units)])
    given = all(unit in settings.noise for unit in cube.units)
    if not given and (share == 0 or bool((deviation < 0).any())):
        return None
    return Noise(np.maximum(deviation, 0.0), 1.0 if given else share)


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


def noisy_totals(cube: Cube, noise: Noise, settings: Settings, chance: np.random.Generator) -> Ints:
    """Totals at the precision of ranks [draw, unit] under measurement noise."""
    levels = drawn_levels(cube.base, noise.deviation, settings.draws, chance)
    return compared(cube.plan.scheme, levels, cube.adjusted)


def _from_periods(cube: Cube) -> tuple[Floats, float]:
    """Standard deviations of the base scores that the periods show, and the share of the total they belong to."""
    variance, share = np.zeros(len(cube.units)), 0.0
    for branch, worth in _repeated(cube.root, 1.0):
        scores, there = node_scores(cube, branch)
        found = residual_variance(scores, there)
        if found is None:
            continue
        full = branch.whole * (len(scores) if branch.node.over_periods == "sum" else 1)
        variance += found / len(scores) * (worth * cube.root.whole / branch.whole) ** 2 * (full > 0)
        share += worth
    return np.sqrt(variance), share


def _repeated(branch: Branch, worth: float) -> list[tuple[Branch, float]]:
    """The topmost nodes scored more often than their parents, and their shares of the total."""
    found = []
    for number, child in enumerate(branch.children):
        own = worth * float(branch.shares[len(branch.leaves) + number])
        repeated = child.node.frequency is not branch.node.frequency
        if repeated and child.node.over_periods in ("mean", "sum"):
            found.append((child, own))
        elif not repeated:
            found += _repeated(child, own)
    return found


def residual_variance(scores: Floats, there: Bools) -> Floats | None:
    """Variance of one period's score about the unit's and the period's level [unit].

    scores, there: [period, unit]. None: fewer than four periods or three units.
    """
    scores = scores[there.any(axis=1)]
    there = there[there.any(axis=1)]
    times, units = scores.shape
    if times < _LEAST_MONTHS or units < 3:
        return None
    counts = np.maximum(there.sum(axis=0), 1)
    level = np.where(there, scores, 0).sum(axis=0) / counts
    apart = np.where(there, scores - level, 0.0)
    month = apart.sum(axis=1, keepdims=True) / np.maximum(there.sum(axis=1, keepdims=True), 1)
    left = np.where(there, apart - month, 0.0)
    freedom = np.maximum(counts - 1, 1) * (units - 1) / units
    return _drawn_together((left**2).sum(axis=0) / freedom, float(freedom.min()))


def _drawn_together(variance: Floats, freedom: float) -> Floats:
    """Variances drawn towards their common one (inverse-gamma prior by moments, as in Smyth 2004)."""
    units = len(variance)
    common = float(variance.sum()) / units
    if common == 0:
        return variance
    spread = float(((variance - common) ** 2).sum()) / (units - 1) / common**2
    own = max(0.0, (spread - 2 / freedom) / (1 + 2 / freedom))
    if own == 0:
        return np.full(units, common)
    prior = 4 + 2 / own
    found: Floats = (freedom * variance + prior * common) / (freedom + prior)
    return found
