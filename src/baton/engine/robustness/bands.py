"""Bands of units that cannot be told apart, and grade boundaries that run through one: advice, never a decision."""

from collections.abc import Sequence

import numpy as np

from baton.engine.result.sheet import Standing
from baton.engine.robustness.branch import Bools, Floats, Ints
from baton.engine.robustness.result import Boundary


def behind_share(found: Ints) -> Floats:
    """In which share of the draws each unit is ranked behind the next one (half of those in which both are equal).

    found: ranks [draw, unit], units in the order of the result.
    """
    later, earlier = found[:, 1:], found[:, :-1]
    counts = (earlier > later).sum(axis=0) + 0.5 * (earlier == later).sum(axis=0)
    shares: Floats = counts / len(found)
    return shares


def bands(units: Sequence[str], behind: Floats, level: float) -> tuple[tuple[str, ...], ...]:
    """Cut the ranking only where a unit is ahead of the next one in at least `level` of the draws."""
    found: list[list[str]] = []
    for number, unit in enumerate(units):
        if number == 0 or behind[number - 1] <= 1 - level:
            found.append([])
        found[-1].append(unit)
    return tuple(tuple(band) for band in found)


def boundaries(standings: Sequence[Standing], found: Ints, level: float) -> tuple[Boundary, ...]:
    """Grade boundaries that part units which cannot be told apart; units under a veto are left out.

    found: ranks [draw, unit]. A boundary moves only inside the two grades beside it, and empties neither.
    """
    clear = [number for number, one in enumerate(standings) if not one.vetoes]
    if len(clear) < 2:
        return ()
    behind = behind_share(found[:, clear])
    grades = [standings[number].grade or "" for number in clear]
    units = [standings[number].unit for number in clear]
    apart: Bools = behind <= 1 - level
    advice = []
    for number in range(len(clear) - 1):
        above, below = grades[number], grades[number + 1]
        if above == below or apart[number]:
            continue
        up = next((n - number for n in range(number + 1, len(apart)) if apart[n] or grades[n + 1] != below), None)
        if up is not None and not (apart[number + up] and grades[number + up + 1] == below):
            up = None
        down = next((number - n for n in range(number - 1, -1, -1) if apart[n] or grades[n] != above), None)
        if down is not None and not (apart[number - down] and grades[number - down] == above):
            down = None
        share = float(behind[number])
        advice.append(Boundary(above, below, units[number], units[number + 1], share, up, down))
    return tuple(advice)


def constant(values: Floats, present: Bools) -> Bools:
    """Which rows [row, unit] hold the same value for every unit that has one."""
    high = np.where(present, values, -np.inf).max(axis=1)
    low = np.where(present, values, np.inf).min(axis=1)
    found: Bools = high <= low
    return found
