"""Definition drift: a level that steps up and stays, while physical figure and peers do not."""

from collections.abc import Iterator

import numpy as np

from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested
from baton.engine.integrity.robust import MISSING, judged, logarithm, median, standardised, zeros
from baton.engine.integrity.series import Flag, FlagKind, Floats

_EDGE = 6
"""Months before the first and after the last place where a step can be told."""
_STRIDE = 2
_LASTING = 0.5
_MERGED = 0.3
_LOOKS = 8.0
_FAR = 2.0
_SEEN = 0.02
"""Steps rarer than this are looked at closer; no others can be findings."""


def find_drift(ground: Ground) -> Tested:
    """Test the step of the level in each month against the unit's noise.

    What peers did in the same months is taken out. Where a physical figure is linked, the ratio to it is judged, all
    months before against all months after; else the level, twelve months against twelve, so that season cancels and
    growth counts for little. A step counts where it stays up to the end of the series, where the linked physical figure
    does not make it too, and where the unit's other indicators do not step in the same months (merged units).
    """
    cube = ground.cube
    months = len(cube.months)
    everywhere = np.full((len(cube.indicators), len(cube.units), len(cube.years)), MISSING)
    if months < 2 * MONTHS:
        return Tested(FlagKind.DRIFT, everywhere, lambda i, u, y: ())
    places = range(_EDGE, months - _EDGE + 1, _STRIDE)
    level = _levels(ground, ground.level)
    step, z = _steps(level, ground.noise, places, MONTHS)
    bare, at_bare = np.nan_to_num(z, nan=-np.inf).max(axis=0), np.nan_to_num(z, nan=-np.inf).argmax(axis=0)
    bare_size = np.take_along_axis(step, at_bare[None], axis=0)[0]
    ratio, rows = ground.ratio[ground.linked], ground.linked
    by_ratio = _steps(_levels(ground, ratio), ground.ratio_noise, places, months)
    known = ~np.isnan(ratio).all(axis=-1)
    for own, linked in zip((step, z), by_ratio, strict=True):
        own[:, rows] = np.where(known, linked, own[:, rows])
    chance, at = judged(z, ~np.isnan(z), _LOOKS)
    size = np.take_along_axis(step, at[None], axis=0)[0]
    found = (chance <= _SEEN) & (size > ground.settings.least_shift)
    found &= ~_merged(found, at)
    physical = np.full_like(level, MISSING)
    physical[rows] = _levels(ground, logarithm(cube.physical[rows]))
    real = _real(bare[rows], bare_size[rows], physical[rows], np.array(places)[at_bare[rows]], bare)
    unlinked = np.isnan(physical).all(axis=-1)
    chance = np.where(unlinked, np.fmax(chance, real), chance)
    spots = np.nonzero(found)
    start = np.array(places)[at[spots]]
    lasting = np.fmin(_stays(level[spots], start), _sudden(level[spots], start)) >= _LASTING * size[spots]
    moved = _stays(physical[spots], start)
    explained = np.nan_to_num(moved) > 0.5 * size[spots]
    kept = {(int(spots[0][at]), int(spots[1][at])): at for at in np.flatnonzero(lasting & ~explained).tolist()}
    everywhere[~np.isnan(chance), 0] = 1.0
    for (i, u), number in kept.items():
        everywhere[i, u] = MISSING
        everywhere[i, u, start[number] // MONTHS] = chance[i, u]

    def flags(i: int, u: int, y: int) -> Iterator[Flag]:
        number = kept[i, u]
        evidence = {"rise": float(np.expm1(size[i, u]))}
        if not np.isnan(moved[number]):
            evidence["physical_rise"] = float(np.expm1(moved[number]))
        months = cube.months[start[number] : (y + 1) * MONTHS]
        yield ground.flag(FlagKind.DRIFT, (i, u), months, zeros(chance[i, u]), **evidence)

    return Tested(FlagKind.DRIFT, everywhere, flags)


def _real(z: Floats, size: Floats, physical: Floats, start: np.ndarray, asked: Floats) -> Floats:
    """How often levels step as far (`asked`) because they really do: the linked physical figure then steps too.

    A series without a physical figure cannot tell a new plant from a new definition; those that have one tell how often
    it is a plant.
    """
    far = z > _FAR
    real = np.sort(z[far][_stays(physical[far], start[far]) > 0.5 * size[far]])
    as_far = len(real) - np.searchsorted(real, asked, side="left")
    found: Floats = as_far / max(z.size, 1)
    return found


def _steps(level: Floats, noise: Floats, places: range, window: int) -> tuple[Floats, Floats]:
    """Size and z of a step at each place (P, I, U), between at most `window` months before and after it.

    A single large month is cut at three times the noise around the middle of itself and its neighbours.
    """
    before = np.concatenate([level[..., :1], level[..., :-1]], axis=-1)
    after = np.concatenate([level[..., 1:], level[..., -1:]], axis=-1)
    middle = np.fmax(np.fmin(level, before), np.fmin(np.fmax(level, before), after))
    cut = np.clip(level, middle - 3 * noise, middle + 3 * noise)
    there = ~np.isnan(cut)
    sums = _running(np.where(there, cut, 0.0))
    counts = _running(there.astype(float))
    sizes, scores = [], []
    for place in places:
        left, right = max(place - window, 0), min(place + window, level.shape[-1])
        known = counts[..., place] - counts[..., left], counts[..., right] - counts[..., place]
        enough = np.minimum(*known) >= _EDGE - 2
        parts = [np.where(enough, one, 1.0) for one in known]
        size = (sums[..., right] - sums[..., place]) / parts[1] - (sums[..., place] - sums[..., left]) / parts[0]
        size = np.where(enough, size, MISSING)
        sizes.append(size)
        scores.append(standardised(size, noise[..., 0] ** 2 * (1.0 / parts[0] + 1.0 / parts[1])))
    return np.stack(sizes), np.stack(scores)


def _running(values: Floats) -> Floats:
    """Sums up to each month, beginning with nothing (T + 1 along the last axis)."""
    return np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)], axis=-1)


def _sudden(level: Floats, start: np.ndarray) -> Floats:
    """Step from the six months before `start` to the six months after it (N, T); growth makes little of one."""
    away = np.arange(level.shape[-1]) - start[:, None]
    after, before = (median(np.where(here, level, MISSING)) for here in (away // _EDGE == 0, away // _EDGE == -1))
    return after - before


def _stays(level: Floats, start: np.ndarray) -> Floats:
    """Step from before `start` to the last six months (N, T)."""
    before = np.where(np.arange(level.shape[-1]) < start[:, None], level, MISSING)
    return median(level[:, -_EDGE:]) - median(before)


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
            together = int((np.abs(at[rows, u] - at[i, u]) <= 1).sum())
            merged[i, u] = together >= max(3, _MERGED * found.shape[0])
    return merged
