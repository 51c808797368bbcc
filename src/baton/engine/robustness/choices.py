"""Ranks under other choices: Monte Carlo over weights, normalisation, aggregation and gaps, as matrix work.

The scheme's own rules are one of the choices, no better and no worse than the others. Under another normalisation or
aggregation the base scores of a group are moved and stretched to the mean and spread they have in the result, so that
bonuses, thresholds and bounds keep their meaning.
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np

from baton.engine.robustness.branch import Branch, Floats, Ints
from baton.engine.robustness.cube import Cube
from baton.engine.robustness.draws import weight_factors
from baton.engine.robustness.ranks import compared
from baton.engine.robustness.settings import Aggregation, Gaps, Normalisation, Progress, Settings, silent
from baton.engine.robustness.variants import varied
from baton.engine.robustness.walk import base_scores
from baton.engine.scheme.nodes import Arithmetic, Copeland, Sum

_AT_ONCE = 100_000
"""Scores drawn at once, as many as a cache holds; more, where reading the leaves of a node would take longer."""


class Choice(NamedTuple):
    """One way to make the result."""

    normalisation: Normalisation
    aggregation: Aggregation
    gaps: Gaps

    @property
    def on_its_own_scale(self) -> bool:
        """Whether scores have another scale than those of the result."""
        return self.normalisation is not Normalisation.SCORED or self.aggregation is not Aggregation.SCHEME


def choices(cube: Cube, settings: Settings) -> tuple[Choice, ...]:
    """The ways that differ for this group: gaps only where figures are missing, means only where nodes take them."""
    missing = any(bool(one.missing.any()) for one in cube.scored.values())
    curved = any(not isinstance(one.node.combine, Sum | Arithmetic | Copeland) for one in cube.branches)
    gaps = settings.gaps if missing else settings.gaps[:1]
    aggregations = [one for one in settings.aggregations if curved or one is not Aggregation.ARITHMETIC]
    combined = product(settings.normalisations, gaps, aggregations or [Aggregation.SCHEME])
    return tuple(Choice(normalisation, aggregation, gap) for normalisation, gap, aggregation in combined)


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
