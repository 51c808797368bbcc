"""A panel that is read part by part: what is known of the whole, and a way to the rows of some series."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from baton.engine.backends import Backend
from baton.engine.door import known_of
from baton.engine.panel.known import Known
from baton.engine.panel.panel import Panel
from baton.engine.scheme.adjustments import Event


@dataclass(frozen=True)
class PartedPanel:
    """What is known of all rows, and `read`, which gives the rows of some series as a panel.

    `decimals`, `known`, `digest`, `events` and `years` are as in `Panel`. What `read` gives must hold its values in
    these decimals; its own digest and events are not looked at.
    """

    decimals: Mapping[str, int]
    known: Known
    digest: str
    years: tuple[int, ...]
    read: Callable[[frozenset[str]], Panel]
    events: tuple[Event, ...] = ()


def parted(panel: Panel, backend: Backend) -> PartedPanel:
    """Take a panel that is held whole as one that is read part by part, on an engine that holds its frame."""

    def read(series: frozenset[str]) -> Panel:
        return replace(panel, frame=panel.frame.filter(nw.col("series").is_in(sorted(series))), coded=None)

    return PartedPanel(panel.decimals, known_of(panel, backend), panel.digest, panel.years, read, panel.events)
