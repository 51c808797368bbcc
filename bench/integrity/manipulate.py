"""Let some units of an honest county make themselves look better, and write down who did what.

A share of the cells (unit, indicator, year) is manipulated, each in one of thirteen ways and one of three strengths.
Most of it is the work of a few units, which have ways of their own and do it in some years more than in others; the
rest is scattered.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from by_figures import FIGURES
from by_records import RECORDS
from by_target import TARGETS
from cell import Bool, Cell, Done, Strength, Way
from figures import FOLLOWED, NOTICED, NOTICED_POINTS, of_year, round_number, rounded
from nature import Nature
from numpy.random import Generator, default_rng
from panel import Held, Panel

from baton.engine.integrity.series import FlagKind

WAYS: Mapping[FlagKind, Way] = {**FIGURES, **TARGETS, **RECORDS}
SCATTERED = 0.08
"""Share of what is done that units outside the circle do, once and again."""
TRIES = 40


@dataclass(frozen=True)
class Truth:
    """What was done: in which cell, how, how strongly, to which months; since which month it could be seen.

    beside: cells that the same deed touches (the copied unit, the year that profits); a flag there is neither right nor
    wrong.
    """

    unit: int
    indicator: int
    year: int
    kind: FlagKind
    strength: Strength
    months: tuple[int, ...]
    beside: tuple[Cell, ...]
    since: int = 0

    @property
    def cell(self) -> Cell:
        """The unit, the indicator and the year."""
        return self.unit, self.indicator, self.year


@dataclass
class _Circle:
    """Who is tempted, by what and when: affinity (units, years) for each kind."""

    affinity: Mapping[FlagKind, np.ndarray]


def cheated(panel: Panel, rate: float, strength: Strength | None = None, salt: int = 0) -> tuple[Panel, list[Truth]]:
    """Manipulate a share of the cells of a copy; of one strength only where one is named.

    Whatever the salt, the same units are tempted by the same, so that strengths differ by how far somebody goes.
    """
    made, rng = panel.copy(), default_rng([panel.seed, 5, salt])
    wanted = list(_wanted(rng, round(rate * np.prod(panel.size)), strength))
    circle = _draw_circle(default_rng([panel.seed, 6]), panel, rate)
    free = _without_own_shocks(panel)
    truths = []
    for kind, how in wanted:
        found = _place(rng, made, kind, how, circle, free)
        if found is None:
            continue
        truths.append(found)
        for cell in (found.cell, *found.beside):
            free[cell] = False
    return made, truths


def _wanted(rng: Generator, count: int, strength: Strength | None) -> Iterator[tuple[FlagKind, Strength]]:
    """Name what is to be done: all kinds and strengths equally often, those that touch several years first."""
    kinds, strengths = list(WAYS), [strength] if strength else list(Strength)
    every = [(kind, how) for kind in kinds for how in strengths]
    rest = rng.permutation(len(every))[: count % len(every)]
    wanted = [*every * (count // len(every)), *(every[place] for place in rest)]
    order = rng.permutation(len(wanted))
    yield from sorted((wanted[place] for place in order), key=lambda one: not WAYS[one[0]].wide)


def _without_own_shocks(panel: Panel) -> Bool:
    """Leave out the cells of honest shocks that hit one series alone: what is odd there is honest, whoever asks."""
    free = np.ones(panel.size, dtype=bool)
    for decoy in panel.decoys:
        if len(decoy.units) == len(decoy.indicators) == 1:
            free[decoy.units[0], decoy.indicators[0], [month // 12 for month in decoy.months]] = False
    return free


def _draw_circle(rng: Generator, panel: Panel, rate: float) -> _Circle:
    units, _, years = panel.size
    share = min(0.05 + 3.6 * rate, 0.45)
    members = rng.choice(units, size=max(2, round(share * units)), replace=False)
    affinity = {}
    for kind in WAYS:
        tempted = np.zeros((units, years))
        drawn = rng.random(members.size) < 0.3
        drawn[rng.integers(members.size)] = True
        who = members[drawn]
        tempted[who] = rng.gamma(1.0, 1.0, (who.size, 1)) * rng.gamma(0.6, 1.0, (who.size, years))
        affinity[kind] = tempted
    return _Circle(affinity)


def _place(rng: Generator, panel: Panel, kind: FlagKind, how: Strength, circle: _Circle, free: Bool) -> Truth | None:
    """Find a cell where this can be done and do it; None where no such cell is left."""
    can = WAYS[kind].can(panel, how) & free
    tempting = can * (circle.affinity[kind][:, None, :] + 1e-9)
    if rng.random() < SCATTERED or not can.any():
        tempting = can.astype(float)
    for _ in range(TRIES if can.any() else 0):
        place = int(rng.choice(tempting.size, p=(tempting / tempting.sum()).ravel()))
        unit, indicator, year = (int(one) for one in np.unravel_index(place, tempting.shape))
        done = _do(rng, panel, kind, how, (unit, indicator, year), free)
        if done is not None:
            return Truth(unit, indicator, year, kind, how, done.months, done.beside, done.seen)
        tempting[unit, indicator, year] = 0.0
        if not tempting.any():
            return None
    return None


def _do(rng: Generator, panel: Panel, kind: FlagKind, how: Strength, cell: Cell, free: Bool) -> Done | None:
    """Do it; take it back where it touches what somebody else did or does not show where it should."""
    before = panel.copy_of(cell)
    done = WAYS[kind].do(panel, rng, cell, how)
    panel.carry_over(cell)
    shows = done is not None and panel.differs(cell, before, WAYS[kind].shows, done.months)
    if done is not None and shows and all(free[one] for one in done.beside):
        return dataclasses.replace(done, beside=done.beside + _followed(panel, kind, cell, before, done, free))
    panel.put_back(cell, before)
    return None


def _followed(panel: Panel, kind: FlagKind, cell: Cell, before: Held, done: Done, free: Bool) -> tuple[Cell, ...]:
    """Let the office set the next target from what it was told; give the cell, if it is another target than before.

    A wider definition has settled all later targets itself.
    """
    unit, place, year = cell
    later, one = (unit, place, year + 1), panel.indicators[place]
    if year + 1 >= panel.size[2] or done.seen >= year * 12 + 12 or not free[later] or kind == FlagKind.DRIFT:
        return ()
    honest, told = (of_year(months, one)[year] for months in (before.reported, panel.reported[unit, place]))
    target = panel.target[later]
    percent = one.nature == Nature.PERCENT
    if abs(told - honest) < (NOTICED_POINTS if percent else NOTICED * honest):
        return ()
    if percent:
        panel.target[later] = np.minimum(rounded(target + FOLLOWED * (told - honest), 0.1), 100)
    elif min(honest, told) > 0:
        panel.target[later] = round_number(target * (told / honest) ** FOLLOWED)
    same = np.isnan(target) or panel.target[later] == target
    return () if same else (later,)
