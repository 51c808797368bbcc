"""Which units are tied together by indicators in common, and which indicators cannot tell units apart."""

import numpy as np

from baton.engine.robustness.bands import constant
from baton.engine.robustness.branch import Bools
from baton.engine.robustness.cube import Cube


def indicators_alike(cube: Cube) -> dict[str, bool]:
    """Whether an indicator gives every unit the same in every period, by name; goals of single units never do."""
    found: dict[str, bool] = {}
    for branch in cube.branches:
        scored = cube.scored.get(branch.node.code)
        for number, leaf in enumerate(branch.leaves if scored else ()):
            assert scored is not None
            points, present = scored.points[:, number], scored.present[:, number]
            single = bool(leaf.indicator.units)
            equal = not single and bool(constant(points, present).all())
            found[leaf.indicator.name] = found.get(leaf.indicator.name, True) and equal
    return found


def parts_of(cube: Cube) -> list[list[int]]:
    """Units put together that share an indicator, directly or through others; the goals of a node count as one."""
    rows = [there.any(axis=0) for _, _, there in cube.fixed.values()]
    for branch in cube.branches:
        scored = cube.scored.get(branch.node.code)
        if scored is None:
            continue
        present: Bools = scored.present.any(axis=0)
        single = np.array([bool(leaf.indicator.units) for leaf in branch.leaves])
        rows += [*present[~single], *([present[single].any(axis=0)] if single.any() else [])]
    carried: Bools = np.array(rows)
    left = np.ones(len(cube.units), dtype=np.bool_)
    parts = []
    while left.any():
        part = _reached(carried, int(left.argmax()))
        parts.append([int(number) for number in np.flatnonzero(part)])
        left &= ~part
    return parts


def _reached(carried: Bools, unit: int) -> Bools:
    """Units [unit] that hang together with one, by what they carry [indicator, unit]."""
    found: Bools = np.arange(carried.shape[1]) == unit
    while True:
        more = found | carried[carried[:, found].any(axis=1)].any(axis=0)
        if (more == found).all():
            return found
        found = more
