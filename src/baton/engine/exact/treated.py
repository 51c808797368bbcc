"""Treatment in the oracle. What it shares with the engine is the arithmetic of `engine.treatment` itself."""

from collections.abc import Mapping
from dataclasses import replace

from baton.engine.exact.figures import Figures
from baton.engine.plan import Plan
from baton.engine.treatment.cells import Cell, Scope, Spot
from baton.engine.treatment.treat import Treated, treat


def treated_figures(reading: Plan, figures: Mapping[Spot, Figures]) -> tuple[dict[Spot, Figures], Treated]:
    """Give figures with treated values in the place of those that were read; raises `Refused` as `treat` does."""
    scope = Scope(replace(reading, reading=False), reading)
    wanted = scope.read
    cells = {spot: _cell(found) for spot, found in figures.items() if spot[1] in wanted}
    treated = treat(scope, cells)
    return {spot: _changed(treated, spot, found) for spot, found in figures.items()}, treated


def _cell(found: Figures) -> Cell:
    return Cell(found.x, gap=found.x is None and not (found.idle or found.zero or found.few))


def _changed(treated: Treated, spot: Spot, found: Figures) -> Figures:
    if spot[0] in treated.left_out:
        return Figures(idle=True)
    leaf = treated.scope.leaves.get(spot[1])
    if leaf is None:
        return found
    times = int(10 ** (leaf.decimals - treated.scope.reading.by_key[leaf.key].decimals))
    target = None if found.t is None else found.t * times
    return replace(found, x=treated.values.get(spot), t=target)
