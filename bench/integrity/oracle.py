"""What could be found at most: a test that knows the generator, held to the allowance of false flags.

It knows each figure's honest expectation and noise and how deeds are drawn, which no office ever does, and flags the
cells whose likelihood ratio is largest (`odds.py` and its sisters). Each kind may spend an equal share of the
allowance; where that line lies is told by honest counties: the one before anything was done, and twins from other
seeds. A deed that it misses can hardly be found by anybody at this allowance; one that it finds and a detector misses
is the detector's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from manipulate import WAYS
from nature import Floats
from odds_equal import equals
from odds_records import records
from odds_shifts import shifts
from panel import Panel, honest, month_names, unit_name

from baton.engine.integrity.series import Flag, FlagKind

TWINS = 2
TWIN_SEEDS_APART = 500_009


@dataclass(frozen=True)
class Oracle:
    """lines: the odds above which a cell is flagged, by kind."""

    lines: Mapping[FlagKind, float]

    def find(self, panel: Panel) -> tuple[Flag, ...]:
        """Flag every cell above its kind's line."""
        names = month_names(panel.reported.shape[2])
        flags = []
        for kind, odds in odds_of(panel).items():
            for unit, place, year in np.argwhere(odds > self.lines[kind]):
                months, code = names[year * 12 : year * 12 + 12], panel.indicators[place].code
                flags.append(Flag(kind, unit_name(unit), code, months, float(odds[unit, place, year])))
        return tuple(flags)


def odds_of(panel: Panel) -> dict[FlagKind, Floats]:
    """Give the logarithm of the likelihood ratio of every kind in every cell (U, I, Y); -inf where it cannot be."""
    return {**dict(shifts(panel)), **dict(equals(panel)), **dict(records(panel))}


def oracle_for(county: Panel, allowed: float) -> Oracle:
    """Draw the lines so that honest counties of this size bring no more false flags per unit-year than allowed."""
    units, indicators, years = county.size
    twins = [honest(county.seed + TWIN_SEEDS_APART * (1 + at), units, indicators, years) for at in range(TWINS)]
    each = [odds_of(one) for one in (county, *twins)]
    most = int(allowed / len(WAYS) * units * years * len(each))
    return Oracle({kind: _line([one[kind] for one in each], most) for kind in WAYS})


def _line(odds: Sequence[Floats], most: int) -> float:
    """Give the value that this many cells pass."""
    values = np.sort(np.concatenate([one.ravel() for one in odds]))[::-1]
    return float(values[most])
