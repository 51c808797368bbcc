"""One line of a unit's result."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.assessment.models import LeafResult
from baton.assessment.queries.corrections import Corrected
from baton.engine.scheme.indicators import Indicator


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator (or part of one) of a unit: its definition, what it gave, and figures of it that were put right."""

    indicator: Indicator
    leaf: LeafResult
    corrected: Sequence[Corrected] = ()
