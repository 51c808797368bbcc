"""How large the noise of base scores is: given, or seen in what is scored by month or quarter."""

from dataclasses import dataclass

import numpy as np

from baton.engine.robustness.branch import Branch, Floats
from baton.engine.robustness.cube import Cube
from baton.engine.robustness.settings import Settings
from baton.engine.robustness.variance import residual_variance
from baton.engine.robustness.walk import node_scores


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
