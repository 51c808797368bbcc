"""Reported figures of files as the target checks want them."""

from collections.abc import Iterable, Sequence

from baton.config.inputs import Data
from baton.engine.exact.sheet import figures_of
from baton.engine.integrity.reported import Reported, reported_from
from baton.engine.panel import Observation


def reported_of(data: Sequence[Data]) -> Reported:
    """Gather the figures of several readings; of two of the same key the later version or reading counts."""
    return reported_from(map(_observations, data))


def _observations(data: Data) -> Iterable[Observation]:
    """Observations as they were read; out of the panel where only Parquet was."""
    if data.observations or not data.count:
        return data.observations
    return figures_of(data.panel)
