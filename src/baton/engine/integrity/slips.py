"""Slips of the pen among changes of earlier figures: one odd month moved back to what the others suggest."""

import numpy as np

from baton.engine.integrity.changes import Changes
from baton.engine.integrity.cube import MONTHS
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.robust import logarithm
from baton.engine.integrity.series import Floats

_ODD, _USUAL = 3.0, 3.0
"""Standard deviations from which on the figure before was odd, and up to which the one after is usual."""
_DIGITS = 3
_TOGETHER = 2


def slips_of(ground: Ground, changes: Changes) -> np.ndarray:
    """Tell which changes (N,) put a slip right: the figure comes closer to what the unit's months and peers suggest.

    Either it was odd before and is usual now, or both are written with the same digits but for one slip (one digit
    wrong, missing, doubled or swapped with its neighbour, or the point misplaced) and it came closer.
    """
    noise = ground.noise[changes.indicator, changes.unit, 0]
    before, after = _off(ground, changes)
    odd = (before >= _ODD * noise) & (after <= _USUAL * noise)
    both = zip(changes.before.tolist(), changes.after.tolist(), strict=True)
    written = np.array([one_slip(*pair) for pair in both], dtype=bool)
    # Where more months of a year were changed, the year itself was moved, and its other months look odd beside it.
    keys = (changes.indicator * ground.noise.shape[1] + changes.unit) * len(ground.cube.years) + changes.month // MONTHS
    alone = np.bincount(keys)[keys] <= _TOGETHER
    found: np.ndarray = (before > after) & (odd | written) & alone
    return found


def closer_of(ground: Ground, changes: Changes) -> np.ndarray:
    """Tell which changes (N,) bring the figure closer to what the unit's months and peers suggest."""
    before, after = _off(ground, changes)
    found: np.ndarray = before > after
    return found


def _off(ground: Ground, changes: Changes) -> tuple[Floats, Floats]:
    """How far (natural logarithm) a figure lay from the usual one of its month, before and after it was changed.

    What was missing or zero is as odd as can be.
    """
    spot = changes.indicator, changes.unit, changes.month
    usual = ground.level[spot] - ground.residual[spot]
    before, after = (np.abs(logarithm(values) - usual) for values in (changes.before, changes.after))
    return np.nan_to_num(before, nan=np.inf), np.nan_to_num(after, nan=np.inf)


def one_slip(before: float, after: float) -> bool:
    """Tell whether two figures are written the same but for one slip, a point misplaced or a sign lost."""
    one, other = (_digits(value) for value in (before, after))
    if min(len(one), len(other)) < _DIGITS:
        return False
    if one == other:
        return True
    if len(one) == len(other):
        apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        first, last = apart[0], apart[-1]
        swapped = last == first + 1 and one[first] == other[last] and one[last] == other[first]
        return len(apart) == 1 or swapped
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _digits(value: float) -> str:
    """Digits of a figure that count, without point, sign and zeros at its ends."""
    return f"{abs(value):.6f}".replace(".", "").strip("0")
