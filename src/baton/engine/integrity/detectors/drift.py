"""Definition drift: a level that steps up and stays, while physical figure and peers do not."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.ground import Ground, logarithm
from baton.engine.integrity.robust import average, discoveries, least_chance, median, upper_chance, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_WINDOW = 6
_LASTING = 0.6
_MERGED = 0.3
_LOOKS = 6.0


def find_drift(ground: Ground) -> Iterator[Flag]:
    """Test the step between the six months before and after each month, against the unit's noise.

    Peers' months and the unit's own calendar months are taken out first. A step counts where it lasts to the end of the
    series (at least six months), where the linked physical figure does not make it too, and where the unit's other
    indicators do not step in the same month (merged units).
    """
    cube = ground.cube
    months = len(cube.months)
    if months < 3 * _WINDOW:
        return
    level = _levels(ground, ground.level)
    noise = ground.noise * np.sqrt(2.0 / _WINDOW)
    places = range(_WINDOW, months - _WINDOW + 1)
    before = np.stack([average(level[..., at - _WINDOW : at]) for at in places])
    after = np.stack([average(level[..., at : at + _WINDOW]) for at in places])
    lasting = np.stack([average(level[..., at:]) - average(level[..., :at]) for at in places])
    step = after - before
    z = np.minimum(step, lasting / _LASTING) / noise[None, ..., 0]
    chance, at = least_chance(np.stack([upper_chance(one) for one in z]), _LOOKS)
    size = np.take_along_axis(step, at[None], axis=0)[0]
    physical = _levels(ground, logarithm(cube.physical))
    found = discoveries(chance, ground.settings.false_discovery) & (size > ground.settings.least_shift)
    found &= ~_merged(found, at)
    for i, u in np.argwhere(found):
        start = int(at[i, u]) + _WINDOW
        moved = float(average(physical[i, u, start:]) - average(physical[i, u, :start]))
        if moved > 0.5 * size[i, u]:
            continue
        evidence = {"step": float(np.expm1(size[i, u]))}
        if not np.isnan(moved):
            evidence["physical_step"] = float(np.expm1(moved))
        yield ground.flag(FlagKind.DRIFT, (i, u), cube.months[start:], zeros(chance[i, u]), **evidence)


def _levels(ground: Ground, level: Floats) -> Floats:
    """Levels against the unit's own middle and the peers' middle of the month (I, U, T)."""
    own = level - median(level)[..., None]
    for _ in range(2):
        own = own - median(own, axis=1)[:, None]
        own = own - median(own)[..., None]
    for number in np.unique(ground.cube.group):
        members = ground.cube.group == number
        if members.sum() >= 8:
            own[:, members] -= median(own[:, members], axis=1)[:, None]
    return own


def _merged(found: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Steps that many indicators of a unit make within two months of each other."""
    merged = np.zeros_like(found)
    for u in np.flatnonzero(found.sum(axis=0) >= 3):
        rows = np.flatnonzero(found[:, u])
        for i in rows:
            together = int((np.abs(at[rows, u] - at[i, u]) <= 2).sum())
            merged[i, u] = together >= max(3, _MERGED * found.shape[0])
    return merged
