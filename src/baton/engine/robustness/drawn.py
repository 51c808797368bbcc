"""Ranks under other choices: Monte Carlo over weights, normalisation, aggregation and gaps, as matrix work.

The scheme's own rules are one of the choices, no better and no worse than the others. Under another normalisation or
aggregation the base scores of a group are moved and stretched to the mean and spread they have in the result, so that
bonuses, thresholds and bounds keep their meaning.
"""

from collections.abc import Iterator

import numpy as np

from baton.engine.robustness.branch import Branch, Floats, Ints
from baton.engine.robustness.choices import Choice, choices
from baton.engine.robustness.cube import Cube
from baton.engine.robustness.draws import weight_factors
from baton.engine.robustness.settings import Aggregation, Gaps, Normalisation, Progress, Settings, silent
from baton.engine.robustness.totals import compared
from baton.engine.robustness.variants import varied
from baton.engine.robustness.walk import base_scores
from baton.engine.scheme.nodes import Arithmetic

_AT_ONCE = 100_000
"""Scores drawn at once, as many as a cache holds; more, where reading the leaves of a node would take longer."""


def drawn_totals(cube: Cube, settings: Settings, chance: np.random.Generator, progress: Progress = silent) -> Ints:
    """Totals at the precision of ranks [draw, unit], the draws shared out evenly over the choices."""
    wanted = choices(cube, settings)
    found = np.empty((settings.draws, len(cube.units)), dtype=np.int64)
    done = 0
    variant: tuple[Gaps, Normalisation] | None = None
    other = cube
    for choice, draws in zip(wanted, _shared(settings.draws, len(wanted)), strict=True):
        if variant != (choice.gaps, choice.normalisation):
            variant, other = (choice.gaps, choice.normalisation), varied(cube, choice.gaps, choice.normalisation)
        for base in _drawn(other, choice, draws, settings.doubt, chance):
            shown = _rescaled(base, cube.base) if choice.on_its_own_scale else base
            found[done : done + len(base)] = compared(cube.plan.scheme, shown, cube.adjusted)
            done += len(base)
            progress("robust.step_choices", done, settings.draws)
    return found


def _drawn(cube: Cube, choice: Choice, draws: int, doubt: float, chance: np.random.Generator) -> Iterator[Floats]:
    """Base scores under drawn weights, a chunk of draws at a time."""
    if choice.aggregation is Aggregation.ARITHMETIC:
        cube = cube.with_means(Arithmetic())
    geometric = _parting(cube.root).node.code if choice.aggregation is Aggregation.GEOMETRIC else ""
    widest = max(len(branch.leaves) for branch in cube.branches)
    most = max(widest, _AT_ONCE // len(cube.units), 1)
    for first in range(0, draws, most):
        now = min(most, draws - first)
        factors = weight_factors(cube, now, doubt, chance)
        yield np.broadcast_to(base_scores(cube, factors, geometric), (now, len(cube.units)))


def _shared(draws: int, parts: int) -> list[int]:
    return [draws // parts + (number < draws % parts) for number in range(parts)]


def _parting(branch: Branch) -> Branch:
    """The topmost node with more than one child."""
    return _parting(branch.children[0]) if len(branch.sizes) == 1 and branch.children else branch


def _rescaled(base: Floats, official: Floats) -> Floats:
    """Scores with the mean and the spread of the official ones, in each draw."""
    units = len(official)
    apart = base - base.sum(axis=1, keepdims=True) / units
    spread = np.sqrt((apart**2).sum(axis=1, keepdims=True) / units)
    middle = official.sum() / units
    wanted = np.sqrt(((official - middle) ** 2).sum() / units)
    found: Floats = middle + apart * (wanted / np.where(spread > 0, spread, 1.0))
    return found
