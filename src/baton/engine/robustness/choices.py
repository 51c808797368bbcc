"""The choices that could as well have been made, and which of them make a difference for a group."""

from itertools import product
from typing import NamedTuple

from baton.engine.robustness.cube import Cube
from baton.engine.robustness.settings import Aggregation, Gaps, Normalisation, Settings
from baton.engine.scheme.nodes import Arithmetic, Copeland, Sum


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
